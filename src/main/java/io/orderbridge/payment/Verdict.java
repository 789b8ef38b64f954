package io.orderbridge.payment;

import static io.orderbridge.payment.Outcome.HOLD;
import static io.orderbridge.payment.Outcome.RECORD;
import static io.orderbridge.payment.Outcome.REFUND_REQUEST;
import static io.orderbridge.payment.Outcome.RESTORE;
import static io.orderbridge.payment.Outcome.TASK;

import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import java.util.List;
import java.util.Set;

/**
 * The classes of the comparison: every record of a day and every payment here of that day ends in
 * exactly one. The names stand in the database, in the API and in the file of rules.
 */
public enum Verdict {
  /** Both sides say the same. */
  MATCHED,
  /** Not paid there, and not here. */
  UNPAID,
  /** Closed or failed there, and no payment here. */
  CLOSED,
  /** Paid and given back; nobody owes anybody. */
  REFUNDED,
  /** A payment of this day that the payment system tells of another day. */
  OTHER_DAY,
  /** Too fresh, or its source is not due: nothing is missing yet. */
  AWAITED,

  /** Paid there, right in amount and currency, and the order here still waits. */
  LOST_CALLBACK(
      Level.WARNING,
      "支付平台已收款 %3$s,订单 %1$s 未更新(流水 %2$s):请确认后记录付款",
      "order %1$s was paid %3$s there (%2$s) and still waits here: approve recording it",
      RECORD,
      TASK),
  /** The order book was given the payment, and the order is still not paid. */
  NOT_TAKEN(
      Level.BREACH,
      "订单 %1$s 的付款 %2$s(%3$s)已记录但订单仍未付款:请检查人工改状态,及连接 %4$s 的 owns 是否含 PAID",
      "payment %2$s (%3$s) of order %1$s was recorded and the order is still not paid: look for a"
          + " forced status, and whether connection %4$s owns PAID",
      TASK),
  /** Paid here by the word of this connection, and it does not know the payment. */
  PAID_HERE_ONLY(
      Level.BREACH,
      "订单 %1$s 在本系统已付款 %3$s(流水 %2$s),但 %4$s 没有这笔交易:请先停止发货并核实",
      "order %1$s is paid %3$s here (%2$s) and %4$s does not know it: stop the shipment and find"
          + " out who said so",
      TASK),
  /** Paid there for an order that nobody here knows. */
  PAYMENT_WITHOUT_ORDER(
      Level.BREACH,
      "%4$s 收款 %3$s(流水 %2$s),但没有订单 %1$s:请补单或退款",
      "%4$s took %3$s (%2$s) for %1$s, which is no order here: fetch the order, or give the money"
          + " back",
      TASK,
      REFUND_REQUEST),
  /** The same payment has another amount here. */
  AMOUNT_DIFFERS(
      Level.BREACH,
      "订单 %1$s 的流水 %2$s 两边金额不符(支付平台 %3$s):请以支付平台为准核实",
      "payment %2$s of order %1$s has another amount here than the %3$s there: believe neither"
          + " before you have looked at the payment system",
      TASK),
  /** Paid in another currency than the order's, or than is known here. */
  CURRENCY_DIFFERS(
      Level.BREACH,
      "订单 %1$s 的付款 %2$s(%3$s)币种不符:请退款或改单",
      "payment %2$s (%3$s) of order %1$s is in another currency: give it back or change the order",
      TASK,
      HOLD,
      REFUND_REQUEST),
  /** What was paid in sum is less than the order costs. */
  PARTIAL_PAYMENT(
      Level.WARNING,
      "订单 %1$s 只付了一部分(流水 %2$s,%3$s):请催付余款或退款",
      "order %1$s is paid in part (%2$s, %3$s): ask for the rest, or give it back",
      TASK,
      HOLD,
      REFUND_REQUEST),
  /** What was paid in sum is more than the order costs. */
  OVERPAID(
      Level.BREACH,
      "订单 %1$s 多付(流水 %2$s,%3$s):请退还差额",
      "order %1$s is paid more than it costs (%2$s, %3$s): give the difference back",
      REFUND_REQUEST,
      HOLD,
      TASK),
  /** The order was covered by another payment already. */
  PAID_TWICE(
      Level.BREACH,
      "订单 %1$s 重复付款(流水 %2$s,%3$s):请退还多付的一笔",
      "order %1$s is paid twice (%2$s, %3$s): give the second payment back",
      REFUND_REQUEST,
      HOLD,
      TASK),
  /** Paid there, and the order here is closed. */
  PAID_AFTER_CLOSE(
      Level.BREACH,
      "订单 %1$s 已关闭但收到付款 %3$s(流水 %2$s):请恢复订单或退款",
      "order %1$s is closed and %3$s was paid for it (%2$s): restore the order or give it back",
      REFUND_REQUEST,
      RESTORE,
      TASK),
  /** Given back there, and not known here. */
  REFUNDED_THERE(
      Level.BREACH,
      "订单 %1$s 在支付平台已退款 %3$s(%2$s),本系统未知:请核实订单状态",
      "%3$s of order %1$s was given back there (%2$s) and is not known here: look at the order",
      RECORD,
      TASK),
  /** A refund has another amount or another end here. */
  REFUND_DIFFERS(
      Level.BREACH,
      "订单 %1$s 的退款 %2$s 两边不符(支付平台 %3$s):请核实后补退或更正",
      "refund %2$s of order %1$s differs from the %3$s there: look at both before paying again",
      TASK),
  /** Closed there, and paid here. */
  CLOSED_THERE(
      Level.BREACH,
      "订单 %1$s 的付款 %2$s(%3$s)在支付平台已关闭,本系统却已付款:请停止发货并核实",
      "payment %2$s (%3$s) of order %1$s is closed there and paid here: stop the shipment and find"
          + " out who said so",
      TASK),
  /** The same payment stands at another order here. */
  WRONG_ORDER(
      Level.BREACH,
      "流水 %2$s(%3$s)在支付平台属于另一订单,本系统记在 %1$s:请更正",
      "payment %2$s (%3$s) stands at another order there than here, look at %1$s: correct the"
          + " order that got it wrongly",
      TASK);

  private final Level level;
  private final Wording text;
  private final List<Outcome> outcomes;

  Verdict() {
    this.level = null;
    this.text = null;
    this.outcomes = List.of();
  }

  Verdict(Level level, String zh, String en, Outcome... outcomes) {
    this.level = level;
    this.text = new Wording(zh, en);
    this.outcomes = List.of(outcomes);
  }

  /** Whether somebody has to look or something has to be done. */
  public boolean differs() {
    return level != null;
  }

  /** Null when nothing differs. */
  public Level level() {
    return level;
  }

  /**
   * The sentence of the finding; {@code %1$s} is the order, {@code %2$s} the payment or refund,
   * {@code %3$s} amount and currency, {@code %4$s} the connection.
   */
  Wording text() {
    return text;
  }

  /** What its playbook may say; empty when nothing differs. */
  public Set<Outcome> outcomes() {
    return Set.copyOf(outcomes);
  }

  /** Without a word in the file of rules. */
  public Playbook playbook() {
    Outcome first = outcomes.get(0);
    return new Playbook(first, first.movesMoney());
  }
}
