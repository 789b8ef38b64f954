package io.orderbridge.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The known answers and throw-away keys in {@code src/test/resources/vectors}. */
final class Vectors {
  static final String SERIAL = "PUB_KEY_ID_1";
  static final String PRIVATE_PEM = file("throwaway_private.pem");
  static final String PUBLIC_PEM = file("throwaway_public.pem");
  static final String CERTIFICATE_PEM = file("throwaway_certificate.pem");

  private Vectors() {}

  record Vector(String key, String input, String expected) {}

  /** The names of all known answers, in the order of the file. */
  static List<String> names() {
    try {
      return new ObjectMapper().readTree(file("signing.json")).findValuesAsText("name");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Vector of(String name) {
    try {
      for (JsonNode vector : new ObjectMapper().readTree(file("signing.json"))) {
        if (vector.path("name").asText().equals(name)) {
          return new Vector(
              vector.path("key").asText(),
              vector.path("input").asText(),
              vector.path("expected").asText());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException("signing.json has no vector " + name);
  }

  /** A message whose headers answer in any case, as the door's do. */
  static SignedMessage message(Map<String, String> headers, byte[] body) {
    return message(headers, body, "");
  }

  static SignedMessage message(Map<String, String> headers, byte[] body, String query) {
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    return new SignedMessage(anyCase::get, body, query);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String file(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
