package io.orderbridge.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One order of the demo and what happens to it. All of it is invented; nobody lives at these
 * addresses.
 *
 * @param serial number of people's order, from 1001
 * @param number the shop's number, beyond 2^53 as real ones are
 * @param created when it was placed
 * @param end how far it comes
 * @param elsewhere whether it is paid through the payment system, else through the shop's own
 * @param paymentFirst whether the payment is told before the order
 * @param refund minor units given back; 0 for none
 * @param parcels how many the warehouse packs
 */
record Story(
    int serial,
    String number,
    Instant created,
    String currency,
    List<Line> lines,
    End end,
    boolean elsewhere,
    boolean paymentFirst,
    long refund,
    int parcels) {
  private static final int DECIMALS = 2;
  private static final int FIRST_SERIAL = 1001;
  private static final int SECONDS_APART = 7;
  private static final int LINES_MAX = 3;
  private static final int PRICE_STEP = 95;
  private static final int PRICES = 200;
  private static final int OF = 100;
  private static final int FIRST_AREA = 201;

  Story {
    lines = List.copyOf(lines);
  }

  /** One line of an order. */
  record Line(String id, String sku, String title, int quantity, long price) {}

  /** How far an order comes, and the status that it has to end with everywhere. */
  enum End {
    UNPAID("CREATED"),
    CANCELLED_UNPAID("CANCELLED"),
    CANCELLED_PAID("CANCELLED"),
    ACCEPTED("ACCEPTED"),
    PACKED("PACKED"),
    PARTLY_SHIPPED("PARTIALLY_SHIPPED"),
    SHIPPED("SHIPPED");

    private final String status;

    End(String status) {
      this.status = status;
    }

    String status() {
      return status;
    }
  }

  /**
   * Invents orders. The same random and the same time give the same orders.
   *
   * @param run told apart from other runs on the same data; begins every number
   */
  static List<Story> invent(int count, long run, String localCurrency, Instant now, Random random) {
    List<Story> stories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Each ending at least once, whatever the seed.
      End end = i < End.values().length ? End.values()[i] : end(random.nextInt(OF));
      stories.add(invent(i, run, end, localCurrency, now, random));
    }
    return stories;
  }

  private static Story invent(
      int index, long run, End end, String localCurrency, Instant now, Random random) {
    boolean paid = end != End.UNPAID && end != End.CANCELLED_UNPAID;
    boolean local = random.nextInt(OF) < 75;
    String number = "%d%07d".formatted(run, index * 13);
    List<Line> lines = lines(number, random);
    long total = lines.stream().mapToLong(line -> line.quantity() * line.price()).sum();
    boolean partly = end == End.SHIPPED && random.nextInt(OF) < 10;
    return new Story(
        FIRST_SERIAL + index,
        number,
        now.minusSeconds(3L * 3600 + (long) index * SECONDS_APART),
        local ? localCurrency : "USD",
        lines,
        end,
        local && paid,
        local && paid && random.nextInt(OF) < 15,
        end == End.CANCELLED_PAID ? total : partly ? lines.get(0).price() : 0,
        end == End.PARTLY_SHIPPED || random.nextInt(OF) < 25 ? 2 : 1);
  }

  private static End end(int percent) {
    if (percent < 4) {
      return End.UNPAID;
    }
    if (percent < 7) {
      return End.CANCELLED_UNPAID;
    }
    if (percent < 11) {
      return End.CANCELLED_PAID;
    }
    if (percent < 16) {
      return End.ACCEPTED;
    }
    if (percent < 21) {
      return End.PACKED;
    }
    return percent < 27 ? End.PARTLY_SHIPPED : End.SHIPPED;
  }

  private static List<Line> lines(String number, Random random) {
    List<Line> lines = new ArrayList<>();
    int count = 1 + random.nextInt(LINES_MAX);
    for (int i = 1; i <= count; i++) {
      int goods = 1 + random.nextInt(PRICES);
      lines.add(
          new Line(
              number + i,
              "DEMO-" + goods,
              "Demo goods no. " + goods,
              1 + random.nextInt(LINES_MAX),
              (long) goods * PRICE_STEP));
    }
    return lines;
  }

  /** The same, placed at another time. */
  Story placed(Instant at) {
    return new Story(
        serial, number, at, currency, lines, end, elsewhere, paymentFirst, refund, parcels);
  }

  /** What the shop's own API knows of it, in the words of a counterpart. */
  Map<String, Object> atTheShop() {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("number", number);
    order.put("status", paid() ? "PAID" : "CREATED");
    order.put("createdAt", Letters.time(created));
    order.put("paidAt", paid() ? Letters.time(created) : null);
    order.put("total", decimal(total()));
    order.put("currency", currency);
    order.put("lines", lines.stream().map(Story::atTheShop).toList());
    return order;
  }

  private static Map<String, Object> atTheShop(Line line) {
    return Map.of(
        "id", line.id(),
        "sku", line.sku(),
        "title", line.title(),
        "quantity", line.quantity(),
        "price", decimal(line.price()));
  }

  boolean paid() {
    return end != End.UNPAID && end != End.CANCELLED_UNPAID;
  }

  /** Whether the warehouse works on it. */
  boolean worked() {
    return paid() && end != End.CANCELLED_PAID;
  }

  boolean shipped() {
    return end == End.SHIPPED || end == End.PARTLY_SHIPPED;
  }

  /** How many parcels leave the warehouse. */
  int left() {
    return end == End.PARTLY_SHIPPED ? 1 : end == End.SHIPPED ? parcels : 0;
  }

  /** A number of its own for each buyer, out of those that are kept for films. */
  String phone() {
    return "+1-%d-555-01%02d".formatted(FIRST_AREA + serial / OF, serial % OF);
  }

  long total() {
    return lines.stream().mapToLong(line -> line.quantity() * line.price()).sum();
  }

  String trackingNo(int parcel) {
    return "DEMO" + serial + "-" + parcel;
  }

  static String decimal(long minor) {
    return BigDecimal.valueOf(minor, DECIMALS).toPlainString();
  }
}
