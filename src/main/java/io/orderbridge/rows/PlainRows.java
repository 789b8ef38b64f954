package io.orderbridge.rows;

import java.io.IOException;
import java.util.List;

/**
 * The short way for rows in which nothing is to be done: bytes as they stand in the file. Whatever
 * it does not take goes the long way, which says why. For files without footer, totals and balance,
 * which need every row.
 */
final class PlainRows {
  private static final int ASCII = 0x80;
  // As Amounts has them.
  private static final int WHOLE_MAX = 18;
  private static final int DECIMALS_MAX = 8;

  private final PlainRow row;
  private final boolean[] required;
  private final boolean[] numbers;
  private final boolean[] cut = new boolean[ASCII];
  private final boolean pointIsDecimal;

  private PlainRows(Table table, List<String> columns, boolean[] required, boolean[] numbers) {
    this.row = new PlainRow(columns);
    this.required = required;
    this.numbers = numbers;
    this.pointIsDecimal = table.columns().decimal() == '.';
    cut[' '] = true;
    cut['\t'] = true;
    table.columns().strip().chars().forEach(c -> cut[c] = true);
  }

  /**
   * @param width of the header; every cell of it has to have a name
   * @return null when the rows of the table have to go the long way
   */
  static PlainRows of(
      Table table, int width, List<String> columns, boolean[] required, boolean[] numbers) {
    Table.Ending ending = table.ending();
    boolean counted =
        ending.end() != null
            || ending.footer() != null
            || !ending.totals().isEmpty()
            || ending.balance() != null;
    if (table.format() != Table.Format.CSV
        || counted
        || columns.size() != width
        || !columns.containsAll(table.columns().optional())
        || table.columns().strip().chars().anyMatch(c -> c >= ASCII)) {
      return null;
    }
    return new PlainRows(table, columns, required, numbers);
  }

  /** Gives away the plain rows that come next. */
  void give(Records records, Rows.Gathered gathered) throws IOException {
    while (records.plain(this) && trimmed() && gathered.plain(row)) {
      records.pass();
    }
  }

  int width() {
    return required.length;
  }

  void line(int number, byte[] bytes) {
    row.line = number;
    row.bytes = bytes;
  }

  void cell(int place, int from, int to) {
    row.from[place] = from;
    row.to[place] = to;
  }

  /** Cuts blanks off; false when there is more to be done, or nothing in the row. */
  private boolean trimmed() {
    boolean filled = false;
    byte[] bytes = row.bytes;
    for (int i = 0; i < required.length; i++) {
      int from = row.from[i];
      int to = row.to[i];
      while (from < to && bytes[from] >= 0 && cut[bytes[from]]) {
        from++;
      }
      while (to > from && bytes[to - 1] >= 0 && cut[bytes[to - 1]]) {
        to--;
      }
      if (from == to ? required[i] : mayBeBlank(bytes[from]) || mayBeBlank(bytes[to - 1])) {
        return false;
      }
      if (numbers[i] && !isPlainNumber(bytes, from, to)) {
        return false;
      }
      filled |= from < to;
      row.from[i] = from;
      row.to[i] = to;
    }
    return filled;
  }

  // Bytes that the blanks U+00A0 and U+3000 begin and end with.
  private static boolean mayBeBlank(byte one) {
    return one == (byte) 0xC2 || one == (byte) 0xE3 || one == (byte) 0xA0 || one == (byte) 0x80;
  }

  private boolean isPlainNumber(byte[] bytes, int from, int to) {
    int at = from < to && bytes[from] == '-' ? from + 1 : from;
    int point = to;
    for (int i = at; i < to; i++) {
      if (bytes[i] == '.' && point == to && pointIsDecimal) {
        point = i;
      } else if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    int whole = point - at;
    int decimals = to - point - 1;
    boolean fits = whole >= 1 && whole <= WHOLE_MAX;
    return from == to || fits && (point == to || decimals >= 1 && decimals <= DECIMALS_MAX);
  }
}
