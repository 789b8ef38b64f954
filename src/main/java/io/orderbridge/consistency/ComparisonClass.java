package io.orderbridge.consistency;

import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;

/** How an order may differ between a system and the order book, and what is said of it. */
enum ComparisonClass {
  MISSING_THERE(
      Level.BREACH,
      new Wording("对方缺单", "missing there"),
      new Wording(
          "订单 %1$s 在订单中心为 %3$s，%2$s 中没有。请在死信中查发往 %2$s 的投递并重放，再读一次。",
          "Order %1$s is %3$s here and %2$s does not have it: look for its delivery among the dead"
              + " letters of %2$s, replay it, and have it read again.")),
  MISSING_HERE(
      Level.BREACH,
      new Wording("本方缺单", "missing here"),
      new Wording(
          "%2$s 中有订单 %1$s（%4$s），订单中心没有。请查该店铺的死信，并补拉这一时段。",
          "%2$s has order %1$s (%4$s) and the order book does not: look at the dead letters of its"
              + " shop, and read that period of the shop again.")),
  STATUS_DIFFERS(
      Level.BREACH,
      new Wording("状态不一致", "status differs"),
      new Wording(
          "订单 %1$s 状态不一致：订单中心为 %3$s，%2$s 为 %4$s。请确认哪一方落后，重放投递或补拉消息。",
          "Order %1$s is %3$s here and %4$s in %2$s: see which of the two is behind, then replay"
              + " the delivery, or read the period again.")),
  TIME_DIFFERS(
      Level.WARNING,
      new Wording("时间不一致", "time differs"),
      new Wording(
          "订单 %1$s 的 %3$s 时间不一致：订单中心为 %5$s，%2$s 为 %6$s。请检查该系统的时钟与时区。",
          "Order %1$s became %3$s at %5$s here and at %6$s in %2$s: check clock and zone of that"
              + " system."));

  private final Level level;
  private final Wording title;
  private final Wording text;

  ComparisonClass(Level level, Wording title, Wording text) {
    this.level = level;
    this.title = title;
    this.text = text;
  }

  Level level() {
    return level;
  }

  /** A few words, for a heading. */
  Wording title() {
    return title;
  }

  /**
   * A sentence with places for: 1 order, 2 system, 3 our status, 4 theirs, 5 our time, 6 theirs.
   * The database fills it as Java would.
   */
  Wording text() {
    return text;
  }
}
