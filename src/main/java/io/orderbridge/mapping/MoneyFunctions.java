package io.orderbridge.mapping;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Money;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Currency;
import java.util.List;

/**
 * Money in mappings: exact decimal text out, with the digits of the currency. What is absent stays
 * absent, so that an optional amount needs no condition.
 */
final class MoneyFunctions {
  private MoneyFunctions() {}

  static String money(Object value, Object currency) {
    return value == null ? null : read(amount(value), currency).toDecimal();
  }

  /** Whole minor units as text, for who counts in fen or cent. */
  static String minorOf(Object value, Object currency) {
    return value == null ? null : String.valueOf(read(amount(value), currency).minor());
  }

  static String minor(Object value, Object currency) {
    if (value == null) {
      return null;
    }
    int digits = currency(currency).getDefaultFractionDigits();
    BigDecimal units = amount(value);
    if (units.stripTrailingZeros().scale() > 0) {
      throw invalid("$minor takes whole minor units such as fen or cent; use $money for decimals");
    }
    return read(units.movePointLeft(digits), currency).toDecimal();
  }

  /** The sum of nothing is zero. */
  static String sum(Object values, Object currency) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object value : values instanceof Collection<?> many ? many : single(values)) {
      sum = sum.add(amount(value));
    }
    return read(sum, currency).toDecimal();
  }

  static String times(Object price, Object quantity, Object currency) {
    if (price == null || quantity == null) {
      return null;
    }
    return read(amount(price).multiply(amount(quantity)), currency).toDecimal();
  }

  private static List<Object> single(Object value) {
    return value == null ? List.of() : List.of(value);
  }

  private static BigDecimal amount(Object value) {
    if (value instanceof Double || value instanceof Float) {
      throw invalid(
          "an amount is a result of JSONata's own arithmetic or a literal such as 19.9, which is"
              + " binary; use $moneySum or $times, or write the literal as text");
    }
    if (!(value instanceof Number) && !(value instanceof String)) {
      throw invalid("an amount is neither text nor a number");
    }
    String text =
        value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    // The pattern bounds the length before BigDecimal sees it.
    if (!text.matches("-?\\d{1,20}(\\.\\d{1,20})?")) {
      throw invalid(
          "an amount is no plain decimal such as 199.00 (no grouping, no sign but minus, no unit)");
    }
    return new BigDecimal(text);
  }

  private static Money read(BigDecimal amount, Object currency) {
    String code = currency(currency).getCurrencyCode();
    try {
      BigDecimal exact = amount.stripTrailingZeros();
      return Money.of(
          exact.scale() < 0 ? exact.setScale(0).toString() : exact.toPlainString(), code);
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage());
    }
  }

  private static Currency currency(Object code) {
    try {
      return Money.currency(code instanceof String text ? text : null);
    } catch (IllegalArgumentException e) {
      throw CarriedRefusal.of(Cause.CURRENCY_UNKNOWN, e.getMessage());
    }
  }

  private static CarriedRefusal invalid(String message) {
    return CarriedRefusal.of(Cause.MONEY_INVALID, message);
  }
}
