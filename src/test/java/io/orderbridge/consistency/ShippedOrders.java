package io.orderbridge.consistency;

import io.orderbridge.order.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Orders for the shipped rules: at each rule those that it is for, and those that only look so. */
final class ShippedOrders {
  static final Instant T = Instant.parse("2026-11-20T02:00:00Z");

  private final List<ShippedOrder> orders = new ArrayList<>();

  private ShippedOrders() {}

  static List<ShippedOrder> all() {
    ShippedOrders all = new ShippedOrders();
    all.frontAgainstWarehouse();
    all.finance();
    all.deliveries();
    all.cancelled();
    all.refunded();
    all.money();
    all.foreign();
    all.tracking();
    return all.orders;
  }

  private void fires(String rule, String name, int minutes, Told told, ShownState... shown) {
    orders.add(
        new ShippedOrder(rule, true, name, Duration.ofMinutes(minutes), told, List.of(shown)));
  }

  private void quiet(String rule, String name, int minutes, Told told, ShownState... shown) {
    orders.add(
        new ShippedOrder(rule, false, name, Duration.ofMinutes(minutes), told, List.of(shown)));
  }

  static Instant at(int minutes) {
    return T.plus(Duration.ofMinutes(minutes));
  }

  static Told paid() {
    return new Told()
        .says("shopify", "CREATED", T)
        .details("shopify", "199.00", Map.of(), T)
        .pays("wechat-pay", "P1", "199.00", at(1));
  }

  static Told accepted() {
    return paid().says("wms", "ACCEPTED", at(5));
  }

  static Told packed() {
    return accepted().says("wms", "PACKED", at(10), "1", "SF1");
  }

  static Told scanned() {
    return packed().says("wms", "OUTBOUND_SCANNED", at(20));
  }

  static ShownState shown(String system, String status, int minutes) {
    return new ShownState(system, status, "raw-" + status, at(minutes), at(minutes));
  }

  private void frontAgainstWarehouse() {
    String unpacked = "SHOP_SHIPPED_NOT_PACKED";
    fires(unpacked, "by the code", 12, accepted().code("shopify", "paid/fulfilled", at(11)));
    fires(unpacked, "by a reading", 12, accepted(), shown("taobao", "SHIPPED", 11));
    fires(unpacked, "by a claim", 12, accepted().says("jd", "OUTBOUND_SCANNED", at(11)));
    fires(unpacked, "by the tag", 12, platform(accepted(), "SHIPPED", 11));
    quiet(unpacked, "within the grace", 11, accepted().code("shopify", "paid/fulfilled", at(11)));
    quiet(unpacked, "packed", 12, packed().code("shopify", "paid/fulfilled", at(11)));
    quiet(unpacked, "unfulfilled", 60, accepted().code("shopify", "paid/unfulfilled", at(11)));
    quiet(
        unpacked,
        "packed by a reading of the warehouse",
        60,
        accepted().code("shopify", "paid/fulfilled", at(11)),
        shown("wms", "PACKED", 11));
    quiet(
        unpacked,
        "a reading that the shop itself has outdated",
        60,
        accepted().code("shopify", "paid/unfulfilled", at(30)),
        shown("shopify", "SHIPPED", 20));

    String unscanned = "SHOP_SHIPPED_NOT_SCANNED";
    fires(unscanned, "after two hours", 131, packed().code("shopify", "paid/fulfilled", at(11)));
    quiet(unscanned, "before", 130, packed().code("shopify", "paid/fulfilled", at(11)));
    quiet(unscanned, "scanned", 600, scanned().code("shopify", "paid/fulfilled", at(21)));
    quiet(
        unscanned,
        "on the road",
        600,
        packed().says("sf", "PICKED_UP", at(30)).code("shopify", "paid/fulfilled", at(21)));

    String waits = "SHIPPED_SHOP_WAITS";
    fires(waits, "by the tag", 140, platform(scanned(), "PAID", 15));
    fires(waits, "by the code", 140, scanned().code("shopify", "paid/unfulfilled", at(15)));
    quiet(waits, "within two hours", 139, platform(scanned(), "PAID", 15));
    quiet(waits, "the shop shows it", 600, platform(scanned(), "SHIPPED", 15));
    quiet(
        waits,
        "a second parcel is to come",
        600,
        platform(scanned().says("wms", "PACKED", at(25), "2", "SF2"), "PAID", 15));
  }

