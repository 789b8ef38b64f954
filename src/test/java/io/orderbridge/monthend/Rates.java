package io.orderbridge.monthend;

import io.orderbridge.books.Rate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reference rates of every working day, so many units for one euro, and what an amount is by them:
 * worked out here once more, without the product.
 */
final class Rates {
  private static final BigDecimal YUAN = new BigDecimal("8.1000");
  private static final BigDecimal DOLLAR = new BigDecimal("1.1500");
  private static final BigDecimal YEN = new BigDecimal("180.25");
  // More than any tolerance from one day to the next.
  private static final BigDecimal JUMP = new BigDecimal("0.0200");

  private final TreeMap<LocalDate, Map<String, BigDecimal>> days = new TreeMap<>();

  Rates(LocalDate first, LocalDate last) {
    for (LocalDate day = first.minusDays(7); !day.isAfter(last); day = day.plusDays(1)) {
      boolean odd = day.toEpochDay() % 2 == 1;
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        BigDecimal up = odd ? JUMP : BigDecimal.ZERO;
        days.put(
            day,
            Map.of(
                "CNY", YUAN,
                "USD", DOLLAR.add(up),
                "JPY", YEN.add(up.multiply(BigDecimal.valueOf(100)))));
      }
    }
  }

  /** Whether it is worth another amount on the next working day. */
  static boolean move(String currency) {
    return !currency.equals("EUR");
  }

  /** What it is in fen at the rate of that day, or of the last working day before it. */
  long fen(long minor, String currency, LocalDate day) {
    if (currency.equals("CNY")) {
      return minor;
    }
    Map<String, BigDecimal> rates = days.floorEntry(day).getValue();
    BigDecimal units = currency.equals("EUR") ? BigDecimal.ONE : rates.get(currency);
    int decimals = currency.equals("JPY") ? 0 : 2;
    return BigDecimal.valueOf(minor, decimals)
        .multiply(rates.get("CNY"))
        .divide(units, 2, RoundingMode.HALF_UP)
        .movePointRight(2)
        .longValueExact();
  }

  /** The same as the product keeps them. */
  List<Rate> told(LocalDate day) {
    return days.getOrDefault(day, Map.of()).entrySet().stream()
        .map(one -> new Rate("ecb", day, "EUR", one.getKey(), 1, one.getValue()))
        .toList();
  }
}
