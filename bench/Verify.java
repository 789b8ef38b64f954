import java.net.URI;
import java.net.http.*;
import java.nio.file.*;
import java.sql.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.atomic.*;
import java.util.regex.*;
import java.util.stream.*;

/**
 * Fills orders, payments here and records there, of a tenth and of the whole, and compares what the
 * verification costs with the plain join. See {@code bench/verify}.
 *
 * <p>java -cp <postgresql jdbc jar> bench/Verify.java <jdbc url> <base url> <pid> <transactions>
 */
public class Verify {
  static final int LOST = 500, PARTIAL = 400, CLOSED = 300, HERE_ONLY = 300, UNPAID = 1000;
  static String base;
  static long product, server;
  static double
      idle; // ms of CPU per ms: what the server does for other rounds of the product meanwhile

  public static void main(String[] a) throws Exception {
    base = a[1];
    product = Long.parseLong(a[2]);
    int n = Integer.parseInt(a[3]);
    boolean good = true;
    long[] heap = new long[2];
    try (Connection c = DriverManager.getConnection(a[0])) {
      try (Statement s = c.createStatement();
          ResultSet r = s.executeQuery("select pg_backend_pid()")) {
        r.next();
        server = ProcessHandle.of(r.getLong(1)).orElseThrow().parent().orElseThrow().pid();
      }
      int[] sizes = {n / 10, n};
      for (int i = 0; i < 2; i++) {
        LocalDate day =
            LocalDate.now(ZoneOffset.UTC)
                .minusDays(20); // further back than the calendar looks by itself
        filled(c, sizes[i], day);
        idle = idle();
        long join = join(c, day);
        verify(day); // warms the classes, and makes the repairs of the first size
        filled(c, sizes[i], day);
        long first = System.nanoTime();
        Measured whole = verify(day);
        first = (System.nanoTime() - first) / 1_000_000;
        good &= right(whole.answer, sizes[i], LOST);
        Measured again = verify(day);
        good &= right(again.answer, sizes[i], 0);
        heap[i] = Math.max(whole.heap, again.heap);
        System.out.printf(
            "%,d transactions: plain join %d ms of PostgreSQL CPU; verified %d ms = %.2f times"
                + " (with %d repairs %d ms, %d ms by the clock); heap used at most %d MB above the"
                + " start%n",
            sizes[i],
            join,
            again.cpu,
            (double) again.cpu / join,
            LOST,
            whole.cpu,
            first,
            heap[i] >> 20);
        if (join <= 0 || again.cpu <= 0) throw new IllegalStateException("nothing was measured");
        if (i == 1 && again.cpu > 2 * join) {
          System.out.println("BROKEN: more than twice the plain join");
          good = false;
        }
      }
    }
    if (heap[1] > heap[0] + (16L << 20)) {
      System.out.println("BROKEN: the heap grows with the number of transactions");
      good = false;
    }
    System.exit(good ? 0 : 1);
  }

  // The product's own rounds read the same tables: it may take more than one try to empty them.
  static void filled(Connection c, int n, LocalDate day) throws SQLException {
    for (int tried = 1; ; tried++) {
      try {
        fill(c, n, day);
        return;
      } catch (SQLException e) {
        if (tried == 5 || !Set.of("40P01", "55P03").contains(e.getSQLState())) throw e;
      }
    }
  }

  static void fill(Connection c, int n, LocalDate day) throws SQLException {
    String state =
        "'{\"claims\":{\"CREATED\":{\"shop\":1795140000000}},\"payments\":{},\"parcels\":{},\"refunds\":{},\"raw\":{\"shop\":{\"at\":1795140000000,\"system\":\"shop\",\"text\":\"unfulfilled\",\"value\":{}}},\"documents\":{\"details\":{\"at\":1795140000000,\"system\":\"shop\",\"text\":\"{\\\"currency\\\":\\\"CNY\\\",\\\"lines\\\":[{\\\"id\\\":\\\"1\\\",\\\"quantity\\\":2,\\\"sku\\\":\\\"TEA-1\\\"}],\\\"total\\\":\\\"'"
            + " || total || '\\\"}\",\"value\":{\"currency\":\"CNY\",\"total\":\"' || total ||"
            + " '\",\"lines\":[{\"id\":\"1\",\"quantity\":2,\"sku\":\"TEA-1\"}]}},\"receiver\":{\"at\":1795140000000,\"system\":\"shop\",\"text\":\"606f17ff0a8e97c166d7574f1daf47ee\",\"value\":{}}}}'";
    int waiting = LOST + PARTIAL + CLOSED + UNPAID;
    String at = "'" + day + " 00:00+00'::timestamptz + (i % 80000) * interval '1 s'";
    try (Statement s = c.createStatement()) {
      s.execute(
          "truncate customer_order, order_payment, order_refund, order_person, order_fact, event,"
              + " work, lane, payment_record, payment_day, payment_run, payment_result, finding"
              + " cascade");
      // The first ones wait, in an order that nobody laid out: numbers of shops are not sorted.
      s.execute(
          "create temp table made as select i, md5(i::text) as number, (100 + i % 900) || '.50' as"
              + " total, "
              + at
              + " as placed from generate_series(1, "
              + (n + UNPAID + HERE_ONLY)
              + ") i order by random()");
      s.execute(
          "insert into customer_order (shop, number, status, revision, state, total, currency,"
              + " created_on, paid_on, cancelled_on, since, payments) select 'demo', number, case"
              + " when i <= "
              + waiting
              + " then 'CREATED' else 'PAID' end, 2, "
              + state
              + ", total::numeric, 'CNY', placed, case when i > "
              + waiting
              + " then placed + interval '90 s' end, case when i > "
              + (LOST + PARTIAL)
              + " and i <= "
              + (LOST + PARTIAL + CLOSED)
              + " then placed + interval '60 s' end, placed, case when i > "
              + waiting
              + " then 1 else 0 end from made");
      s.execute(
          "insert into order_payment select o.id, 'T' || m.number, o.total, 'CNY', o.paid_on,"
              + " 'bench' from made m join customer_order o on o.shop = 'demo' and o.number ="
              + " m.number where m.i > "
              + waiting);
      s.execute(
          "insert into payment_record (connection, kind, transaction_id, refund_id, shop, number,"
              + " amount, currency, state, at, day, source, inbox_id) select 'bench', 'PAYMENT',"
              + " 'T' || number, '', 'demo', number, case when i > "
              + LOST
              + " and i <= "
              + (LOST + PARTIAL)
              + " then 1.00 else total::numeric end, 'CNY', 'PAID', placed + interval '90 s', '"
              + day
              + "', 'bill', 77 from made where i <= "
              + (LOST + PARTIAL + CLOSED)
              + " or i > "
              + (waiting + HERE_ONLY)
              + " order by md5(number || 'x')");
      s.execute(
          "insert into source_window (source, starts_at, ends_at, day, due_at, next_at, state)"
              + " values ('bench/bill', '"
              + day
              + " 00:00+00', '"
              + day.plusDays(1)
              + " 00:00+00', '"
              + day
              + "', now(), now(), 'PROVED') on conflict do nothing");
      s.execute("drop table made");
      s.execute("vacuum analyze");
      s.execute("checkpoint");
    }
  }

