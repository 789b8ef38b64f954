package io.orderbridge.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;

/**
 * What the route from {@code token:} ends with.
 *
 * @param refresh null keeps the one before
 * @param expiresAt null when the partner does not say
 */
record TokenAnswer(String access, String refresh, Instant expiresAt) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final Set<String> KEYS = Set.of("access", "refresh", "expiresIn", "expiresAt");
  private static final String EXPECTED =
      "the route from token: ends with {\"access\": \"...\", \"refresh\": \"...\", \"expiresIn\":"
          + " <seconds> or \"expiresAt\": \"<ISO-8601 with offset>\"}; ";

  /**
   * @param body a map, or JSON as text or bytes
   * @throws Refusal MAPPING_FAILED when it is something else; it holds no value of the body
   */
  static TokenAnswer of(Object body, Instant now) {
    Map<?, ?> map = map(body);
    for (Object key : map.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw wrong("it has the key '%s'".formatted(key));
      }
    }
    if (!(map.get("access") instanceof String access) || access.isBlank()) {
      throw wrong("it has no 'access'");
    }
    return new TokenAnswer(
        access, map.get("refresh") instanceof String refresh ? refresh : null, expires(map, now));
  }

  private static Instant expires(Map<?, ?> map, Instant now) {
    Object in = map.get("expiresIn");
    Object at = map.get("expiresAt");
    try {
      if (in != null) {
        return now.plusSeconds(Long.parseLong(in.toString()));
      }
      return at == null ? null : OffsetDateTime.parse(at.toString()).toInstant();
    } catch (NumberFormatException | DateTimeException e) {
      throw wrong("its time is neither");
    }
  }

  private static Map<?, ?> map(Object body) {
    try {
      if (body instanceof Map<?, ?> map) {
        return map;
      }
      if (body instanceof byte[] bytes) {
        return JSON.readValue(bytes, OBJECT);
      }
      if (body instanceof String text) {
        return JSON.readValue(text.getBytes(StandardCharsets.UTF_8), OBJECT);
      }
    } catch (JsonProcessingException e) {
      throw wrong("it is no JSON object");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are readable", e);
    }
    throw wrong("it is no object");
  }

  private static Refusal wrong(String what) {
    return new Refusal(Cause.MAPPING_FAILED, "", EXPECTED + what);
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "TokenAnswer[" + expiresAt + "]";
  }
}
