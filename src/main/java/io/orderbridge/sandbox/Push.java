package io.orderbridge.sandbox;

import io.orderbridge.signing.Secret;
import io.orderbridge.signing.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Tells the product's door what happened, as the partners do. Keeps nothing. */
final class Push {
  private static final Duration AT_MOST = Duration.ofSeconds(5);
  private static final String NONCE = "sandbox";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(AT_MOST).build();
  private final String door;
  private final String scheme;
  private final String key;

  /**
   * @param door where the product takes what this partner tells
   * @param scheme {@code wechat-mp}, or {@code query-secret}
   */
  Push(String door, String scheme, String key) {
    this.door = door;
    this.scheme = scheme;
    this.key = key;
  }

  /** Whether the door took it; false also when nobody answers. */
  boolean tell(Told told, Instant now) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(door + "?" + query(now)))
            .timeout(AT_MOST)
            .header("Content-Type", told.headers().get("Content-Type"))
            .POST(BodyPublishers.ofByteArray(told.body()))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String query(Instant now) {
    if (!scheme.equals("wechat-mp")) {
      return "token=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
    }
    String timestamp = Long.toString(now.getEpochSecond());
    return "signature=%s&timestamp=%s&nonce=%s"
        .formatted(Signer.wechatMp(Secret.of(key), timestamp, NONCE), timestamp, NONCE);
  }
}
