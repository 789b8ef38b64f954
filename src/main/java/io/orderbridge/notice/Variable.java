package io.orderbridge.notice;

import io.orderbridge.kernel.Wording;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a template may name as {@code {{name}}}; whatever else it names is refused. */
public enum Variable {
  CUSTOMER("customer", "客户姓名", "name of the customer"),
  PRODUCT("product", "商品名称，多件时为“首件等n件”", "title of the first line, with the number of all"),
  ETA("eta", "预计送达时间", "when it is expected to arrive"),
  CARRIER("carrier", "承运商", "carrier of the parcel"),
  TRACKING_NO("trackingNo", "物流单号", "tracking number of the parcel"),
  SHOP("shop", "店铺", "shop of the order"),
  ORDER("order", "订单号", "number of the order"),
  PARCEL("parcel", "包裹号", "parcel, empty for a notice about the whole order"),
  PAID_AT("paidAt", "付款时间", "when it was paid"),
  AMOUNT("amount", "订单金额", "what the order costs"),
  REFUND_AMOUNT("refundAmount", "退款金额", "what was paid back"),
  PERSONAL("personal", "个性化内容，没有时为空", "block for this customer; empty when there is none");

  private final String word;
  private final Wording meaning;

  Variable(String word, String zh, String en) {
    this.word = word;
    this.meaning = new Wording(zh, en);
  }

  /** As it stands in templates. */
  public String word() {
    return word;
  }

  public Wording meaning() {
    return meaning;
  }

  static Optional<Variable> of(String word) {
    return Arrays.stream(values()).filter(variable -> variable.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Variable::word).toList();
  }
}
