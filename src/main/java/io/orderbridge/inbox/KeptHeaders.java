package io.orderbridge.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is kept of a message beside its body, for mappings to read: headers by name in lower case,
 * and parameters of the address as {@code query.<name>}. Proofs of identity and addresses of people
 * are not kept.
 */
final class KeptHeaders {
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEADERS_MAX = 40;
  private static final int PARAMETERS_MAX = 20;
  private static final int VALUE_MAX = 500;
  private static final int NAME_MAX = 100;
  private static final String QUERY = "query.";
  private static final Set<String> ADDRESSES = Set.of("x-forwarded-for", "x-real-ip", "forwarded");
  private static final Pattern SECRET =
      Pattern.compile("sign|hmac|digest|token|secret|password|session|auth|cookie|api-?_?key");

  private KeptHeaders() {}

  /** As JSON; what is too long or too much is left out. */
  static String json(Iterable<Map.Entry<String, String>> headers, Map<String, String> query) {
    JsonObject kept = new JsonObject();
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      // A header may have any name; it must not pass for a parameter, which may be signed.
      if (kept.size() < HEADERS_MAX && !name.startsWith(QUERY) && !ADDRESSES.contains(name)) {
        keep(kept, name, name, header.getValue());
      }
    }
    int most = kept.size() + PARAMETERS_MAX;
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      String name = parameter.getKey();
      if (kept.size() < most && name.length() <= NAME_MAX) {
        keep(kept, QUERY + name, name.toLowerCase(Locale.ROOT), parameter.getValue());
      }
    }
    return kept.encode();
  }

  /** What {@link #json} wrote. */
  static Map<String, String> read(String json) {
    try {
      return JSON.readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored headers are not readable", e);
    }
  }

  private static void keep(JsonObject kept, String key, String name, String value) {
    if (!SECRET.matcher(name).find() && value.length() <= VALUE_MAX) {
      kept.put(key, value.replace('\0', ' '));
    }
  }
}
