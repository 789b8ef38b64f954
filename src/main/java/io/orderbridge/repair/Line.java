package io.orderbridge.repair;

import io.orderbridge.kernel.OrderKey;
import java.util.Map;

/**
 * One order of a repair.
 *
 * @param item its number in the repair, first is 1
 * @param fields what the list says of it: {@code at}, {@code reason}, {@code amount}, ...
 */
record Line(int item, OrderKey order, Map<String, String> fields) {
  Line {
    fields = Map.copyOf(fields);
  }

  /** The field, or what holds for the whole repair. */
  String get(String field, Wish wish) {
    String own = fields.get(field);
    return own == null ? wish.options().get(field) : own;
  }
}
