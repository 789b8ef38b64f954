package io.orderbridge.books;

import io.orderbridge.rows.Rows;
import java.time.DateTimeException;
import java.util.Iterator;
import java.util.Map;

/** Makes entries of the rows of one file. One thread. */
final class EntryReader {
  /** Between the cells of a row; rows put aside what holds such a character itself. */
  static final char SPLIT = '\u001f';

  private static final int KEY_MAX = 200;
  // More is no code, and may be a person's words.
  private static final int CODE_SHOWN_MAX = 40;

  private final Layout layout;
  private final AmountText amounts;
  // By the place of their basis; null where the source tells none.
  private final TimeText[] times = new TimeText[Basis.values().length];
  private final String[] timeColumns = new String[Basis.values().length];
  private final StringBuilder text = new StringBuilder();

  /** A row that is no entry; the message says which column and why. */
  static final class NoEntry extends Exception {
    private static final long serialVersionUID = 1L;

    NoEntry(String column, String why) {
      super("column '%s' %s".formatted(column, why));
    }
  }

  EntryReader(Layout layout) {
    this.layout = layout;
    this.amounts = layout.amount() == null ? null : new AmountText(layout.amount().minor());
    layout
        .times()
        .forEach(
            (basis, time) -> {
              times[basis.ordinal()] = new TimeText(time);
              timeColumns[basis.ordinal()] = time.column();
            });
  }

  Entry read(Map<String, String> row) throws NoEntry {
    String key = cell(row, layout.key());
    if (key.isEmpty() || key.length() > KEY_MAX) {
      throw new NoEntry(
          layout.key(), "has %d characters, expected 1 to %d".formatted(key.length(), KEY_MAX));
    }
    return new Entry(
        Integer.parseInt(row.get(Rows.LINE)),
        key,
        amount(row),
        quantity(row),
        status(row),
        times(row),
        joined(row.values().iterator(), row.size() - 1));
  }

  /** The names of the cells in {@link Entry#raw}. */
  String columns(Map<String, String> row) {
    return joined(row.keySet().iterator(), row.size() - 1);
  }

  // The last one is the line.
  private String joined(Iterator<String> cells, int many) {
    text.setLength(0);
    for (int i = 0; i < many; i++) {
      if (i > 0) {
        text.append(SPLIT);
      }
      text.append(cells.next());
    }
    return text.toString();
  }

  private static String cell(Map<String, String> row, String column) throws NoEntry {
    String cell = row.get(column);
    if (cell == null) {
      throw new NoEntry(column, "is not in the file");
    }
    return cell;
  }

  private Entry.Amount amount(Map<String, String> row) throws NoEntry {
    Layout.Amount amount = layout.amount();
    if (amount == null) {
      return null;
    }
    String currency =
        amount.currency() == null ? cell(row, amount.currencyColumn()) : amount.currency();
    try {
      return new Entry.Amount(amounts.minor(cell(row, amount.column()), currency), currency);
    } catch (IllegalArgumentException e) {
      throw new NoEntry(amount.column(), e.getMessage());
    }
  }

  private Long quantity(Map<String, String> row) throws NoEntry {
    if (layout.quantity() == null) {
      return null;
    }
    String pieces = cell(row, layout.quantity());
    if (!pieces.matches("-?\\d{1,15}(\\.0{1,6})?")) {
      throw new NoEntry(layout.quantity(), "is no whole number of pieces");
    }
    int point = pieces.indexOf('.');
    return Long.valueOf(point < 0 ? pieces : pieces.substring(0, point));
  }

  private String status(Map<String, String> row) throws NoEntry {
    Layout.Status status = layout.status();
    if (status == null) {
      return "";
    }
    String code = cell(row, status.column());
    String word = status.codes().isEmpty() ? code : status.codes().get(code);
    if (word == null) {
      String shown = code.length() > CODE_SHOWN_MAX ? code.substring(0, CODE_SHOWN_MAX) : code;
      throw new NoEntry(status.column(), "has the code '%s', which is not known".formatted(shown));
    }
    return word;
  }

  private long[] times(Map<String, String> row) throws NoEntry {
    long[] read = new long[times.length];
    for (int i = 0; i < times.length; i++) {
      read[i] = times[i] == null ? Entry.UNKNOWN : time(times[i], timeColumns[i], row);
    }
    return read;
  }

  private static long time(TimeText text, String column, Map<String, String> row) throws NoEntry {
    String cell = cell(row, column);
    try {
      return cell.isEmpty() ? Entry.UNKNOWN : text.micros(cell);
    } catch (DateTimeException e) {
      throw new NoEntry(column, "is no time as the layout describes it");
    }
  }
}
