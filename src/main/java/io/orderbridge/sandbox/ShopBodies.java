package io.orderbridge.sandbox;

import io.orderbridge.sandbox.Letters.Look;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The bodies of a shop's messages. Buyers are invented and say so. */
final class ShopBodies {
  private final Words words;

  ShopBodies(Words words) {
    this.words = words;
  }

  String order(Story story, Look look, Instant at) {
    Map<String, String> values = with(ofStory(story), Map.of("updatedAt", Letters.time(at)));
    values.put("processedAt", Letters.time(story.created()));
    values.put("lines", lines(story));
    return Words.body("shop-order", with(values, look.values()));
  }

  String shipment(Story story, String carrier, Instant at) {
    return Words.body(
        "shop-shipped",
        with(
            ofStory(story),
            Map.of(
                "updatedAt", Letters.time(at),
                "shipmentId", story.number() + "8",
                "carrier", carrier,
                "tracking", story.trackingNo(1),
                "lines", lines(story))));
  }

  String refund(Story story, Instant at) {
    return Words.body(
        "shop-refund",
        with(
            ofStory(story),
            Map.of("refundedAt", Letters.time(at), "refundTransaction", story.number() + "7")));
  }

  private static String lines(Story story) {
    return story.lines().stream()
        .map(
            line ->
                Words.body(
                    "shop-line",
                    Map.of(
                        "lineId", line.id(),
                        "productId", line.sku().replaceAll("\\D", ""),
                        "sku", line.sku(),
                        "title", line.title(),
                        "quantity", Integer.toString(line.quantity()),
                        "price", Story.decimal(line.price()),
                        "currency", story.currency())))
        .collect(Collectors.joining(","));
  }

  /** The payment system's own number of a payment. */
  static String transaction(Story story) {
    return "42000099" + story.number();
  }

  static String refundId(Story story) {
    return story.number() + "9";
  }

  Map<String, String> ofStory(Story story) {
    Map<String, String> values = new HashMap<>();
    values.put("number", story.number());
    values.put("serial", Integer.toString(story.serial()));
    values.put("createdAt", Letters.time(story.created()));
    values.put("currency", story.currency());
    values.put("total", Story.decimal(story.total()));
    values.put("totalMinor", Long.toString(story.total()));
    values.put("refund", Story.decimal(story.refund()));
    values.put("refundMinor", Long.toString(story.refund()));
    values.put("refundId", refundId(story));
    values.put("transaction", transaction(story));
    values.put("gateway", words.of(story.elsewhere() ? "shop.gateway.other" : "shop.gateway.own"));
    values.putAll(buyer(story.serial()));
    values.put("phone", story.phone());
    return values;
  }

  private static Map<String, String> buyer(int serial) {
    return Map.ofEntries(
        Map.entry("customerId", Integer.toString(serial)),
        Map.entry("email", "buyer%d@example.com".formatted(serial)),
        Map.entry("firstName", "Demo"),
        Map.entry("lastName", "Buyer 测试" + serial),
        Map.entry("street", serial + " Example Street"),
        Map.entry("city", "Sampletown"),
        Map.entry("province", "Nowhere"),
        Map.entry("country", "United States"),
        Map.entry("countryCode", "US"),
        Map.entry("zip", "00000"));
  }

  Map<String, String> with(Map<String, String> values, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(values);
    all.putAll(more);
    return all;
  }
}
