package io.orderbridge.monthend;

import io.orderbridge.monthend.Said.Order;
import io.orderbridge.monthend.Said.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server of the mini program answers. */
final class MiniShop {
  private MiniShop() {}

  /** An order of its list. */
  static Map<String, Object> order(Order order) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("number", order.number());
    told.put("ordered", Paper.time(order.ordered()));
    if (order.paid() != null) {
      told.put("payment", "42000" + order.number());
      told.put("paid", Paper.time(order.paid()));
    }
    told.put("changed", Paper.time(order.ordered()));
    told.put("state", state(order.state()));
    told.put("currency", order.currency());
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Said.Item item : order.items()) {
      lines.add(
          Map.of("sku", item.sku(), "pieces", item.pieces(), "amount", Paper.yuan(item.minor())));
    }
    told.put("lines", lines);
    if (order.refund() > 0) {
      told.put("refund", Paper.yuan(order.refund()));
    }
    return told;
  }

  private static String state(State state) {
    return switch (state) {
      case UNPAID -> "unpaid";
      case PAID -> "paid";
      // What was paid back after it was paid stays a sale and a refund.
      case CANCELLED -> "done";
    };
  }
}
