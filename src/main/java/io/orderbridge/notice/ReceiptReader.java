package io.orderbridge.notice;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.notice.Receipts.Receipt;
import io.orderbridge.notice.Receipts.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Reads what a mapping made of a vendor's receipt. */
final class ReceiptReader {
  private static final Set<String> KEYS =
      Set.of("ref", "id", "state", "at", "code", "reason", "cause");
  private static final int TEXT_MAX = 500;

  private ReceiptReader() {}

  /**
   * @throws Refusal FACTS_INVALID with the place, as a JSON pointer
   */
  static Receipt read(Object body, String at) {
    if (!(body instanceof Map<?, ?> map)) {
      throw invalid(at, "is no object; a receipt has ref or id, state and at");
    }
    map.keySet().stream()
        .filter(key -> !KEYS.contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw invalid(at + "/" + key, "is not known; a receipt has " + KEYS);
            });
    String ref = text(map, "ref", at);
    String told = text(map, "id", at);
    Long id = id(told);
    if (ref.isEmpty() && told.isEmpty()) {
      throw invalid(at + "/ref", "is missing, and so is id; one of them says which message it is");
    }
    State state =
        Arrays.stream(State.values())
            .filter(one -> one.name().equals(map.get("state")))
            .findFirst()
            .orElseThrow(
                () -> invalid(at + "/state", "is none of " + Arrays.toString(State.values())));
    String cause = text(map, "cause", at);
    return new Receipt(
        ref.isEmpty() && id == null ? told : ref,
        id,
        state,
        time(text(map, "at", at), at),
        text(map, "code", at),
        text(map, "reason", at),
        cause.isEmpty() ? null : cause);
  }

  private static Instant time(String text, String at) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw invalid(at + "/at", "is no time with offset, such as 2026-11-20T10:00:00+08:00");
    }
  }

  // What is not ours is the vendor's own business: its ref has to tell.
  private static Long id(String text) {
    return text.matches("N\\d{1,18}") ? Long.valueOf(text.substring(1)) : null;
  }

  private static String text(Map<?, ?> map, String key, String at) {
    Object value = map.get(key);
    if (value == null) {
      return "";
    }
    if (!(value instanceof String || value instanceof Number)) {
      throw invalid(at + "/" + key, "is no text");
    }
    String text = value.toString();
    return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
  }

  private static Refusal invalid(String place, String what) {
    return new Refusal(Cause.FACTS_INVALID, place, "the receipt's value " + what);
  }
}
