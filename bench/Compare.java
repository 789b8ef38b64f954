import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Fills the order book and the states of one system, with two differences in a thousand, and has
 * the product compare them, each time beside the plain join.
 *
 * <p>java -cp postgresql.jar bench/Compare.java product-url product-pid postgres-pid jdbc-url
 * orders rounds
 */
public class Compare {
  static final double RATIO_MAX = 2.0;
  static final int SMALL = 10_000;
  static final int HEAP_GROWTH_MAX_MB = 16;
  static final HttpClient http = HttpClient.newHttpClient();
  static final List<String> broken = new ArrayList<>();
  static String product;
  static long productPid;
  static int postgresPid;
  static Connection database;

  public static void main(String[] a) {
    try {
      measure(a);
    } catch (Exception e) {
      broken.add(e.toString());
    }
    broken.forEach(what -> System.out.println("BROKEN: " + what));
    System.exit(broken.isEmpty() ? 0 : 1);
  }

  static void measure(String[] a) throws Exception {
    product = a[0];
    productPid = Long.parseLong(a[1]);
    postgresPid = Integer.parseInt(a[2]);
    int orders = Math.max(SMALL * 2, Integer.parseInt(a[4]) / 1_000 * 1_000);
    int rounds = Integer.parseInt(a[5]);
    try (Connection c = DriverManager.getConnection(a[3])) {
      database = c;
      // Warm, and small: its classes are loaded, its code is compiled.
      fill(1, SMALL);
      read();
      for (int i = 0; i < 3; i++) {
        compare(SMALL);
      }
      double small = heap();
      fill(SMALL + 1, orders);
      double confirm = tree();
      read();
      System.out.printf(
          Locale.ROOT,
          "a reading of %d orders noted on their states: %.1f PostgreSQL CPU s, once a night%n",
          orders,
          tree() - confirm);
      execute("vacuum (analyze) customer_order, system_state");
      // What is found the first time opens its findings once.
      compare(orders);
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        ratios.add(round(orders));
      }
      double large = heap();
      Collections.sort(ratios);
      double median = ratios.get(ratios.size() / 2);
      System.out.printf(
          Locale.ROOT,
          "ratio in the middle of %d: %.2f; live heap %.1f MB after %d orders, %.1f MB after %d%n",
          rounds,
          median,
          small,
          SMALL,
          large,
          orders);
      if (median > RATIO_MAX) {
        broken.add("the comparison costs over %.1f times the plain join".formatted(RATIO_MAX));
      }
      if (large > small + HEAP_GROWTH_MAX_MB) {
        broken.add("heap grows with the orders");
      }
    }
  }

  static double round(int orders) throws Exception {
    double before = tree();
    execute(
        """
        select count(*), count(*) filter (where o.status is distinct from s.status or o.since is distinct from s.at)
          from customer_order o
          full join (select * from system_state where system = 'compare') s on s.shop = o.shop and s.number = o.number
        """);
    double plain = tree() - before;
    double cpu = cpu();
    long begun = System.nanoTime();
    before = tree();
    compare(orders);
    double mine = tree() - before;
    System.out.printf(
        Locale.ROOT,
        "%d orders: plain full join %.2f, comparison %.2f PostgreSQL CPU s, ratio %.2f; product"
            + " %.2f CPU s, %.1f s%n",
        orders,
        plain,
        mine,
        mine / plain,
        cpu() - cpu,
        (System.nanoTime() - begun) / 1e9);
    return mine / plain;
  }

  // ---------- the two sides ----------
  /**
   * One order in a thousand is missing there, one differs. Times are some seconds apart, as in
   * life.
   */
  static void fill(int from, int to) throws SQLException {
    // The states first: what is read of orders that are there already is looked at by other checks.
    execute(
        """
        insert into system_state (system, shop, number, status, raw, at, read_at, changed_at, inbox_id)
        select 'compare', 'bench', (4000000000000 + i)::text,
               (array['PAID','SHIPPED','COMPLETED'])[1 + (i + case when i %% 1000 = 0 then 1 else 0 end) %% 3], 'RAW',
               timestamptz '2026-01-01' + i %% 60 * interval '1 second', now() - interval '2 days', now() - interval '9 days', i
          from generate_series(%d, %d) i where i %% 1000 <> 500
        """
            .formatted(from, to));
    execute(
        """
        insert into customer_order (shop, number, status, revision, state, created_on, since, updated_at)
        select 'bench', (4000000000000 + i)::text, (array['PAID','SHIPPED','COMPLETED'])[1 + i %% 3], 1,
               '{"claims":{},"payments":{},"parcels":{},"refunds":{},"documents":{},"raw":{"bench":{"at":1,"system":"bench","text":"'
                 || repeat(md5(i::text), 16) || '","value":{}}}}',
               now() - interval '10 days', timestamptz '2026-01-01', now() - interval '9 days'
          from generate_series(%d, %d) i
        """
            .formatted(from, to));
    execute(
        """
        insert into window_item (source, starts_at, items_at, inbox_id, item_id, pass)
        select 'compare/states', date_trunc('day', now() - interval '1 day'), date_trunc('day', now()), i, i::text, 1
          from generate_series(%d, %d) i where i %% 1000 <> 500
        """
            .formatted(from, to));
  }

  /** The window of yesterday was read and proved; returns when the product has noted it. */
  static void read() throws Exception {
    execute(
        """
        insert into source_window (source, starts_at, ends_at, due_at, state, next_at, read_at, proved_at, items_at, pass)
        values ('compare/states', date_trunc('day', now() - interval '1 day'), date_trunc('day', now()), now() - interval '1 minute',
                'PROVED', now(), now(), now(), date_trunc('day', now()), 1)
        on conflict (source, starts_at) do update
        set state = 'PROVED', due_at = now() - interval '1 minute', proved_at = now(), pass = 1, token = null,
            items_at = excluded.items_at, problem = null
        """);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (number(
            "select count(*) from state_reading r join source_window w using (source, starts_at)"
                + " where r.source = 'compare/states' and r.proved_at >= w.proved_at")
        == 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the reading is not noted after five minutes");
      }
      Thread.sleep(500);
    }
  }

  static void compare(int orders) throws Exception {
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create(product + "/api/comparisons"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"system\": \"compare\"}"))
            .build();
    String id = value(http.send(ask, HttpResponse.BodyHandlers.ofString()).body(), "id");
    for (int i = 0; i < 1_200; i++) {
      String run = get("/api/comparisons?system=compare&limit=1");
      String state = value(run, "state");
      if (value(run, "id").equals(id) && state.equals("DONE")) {
        int thousandths = orders / 1_000;
        check(run, "ours", orders);
        check(run, "EQUAL", orders - 2 * thousandths);
        check(run, "STATUS_DIFFERS", thousandths);
        check(run, "MISSING_THERE", thousandths);
        return;
      }
      if (state.equals("FAILED")) {
        throw new IllegalStateException(run);
      }
      Thread.sleep(250);
    }
    throw new IllegalStateException("not made after five minutes");
  }

  static void check(String run, String key, long expected) {
    if (Long.parseLong(value(run, key)) != expected) {
      broken.add("%s is %s, not %d".formatted(key, value(run, key), expected));
    }
  }

  static String get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(product + path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  static String value(String json, String key) {
    return json.replaceAll("(?s).*?\"" + key + "\"\\s*:\\s*\"?([\\w-]+).*", "$1");
  }

  static void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  static long number(String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  // ---------- /proc ----------
  static String[] stat(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/stat"))
        .replaceAll("(?s).*\\) ", "")
        .split(" ");
  }

  static double cpu() throws IOException {
    String[] f = stat(productPid);
    return (Long.parseLong(f[11]) + Long.parseLong(f[12])) / 100.0;
  }

  /** PostgreSQL with its children, those that ended included. */
  static double tree() throws IOException {
    String[] own = stat(postgresPid);
    double sum = 0;
    for (int i = 11; i <= 14; i++) {
      sum += Long.parseLong(own[i]) / 100.0;
    }
    for (ProcessHandle child : ProcessHandle.of(postgresPid).orElseThrow().children().toList()) {
      try {
        String[] f = stat(child.pid());
        sum += (Long.parseLong(f[11]) + Long.parseLong(f[12])) / 100.0;
      } catch (IOException e) {
        // It has just ended, and is in the sum of its parent from now on.
      }
    }
    return sum;
  }

  /** Live objects, by jcmd's histogram, which collects first. */
  static double heap() throws Exception {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, "" + productPid, "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes());
    return Long.parseLong(text.replaceAll("(?s).*\\nTotal\\s+\\d+\\s+(\\d+).*", "$1")) / 1048576.0;
  }
}
