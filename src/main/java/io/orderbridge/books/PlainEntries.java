package io.orderbridge.books;

import io.orderbridge.rows.PlainRow;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes entries of plain rows, without a text for every cell. Whatever it does not know how to do,
 * and every row that is no entry, is left to {@link EntryReader}; what both make is the same. One
 * thread.
 */
final class PlainEntries {
  private static final int KEY_MAX = 200;
  private static final int DIGITS_MAX = 15;

  final int[] keys;
  final int sku;
  final long[] times = new long[Basis.values().length];
  private final int quantityColumn;
  private final PlainCodes kinds;
  private final PlainCodes statuses;
  private final PlainCodes shops;
  private final PlainTime[] timeColumns = new PlainTime[Basis.values().length];
  private final PlainAmounts[] amounts;

  // The row that was read last.
  PlainRow row;
  boolean hasQuantity;
  long quantity;
  PlainCodes.Word status;
  PlainCodes.Word shop;
  private final long[] minors = new long[Layout.AMOUNTS_MAX];
  private final int[] which = new int[Layout.AMOUNTS_MAX];
  private EntryKind kind;
  private int size;

  private PlainEntries(Layout layout, List<String> columns) {
    keys = layout.keys().stream().mapToInt(columns::indexOf).toArray();
    sku = layout.sku() == null ? -1 : columns.indexOf(layout.sku());
    quantityColumn = layout.quantity() == null ? -1 : columns.indexOf(layout.quantity());
    kinds = codes(layout.kind(), columns, EntryKind.SALE.name());
    statuses = codes(layout.status(), columns, "");
    shops = codes(layout.shop(), columns, null);
    layout
        .times()
        .forEach(
            (basis, time) ->
                timeColumns[basis.ordinal()] =
                    new PlainTime(new TimeText(time), columns.indexOf(time.column())));
    amounts =
        layout.amounts().stream()
            .map(
                one ->
                    new PlainAmounts(
                        one, columns.indexOf(one.column()), codes(one.currency(), columns, null)))
            .toArray(PlainAmounts[]::new);
  }

  private static PlainCodes codes(Layout.Codes codes, List<String> columns, String otherwise) {
    boolean everyRow = codes == null || codes.column() == null;
    return new PlainCodes(codes, everyRow ? -1 : columns.indexOf(codes.column()), otherwise);
  }

  /** Null when rows of these columns are all left to the other. */
  static PlainEntries of(Layout layout, List<String> columns) {
    boolean known =
        layout.made().isEmpty()
            && columns.containsAll(layout.columns().toList())
            && layout.amounts().stream().allMatch(one -> one.minusWhen().isEmpty());
    return known ? new PlainEntries(layout, columns) : null;
  }

  /** Whether the row is so many entries, at least one; they are good until the next row. */
  boolean read(PlainRow plain) {
    row = plain;
    int length = row.to(keys[0]) - row.from(keys[0]);
    if (isNone(keys[0]) || length > KEY_MAX || !readWords() || !readQuantity()) {
      return false;
    }
    for (int i = 0; i < times.length; i++) {
      times[i] = timeColumns[i] == null ? Entry.UNKNOWN : timeColumns[i].micros(row);
      if (times[i] == PlainTime.NONE) {
        return false;
      }
    }
    return readAmounts();
  }

  private boolean readWords() {
    PlainCodes.Word word = kinds.of(row);
    status = statuses.of(row);
    shop = shops.of(row);
    if (word == null || status == null) {
      return false;
    }
    if (kind == null || !kind.name().equals(word.text())) {
      kind = EntryKind.of(word.text());
    }
    return kind != null && (shop != null || shops.isEmpty());
  }

  private boolean readQuantity() {
    hasQuantity = quantityColumn >= 0;
    quantity = 0;
    if (!hasQuantity) {
      return true;
    }
    byte[] bytes = row.bytes();
    int from = row.from(quantityColumn);
    int to = row.to(quantityColumn);
    int at = from < to && bytes[from] == '-' ? from + 1 : from;
    hasQuantity = from < to;
    if (hasQuantity && at == to || to - at > DIGITS_MAX) {
      return false;
    }
    for (int i = at; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
      quantity = quantity * 10 + bytes[i] - '0';
    }
    quantity = at > from ? -quantity : quantity;
    return true;
  }

  private boolean readAmounts() {
    size = 0;
    for (int i = 0; i < amounts.length; i++) {
      // Of several amounts those that are zero are none, but for the last when all are.
      if (!amounts[i].knowsCurrency(row)) {
        return false;
      }
      boolean needed = amounts.length == 1 || i == amounts.length - 1 && size == 0;
      if (!needed && amounts[i].isEmpty(row)) {
        continue;
      }
      long minor = amounts[i].minor(row, kind);
      if (minor == PlainAmounts.NONE) {
        return false;
      }
      if (needed || minor != 0) {
        minors[size] = minor;
        which[size++] = i;
      }
    }
    return true;
  }

  /** What a source writes where there is no number. */
  boolean isNone(int column) {
    byte[] bytes = row.bytes();
    int from = row.from(column);
    int to = row.to(column);
    return from == to
        || EntryReader.NONE_BEGINS.indexOf(bytes[from]) >= 0
            && EntryReader.given(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                .isEmpty();
  }

  boolean hasRef() {
    for (int i = 1; i < keys.length; i++) {
      if (!isNone(keys[i])) {
        return true;
      }
    }
    return false;
  }

  int size() {
    return amounts.length == 0 ? 1 : size;
  }

  boolean hasAmounts() {
    return amounts.length > 0;
  }

  long minor(int index) {
    return minors[index];
  }

  PlainCodes.Word currency(int index) {
    return amounts[which[index]].currency();
  }

  EntryKind kind(int index) {
    return hasAmounts() ? amounts[which[index]].kind(kind, minors[index]) : kind;
  }
}
