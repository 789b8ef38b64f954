package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Wording;

/** Why entries of two books do not simply match. The names stand in the store and in files. */
public enum BreakClass {
  /** Found by another way than the key, or after it was carried over; it agrees. */
  MATCHED("已匹配", "matched"),
  /** The amounts differ by less than the tolerance. */
  WITHIN("容差内", "within the tolerance"),
  /** A pair of which nothing belongs to the period, or what the definition does not count. */
  NOT_COUNTED("不计入", "not counted"),
  /** The right book may still bring it: its settlement cycle has not passed. */
  UNSETTLED("未结算", "unsettled"),
  /** A refund in one book that the other has not taken off. */
  RETURN_NOT_OFFSET("已退货未冲账", "returned, not offset"),
  /** It belongs to the period in one book and to another in the other. */
  CROSS_PERIOD("跨期订单", "cross-period"),
  /** What differs is a fee. */
  FEE("手续费不符", "fee"),
  /** The amounts differ. */
  AMOUNT("金额不符", "amount"),
  /** The numbers of pieces differ. */
  QUANTITY("数量不符", "quantity"),
  /** The statuses differ. */
  STATUS("状态不符", "status"),
  /** One book has it more often. */
  DUPLICATE("重复单", "duplicate"),
  /** The right book alone has it. */
  MISSING_LEFT("左方缺失", "missing on the left"),
  /** The left book alone has it, and its settlement cycle has passed. */
  MISSING_RIGHT("右方缺失", "missing on the right"),
  /** Amounts of two currencies, or converted at different rates. */
  CURRENCY("币种或汇率不符", "currency"),
  /** The parts of a split order or parcel are not all there. */
  SPLIT("拆单不齐", "split");

  private final Wording text;

  BreakClass(String zh, String en) {
    this.text = new Wording(zh, en);
  }

  public Wording text() {
    return text;
  }
}
