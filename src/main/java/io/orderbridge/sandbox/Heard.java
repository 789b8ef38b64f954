package io.orderbridge.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** A request that a counterpart heard, as a map: what its dialect reads, and what tests look at. */
final class Heard {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Heard() {}

  /**
   * Method, path behind the counterpart's own, query (decoded and raw), headers by lower case name,
   * form, text and, when it is JSON, body. Camel may have read a form into a map already.
   *
   * @param root the path of the counterpart itself
   */
  static Map<String, Object> of(Message message, String root) {
    Map<String, Object> request = new LinkedHashMap<>();
    String raw = message.getHeader(Exchange.HTTP_RAW_QUERY, String.class);
    request.put("method", message.getHeader(Exchange.HTTP_METHOD, String.class));
    String path = String.valueOf(message.getHeader(Exchange.HTTP_PATH, String.class));
    request.put("path", path.startsWith(root) ? path.substring(root.length()) : path);
    request.put("query", decoded(raw));
    request.put("rawQuery", raw);
    Map<String, Object> headers = new TreeMap<>();
    message.getHeaders().forEach((name, value) -> header(headers, name, value));
    request.put("headers", headers);
    if (message.getBody() instanceof Map<?, ?> fields) {
      Map<String, Object> form = new LinkedHashMap<>();
      fields.forEach((name, value) -> form.put(name.toString(), String.valueOf(value)));
      request.put("form", form);
      request.put("text", "");
      return request;
    }
    byte[] bytes = message.getBody(byte[].class);
    String text = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    request.put("text", text);
    String type = String.valueOf(headers.get("content-type"));
    request.put("form", type.contains("x-www-form-urlencoded") ? decoded(text) : Map.of());
    request.put("body", type.contains("json") ? json(text) : null);
    return request;
  }

  private static void header(Map<String, Object> headers, String name, Object value) {
    if (!name.startsWith("Camel") && value instanceof String) {
      headers.put(name.toLowerCase(Locale.ROOT), value);
    }
  }

  private static Map<String, Object> decoded(String form) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String pair : form == null ? new String[0] : form.split("&")) {
      String[] parts = pair.split("=", 2);
      if (!parts[0].isEmpty()) {
        fields.put(plain(parts[0]), parts.length == 1 ? "" : plain(parts[1]));
      }
    }
    return fields;
  }

  private static String plain(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }

  private static Object json(String text) {
    try {
      return JSON.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
