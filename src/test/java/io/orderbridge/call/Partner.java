package io.orderbridge.call;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A partner's API on this machine: keeps the bytes that came and answers as the test says. */
public final class Partner implements AutoCloseable {
  public final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Function<Asked, Reply> behaviour = asked -> Reply.of(200, "{}");

  /** What came; the address as it stood in the request line. */
  public record Asked(String method, String address, Map<String, String> headers, byte[] body) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * @param length declared; -1 sends what there is
   */
  public record Reply(int status, Map<String, String> headers, byte[] body, int length) {
    public static Reply of(int status, String body) {
      return of(status, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply of(int status, byte[] body) {
      return new Reply(status, Map.of(), body, -1);
    }

    public Reply with(String name, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(name, value);
      return new Reply(status, more, body, length);
    }

    /** The same, but the connection ends before all that was declared is sent. */
    public Reply breakingOff() {
      return new Reply(status, headers, body, body.length + 10);
    }
  }

  public Partner() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::receive);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public void answers(Function<Asked, Reply> as) {
    behaviour = as;
  }

  public void answers(int status, String body) {
    answers(asked -> Reply.of(status, body));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      Asked came =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              exchange.getRequestBody().readAllBytes());
      asked.add(came);
      Reply reply = behaviour.apply(came);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      int declared = reply.length() < 0 ? reply.body().length : reply.length();
      exchange.sendResponseHeaders(reply.status(), declared == 0 ? -1 : declared);
      exchange.getResponseBody().write(reply.body());
    }
  }
}
