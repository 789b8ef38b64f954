import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens each page of the packaged product on a database of many orders, and reads from PostgreSQL's
 * own log (auto_explain) what each cost there and how it was read. Ends with 1 when a page takes
 * longer than its limit, reads a large table from end to end, or fails. See README.md beside it.
 *
 * <p>java -cp postgresql.jar Screens.java orders folder [pages-file]
 */
public final class Screens {
  private static final Path HERE = Path.of("bench/screens");
  private static final long LOAD_MAX_MS = 1_000;
  private static final Duration READY_MAX = Duration.ofMinutes(8);
  // Less is not worth an index.
  private static final int LARGE = 5_000;
  // Below this PostgreSQL rightly reads whole tables that it would not read in a large database:
  // then such a plan is made as expensive as can be, and only who has no other way is found.
  private static final int MANY = 500_000;
  // Times say something in a large database only.
  private static final int VISITS_OF_MANY = 5;
  private static final int VISITS_OF_FEW = 2;
  private static final Pattern ENTRY =
      Pattern.compile("(?m)^\\d{4}-\\d\\d-\\d\\d [\\d:.]+ UTC \\[\\d+\\] (?:LOG|[A-Z]+):  ");
  private static final Pattern TOOK = Pattern.compile("^duration: ([\\d.]+) ms  plan:");
  private static final Pattern TEXT =
      Pattern.compile("Query Text: (.*?)\\n\\t(?=[A-Z][A-Za-z ]+ .*\\(cost=)", Pattern.DOTALL);
  private static final Pattern WHOLE = Pattern.compile("Seq Scan on (?:(\\w+)\\.)?(\\w+)");

  private static final String STATEMENT =
      ";\\n(?=\\s*(?:--|insert|update|analyze|create|vacuum|drop|truncate|alter|do )|\\s*$)";

  // What a list reads and does not show costs the more the more orders there are, index or not.
  private static final Pattern ASIDE =
      Pattern.compile(
          "rows=(\\d+) loops=(\\d+)\\)|Rows Removed by (?:Filter|Index Recheck): (\\d+)");
  private static final int ASIDE_MAX = 2_000;

  private final int orders;
  private final int visits;
  private final Path folder;
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private Process product;

  private Screens(int orders, Path folder, int port) {
    this.orders = orders;
    this.visits = orders < MANY ? VISITS_OF_FEW : VISITS_OF_MANY;
    this.folder = folder;
    this.port = port;
  }

  /** What one look at a page cost. */
  private record Look(int status, long tookNs, Map<String, Double> statements, Set<String> whole) {}

  /** A page and what is allowed. */
  private record Page(double limit, String path) {}

