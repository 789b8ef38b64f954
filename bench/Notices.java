import java.io.IOException;
import java.net.URI;
import java.net.http.*;
import java.nio.file.*;
import java.sql.*;
import java.time.*;
import java.util.*;

/**
 * Ships orders without a gate, with one, and with a second channel that takes one message a second.
 * What a notice costs is the difference between the first two. See {@code bench/notices}.
 *
 * <p>java -cp <postgresql jdbc jar> bench/Notices.java <base url> <pid> <postmaster pid> <jdbc url>
 * <notices> <work folder>
 */
public class Notices {
  static final double CPU_MAX_MS = 1.0;
  static final double SLOWED_MAX = 1.3;
  static final int SETTLES_MS = 20_000;
  static final int AT_ONCE = 25;
  static final HttpClient http = HttpClient.newHttpClient();
  static final List<String> broken = new ArrayList<>();
  static String product;
  static long productPid;
  static int postgresPid;
  static Path work;
  static Connection database;
  static int number;
  static double[] idle = {0, 0}; // CPU ms per ms of product and server with nothing to do

  public static void main(String[] a) {
    try {
      product = a[0];
      productPid = Long.parseLong(a[1]);
      postgresPid = Integer.parseInt(a[2]);
      work = Path.of(a[5]);
      int n = Math.max(2_000, Integer.parseInt(a[4]) / AT_ONCE * AT_ONCE);
      try (Connection c = DriverManager.getConnection(a[3])) {
        database = c;
        measure(n);
      }
    } catch (Exception e) {
      broken.add(e.toString());
    }
    broken.forEach(what -> System.out.println("BROKEN: " + what));
    System.exit(broken.isEmpty() ? 0 : 1);
  }

  static void measure(int n) throws Exception {
    int part = Math.max(2_000, n / 5 / AT_ONCE * AT_ONCE);
    use("sms");
    ship(part, part); // warm
    use("");
    double product0 = cpu();
    double server0 = tree();
    Thread.sleep(SETTLES_MS);
    idle =
        new double[] {
          (cpu() - product0) * 1_000 / SETTLES_MS, (tree() - server0) * 1_000 / SETTLES_MS
        };
    double[] without = ship(n, 0);
    use("sms");
    double[] with = ship(n, n);
    System.out.printf(
        "%,d orders: %.3f ms product + %.3f ms PostgreSQL each without a gate; with notices %.3f +"
            + " %.3f%n",
        n, without[0] / n, without[1] / n, with[0] / n, with[1] / n);
    double product = (with[0] - without[0]) / n;
    double server = (with[1] - without[1]) / n;
    System.out.printf(
        "a notice: %.3f ms product + %.3f ms PostgreSQL = %.3f CPU ms%n",
        product, server, product + server);
    if (product + server > CPU_MAX_MS) {
      broken.add("a notice costs more than " + CPU_MAX_MS + " CPU ms");
    }
    double[] alone = ship(part, part);
    use("sms-slow");
    double[] beside = ship(part, part);
    System.out.printf(
        "%,d notices: %.1f s alone, %.1f s beside a channel that takes one a second (%.2f times);"
            + " %d of those wait%n",
        part,
        alone[2],
        beside[2],
        beside[2] / alone[2],
        number("select count(*) from work where queue = 'notice:notices-slow'"));
    if (beside[2] / alone[2] > SLOWED_MAX) {
      broken.add("a slow channel slows another");
    }
    if (number("select count(*) from notice_send where vendor = 'notices' and tries > 1") > 0) {
      broken.add("a message was sent more than once");
    }
  }

  static void use(String rules) throws Exception {
    Path file = work.resolve("mappings/rules/notices.yaml");
    if (rules.isEmpty()) {
      Files.writeString(file, "zone: Asia/Shanghai\n");
    } else {
      Files.copy(
          work.resolve("rules-" + rules + ".yaml"), file, StandardCopyOption.REPLACE_EXISTING);
    }
    Thread.sleep(4_000); // files are looked at each second
  }

  /** CPU ms of the product and of PostgreSQL, and seconds until the notices wanted were taken. */
  static double[] ship(int orders, int notices) throws Exception {
    long before = taken();
    double product = cpu();
    double server = tree();
    long begun = System.nanoTime();
    for (int i = 0; i < orders; i += AT_ONCE) {
      post();
    }
    // Looked at by short indexes: what is counted here is paid by the server that is measured.
    while (number(
            "select (select count(*) from work where queue in ('inbox:notices', 'notice:notices'))"
                + " + (select count(*) from notice where state = 'NEW')")
        > 0) {
      Thread.sleep(200);
      if (System.nanoTime() - begun > 900e9) {
        throw new IllegalStateException("not done after 15 minutes: " + taken());
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    // What follows of the orders in the background belongs to them: checks, vacuum.
    Thread.sleep(SETTLES_MS);
    double took = (System.nanoTime() - begun) / 1e6;
    double[] measured = {
      (cpu() - product) * 1_000 - idle[0] * took,
      (tree() - server) * 1_000 - idle[1] * took,
      seconds
    };
    if (taken() != before + notices) {
      broken.add("%d notices instead of %d".formatted(taken() - before, notices));
    }
    return measured;
  }

  static long taken() throws SQLException {
    return number(
        "select count(*) from notice_send where vendor = 'notices' and accepted_at is not null");
  }

  static void post() throws Exception {
    StringBuilder body = new StringBuilder("{\"id\":\"m" + number + "\",\"orders\":[");
    String at = Instant.now().minusSeconds(60).toString();
    for (int i = 0; i < AT_ONCE; i++, number++) {
      body.append(i == 0 ? "" : ",")
          .append(
              """
              {"order":{"shop":"bench","number":"%1$d"},"version":"%2$s","facts":[\
              {"milestone":"CREATED","at":"%2$s"},{"milestone":"PAID","at":"%2$s"},\
              {"milestone":"PACKED","at":"%2$s","parcel":"1"},\
              {"milestone":"TRACKING_ASSIGNED","at":"%2$s","parcel":"1","carrier":"SF","trackingNo":"SF%1$d"},\
              {"milestone":"OUTBOUND_SCANNED","at":"%2$s","parcel":"1"}],\
              "details":{"currency":"CNY","total":"199.00","lines":[{"id":"1","sku":"TEA-1","title":"绿茶","quantity":2}]},\
              "receiver":{"name":"王女士","phone":"138%3$08d"}}\
              """
                  .formatted(number, at, number));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(product + "/in/notices"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body + "]}"))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("answered " + answer.statusCode() + ": " + answer.body());
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
}
