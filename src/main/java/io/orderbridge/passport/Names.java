package io.orderbridge.passport;

import io.orderbridge.kernel.Wording;
import java.util.Map;

/** The glossary's words for what people read. */
final class Names {
  private static final Map<String, Wording> STATUSES =
      Map.ofEntries(
          Map.entry("UNKNOWN", new Wording("未知", "unknown")),
          Map.entry("CREATED", new Wording("待付款", "waiting for payment")),
          Map.entry("PAID", new Wording("已付款", "paid")),
          Map.entry("ACCEPTED", new Wording("仓库已接单", "accepted by the warehouse")),
          Map.entry("PACKED", new Wording("已打包", "packed")),
          Map.entry("PARTIALLY_SHIPPED", new Wording("部分发货", "partially shipped")),
          Map.entry("SHIPPED", new Wording("已出库", "shipped")),
          Map.entry("IN_TRANSIT", new Wording("运输中", "in transit")),
          Map.entry("DELIVERED", new Wording("已签收", "delivered")),
          Map.entry("COMPLETED", new Wording("已完成", "completed")),
          Map.entry("CANCELLED", new Wording("已取消", "cancelled")));
  private static final Map<String, Wording> REFUNDS =
      Map.of(
          "REQUESTED", new Wording("已申请", "requested"),
          "AGREED", new Wording("已同意", "agreed"),
          "RETURNING", new Wording("退货中", "goods on their way back"),
          "RETURN_RECEIVED", new Wording("已收到退货", "goods are back"),
          "REJECTED", new Wording("已拒绝", "rejected"),
          "CLOSED", new Wording("已关闭", "closed"),
          "REFUNDING", new Wording("退款中", "being paid back"),
          "REFUNDED", new Wording("已退款", "paid back"));
  private static final Map<String, Wording> ROLES =
      Map.of(
          Who.CLOCK, new Wording("系统自动", "the clock"),
          Who.NOBODY, new Wording("无需处理", "nobody"),
          Who.PARTNER, new Wording("对方系统", "the partner"),
          Who.BUYER, new Wording("买家", "the buyer"),
          Who.FINANCE, new Wording("财务", "finance"),
          Who.WAREHOUSE, new Wording("仓库", "the warehouse"),
          Who.CARRIER, new Wording("物流", "the carrier"),
          Who.SERVICE, new Wording("客服", "customer service"),
          Who.OPERATIONS, new Wording("运营", "operations"),
          Who.INTEGRATOR, new Wording("系统运维", "who runs the connections"));

  private Names() {}

  /** Of a canonical status; a word that is not known stays as it is. */
  static Wording status(String status) {
    return STATUSES.getOrDefault(status, new Wording(status, status));
  }

  static Wording refund(String status) {
    return REFUNDS.getOrDefault(status, new Wording(status, status));
  }

  /** Of who acts; a role that is not ours stays as it is. */
  static Wording who(String who) {
    return ROLES.getOrDefault(who, new Wording(who, who));
  }
}
