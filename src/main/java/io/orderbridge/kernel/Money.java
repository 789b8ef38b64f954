package io.orderbridge.kernel;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;

/**
 * An exact amount in minor units of a currency. Never binary: text and {@link BigDecimal} come in,
 * text goes out.
 *
 * @param minor the amount in the currency's smallest unit (fen, cent; yen have none)
 * @param currency an ISO 4217 currency
 */
public record Money(long minor, Currency currency) {
  // One hundred thousand million yuan: an order above it is a mistake, and sums stay far from 2^63.
  private static final BigDecimal AMOUNT_MAX = new BigDecimal("100000000000");
  private static final int TEXT_MAX = 32;
  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?");

  /**
   * Reads decimal text such as {@code 199.00}.
   *
   * @throws IllegalArgumentException when the text is no plain decimal, has more decimals than the
   *     currency has, is beyond 10^11, or the currency is unknown
   */
  public static Money of(String decimal, String currencyCode) {
    Currency currency = currency(currencyCode);
    if (decimal == null || decimal.length() > TEXT_MAX || !DECIMAL.matcher(decimal).matches()) {
      throw new IllegalArgumentException(
          "amount is not a plain decimal of at most %d characters".formatted(TEXT_MAX));
    }
    BigDecimal amount = new BigDecimal(decimal);
    if (amount.abs().compareTo(AMOUNT_MAX) > 0) {
      throw new IllegalArgumentException("amount is beyond " + AMOUNT_MAX.toPlainString());
    }
    BigDecimal scaled = amount.movePointRight(currency.getDefaultFractionDigits());
    if (scaled.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException(
          "amount has more than the %d decimals of %s"
              .formatted(currency.getDefaultFractionDigits(), currencyCode));
    }
    return new Money(scaled.longValueExact(), currency);
  }

  /**
   * The ISO 4217 currency of a code.
   *
   * @throws IllegalArgumentException when the code is none, or one without minor units (XAU, XTS)
   */
  public static Currency currency(String code) {
    Currency currency;
    try {
      currency = Currency.getInstance(String.valueOf(code));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "currency is not a code of ISO 4217 such as CNY or USD", e);
    }
    if (currency.getDefaultFractionDigits() < 0) {
      throw new IllegalArgumentException("currency has no minor units, expected CNY, USD, ...");
    }
    return currency;
  }

  public boolean isNegative() {
    return minor < 0;
  }

  /** Decimal text with the currency's digits, for example {@code 199.00}; no grouping, no code. */
  public String toDecimal() {
    return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()).toPlainString();
  }

  @Override
  public String toString() {
    return toDecimal() + " " + currency.getCurrencyCode();
  }
}
