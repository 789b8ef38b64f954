package io.orderbridge.books;

import io.orderbridge.kernel.Money;
import io.orderbridge.rows.PlainRow;

/** Reads the amounts of a column out of bytes, as {@link AmountText} does. One thread. */
final class PlainAmounts {
  /** It is no amount that can be read here. */
  static final long NONE = Long.MIN_VALUE;

  private static final int DIGITS_MAX = 15;

  private final Layout.Amount amount;
  private final int column;
  private final PlainCodes currencies;
  private PlainCodes.Word currency;
  private int decimals;

  PlainAmounts(Layout.Amount amount, int column, PlainCodes currencies) {
    this.amount = amount;
    this.column = column;
    this.currencies = currencies;
  }

  boolean isEmpty(PlainRow row) {
    return row.from(column) == row.to(column);
  }

  /** What an amount of this column is. */
  EntryKind kind(EntryKind ofRow, long minor) {
    return amount.sign().kind(said(ofRow), minor);
  }

  private EntryKind said(EntryKind ofRow) {
    return amount.kind() == null ? ofRow : amount.kind();
  }

  /** Of the amount that was read last. */
  PlainCodes.Word currency() {
    return currency;
  }

  /** Has to be asked before the amount is. */
  boolean knowsCurrency(PlainRow row) {
    PlainCodes.Word word = currencies.of(row);
    return word != null && (word == currency || isCurrency(word));
  }

  /** In minor units, with its sign. */
  long minor(PlainRow row, EntryKind ofRow) {
    long minor = read(row.bytes(), row.from(column), row.to(column));
    return minor == NONE ? NONE : amount.sign().of(minor, said(ofRow));
  }

  private boolean isCurrency(PlainCodes.Word word) {
    try {
      decimals = amount.minor() ? 0 : Money.currency(word.text()).getDefaultFractionDigits();
      Money.currency(word.text());
      currency = word;
      return decimals >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private long read(byte[] bytes, int from, int to) {
    int at = from < to && bytes[from] == '-' ? from + 1 : from;
    int begin = at;
    long number = 0;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      number = number * 10 + bytes[at++] - '0';
    }
    if (at == begin || at - begin > DIGITS_MAX) {
      return NONE;
    }
    int after = 0;
    if (at < to) {
      if (bytes[at++] != '.' || at == to || to - at > decimals) {
        return NONE;
      }
      for (; at < to; at++, after++) {
        if (bytes[at] < '0' || bytes[at] > '9') {
          return NONE;
        }
        number = number * 10 + bytes[at] - '0';
      }
    }
    for (; after < decimals; after++) {
      number *= 10;
    }
    return bytes[from] == '-' ? -number : number;
  }
}