  public static void main(String[] args) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path folder = Path.of(args[1]).toAbsolutePath();
    Screens screens = new Screens(Integer.parseInt(args[0]), folder, port);
    Path pages = args.length > 2 ? Path.of(args[2]) : HERE.resolve("pages.txt");
    Runtime.getRuntime().addShutdownHook(new Thread(screens::stop));
    boolean good;
    try {
      screens.prepare();
      good = screens.measure(pages);
    } finally {
      screens.stop();
    }
    System.exit(good ? 0 : 1);
  }

  private void prepare() throws Exception {
    start();
    load();
    // For new sessions only; those of the product are cut off, and it makes new ones.
    sql(
        "alter database orderbridge set session_preload_libraries = 'auto_explain'",
        "alter database orderbridge set auto_explain.log_min_duration = 0",
        "alter database orderbridge set auto_explain.log_analyze = on",
        "alter database orderbridge set auto_explain.log_timing = off",
        "alter database orderbridge set auto_explain.log_parameter_max_length = 0",
        "alter database orderbridge set enable_seqscan = " + (orders < MANY ? "off" : "on"));
    sql(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = 'orderbridge' and pid <> pg_backend_pid()");
    Thread.sleep(2_000);
    awaitReady();
  }

  private void load() throws Exception {
    String[] parts =
        Files.readString(HERE.resolve("load.sql")).replace(":n", "" + orders).split(STATEMENT);
    long begun = System.nanoTime();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set timezone = 'UTC'");
      statement.execute("set work_mem = '256MB'");
      statement.execute("set maintenance_work_mem = '256MB'");
      // The end is vacuumed and on the disk all the same.
      statement.execute("set synchronous_commit = off");
      // Where an earlier load ended goes on.
      Path done = folder.resolve("loaded");
      int first = Files.exists(done) ? Integer.parseInt(Files.readString(done)) : 0;
      for (int i = first; i < parts.length; i++) {
        String part = parts[i];
        long from = System.nanoTime();
        try {
          statement.execute(part);
        } catch (SQLException e) {
          throw new IllegalStateException(e.getMessage() + "\n" + part, e);
        }
        Files.writeString(done, Integer.toString(i + 1));
        long ms = (System.nanoTime() - from) / 1_000_000;
        if (ms > 5_000) {
          String head =
              part.strip().lines().filter(l -> !l.startsWith("--")).findFirst().orElse("");
          System.out.printf("loaded in %,d ms: %s%n", ms, head);
        }
      }
      if (first == parts.length) {
        return;
      }
      statement.execute("checkpoint");
    }
    System.out.printf(
        "%,d orders loaded in %d s%n", orders, (System.nanoTime() - begun) / 1_000_000_000);
  }

  private boolean measure(Path file) throws Exception {
    Map<String, String> known = known();
    Set<String> large = large();
    List<String> bad = new ArrayList<>();
    System.out.printf("%8s %9s %9s %5s  %s%n", "db ms", "load ms", "median", "sql", "page");
    for (Page page : pages(file)) {
      String path = page.path();
      for (Map.Entry<String, String> word : known.entrySet()) {
        path = path.replace("{" + word.getKey() + "}", word.getValue());
      }
      List<Look> looks = new ArrayList<>();
      look(path);
      for (int i = 0; i < visits; i++) {
        looks.add(look(path));
      }
      judge(page, path, looks, large, bad);
    }
    bad.forEach(line -> System.out.println("BAD " + line));
    System.out.println(bad.isEmpty() ? "every page keeps its limits" : bad.size() + " broken");
    return bad.isEmpty();
  }

  // What others do on this machine meanwhile is not the page's: the least of its looks counts, and
  // only statements that each look made.
  private void judge(
      Page page, String path, List<Look> looks, Set<String> large, List<String> bad) {
    Map<String, Double> least = new LinkedHashMap<>(looks.get(0).statements());
    Set<String> whole = new TreeSet<>(looks.get(0).whole());
    for (Look look : looks) {
      least.keySet().retainAll(look.statements().keySet());
      least.replaceAll((text, ms) -> Math.min(ms, look.statements().get(text)));
      whole.retainAll(look.whole());
    }
    double sum = least.values().stream().mapToDouble(Double::doubleValue).sum();
    long[] took = looks.stream().mapToLong(look -> look.tookNs() / 1_000_000).sorted().toArray();
    System.out.printf(
        "%8.1f %9d %9d %5d  %s%n", sum, took[0], took[visits / 2], least.size(), path);
    if (looks.get(0).status() >= 400) {
      bad.add(path + " answers " + looks.get(0).status());
    }
    if (sum > page.limit()) {
      bad.add(path + " takes " + sum + " ms of the database, allowed " + page.limit());
      least.forEach(
          (text, ms) -> {
            if (ms > page.limit() / 10) {
              bad.add("    " + ms + " ms: " + text);
            }
          });
    }
    if (took[0] > LOAD_MAX_MS) {
      bad.add(path + " takes " + took[0] + " ms to load, allowed " + LOAD_MAX_MS);
    }
    for (String scan : whole) {
      String table = scan.substring(0, scan.indexOf(' '));
      if (table.equals("aside")) {
        bad.add(path + " reads and puts " + scan);
      } else if (large.contains(table)) {
        bad.add(path + " reads all of " + scan);
      }
    }
  }

  private Look look(String path) throws Exception {
    Path log = log();
    long from = Files.size(log);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .header("Accept", path.startsWith("/api") ? "application/json" : "text/html")
            .build();
    long begun = System.nanoTime();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    long took = System.nanoTime() - begun;
    String text = settled(log, from);
    Map<String, Double> statements = new LinkedHashMap<>();
    Set<String> whole = new TreeSet<>();
    for (String entry : ENTRY.split(text)) {
      Matcher time = TOOK.matcher(entry);
      Matcher query = TEXT.matcher(entry);
      if (!time.find() || !query.find()) {
        continue;
      }
      String sql = query.group(1).replaceAll("\\s+", " ");
      statements.merge(sql, Double.parseDouble(time.group(1)), Double::sum);
      long aside = aside(entry);
      if (orders < MANY && aside > ASIDE_MAX) {
        whole.add("aside " + aside + " rows by: " + sql);
      }
      Matcher scan = WHOLE.matcher(entry);
      while (scan.find()) {
        whole.add(scan.group(2) + " by: " + sql);
      }
    }
    return new Look(answer.statusCode(), took, statements, whole);
  }

  private static long aside(String plan) {
    long sum = 0;
    long loops = 1;
    Matcher found = ASIDE.matcher(plan);
    while (found.find()) {
      if (found.group(3) == null) {
        loops = Long.parseLong(found.group(2));
      } else {
        sum += loops * Long.parseLong(found.group(3));
      }
    }
    return sum;
  }

  // A log of its own process comes a little later.
  private static String settled(Path log, long from) throws Exception {
    long size = -1;
    for (int i = 0; i < 20 && Files.size(log) != size; i++) {
      size = Files.size(log);
      Thread.sleep(30);
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.max(0, size - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private Path log() throws IOException {
    try (var files = Files.list(folder.resolve("postgres/data/log"))) {
      return files
          .max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified()))
          .orElseThrow();
    }
  }

  private List<Page> pages(Path file) throws IOException {
    List<Page> pages = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.strip().split("\\s+", 2);
        pages.add(new Page(Double.parseDouble(parts[0]), parts[1]));
      }
    }
    return pages;
  }

  // Numbers that load.sql has put there.
  private Map<String, String> known() {
    int middle = orders / 2 / 5_000 * 5_000;
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Map<String, String> known = new HashMap<>();
    known.put("order", "N" + (1_000_000 + middle + 1));
    known.put("open-order", "N" + (1_000_000 + orders));
    known.put("letter", "" + middle);
    known.put("ticket", "" + (middle + 5));
    known.put("repair", "" + middle / 50);
    known.put("n", "" + (middle + 7));
    known.put("message", "" + (middle + 1));
    known.put("today", today.toString());
    known.put("weeksago", today.minusDays(20).toString());
    known.put("yesterday", today.minusDays(1).toString());
    known.put("month", YearMonth.from(today).toString());
    return known;
  }

  private Set<String> large() throws Exception {
    Set<String> large = new TreeSet<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select relname from pg_class where relkind = 'r' and reltuples >= " + LARGE)) {
      while (rows.next()) {
        large.add(rows.getString(1));
      }
    }
    return large;
  }

  private void sql(String... statements) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Connection connect() throws Exception {
    Path own = folder.resolve("postgres");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%s/orderbridge"
            .formatted(Files.readString(own.resolve("port")).strip()),
        "orderbridge",
        Files.readString(own.resolve("password")).strip());
  }

  // With the connections that it comes with: the sandbox, where nothing happens, and a shop that
  // cannot be reached, for the pages of its sources.
  private void start() throws Exception {
    Files.createDirectories(folder);
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        Arrays.asList(Files.readString(Path.of("docker/java-options")).strip().split("\\s+")));
    command.addAll(
        List.of(
            "-Dquarkus.profile=demo",
            "-Dorderbridge.demo=false",
            "-Dorderbridge.db.folder=" + folder.resolve("postgres"),
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.log.file.path=" + folder.resolve("product.log"),
            "-jar",
            "target/quarkus-app/quarkus-run.jar"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "SHOPIFY_ENABLED", "true",
                "SHOPIFY_URL", "http://127.0.0.1:9/",
                "SHOPIFY_TOKEN", "none",
                "SHOPIFY_SECRET", "none"));
    builder.redirectOutput(folder.resolve("product.out").toFile());
    product = builder.start();
    awaitReady();
  }

  private void awaitReady() throws Exception {
    long until = System.nanoTime() + READY_MAX.toNanos();
    while (!ready()) {
      if (!product.isAlive() || System.nanoTime() > until) {
        throw new IllegalStateException(
            "the product does not start, see " + folder.resolve("product.out"));
      }
      Thread.sleep(200);
    }
  }

  private boolean ready() throws InterruptedException {
    try {
      HttpRequest ask =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
              .build();
      return http.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private synchronized void stop() {
    if (product != null && product.isAlive()) {
      product.destroy();
      try {
        product.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
