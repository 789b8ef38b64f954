package io.orderbridge.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.VariableTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What differs from partner to partner stands in routes/ and mappings/, never in Java. */
class PartnerWordsTest {
  // How a partner signs is Java by design: one class per scheme, with that partner's headers.
  private static final Path SIGNING = Path.of("src/main/java/io/orderbridge/signing");

  private static final List<String> HOSTS =
      List.of(
          "myshopify",
          "shopify.com",
          "weixin",
          "wechat.com",
          "tenpay",
          "alipay.com",
          "alipaydev",
          "taobao",
          "tmall",
          "tbsandbox",
          "jd.com",
          "pinduoduo",
          "yangkeduo",
          "stripe.com",
          "dingtalk",
          "feishu",
          "jushuitan",
          "wangdian",
          "cainiao",
          "sf-express",
          "kuaidi100",
          "yonyou",
          "jpush.cn",
          "aliyuncs",
          "tencentcloudapi",
          "chinamoney");

  private static final List<String> FIELDS =
      List.of(
          "out_trade_no",
          "out_refund_no",
          "out_request_no",
          "trade_no",
          "trade_state",
          "trade_status",
          "mchid",
          "mch_id",
          "bank_type",
          "success_time",
          "payer_total",
          "financial_status",
          "fulfillment",
          "line_items",
          "admin_graphql",
          "total_price",
          "subtotal_price",
          "cancelled_at",
          "tracking_numbers",
          "buyer_nick",
          "seller_nick",
          "receiver_mobile",
          "order_sn",
          "pay_time",
          "consign_time",
          "gmt_payment",
          "notify_id",
          "x-shopify",
          "wechatpay-",
          "stripe-signature",
          "webhook-signature");

  private static final List<String> CODES =
      List.of(
          "trade_success",
          "trade_finished",
          "trade_closed",
          "trade_buyer_signed",
          "wait_seller",
          "wait_buyer",
          "transaction.success",
          "refund.success",
          "refund.abnormal",
          "userpaying",
          "partially_refunded",
          "partially_paid",
          "orders/create",
          "orders/paid",
          "orders/updated",
          "orders/cancelled",
          "fulfillments/",
          "refunds/create",
          "payment_intent",
          "charge.refunded");

  private static final Pattern ADDRESS = Pattern.compile("https?://([\\w.-]+)");
  // Names that RFC 2606 reserves, this machine, and names that are read as identifiers only.
  private static final Pattern NOBODYS =
      Pattern.compile(
          "(localhost|127\\.0\\.0\\.1|(.*\\.)?example(\\.\\w+)?|json-schema\\.org|www\\.w3\\.org)");

  private final List<String> wrong = new ArrayList<>();

  @Test
  @Tag("R82")
  void java_knows_no_partners_address_field_or_status_code() {
    for (JavaSource source : JavaSource.below("src/main/java")) {
      source.each(LiteralTree.class, this::checkLiteral);
      source.each(VariableTree.class, this::checkName);
    }
    assertThat(wrong).isEmpty();
  }

  private void checkLiteral(LiteralTree literal, JavaSource source) {
    if (!(literal.getValue() instanceof String text)) {
      return;
    }
    var address = ADDRESS.matcher(text);
    while (address.find()) {
      if (!NOBODYS.matcher(address.group(1)).matches()) {
        wrong.add(
            "%s: the address %s; it belongs into settings: of routes/<system>/connection.yaml"
                .formatted(source.place(literal), address.group(1)));
      }
    }
    checkWords(text, source, source.place(literal));
  }

  private void checkName(VariableTree variable, JavaSource source) {
    checkWords(variable.getName().toString(), source, source.place(variable));
  }

  private void checkWords(String text, JavaSource source, String place) {
    String lower = text.toLowerCase(Locale.ROOT);
    // A signature scheme is named after who invented it.
    if (!source.path().startsWith(SIGNING) || !lower.matches("[a-z0-9-]+")) {
      check(HOSTS, lower, place, "the host belongs into routes/<system>/connection.yaml");
    }
    if (!source.path().startsWith(SIGNING)) {
      check(FIELDS, lower, place, "the field belongs into mappings/<system>/*.jsonata");
      check(CODES, lower, place, "the code belongs into a table mappings/<system>/*.csv");
    }
  }

  private void check(List<String> words, String text, String place, String instead) {
    for (String word : words) {
      if (text.contains(word)) {
        wrong.add("%s: '%s' is a partner's word; %s".formatted(place, word, instead));
      }
    }
  }
}
