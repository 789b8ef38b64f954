package io.orderbridge.books;

import io.orderbridge.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What a source says of a day: so many {@code units} of {@code base} cost {@code price} of {@code
 * quote}. Exact.
 *
 * @param source who says it, for example {@code central-bank}
 * @param units 1 for most, 100 where a source quotes a hundred of a currency
 */
public record Rate(
    String source, LocalDate day, String base, String quote, long units, BigDecimal price) {
  // No rate has more; one that does is another column.
  private static final int DIGITS_MAX = 18;

  public Rate {
    if (!source.matches("[a-z0-9][a-z0-9-]{0,59}")) {
      throw new IllegalArgumentException(
          "the source of a rate is small letters, digits and hyphens, at most 60");
    }
    Money.currency(base);
    Money.currency(quote);
    if (base.equals(quote)) {
      throw new IllegalArgumentException("a rate of %s in itself says nothing".formatted(base));
    }
    if (units < 1 || units > 1_000_000) {
      throw new IllegalArgumentException("units is %d, expected 1 to 1000000".formatted(units));
    }
    if (price.signum() <= 0 || price.precision() > DIGITS_MAX || price.scale() > DIGITS_MAX) {
      throw new IllegalArgumentException(
          "the rate of %s in %s is not above zero, or has more than %d digits"
              .formatted(base, quote, DIGITS_MAX));
    }
  }
}
