package io.orderbridge.consistency;

import io.orderbridge.order.Told;
import java.time.Duration;
import java.util.List;

/**
 * An order and whether a shipped rule fires at it.
 *
 * @param at when it is looked at, after the order was created
 */
record ShippedOrder(
    String rule, boolean fires, String name, Duration at, Told told, List<ShownState> shown) {
  @Override
  public String toString() {
    return rule + (fires ? " fires: " : " is quiet: ") + name;
  }
}
