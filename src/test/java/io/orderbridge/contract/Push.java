package io.orderbridge.contract;

import io.orderbridge.Product;
import io.orderbridge.signing.Secret;
import io.orderbridge.signing.SignableRequest;
import io.orderbridge.signing.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What partners push, signed as they sign it, with the made-up secrets of {@link Shortened}. */
final class Push {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));

  private final Shortened files;

  Push(Shortened files) {
    this.files = files;
  }

  /** A message as it is posted to {@code /in/<connection>}. */
  record Message(String connection, String query, byte[] body, List<String> headers) {
    int to(Product product) {
      String path = "/in/" + connection + (query.isEmpty() ? "" : "?" + query);
      return product.post(path, body, headers.toArray(String[]::new)).statusCode();
    }

    /** The same with one byte of the body changed. */
    Message changed() {
      byte[] other = body.clone();
      other[other.length / 2] ^= 1;
      return new Message(connection, query, other, headers);
    }
  }

  /** Makes a message of a partner about an order, signed at a time. */
  @FunctionalInterface
  interface Maker {
    Message make(String number, Instant signedAt);
  }

  private Secret secret(String name) {
    return Secret.of(files.environment().get(name));
  }

  private String privateKey() {
    return Shortened.pem("PRIVATE KEY", files.keys.getPrivate().getEncoded());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** An order of the shop that is paid. */
  Message shopOrder(String number, Instant at, String updatedAt, String financial) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("id", Long.parseLong(number));
    order.put("name", "#1");
    order.put("created_at", "2026-11-20T10:00:00+08:00");
    order.put("updated_at", updatedAt);
    order.put("processed_at", "2026-11-20T10:00:00+08:00");
    order.put("currency", "CNY");
    order.put("total_price", "199.00");
    order.put("financial_status", financial);
    order.put("fulfillment_status", null);
    order.put("cancelled_at", financial.equals("voided") ? updatedAt : null);
    order.put(
        "line_items",
        List.of(Map.of("id", 1, "sku", "S", "title", "T", "quantity", 1, "price", "199.00")));
    order.put("refunds", List.of());
    byte[] body = bytes(Stage.text(order));
    return new Message(
        "shopify",
        "",
        body,
        List.of(
            "X-Shopify-Topic",
            "orders/updated",
            "X-Shopify-Webhook-Id",
            "w-" + number + "-" + updatedAt,
            "X-Shopify-Shop-Domain",
            "demo.myshopify.com",
            "X-Shopify-Hmac-Sha256",
            Signer.shopify(secret("SHOPIFY_SECRET"), body)));
  }

  /** A payment, told by the first payment system. */
  Message wechatPay(String number, Instant at) {
    Map<String, Object> paper = new LinkedHashMap<>();
    paper.put("mchid", "1900000109");
    paper.put("out_trade_no", number);
    paper.put("transaction_id", "4200" + number);
    paper.put("trade_state", "SUCCESS");
    paper.put("success_time", "2026-11-20T10:34:56+08:00");
    paper.put("amount", Map.of("total", 19900, "currency", "CNY"));
    String nonce = "%012d".formatted(Math.abs(number.hashCode()) % 1_000_000_000L);
    Map<String, Object> notice = new LinkedHashMap<>();
    notice.put("id", "EV-" + number);
    notice.put("create_time", "2026-11-20T10:34:57+08:00");
    notice.put("resource_type", "encrypt-resource");
    notice.put("event_type", "TRANSACTION.SUCCESS");
    notice.put(
        "resource",
        Map.of(
            "original_type",
            "transaction",
            "algorithm",
            "AEAD_AES_256_GCM",
            "associated_data",
            "transaction",
            "nonce",
            nonce,
            "ciphertext",
            Signer.wechatPayResource(
                secret("WECHAT_PAY_API_V3_KEY"), nonce, "transaction", bytes(Stage.text(paper)))));
    byte[] body = bytes(Stage.text(notice));
    return new Message(
        "wechat-pay",
        "",
        body,
        List.of(
            "Wechatpay-Serial",
            files.environment().get("WECHAT_PAY_KEY_ID"),
            "Wechatpay-Timestamp",
            Long.toString(at.getEpochSecond()),
            "Wechatpay-Nonce",
            nonce,
            "Wechatpay-Signature",
            Signer.wechatPay(privateKey(), at, nonce, body)));
  }

  /** A payment, told by the second one. */
  Message alipay(String number, Instant at) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("notify_id", "n-" + number);
    fields.put("notify_type", "trade_status_sync");
    fields.put("notify_time", LOCAL.format(at));
    fields.put("app_id", files.environment().get("ALIPAY_APP_ID"));
    fields.put("seller_id", files.environment().get("ALIPAY_SELLER_ID"));
    fields.put("out_trade_no", number);
    fields.put("trade_no", "2026" + number);
    fields.put("trade_status", "TRADE_SUCCESS");
    fields.put("total_amount", "199.00");
    fields.put("gmt_payment", "2026-11-20 10:34:56");
    fields.put("subject", "测试");
    fields.put("charset", "utf-8");
    fields.put("sign_type", "RSA2");
    fields.put("sign", Signer.alipayNotify(privateKey(), fields));
    return form("alipay", "", fields);
  }

  /** A payment, told by the third one. */
  Message stripe(String number, Instant at) {
    byte[] body =
        bytes(
            """
            {"id": "evt_%1$s", "object": "event", "created": %2$d,
             "type": "payment_intent.succeeded",
             "data": {"object": {"id": "pi_%1$s", "object": "payment_intent", "amount": 19900,
               "amount_received": 19900, "currency": "cny", "status": "succeeded",
               "metadata": {"order": "%1$s"}}}}\
            """
                .formatted(number, at.getEpochSecond()));
    return new Message(
        "stripe",
        "",
        body,
        List.of(
            "Stripe-Signature",
            Signer.stripe(secret("STRIPE_WEBHOOK_SECRET"), at, body),
            "Content-Type",
            "application/json"));
  }

  /** The warehouse's word that an order left. */
  Message qimen(String number, Instant at) {
    return qimen(
        at,
        """
        <?xml version="1.0" encoding="utf-8"?><request><deliveryOrder>\
        <deliveryOrderCode>own-qimen-%1$s</deliveryOrderCode><warehouseCode>WH1</warehouseCode>\
        <orderType>JYCK</orderType><status>DELIVERED</status><outBizCode>B%1$s</outBizCode>\
        <confirmType>0</confirmType><orderConfirmTime>%2$s</orderConfirmTime></deliveryOrder>\
        <packages><package><logisticsCode>SF</logisticsCode><expressCode>SF%1$s</expressCode>\
        </package></packages></request>\
        """
            .formatted(number, LOCAL.format(Instant.now())));
  }

  /** Any XML of the warehouse. */
  Message qimen(Instant at, String xml) {
    byte[] body = bytes(xml);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("method", "deliveryorder.confirm");
    query.put("timestamp", LOCAL.format(at));
    query.put("format", "xml");
    query.put("app_key", files.environment().get("QIMEN_APP_KEY"));
    query.put("v", "2.0");
    query.put("sign_method", "md5");
    query.put("customerId", files.environment().get("QIMEN_CUSTOMER_ID"));
    query.put("sign", Signer.qimen(secret("QIMEN_APP_SECRET"), query, body));
    return new Message(
        "qimen",
        SignableRequest.encodedQuery(query),
        body,
        List.of("Content-Type", "text/xml;charset=utf-8"));
  }

  /** Scans of the carrier, up to the signature of the buyer. */
  Message kuaidi100(String number, Instant at) {
    String param =
        """
        {"status":"polling","lastResult":{"message":"ok","state":"301","status":"200",\
        "com":"shunfeng",\
        "nu":"SF%s","data":[{"time":"%s","ftime":"%s","context":"x","statusCode":"301"}]}}\
        """
            .formatted(number, LOCAL.format(Instant.now()), LOCAL.format(Instant.now()));
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("sign", Signer.kuaidi100(secret("KUAIDI100_SALT"), param));
    fields.put("param", param);
    return form("kuaidi100", "order=own-kuaidi100%2F" + number + "&parcel=1", fields);
  }

  private static Message form(String connection, String query, Map<String, String> fields) {
    return new Message(
        connection,
        query,
        SignableRequest.encodedForm(fields),
        List.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"));
  }
}
