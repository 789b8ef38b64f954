package io.orderbridge.monthend;

import io.orderbridge.reconciliation.Nights;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives the files of a month to the books, each at its hour. */
final class Files {
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Map<String, LocalTime> DUE =
      Map.of(
          "taobao-files/settlement", LocalTime.of(10, 0),
          "shopify-files/payouts", LocalTime.of(10, 0),
          "wechat-pay/trade-bill", LocalTime.of(10, 0),
          "jd-files/settlement", LocalTime.of(15, 0));
  private static final LocalTime NIGHT = LocalTime.of(2, 0);

  private final Nights nights;
  private final Month month;
  private final Rates rates;
  private final Set<String> withheld = new HashSet<>();

  Files(Nights nights, Month month, Rates rates) {
    this.nights = nights;
    this.month = month;
    this.rates = rates;
    for (Platform platform : Platform.values()) {
      nights.connect(platform.orders.split("/")[0]);
      nights.connect(platform.money.split("/")[0]);
    }
    DUE.forEach(nights::due);
    LocalDate first = month.size.first();
    for (LocalDate day = first.minusDays(7); day.isBefore(first); day = day.plusDays(1)) {
      nights.rates(rates.told(day), at(day, "17:00"));
    }
  }

  static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(SHANGHAI).toInstant();
  }

  /** The platform does not send this file until it is asked for. */
  void withhold(String book, LocalDate day) {
    withheld.add(book + "@" + day);
  }

  /** What there is of a day by this time of the next one, and was not an hour ago. */
  void arrive(LocalDate day, LocalTime time) {
    if (time.equals(NIGHT)) {
      nights.rates(rates.told(day), at(day, "17:00"));
    }
    for (Platform platform : Platform.values()) {
      if (time.equals(NIGHT)) {
        give(platform.orders, platform, day, time);
      }
      if (time.equals(DUE.getOrDefault(platform.money, NIGHT))) {
        give(platform.money, platform, day, time);
      }
    }
  }

  private void give(String book, Platform platform, LocalDate day, LocalTime time) {
    if (!withheld.remove(book + "@" + day)) {
      send(book, platform, day, at(day.plusDays(1), time.toString()));
    }
  }

  void send(String book, Platform platform, LocalDate day, Instant now) {
    if (book.equals(platform.money)) {
      nights.take(book, day, MoneyFiles.of(platform, day, month.money(platform, day)), now);
    } else if (platform == Platform.MINI_SHOP) {
      nights.take(book, day, rows(day), now);
    } else {
      nights.take(book, day, OrderFiles.of(platform, month.orders(platform, day)), now);
    }
  }

  private List<Object> rows(LocalDate day) {
    List<Object> rows = new ArrayList<>();
    for (Said.Order order : month.orders(Platform.MINI_SHOP, day)) {
      Object read =
          nights.mappings("mini-shop").apply("mini-shop/rows", MiniShop.order(order), Map.of());
      rows.addAll((List<?>) read);
    }
    return rows;
  }
}
