package io.orderbridge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A company's own sign-in (OpenID Connect, code flow) where the same person is always signed in.
 */
final class IdentityProvider implements AutoCloseable {
  private static final int KEY_BITS = 2048;
  private static final String CLIENT = "orderbridge";

  final AtomicInteger asked = new AtomicInteger();
  private final HttpServer server;
  private final KeyPair keys;
  private volatile String name = "anna";
  private volatile List<String> groups = List.of();

  IdentityProvider() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      keys = generator.generateKeyPair();
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Whom it signs in from now on. */
  void person(String who, String... in) {
    name = who;
    groups = List.of(in);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/authorize")) {
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      exchange
          .getResponseHeaders()
          .set(
              "Location",
              "%s?code=7&state=%s".formatted(query.get("redirect_uri"), query.get("state")));
      exchange.sendResponseHeaders(302, -1);
    } else {
      byte[] body = document(path).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private String document(String path) {
    if (path.endsWith("/token")) {
      return """
      {"id_token": "%s", "access_token": "%s", "token_type": "Bearer", "expires_in": 300}\
      """
          .formatted(token(), token());
    }
    if (path.endsWith("/keys")) {
      RSAPublicKey key = (RSAPublicKey) keys.getPublic();
      return """
      {"keys": [{"kty": "RSA", "kid": "1", "use": "sig", "alg": "RS256", "n": "%s", "e": "%s"}]}\
      """
          .formatted(text(key.getModulus()), text(key.getPublicExponent()));
    }
    return """
    {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize",
     "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys",
     "response_types_supported": ["code"], "subject_types_supported": ["public"],
     "id_token_signing_alg_values_supported": ["RS256"]}\
    """
        .formatted(url());
  }

  private String token() {
    Instant now = Instant.now();
    String in = groups.stream().map(g -> '"' + g + '"').collect(Collectors.joining(","));
    String claims =
        """
        {"iss": "%s", "aud": "%s", "sub": "7", "preferred_username": "%s", "groups": [%s],
         "iat": %d, "exp": %d}\
        """
            .formatted(url(), CLIENT, name, in, now.getEpochSecond(), now.getEpochSecond() + 300);
    String signed = text("{\"alg\":\"RS256\",\"kid\":\"1\"}") + "." + text(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + text(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> query(String raw) {
    return Arrays.stream(raw.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static String text(String json) {
    return text(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return text(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