  private static Told platform(Told told, String state, int minutes) {
    return told.details("taobao", "199.00", Map.of("platform", state), at(minutes));
  }

  private void finance() {
    String rule = "FINANCE_DONE_NOT_RECEIVED";
    fires(rule, "by a claim", 31, scanned().says("erp", "COMPLETED", at(30)));
    fires(rule, "by a reading", 31, scanned(), shown("kingdee", "COMPLETED", 30));
    quiet(rule, "within the grace", 30, scanned().says("erp", "COMPLETED", at(30)));
    quiet(
        rule,
        "delivered",
        60,
        scanned().says("sf", "DELIVERED", at(29)).says("erp", "COMPLETED", at(30)));
    quiet(
        rule,
        "the buyer has confirmed",
        60,
        scanned().says("shopify", "COMPLETED", at(29)).says("erp", "COMPLETED", at(30)));
    quiet(rule, "finance is not done", 60, scanned(), shown("kingdee", "ACCEPTED", 30));
    quiet(
        rule,
        "cancelled",
        60,
        paid().says("shopify", "CANCELLED", at(29)).says("erp", "COMPLETED", at(30)));
  }

  private void deliveries() {
    String rule = "COMPLETED_NOT_DELIVERED";
    Told road = scanned().says("sf", "PICKED_UP", at(30)).says("shopify", "COMPLETED", at(40));
    fires(rule, "picked up", 24 * 60 + 40, road);
    quiet(rule, "within a day", 24 * 60 + 39, road);
    quiet(rule, "no carrier tells", 9_999, scanned().says("shopify", "COMPLETED", at(40)));
    quiet(
        rule,
        "delivered",
        9_999,
        scanned()
            .says("sf", "PICKED_UP", at(30))
            .says("sf", "DELIVERED", at(35))
            .says("shopify", "COMPLETED", at(40)));

    String unscanned = "DELIVERED_NOT_SCANNED";
    fires(unscanned, "packed only", 150, packed().says("sf", "DELIVERED", at(30)));
    fires(
        unscanned,
        "one of two parcels",
        150,
        scanned()
            .says("wms", "PACKED", at(12), "2", "SF2")
            .says("sf", "DELIVERED", at(30), "2", null));
    quiet(unscanned, "within two hours", 149, packed().says("sf", "DELIVERED", at(30)));
    quiet(unscanned, "scanned", 600, scanned().says("sf", "DELIVERED", at(30)));
  }

  private void cancelled() {
    String shipped = "SHIPPED_AFTER_CANCEL";
    Told cancelledFirst =
        packed().says("shopify", "CANCELLED", at(15)).says("wms", "OUTBOUND_SCANNED", at(20));
    fires(shipped, "the scan came later", 20, cancelledFirst);
    quiet(shipped, "cancelled on the road", 60, scanned().says("shopify", "CANCELLED", at(30)));
    quiet(shipped, "not shipped", 60, packed().says("shopify", "CANCELLED", at(15)));

    String packing = "PACKED_AFTER_CANCEL";
    fires(
        packing,
        "packed later",
        10,
        accepted().says("shopify", "CANCELLED", at(8)).says("wms", "PACKED", at(10), "1", "SF1"));
    quiet(packing, "packed before", 60, packed().says("shopify", "CANCELLED", at(15)));

    String open = "CANCELLED_WAREHOUSE_OPEN";
    fires(
        open,
        "the warehouse waits",
        75,
        accepted().says("shopify", "CANCELLED", at(15)),
        shown("wms", "ACCEPTED", 70));
    quiet(
        open,
        "within an hour",
        74,
        accepted().says("shopify", "CANCELLED", at(15)),
        shown("wms", "ACCEPTED", 70));
    quiet(
        open,
        "the warehouse knows",
        600,
        accepted().says("shopify", "CANCELLED", at(15)),
        shown("wms", "CANCELLED", 70));
  }