  static double idle() throws Exception {
    long before = cpu(), begun = System.nanoTime();
    Thread.sleep(10_000);
    return (cpu() - before) / ((System.nanoTime() - begun) / 1e6);
  }

  static long since(long cpu, long begun) {
    return Math.round(cpu() - cpu - idle * ((System.nanoTime() - begun) / 1e6));
  }

  // The middle of three.
  static long join(Connection c, LocalDate day) throws Exception {
    long[] spent = new long[3];
    for (int i = 0; i < 3; i++) {
      long before = cpu(), begun = System.nanoTime();
      try (Statement s = c.createStatement()) {
        s.execute("set max_parallel_workers_per_gather = 0");
        s.executeQuery(
                "select count(*), sum(r.amount), count(p.payment_id) from payment_record r left"
                    + " join customer_order o on o.shop = r.shop and o.number = r.number left join"
                    + " order_payment p on p.order_id = o.id and p.payment_id = r.transaction_id"
                    + " where r.connection = 'bench' and r.day = '"
                    + day
                    + "'")
            .close();
      }
      spent[i] = since(before, begun);
    }
    Arrays.sort(spent);
    return spent[1];
  }

  record Measured(String answer, long cpu, long heap) {}

  static Measured verify(LocalDate day) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    AtomicLong most = new AtomicLong();
    AtomicBoolean ends = new AtomicBoolean();
    long start = heap();
    Thread looks =
        new Thread(
            () -> {
              while (!ends.get()) {
                try {
                  most.accumulateAndGet(heap(), Math::max);
                  Thread.sleep(500);
                } catch (Exception e) {
                  return;
                }
              }
            });
    looks.start();
    long before = cpu(), begun = System.nanoTime();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/api/payments/verify"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"connection\": \"bench\", \"from\": \"" + day + "\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    long spent = since(before, begun);
    ends.set(true);
    looks.join();
    if (answer.statusCode() == 409) { // the calendar's own run is under way
      Thread.sleep(500);
      return verify(day);
    }
    if (answer.statusCode() != 200)
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    return new Measured(answer.body(), spent, Math.max(0, most.get() - start));
  }

  static boolean right(String answer, int n, int lost) {
    Map<String, Integer> expected =
        new TreeMap<>(
            Map.of(
                "PARTIAL_PAYMENT",
                PARTIAL,
                "PAID_AFTER_CLOSE",
                CLOSED,
                "PAID_HERE_ONLY",
                HERE_ONLY,
                "UNPAID",
                UNPAID));
    if (lost > 0) expected.put("LOST_CALLBACK", lost);
    expected.put("MATCHED", n - PARTIAL - CLOSED - lost);
    Map<String, Integer> found = new TreeMap<>();
    Matcher one = Pattern.compile("\"class\":\"(\\w+)\"[^}]*?\"count\":(\\d+)").matcher(answer);
    while (one.find()) found.merge(one.group(1), Integer.parseInt(one.group(2)), Integer::sum);
    if (!found.equals(expected))
      System.out.println("BROKEN: expected " + expected + ", found " + found);
    return found.equals(expected);
  }

  // What is in use, not what waits to be collected: the histogram collects first.
  static long heap() throws Exception {
    Process p = new ProcessBuilder("jcmd", "" + product, "GC.class_histogram").start();
    String text = new String(p.getInputStream().readAllBytes());
    return Long.parseLong(text.replaceAll("(?s).*\\nTotal\\s+\\d+\\s+(\\d+).*", "$1"));
  }

  // Of all processes of the server, those that have ended included.
  static long cpu() {
    long ticks = ticks(server, true);
    for (ProcessHandle child :
        ProcessHandle.of(server).orElseThrow().children().collect(Collectors.toList()))
      ticks += ticks(child.pid(), false);
    return ticks * 10;
  }

  static long ticks(long pid, boolean ended) {
    try {
      String[] f =
          Files.readString(Path.of("/proc/" + pid + "/stat"))
              .replaceAll("(?s).*\\) ", "")
              .split(" ");
      long sum = Long.parseLong(f[11]) + Long.parseLong(f[12]);
      return ended ? sum + Long.parseLong(f[13]) + Long.parseLong(f[14]) : sum;
    } catch (Exception e) {
      return 0;
    }
  }
}
