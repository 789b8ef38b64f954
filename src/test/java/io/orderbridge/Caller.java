package io.orderbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks one port of this machine by HTTP, as partners and people do. Thread-safe. */
class Caller {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port;
  private String bearer;

  Caller(int port) {
    this.port = port;
  }

  /** Shows this token from now on when the API is asked; null shows none. */
  void bearer(String token) {
    bearer = token;
  }

  int port() {
    return port;
  }

  /** The address of a path of this product. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  public JsonNode json(String path) {
    return read(get(path).body());
  }

  /** Posts a partner's message; the status of the answer. */
  public int post(Letters.Letter letter) {
    return post("/in/" + letter.connection(), letter.body(), letter.headers()).statusCode();
  }

  public HttpResponse<String> post(String path, byte[] body, String... headers) {
    return send("POST", path, BodyPublishers.ofByteArray(body), headers);
  }

  /** Posts JSON, as people do who use the API. */
  public HttpResponse<String> post(String path, String body) {
    return post(path, body.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
  }

  /**
   * @param headers name, value, name, value, ...
   * @throws UncheckedIOException when there is no answer
   */
  public HttpResponse<String> send(
      String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (bearer != null && path.startsWith("/api")) {
      request.setHeader("Authorization", "Bearer " + bearer);
    }
    try {
      return HTTP.send(request.build(), Caller::whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The whole answer; of a stream of events, which has no end, none of it. */
  private static BodySubscriber<String> whole(ResponseInfo answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    return type.startsWith("text/event-stream")
        ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), Caller::left)
        : BodyHandlers.ofString().apply(answer);
  }

  private static String left(InputStream stream) {
    try (stream) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }
}
