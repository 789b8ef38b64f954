package io.orderbridge.repair;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.repair.Proposals.Ask;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the body of a request says; whatever is not clear is declined. */
final class RepairBody {
  private static final String ACTION = "action";
  private static final String REASON = "reason";
  private static final String ROLE = "role";
  private static final String OVERRIDE = "override";
  private static final String ORDERS = "orders";
  private static final String ITEMS = "items";
  private static final int KEY_MAX = 200;

  private final Map<String, String> said = new TreeMap<>();
  private final List<Map<String, String>> orders;
  private final String csv;

  private RepairBody(List<Map<String, String>> orders, String csv) {
    this.orders = orders;
    this.csv = csv;
  }

  static RepairBody json(Map<String, Object> body) {
    if (body == null || !(body.get(ORDERS) instanceof List<?> list)) {
      throw new Declined(
          Kind.WRONG,
          "expected {\"action\": ..., \"reason\": ..., \"orders\": [{\"shop\": ..., \"number\":"
              + " ...}]}");
    }
    List<Map<String, String>> orders = new ArrayList<>();
    for (Object order : list) {
      orders.add(order instanceof Map<?, ?> fields ? texts(fields) : null);
    }
    RepairBody read = new RepairBody(orders, null);
    body.forEach(
        (name, value) -> {
          if (!name.equals(ORDERS) && value != null) {
            read.said.put(name, text(value));
          }
        });
    return read;
  }

  /** The body of an act that needs none; empty when there is none. */
  static Map<String, Object> optional(String text) {
    if (text == null || text.isBlank()) {
      return Map.of();
    }
    try {
      return Json.object(text);
    } catch (IllegalStateException e) {
      throw new Declined(Kind.WRONG, "the body is no JSON object");
    }
  }

  /** One order, whose options stand in the body. */
  static RepairBody one(String action, Map<String, String> order, Map<String, Object> body) {
    if (body == null) {
      throw new Declined(
          Kind.WRONG, "expected {\"status\": \"PAID\", \"reason\": \"...\"}, or a milestone");
    }
    RepairBody read = new RepairBody(List.of(order), null);
    body.forEach(
        (name, value) -> {
          if (value != null) {
            read.said.put(name, text(value));
          }
        });
    if (read.said.containsKey(ACTION)) {
      throw new Declined(Kind.WRONG, "'action' is given by the address");
    }
    read.said.put(ACTION, action);
    return read;
  }

  static RepairBody csv(byte[] body, MultivaluedMap<String, String> parameters) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(body == null ? new byte[0] : body))
              .toString();
      RepairBody read = new RepairBody(null, text);
      parameters.forEach((name, values) -> read.said.put(name, String.join(",", values)));
      return read;
    } catch (CharacterCodingException e) {
      throw new Declined(Kind.WRONG, "the list is not UTF-8; save it as 'CSV UTF-8'");
    }
  }

  private static Map<String, String> texts(Map<?, ?> fields) {
    Map<String, String> texts = new TreeMap<>();
    fields.forEach(
        (name, value) -> {
          if (value != null) {
            texts.put(String.valueOf(name), text(value));
          }
        });
    return texts;
  }

  // A list of targets is as good as their names with commas.
  private static String text(Object value) {
    return value instanceof List<?> list
        ? String.join(",", list.stream().map(String::valueOf).toList())
        : String.valueOf(value);
  }

  /** The key of a request, which is the caller's own; null when there is none. */
  static String key(Person caller, String header) {
    if (header == null || header.isBlank()) {
      return null;
    }
    if (header.length() > KEY_MAX) {
      throw new Declined(
          Kind.WRONG, "the Idempotency-Key has more than %d characters".formatted(KEY_MAX));
    }
    return caller.name() + ":" + header;
  }

  /**
   * @param one refused, it is no repair at all
   */
  Ask ask(String key, boolean one) {
    Map<String, String> options = new TreeMap<>(said);
    List.of(ACTION, REASON, ROLE, OVERRIDE).forEach(options::remove);
    return new Ask(
        said.get(ACTION),
        options,
        yes(said.get(OVERRIDE)),
        said.get(REASON),
        said.get(ROLE),
        null,
        "",
        key,
        Json.fingerprint(Json.text(said) + (csv == null ? Json.text(orders) : csv)),
        one);
  }

  private static boolean yes(String text) {
    if (text == null || text.equals("false")) {
      return false;
    }
    if (!text.equals("true")) {
      throw new Declined(Kind.WRONG, "'override' is '%s', expected true or false".formatted(text));
    }
    return true;
  }

  /** The orders, in their order. */
  List<Line> lines(Action action, Wish wish) {
    return csv == null ? OrderList.of(orders, action, wish) : OrderList.csv(csv, action, wish);
  }

  static Ask undo(Map<String, Object> body, long id, String key) {
    Map<String, String> said = body == null ? Map.of() : texts(body);
    return new Ask(
        null,
        Map.of(),
        false,
        said.get(REASON),
        said.get(ROLE),
        id,
        "",
        key,
        Json.fingerprint("undo " + id + Json.text(said)),
        false);
  }

  /** Numbers of the orders that are meant; empty for all. */
  static List<Integer> items(Map<String, Object> body) {
    Object items = body == null ? null : body.get(ITEMS);
    if (items == null) {
      return List.of();
    }
    List<Integer> numbers = new ArrayList<>();
    for (Object item : items instanceof List<?> list ? list : List.of(items)) {
      if (!(item instanceof Integer number)) {
        throw new Declined(Kind.WRONG, "'items' is a list of numbers such as [1, 2]");
      }
      numbers.add(number);
    }
    return numbers;
  }
}
