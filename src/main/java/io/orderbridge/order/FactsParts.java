package io.orderbridge.order;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The values of which facts are made, read strictly; each refusal names its JSON pointer. */
final class FactsParts {
  private static final int ITEMS_MAX = 1000;
  private static final int TEXT_MAX = 4000;

  private FactsParts() {}

  static Money money(Map<?, ?> holder, String at) {
    String currency = currency(holder, at);
    return exact(holder.get("amount"), currency, at + "/amount");
  }

  static String decimal(Object value, String currency, String at) {
    return exact(value, currency, at).toDecimal();
  }

  static String currency(Map<?, ?> holder, String at) {
    String currency = text(holder, "currency", at);
    try {
      Money.currency(currency);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Cause.CURRENCY_UNKNOWN, at + "/currency", e.getMessage());
    }
    return currency;
  }

  static Money exact(Object value, String currency, String at) {
    if (!(value instanceof String text)) {
      throw new Refusal(
          Cause.MONEY_INVALID,
          at,
          "amount is not decimal text; make it with $money in the mapping");
    }
    Money money;
    try {
      money = Money.of(text, currency);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Cause.MONEY_INVALID, at, e.getMessage());
    }
    if (money.isNegative()) {
      throw new Refusal(
          Cause.MONEY_INVALID, at, "amount is negative; a refund is a refund fact, not a minus");
    }
    return money;
  }

  static <E extends Enum<E>> E constant(Class<E> type, Map<?, ?> holder, String name, String at) {
    String text = text(holder, name, at);
    try {
      return Enum.valueOf(type, text);
    } catch (IllegalArgumentException e) {
      throw invalid(at + "/" + name, "is none of " + List.of(type.getEnumConstants()));
    }
  }

  static String text(Map<?, ?> holder, String name, String at) {
    String text = optionalText(holder, name, at);
    if (text == null || text.isEmpty()) {
      throw invalid(at + "/" + name, "is missing");
    }
    return text;
  }

  static void putText(Map<String, Object> into, Map<?, ?> from, String name, String at) {
    String text = optionalText(from, name, at);
    if (text != null) {
      into.put(storable(name), text);
    }
  }

  static String optionalText(Map<?, ?> holder, String name, String at) {
    Object value = holder.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Number) {
      throw invalid(at(at, name), "is a number, expected text; use $string in the mapping");
    }
    if (!(value instanceof String text) || text.length() > TEXT_MAX) {
      throw invalid(at(at, name), "is no text of at most %d characters".formatted(TEXT_MAX));
    }
    return storable(text);
  }

  // PostgreSQL stores no NUL in text, and half a surrogate pair comes back from it as something
  // else: the fold would find a difference in every repeat.
  static String storable(String text) {
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return whole.replace("\0", "");
  }

  static List<?> list(Object value, String at) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list) || list.size() > ITEMS_MAX) {
      throw invalid(at, "is no list of at most %d items".formatted(ITEMS_MAX));
    }
    return list;
  }

  static Map<?, ?> object(Object value, String at, Set<String> allowed) {
    if (!(value instanceof Map<?, ?> map)) {
      throw invalid(at, value == null ? "is missing" : "is no object");
    }
    for (Object key : map.keySet()) {
      if (allowed != null && !allowed.contains(key)) {
        throw invalid(
            at(at, String.valueOf(key)),
            "is not known here, allowed are " + new TreeSet<>(allowed));
      }
    }
    return map;
  }

  // As RFC 6901 has it.
  static String at(String parent, String name) {
    return parent + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  static Refusal invalid(String at, String what) {
    return new Refusal(Cause.FACTS_INVALID, at.isEmpty() ? "/" : at, what);
  }
}
