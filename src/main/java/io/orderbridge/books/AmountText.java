package io.orderbridge.books;

import io.orderbridge.kernel.Money;
import java.util.Currency;

/** Reads amounts into minor units; exact, or not at all. */
final class AmountText {
  // Of either unit: a million million yuan in fen has 15, and sums of them stay below 2^63.
  private static final int DIGITS_MAX = 15;

  private final boolean minor;
  private Currency currency;
  private String code = "";

  AmountText(boolean minor) {
    this.minor = minor;
  }

  /**
   * @throws IllegalArgumentException when the text is no plain decimal, has more decimals or digits
   *     than there are, or the currency is none
   */
  long minor(String text, String currencyCode) {
    if (currency == null || !currencyCode.equals(code)) {
      currency = Money.currency(currencyCode);
      code = currencyCode;
    }
    int decimals = minor ? 0 : currency.getDefaultFractionDigits();
    int from = text.startsWith("-") ? 1 : 0;
    int point = text.indexOf('.');
    int whole = point < 0 ? text.length() : point;
    long amount = digits(text, from, whole);
    if (point >= 0) {
      amount = fraction(text, point + 1, decimals, amount);
    } else {
      for (int i = 0; i < decimals; i++) {
        amount *= 10;
      }
    }
    return from == 1 ? -amount : amount;
  }

  private static long digits(String text, int from, int to) {
    if (to <= from || to - from > DIGITS_MAX) {
      throw new IllegalArgumentException(
          "is no plain decimal of at most %d digits".formatted(DIGITS_MAX));
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + digit(text, i);
    }
    return number;
  }

  private static long fraction(String text, int from, int decimals, long whole) {
    long number = whole;
    for (int i = 0; i < decimals; i++) {
      number = number * 10 + (from + i < text.length() ? digit(text, from + i) : 0);
    }
    for (int i = from + decimals; i < text.length(); i++) {
      if (digit(text, i) != 0) {
        throw new IllegalArgumentException("has more decimals than its currency");
      }
    }
    if (from == text.length()) {
      throw new IllegalArgumentException("ends with its point");
    }
    return number;
  }

  private static int digit(String text, int at) {
    int digit = text.charAt(at) - '0';
    if (digit < 0 || digit > 9) {
      throw new IllegalArgumentException("is no plain decimal");
    }
    return digit;
  }
}
