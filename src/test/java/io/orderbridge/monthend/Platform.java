package io.orderbridge.monthend;

import java.time.LocalDate;
import java.util.List;

/**
 * A platform of the case.
 *
 * @see Said what its files say
 */
enum Platform {
  TAOBAO("taobao-files/orders", "taobao-files/settlement", List.of("CNY")),
  JD("jd-files/orders", "jd-files/settlement", List.of("CNY")),
  PINDUODUO("pinduoduo-files/orders", "pinduoduo-files/settlement", List.of("CNY")),
  SHOPIFY("shopify-files/orders", "shopify-files/payouts", List.of("USD")),
  MINI_SHOP("mini-shop/orders", "wechat-pay/trade-bill", List.of("CNY")),
  AMAZON("amazon/orders", "amazon/settlement", List.of("EUR", "JPY"));

  /** The book of its orders. */
  final String orders;

  /** The book of the money that it paid. */
  final String money;

  /** In which its customers pay. */
  final List<String> currencies;

  Platform(String orders, String money, List<String> currencies) {
    this.orders = orders;
    this.money = money;
    this.currencies = currencies;
  }

  /** Whether it settles up to two days later; the others on the day of the payment. */
  boolean isSlow() {
    return this == TAOBAO || this == JD || this == PINDUODUO;
  }

  /** Whether its list has a row for each line of an order; the others list one line each. */
  boolean hasLines() {
    return this == TAOBAO || this == SHOPIFY;
  }

  /** Whether its list shows what is left of an order, not what was paid back of it. */
  boolean offsets() {
    return this == PINDUODUO;
  }

  /** Whether it keeps something of every payment. */
  boolean hasFees() {
    return this != TAOBAO;
  }

  boolean isForeign() {
    return !currencies.contains("CNY");
  }

  /** A number as this platform gives them. */
  String number(int serial, LocalDate day) {
    return switch (this) {
      case TAOBAO -> "19306798%011d".formatted(serial);
      case JD -> "3000%08d".formatted(serial);
      case PINDUODUO -> "%ty%<tm%<td-%015d".formatted(day, serial);
      case SHOPIFY -> "#%d".formatted(1000 + serial);
      case MINI_SHOP -> "MS%tY%<tm%<td%06d".formatted(day, serial);
      case AMAZON -> "305-%07d-%07d".formatted(serial / 1000 + 1, 1_000_000 + serial);
    };
  }

  /** What the order book calls the shop. */
  String shop(String currency) {
    return switch (this) {
      case TAOBAO -> "tmall-one";
      case JD -> "jd-one";
      case PINDUODUO -> "pdd-one";
      case SHOPIFY -> "demo";
      case MINI_SHOP -> "mini-shop";
      case AMAZON -> currency.equals("JPY") ? "amazon-jp" : "amazon-de";
    };
  }
}
