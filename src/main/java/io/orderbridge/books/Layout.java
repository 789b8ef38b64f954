package io.orderbridge.books;

import io.orderbridge.kernel.Money;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Which columns of a source's files make its entries. A row with several amounts makes an entry of
 * each that is not zero, and one of the first when all are.
 *
 * @param keys columns of what both sides know the entry by; the first is the key, the others are
 *     what to look by when it finds nothing
 * @param kind what a row is; null when all are sales, or their amounts say
 * @param amounts empty when the source counts things, not money
 * @param quantity column of whole pieces; null when there is none
 * @param status null when the source has none
 * @param times those that the source tells; an empty cell is a time that is not known
 * @param shop null when the source does not say
 * @param sku column of the merchant's code of the goods; null when there is none
 */
public record Layout(
    List<String> keys,
    Codes kind,
    List<Amount> amounts,
    String quantity,
    Codes status,
    Map<Basis, Time> times,
    Codes shop,
    String sku) {
  /** So many amounts of a row at most. */
  static final int AMOUNTS_MAX = 8;

  public Layout {
    keys = List.copyOf(keys);
    amounts = List.copyOf(amounts);
    times = Map.copyOf(times);
    if (keys.isEmpty() || amounts.size() > AMOUNTS_MAX) {
      throw new IllegalArgumentException(
          "a layout has %d keys and %d amounts, expected 1 or more, and at most %d"
              .formatted(keys.size(), amounts.size(), AMOUNTS_MAX));
    }
  }

  /** One key, one amount. */
  public static Layout of(String key, Amount amount, Codes status, Map<Basis, Time> times) {
    return new Layout(List.of(key), null, List.of(amount), null, status, times, null, null);
  }

  /**
   * @param kind what this amount is; null when the row says
   * @param minor whether the column counts minor units (fen), not decimals (yuan)
   * @param signed whether the column has the sign of {@link EntryKind}; otherwise a refund or fee
   *     is taken below zero, whatever sign the source writes
   * @param currencyColumn null when every amount has the same currency
   * @param currency the same currency; null when a column says it
   */
  public record Amount(
      EntryKind kind,
      String column,
      boolean minor,
      boolean signed,
      String currencyColumn,
      String currency) {
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

    /** Of what the row says it is, without a sign for refunds. */
    public static Amount of(String column, boolean minor, String currencyColumn, String currency) {
      return new Amount(null, column, minor, false, currencyColumn, currency);
    }
  }

  /**
   * A column of codes.
   *
   * @param column null when every row is the one word of {@code codes}
   * @param codes the source's code to our word; empty takes the code as it is
   */
  public record Codes(String column, Map<String, String> codes) {
    public Codes {
      codes = Map.copyOf(codes);
      if (column == null && codes.size() != 1) {
        throw new IllegalArgumentException("without a column there is one word for all rows");
      }
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
