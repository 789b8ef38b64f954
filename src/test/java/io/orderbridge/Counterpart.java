package io.orderbridge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A partner's system: takes requests by HTTP, remembers them, answers as the test wishes. */
public final class Counterpart implements AutoCloseable {
  private static final Duration DRIBBLE = Duration.ofMillis(100);

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Function<Request, Reply> behaviour = request -> Reply.json(200, "{}");

  /** What came. Header names are in lower case. */
  public record Request(String method, String path, Map<String, String> headers, String body) {
    public String key() {
      return headers.get("idempotency-key");
    }
  }

  /** Writes the body of an answer; may take its time. */
  @FunctionalInterface
  public interface BodyWriter {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * An answer.
   *
   * @param length of the body, or 0 when it is sent in chunks
   */
  public record Reply(int status, Map<String, String> headers, long length, BodyWriter body) {
    public static Reply json(int status, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new Reply(
          status,
          Map.of("Content-Type", "application/json"),
          bytes.length,
          out -> out.write(bytes));
    }

    Reply with(String header, String value) {
      return new Reply(status, Map.of("Content-Type", "text/plain", header, value), length, body);
    }

    /** A kilobyte after the other, until the other side hangs up. */
    static Reply endless() {
      return forEver(new byte[1024], Duration.ZERO);
    }

    /** A byte now and then, until the other side hangs up. */
    static Reply dribbling() {
      return forEver(new byte[] {' '}, DRIBBLE);
    }

    private static Reply forEver(byte[] part, Duration pause) {
      BodyWriter writer =
          out -> {
            while (!Thread.currentThread().isInterrupted()) {
              out.write(part);
              out.flush();
              Await.pause(pause);
            }
          };
      return new Reply(200, Map.of("Content-Type", "application/json"), 0, writer);
    }
  }

  public Counterpart() {
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

  /** Answers so from now on. */
  public void answers(Function<Request, Reply> newBehaviour) {
    behaviour = newBehaviour;
  }

  public void answers(Reply always) {
    behaviour = request -> always;
  }

  /** Everything that came, in the order of arrival. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new java.util.TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Request request =
          new Request(
              exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
      requests.add(request);
      Reply reply = behaviour.apply(request);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(reply.status(), reply.status() == 204 ? -1 : reply.length());
      reply.body().writeTo(exchange.getResponseBody());
    }
  }
}
