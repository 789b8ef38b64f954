package io.orderbridge.books;

import io.orderbridge.kernel.Money;
import java.time.ZoneId;
import java.util.Map;

/**
 * Which columns of a source's files make an entry.
 *
 * @param key column of what both sides know the entry by
 * @param amount null when the source counts things, not money
 * @param quantity column of whole pieces; null when there is none
 * @param status null when the source has none
 * @param times those that the source tells; an empty cell is a time that is not known
 */
public record Layout(
    String key, Amount amount, String quantity, Status status, Map<Basis, Time> times) {
  public Layout {
    times = Map.copyOf(times);
  }

  /**
   * @param minor whether the column counts minor units (fen), not decimals (yuan)
   * @param currencyColumn null when every amount has the same currency
   * @param currency the same currency; null when a column says it
   */
  public record Amount(String column, boolean minor, String currencyColumn, String currency) {
    public Amount {
      if ((currencyColumn == null) == (currency == null)) {
        throw new IllegalArgumentException(
            "amount '%s' needs a column of its currency or one currency for all, and not both"
                .formatted(column));
      }
      if (currency != null) {
        Money.currency(currency);
      }
    }
  }

  /**
   * @param codes the source's code to our word; empty takes the code as it is
   */
  public record Status(String column, Map<String, String> codes) {
    public Status {
      codes = Map.copyOf(codes);
    }
  }

  /**
   * @param pattern {@code epoch-ms}, {@code epoch-s}, or a pattern such as {@code yyyy-MM-dd
   *     HH:mm:ss}
   * @param zone in which the source writes; of no effect on epochs. A time that summer time skips
   *     is taken by the offset before it
   */
  public record Time(String column, String pattern, ZoneId zone) {}
}
