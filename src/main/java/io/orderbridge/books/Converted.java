package io.orderbridge.books;

import java.math.BigDecimal;

/**
 * What an amount was before it was converted, as an entry tells it.
 *
 * @param times the rate is {@code times} divided by {@code by}, both above zero
 */
public record Converted(String currency, BigDecimal amount, BigDecimal times, BigDecimal by) {
  /**
   * Reads {@code USD 12.34 * 7.0962 2026-11-20 ECB}; a rate may be a fraction, and the product of
   * two by way of a third currency.
   *
   * @throws IllegalArgumentException when it is not what a conversion writes
   */
  public static Converted of(String told) {
    String[] words = told.split(" ");
    try {
      BigDecimal times = BigDecimal.ONE;
      BigDecimal by = BigDecimal.ONE;
      for (int i = 2; words[i].equals("*"); i += 2) {
        String[] rate = words[i + 1].split("/");
        times = times.multiply(new BigDecimal(rate[0]));
        by = rate.length == 1 ? by : by.multiply(new BigDecimal(rate[1]));
      }
      return new Converted(words[0], new BigDecimal(words[1]), times, by);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "'%s' is not of the form USD 12.34 * 7.0962 2026-11-20 ECB".formatted(told), e);
    }
  }

  public boolean sameRate(Converted other) {
    return times.multiply(other.by).compareTo(other.times.multiply(by)) == 0;
  }

  /** What an amount of that currency comes to, compared to a limit, without rounding. */
  public boolean isWithin(BigDecimal foreign, BigDecimal limit) {
    return foreign.abs().multiply(times).compareTo(limit.multiply(by)) <= 0;
  }
}
