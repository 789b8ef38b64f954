import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Keeps the flow board open on some screens until it is killed, as browsers do: the stream says
 * that the board has changed, and the screen asks for its panels. Prints how many were shown. With
 * the numbers of the product's and PostgreSQL's process instead of that of screens it asks a
 * thousand times and prints the milliseconds of CPU that both spent on each.
 *
 * <p>java Watch.java http://127.0.0.1:8097 10 | java Watch.java http://127.0.0.1:8097 4711 4712
 */
public final class Watch {
  private static final int ASKS = 1_000;

  public static void main(String[] args) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    if (args.length > 2) {
      ask(http, args[0]);
      Duration before = spent(args[1]).plus(spent(args[2]));
      ask(http, args[0]);
      Duration after = spent(args[1]).plus(spent(args[2]));
      System.out.printf(
          "%.2f ms of CPU for each answer%n", 1.0 * after.minus(before).toMillis() / ASKS);
      return;
    }
    AtomicLong shown = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> System.out.printf("%d shown, %d failed%n", shown.get(), failed.get())));
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      new Thread(() -> watch(http, args[0], shown, failed)).start();
    }
  }

  private static void ask(HttpClient http, String base) {
    for (int i = 0; i < ASKS; i++) {
      if (!panels(http, base)) {
        throw new IllegalStateException("the board is not shown");
      }
    }
  }

  // PostgreSQL works in processes of its own, one for each connection.
  private static Duration spent(String pid) {
    ProcessHandle process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    return Stream.concat(Stream.of(process), process.children())
        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static void watch(HttpClient http, String base, AtomicLong shown, AtomicLong failed) {
    // A stream ends by itself after a while, and browsers open it again.
    while (true) {
      try {
        http.send(get(base + "/api/dashboard/stream"), HttpResponse.BodyHandlers.ofLines())
            .body()
            .filter(line -> line.startsWith("data:"))
            .forEach(line -> (panels(http, base) ? shown : failed).incrementAndGet());
      } catch (Exception e) {
        failed.incrementAndGet();
      }
    }
  }

  private static boolean panels(HttpClient http, String base) {
    try {
      HttpResponse<String> page =
          http.send(get(base + "/console/board/panels"), HttpResponse.BodyHandlers.ofString());
      return page.statusCode() == 200 && page.body().contains("class=\"verdict");
    } catch (Exception e) {
      return false;
    }
  }

  private static HttpRequest get(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).build();
  }
}
