package io.orderbridge.release;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The orders that the result of a mapping speaks of: {@code order: {shop, number}}. */
final class OrderNames {
  private OrderNames() {}

  /**
   * @param result of a mapping; null when it was refused
   * @return {@code shop/number} of each
   */
  static Set<String> of(Object result) {
    Set<String> names = new TreeSet<>();
    if (result instanceof List<?> list) {
      list.forEach(one -> names.addAll(of(one)));
    } else if (result instanceof Map<?, ?> map
        && map.get("order") instanceof Map<?, ?> order
        && order.get("shop") instanceof String shop) {
      names.add(shop + "/" + order.get("number"));
    }
    return names;
  }
}
