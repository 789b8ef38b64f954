package io.orderbridge.consistency;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.OrderReadings;
import java.util.List;
import java.util.Map;

/**
 * What an order in a status waits for.
 *
 * @param status its name for people
 * @param next the milestone that would move it
 * @param how what usually keeps it, and what to look at
 */
record StuckStep(Wording status, Milestone next, Wording how) {
  private static final Map<String, StuckStep> BY_STATUS =
      Map.of(
          "UNKNOWN",
          step(
              "未知",
              "unknown",
              Milestone.CREATED,
              "店铺从未报来此单（疑似掉单）：按单号到店铺补拉",
              "the shop has never told of it: read it there by its number"),
          "CREATED",
          step(
              "待付款",
              "to be paid",
              Milestone.PAID,
              "核对支付平台是否已收款，否则关闭订单",
              "ask the payment platform, or have it closed"),
          "PAID",
          step(
              "已付款",
              "paid",
              Milestone.ACCEPTED,
              "查看到仓库的投递与死信，再问仓库为何不接单",
              "look at the deliveries to the warehouse, then ask it"),
          "ACCEPTED",
          step(
              "仓库已接单",
              "accepted",
              Milestone.PACKED,
              "请仓库查缺货、挂起与打单",
              "ask the warehouse: out of stock, on hold, label"),
          "PACKED",
          step(
              "已打包",
              "packed",
              Milestone.OUTBOUND_SCANNED,
              "请仓库补出库扫描",
              "ask the warehouse for the outbound scan"),
          "PARTIALLY_SHIPPED",
          step(
              "部分发货",
              "shipped in part",
              Milestone.OUTBOUND_SCANNED,
              "查看未出库的包裹",
              "look at the parcels that have not left"),
          "SHIPPED",
          step(
              "已发货",
              "shipped",
              Milestone.PICKED_UP,
              "请承运商核实是否揽收",
              "ask the carrier whether it was picked up"),
          "IN_TRANSIT",
          step("在途", "in transit", Milestone.DELIVERED, "请承运商查件", "have the carrier trace it"),
          "DELIVERED",
          step(
              "已签收",
              "delivered",
              Milestone.COMPLETED,
              "核对店铺是否已确认收货",
              "ask the shop whether it is completed"));

  private static StuckStep step(String zh, String en, Milestone next, String howZh, String howEn) {
    return new StuckStep(new Wording(zh, en), next, new Wording(howZh, howEn));
  }

  static StuckStep of(String status) {
    return BY_STATUS.get(status);
  }

  /** Whether orders of this status can be stuck at all. */
  static boolean isOne(String status) {
    return BY_STATUS.containsKey(status);
  }

  /** The statuses in which an order can be stuck: all in which something is to come. */
  static List<String> statuses() {
    return OrderReadings.STATUSES.stream().filter(BY_STATUS::containsKey).toList();
  }
}
