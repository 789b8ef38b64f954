package io.orderbridge.call;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a route asks of a call, as a mapping made it.
 *
 * @param path behind the url of the call; may be empty
 * @param query not encoded
 * @param method null leaves it to the call
 * @param form not encoded; null when there is none
 * @param body text, map or list; null when there is none
 * @param url in the place of the call's own; null leaves that
 * @param sha1 what the answer must hash to, hexadecimal; null when it is not told
 * @param gzip whether the answer is to be unpacked
 */
record CallRequest(
    String path,
    Map<String, String> query,
    String method,
    Map<String, String> headers,
    Map<String, String> form,
    Object body,
    String url,
    String sha1,
    boolean gzip) {
  static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  private static final List<String> KEYS =
      List.of("path", "query", "method", "headers", "form", "body", "url", "expect", "unpack");
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");

  /**
   * @param request a map with the keys of {@code docs/components.md}
   * @throws Refusal MAPPING_FAILED when it is none, or has a key or a value that is not known
   */
  static CallRequest of(Object request) {
    if (!(request instanceof Map<?, ?> map)) {
      throw wrong("", "a call takes a request object, made by a mapping");
    }
    for (Object key : map.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw wrong(
            "/" + key, "unknown key of a request, expected one of " + String.join(", ", KEYS));
      }
    }
    Map<String, String> form = map.get("form") == null ? null : texts("form", map.get("form"));
    if (form != null && map.get("body") != null) {
      throw wrong("/form", "a request has a form or a body, not both");
    }
    String unpack = text("unpack", map.get("unpack"));
    if (unpack != null && !unpack.equals("gzip")) {
      throw wrong("/unpack", "expected gzip");
    }
    return new CallRequest(
        map.get("path") == null ? "" : text("path", map.get("path")),
        texts("query", map.get("query")),
        method(text("method", map.get("method"))),
        texts("headers", map.get("headers")),
        form,
        map.get("body"),
        text("url", map.get("url")),
        sha1(map.get("expect")),
        unpack != null);
  }

  private static String method(String text) {
    if (text != null && !METHODS.contains(text)) {
      throw wrong("/method", "expected one of " + String.join(", ", METHODS));
    }
    return text;
  }

  private static String sha1(Object expect) {
    if (expect == null) {
      return null;
    }
    if (!(expect instanceof Map<?, ?> map)
        || !map.keySet().equals(new TreeSet<>(List.of("sha1")))) {
      throw wrong("/expect", "expected {\"sha1\": \"<40 hexadecimal digits>\"}");
    }
    String hash = text("expect/sha1", map.get("sha1"));
    if (hash == null || !hash.matches("[0-9a-fA-F]{40}")) {
      throw wrong("/expect/sha1", "expected 40 hexadecimal digits");
    }
    return hash;
  }

  /** Values as texts; what is null is left out, what is nested becomes compact JSON. */
  static Map<String, String> texts(String name, Object value) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (value == null) {
      return texts;
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong("/" + name, "expected an object of texts");
    }
    map.forEach(
        (key, item) -> {
          if (item != null) {
            texts.put(String.valueOf(key), plain(item));
          }
        });
    return texts;
  }

  private static String plain(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value instanceof Map || value instanceof List ? json(value) : value.toString();
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw wrong("/body", "is not made of objects, lists, texts, numbers, true, false and null");
    }
  }

  private static String text(String name, Object value) {
    if (value != null && !(value instanceof String)) {
      throw wrong("/" + name, "expected a text");
    }
    return (String) value;
  }

  static Refusal wrong(String place, String what) {
    return new Refusal(Cause.MAPPING_FAILED, place, "the request to call: " + what);
  }
}
