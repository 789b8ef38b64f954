package io.orderbridge.mapping;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds where two JSON values differ. Numbers are equal by value, keys have no order. */
final class JsonDifference {
  private static final int SHOWN_MAX = 120;

  private JsonDifference() {}

  /** The first difference as JSON pointer with both values; empty when there is none. */
  static Optional<String> first(Object expected, Object actual) {
    return at("", expected, actual);
  }

  private static Optional<String> at(String pointer, Object expected, Object actual) {
    if (expected instanceof Map<?, ?> left && actual instanceof Map<?, ?> right) {
      return objects(pointer, left, right);
    }
    if (expected instanceof List<?> left && actual instanceof List<?> right) {
      return lists(pointer, left, right);
    }
    return same(expected, actual)
        ? Optional.empty()
        : different(pointer, shown(expected), shown(actual));
  }

  private static Optional<String> objects(String pointer, Map<?, ?> left, Map<?, ?> right) {
    Set<String> names = new TreeSet<>();
    left.keySet().forEach(name -> names.add(String.valueOf(name)));
    right.keySet().forEach(name -> names.add(String.valueOf(name)));
    for (String name : names) {
      String below = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
      if (!left.containsKey(name)) {
        return different(below, "nothing", shown(right.get(name)));
      }
      if (!right.containsKey(name)) {
        return different(below, shown(left.get(name)), "nothing");
      }
      Optional<String> difference = at(below, left.get(name), right.get(name));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> lists(String pointer, List<?> left, List<?> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      Optional<String> difference = at(pointer + "/" + i, left.get(i), right.get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return left.size() == right.size()
        ? Optional.empty()
        : different(pointer, left.size() + " elements", right.size() + " elements");
  }

  /** Numbers are equal by value. */
  static boolean same(Object expected, Object actual) {
    if (expected instanceof Number left && actual instanceof Number right) {
      return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString())) == 0;
    }
    return expected == null ? actual == null : expected.equals(actual);
  }

  private static Optional<String> different(String pointer, String expected, String actual) {
    return Optional.of(
        "differs at %s: expected %s, the mapping gives %s"
            .formatted(pointer.isEmpty() ? "the root" : pointer, expected, actual));
  }

  private static String shown(Object value) {
    String json = Json.write(value);
    return json.length() <= SHOWN_MAX ? json : json.substring(0, SHOWN_MAX) + "...";
  }
}
