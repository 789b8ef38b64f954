package io.orderbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.signing.Secret;
import io.orderbridge.signing.Signer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a shop, a payment system and a warehouse send, signed as they sign it. */
public final class Letters {
  static final String SHOP_SECRET = "shop-secret-of-the-tests";
  static final String OLD_SHOP_SECRET = "old-shop-secret-of-the-tests";
  private static final String PAYMENT_KEY_ID = "PUB_KEY_ID_TEST";
  private static final String PAYMENT_API_KEY = "0123456789abcdef0123456789abcdef";
  private static final String WAREHOUSE_SECRET = "warehouse-secret-of-the-tests";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KeyPair paymentKeys;

  /** A message as it is posted to {@code /in/<connection>}. */
  public record Letter(String connection, byte[] body, String... headers) {}

  public Letters() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      paymentKeys = generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the shipped connections ask of the environment, without the addresses of targets. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (String partner : List.of("SHOPIFY", "WECHAT_PAY", "WMS", "ERP", "CRM")) {
      environment.put(partner + "_ENABLED", "true");
    }
    environment.put("SHOPIFY_SECRET", SHOP_SECRET);
    environment.put("SHOPIFY_SECRET_OLD", OLD_SHOP_SECRET);
    // Nobody listens there: what a test is not about is tried again later.
    environment.put("SHOPIFY_URL", "http://127.0.0.1:9");
    environment.put("SHOPIFY_TOKEN", "shop-token");
    environment.put("WECHAT_PAY_URL", "http://127.0.0.1:9");
    environment.put("WECHAT_PAY_KEY_ID", PAYMENT_KEY_ID);
    environment.put(
        "WECHAT_PAY_PUBLIC_KEY", pem("PUBLIC KEY", paymentKeys.getPublic().getEncoded()));
    environment.put("WECHAT_PAY_API_V3_KEY", PAYMENT_API_KEY);
    environment.put("WECHAT_PAY_MCHID", "1900000109");
    environment.put("WECHAT_PAY_SERIAL", "5157F09EFDC096DE15EBE81A47057A7232F1B8E1");
    environment.put(
        "WECHAT_PAY_PRIVATE_KEY", pem("PRIVATE KEY", paymentKeys.getPrivate().getEncoded()));
    environment.put("WMS_WEBHOOK_SECRET", WAREHOUSE_SECRET);
    environment.put("WMS_TOKEN", "warehouse-token");
    environment.put("ERP_TOKEN", "erp-token");
    return environment;
  }

  private static String pem(String name, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(name, text, name);
  }

  /** An order as Shopify shows it; tests change what they are about. */
  static Map<String, Object> order(long number, Instant createdAt) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("id", number);
    order.put("name", "#" + number % 10_000);
    order.put("created_at", createdAt.toString());
    order.put("updated_at", createdAt.plusSeconds(2).toString());
    order.put("processed_at", createdAt.toString());
    order.put("currency", "CNY");
    order.put("total_price", "199.00");
    order.put("financial_status", "pending");
    order.put("fulfillment_status", null);
    order.put("cancelled_at", null);
    order.put("customer", Map.of("id", 77));
    order.put(
        "shipping_address",
        Map.of(
            "name",
            "Test Buyer",
            "phone",
            "13800000000",
            "address1",
            "1 Test Road",
            "city",
            "Testville",
            "country_code",
            "CN",
            "zip",
            "000000"));
    order.put(
        "line_items",
        List.of(
            Map.of(
                "id",
                number + 1,
                "sku",
                "SKU-1",
                "title",
                "Thing",
                "quantity",
                1,
                "price",
                "199.00")));
    order.put("refunds", List.of());
    return order;
  }

  Letter shop(String topic, String id, Map<String, ?> body) {
    return shop(topic, id, json(body), SHOP_SECRET);
  }

  Letter shop(String topic, String id, byte[] body, String secret) {
    return new Letter(
        "shopify",
        body,
        "X-Shopify-Topic",
        topic,
        "X-Shopify-Webhook-Id",
        id,
        "X-Shopify-Shop-Domain",
        "demo.myshopify.com",
        "X-Shopify-Hmac-Sha256",
        Signer.shopify(Secret.of(secret), body));
  }

  /** A payment of the order; the number names the notification, too. */
  Letter payment(long number, Instant paidAt) {
    return payment(number, paidAt, Instant.now());
  }

  /** The same, sent and signed at a time of its own. */
  Letter payment(long number, Instant paidAt, Instant now) {
    Map<String, Object> paper =
        Map.of(
            "mchid",
            "1900000109",
            "out_trade_no",
            Long.toString(number),
            "transaction_id",
            "4200" + number,
            "trade_state",
            "SUCCESS",
            "success_time",
            paidAt.toString(),
            "amount",
            Map.of("total", 19900, "currency", "CNY"));
    String nonce = "%012d".formatted(number % 1_000_000_000_000L);
    Map<String, Object> notice = new LinkedHashMap<>();
    notice.put("id", "EV-" + number);
    notice.put("create_time", paidAt.plusSeconds(1).toString());
    notice.put("resource_type", "encrypt-resource");
    notice.put("event_type", "TRANSACTION.SUCCESS");
    notice.put("summary", "支付成功");
    notice.put(
        "resource",
        Map.of(
            "original_type", "transaction",
            "algorithm", "AEAD_AES_256_GCM",
            "associated_data", "transaction",
            "nonce", nonce,
            "ciphertext",
                Signer.wechatPayResource(
                    Secret.of(PAYMENT_API_KEY), nonce, "transaction", json(paper))));
    byte[] body = json(notice);
    return new Letter(
        "wechat-pay",
        body,
        "Wechatpay-Serial",
        PAYMENT_KEY_ID,
        "Wechatpay-Timestamp",
        Long.toString(now.getEpochSecond()),
        "Wechatpay-Nonce",
        nonce,
        "Wechatpay-Signature",
        Signer.wechatPay(
            pem("PRIVATE KEY", paymentKeys.getPrivate().getEncoded()), now, nonce, body));
  }

  Letter warehouse(String event, long number, Instant at) {
    return warehouse(event, number, at, "1");
  }

  /** The same about a parcel of that name. */
  Letter warehouse(String event, long number, Instant at, String parcel) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("event", event);
    body.put("order", Map.of("shop", "demo", "number", Long.toString(number)));
    body.put("at", at.toString());
    if (!event.equals("accepted")) {
      body.put("parcel", parcel);
    }
    if (event.equals("tracking")) {
      body.put("carrier", "SF");
      body.put("trackingNo", "SF" + number);
    }
    String id = "wms-%d-%s".formatted(number, event);
    byte[] bytes = json(body);
    Instant now = Instant.now();
    return new Letter(
        "wms",
        bytes,
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(now.getEpochSecond()),
        "webhook-signature",
        Signer.standardWebhooks(Secret.of(WAREHOUSE_SECRET), id, now, bytes));
  }

  /** The whole life of a paid and shipped order, one letter for each step. */
  List<Letter> life(long number, Instant createdAt) {
    List<Letter> letters = new ArrayList<>();
    Map<String, Object> order = order(number, createdAt);
    letters.add(shop("orders/create", "c-" + number, order));
    Map<String, Object> paid = new LinkedHashMap<>(order);
    paid.put("financial_status", "paid");
    paid.put("processed_at", createdAt.plusSeconds(60).toString());
    paid.put("updated_at", createdAt.plusSeconds(61).toString());
    letters.add(shop("orders/paid", "p-" + number, paid));
    letters.add(payment(number, createdAt.plusSeconds(60)));
    Map<String, Object> noted = new LinkedHashMap<>(paid);
    noted.put("note", "leave at the door");
    noted.put("updated_at", createdAt.plusSeconds(90).toString());
    letters.add(shop("orders/updated", "u-" + number, noted));
    int minute = 2;
    for (String event : List.of("accepted", "packed", "tracking", "outbound_scanned")) {
      letters.add(warehouse(event, number, createdAt.plusSeconds(60L * minute++)));
    }
    return letters;
  }

  static byte[] json(Object value) {
    try {
      return JSON.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