  private void refunded() {
    String shipping = "REFUNDED_STILL_SHIPPING";
    Told all = accepted().refunds("shopify", "R1", "REFUNDED", "199.00", at(20));
    fires(shipping, "in one case", 30, all);
    fires(
        shipping,
        "in two cases",
        40,
        accepted()
            .refunds("shopify", "R1", "REFUNDED", "100.00", at(20))
            .refunds("shopify", "R2", "REFUNDED", "99.00", at(30)));
    quiet(shipping, "within ten minutes", 29, all);
    quiet(
        shipping,
        "in part",
        600,
        accepted().refunds("shopify", "R1", "REFUNDED", "198.99", at(20)));
    quiet(
        shipping,
        "asked for only",
        600,
        accepted().refunds("shopify", "R1", "REQUESTED", "199.00", at(20)));
    quiet(
        shipping,
        "cancelled",
        600,
        accepted()
            .refunds("shopify", "R1", "REFUNDED", "199.00", at(20))
            .says("shopify", "CANCELLED", at(20)));

    String shipped = "SHIPPED_AFTER_REFUND";
    fires(
        shipped,
        "the scan came later",
        30,
        packed()
            .refunds("shopify", "R1", "REFUNDED", "199.00", at(15))
            .says("wms", "OUTBOUND_SCANNED", at(20)));
    quiet(
        shipped,
        "a return is paid back",
        600,
        scanned().refunds("shopify", "R1", "REFUNDED", "199.00", at(100)));
  }

  private void money() {
    String differs = "PAID_DIFFERS";
    Told less =
        new Told()
            .says("shopify", "CREATED", T)
            .details("shopify", "199.00", Map.of(), T)
            .pays("wechat-pay", "P1", "198.99", at(1));
    fires(differs, "a cent less", 11, less);
    fires(differs, "paid twice", 30, paid().pays("alipay", "P2", "199.00", at(20)));
    quiet(differs, "within ten minutes", 10, less);
    quiet(differs, "paid", 600, paid());
    quiet(
        differs,
        "in two parts",
        600,
        new Told()
            .says("shopify", "CREATED", T)
            .details("shopify", "199.00", Map.of(), T)
            .pays("wechat-pay", "P1", "100.00", at(1))
            .pays("wechat-pay", "P2", "99.00", at(2)));

    String unpaid = "PACKED_UNPAID";
    Told packed =
        new Told().says("shopify", "CREATED", T).says("wms", "PACKED", at(10), "1", "SF1");
    fires(unpaid, "nobody has told", 20, packed);
    quiet(unpaid, "within ten minutes", 19, packed);
    quiet(unpaid, "paid", 600, packed());
    quiet(
        unpaid,
        "paid at the door",
        600,
        new Told()
            .says("shopify", "CREATED", T)
            .details("taobao", "199.00", Map.of("cod", "NEW_CREATED"), T)
            .says("wms", "PACKED", at(10), "1", "SF1"));
  }

  private void foreign() {
    String rule = "FOREIGN_WRITE";
    fires(rule, "the ERP says packed", 130, accepted().says("erp", "PACKED", at(10)));
    quiet(rule, "within two hours", 129, accepted().says("erp", "PACKED", at(10)));
    quiet(rule, "the warehouse says so too", 600, packed().says("erp", "PACKED", at(10)));
    quiet(rule, "nobody else spoke", 600, scanned());
  }

  private void tracking() {
    String rule = "TRACKING_NO_MISSING";
    fires(rule, "packed", 130, accepted().says("wms", "PACKED", at(10)));
    fires(rule, "scanned", 140, accepted().says("wms", "OUTBOUND_SCANNED", at(20)));
    fires(
        rule, "the second of two parcels", 150, packed().says("wms", "PACKED", at(30), "2", null));
    quiet(rule, "within two hours", 129, accepted().says("wms", "PACKED", at(10)));
    quiet(rule, "a number", 600, packed());
    quiet(
        rule,
        "the number came by itself",
        600,
        accepted()
            .says("wms", "PACKED", at(10))
            .says("wms", "TRACKING_ASSIGNED", at(11), "1", "SF1"));
  }
}
