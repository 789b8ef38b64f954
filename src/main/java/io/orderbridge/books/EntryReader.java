package io.orderbridge.books;

import io.orderbridge.kernel.Money;
import io.orderbridge.rows.Rows;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes entries of the rows of one file. One thread. */
final class EntryReader {
  /** Between the cells of a row; rows put aside what holds such a character itself. */
  static final char SPLIT = '\u001f';

  private static final int KEY_MAX = 200;
  // More is no code, and may be a person's words.
  private static final int CODE_SHOWN_MAX = 40;

  // What sources write where there is no number: nobody may be found by it.
  private static final Pattern NONE = Pattern.compile("0*|-+|NONREF|NOTPROVIDED|[EK]REF\\+?");
  static final String NONE_BEGINS = "0-NEK";
  private static final int NONE_MAX = 32;
  private static final String SALE = "SALE";

  private final Layout layout;
  // Null when amounts stay in their currency.
  private final Conversion conversion;
  private final List<KeyText> keys;
  private final List<AmountText> amounts;
  // By the place of their basis; null where the source tells none.
  private final TimeText[] times = new TimeText[Basis.values().length];
  private final String[] timeColumns = new String[Basis.values().length];
  // Of the last row; of several in one line, as in XML without line ends, the later ones count on.
  private int line;
  // The last currency that is one; null before the first.
  private String known;
  private final StringBuilder text = new StringBuilder();
  private final List<Entry> read = new ArrayList<>(Layout.AMOUNTS_MAX);

  /** A row that is no entry; the message says which column and why. */
  static final class NoEntry extends Exception {
    private static final long serialVersionUID = 1L;

    NoEntry(String column, String why) {
      super("column '%s' %s".formatted(column, why));
    }
  }

  EntryReader(Layout layout, Conversion conversion) {
    this.layout = layout;
    this.conversion = conversion;
    this.keys = layout.keys().stream().map(key -> new KeyText(layout, key)).toList();
    this.amounts = layout.amounts().stream().map(amount -> new AmountText(amount.minor())).toList();
    layout
        .times()
        .forEach(
            (basis, time) -> {
              times[basis.ordinal()] = new TimeText(time);
              timeColumns[basis.ordinal()] = time.column();
            });
  }

  /** Who makes entries of plain rows of these columns; null when this one has to. */
  PlainEntries plain(List<String> columns) {
    return conversion == null ? PlainEntries.of(layout, columns) : null;
  }

  /** The entries of a row; the list is good until the next call. */
  List<Entry> read(Map<String, String> row) throws NoEntry {
    String key = key(row);
    if (key.isEmpty() || key.length() > KEY_MAX) {
      throw new NoEntry(
          layout.keys().get(0),
          "has %d characters, expected 1 to %d".formatted(key.length(), KEY_MAX));
    }
    EntryKind kind = kind(row);
    line = Math.max(line + 1, Integer.parseInt(row.get(Rows.LINE)));
    Entry first =
        new Entry(
            line * Entry.PLACES,
            key,
            null,
            quantity(row),
            word(layout.status(), row, ""),
            times(row),
            more(row, kind),
            joined(row.values().iterator(), row.size() - 1));
    read.clear();
    if (layout.amounts().isEmpty()) {
      read.add(first);
    }
    for (int i = 0; i < layout.amounts().size(); i++) {
      amount(row, i, kind, first);
    }
    return conversion == null ? read : conversion.all(read);
  }

  // Where the first is empty the next one is the key.
  private String key(Map<String, String> row) throws NoEntry {
    String key = "";
    for (int i = 0; i < keys.size() && key.isEmpty(); i++) {
      key = given(keys.get(i).read(row));
    }
    return key;
  }

  static String given(String key) {
    // A million rows have three of them: what begins like any number is not looked at.
    if (key.isEmpty() || NONE_BEGINS.indexOf(key.charAt(0)) < 0) {
      return key;
    }
    return key.length() <= NONE_MAX && NONE.matcher(key).matches() ? "" : key;
  }

  private void amount(Map<String, String> row, int which, EntryKind ofRow, Entry first)
      throws NoEntry {
    Layout.Amount amount = layout.amounts().get(which);
    String currency = currency(amount, row);
    EntryKind said = amount.kind() == null ? ofRow : amount.kind();
    boolean last = which == layout.amounts().size() - 1;
    String text = cell(row, amount.column());
    if (text.isEmpty() && layout.amounts().size() > 1 && !(last && read.isEmpty())) {
      return;
    }
    long minor;
    try {
      minor = amount.sign().of(amounts.get(which).minor(text, currency), said);
      minor = takes(amount, row) ? -Math.abs(minor) : minor;
    } catch (IllegalArgumentException e) {
      throw new NoEntry(amount.column(), e.getMessage());
    }
    if (minor == 0 && layout.amounts().size() > 1 && !(last && read.isEmpty())) {
      return;
    }
    EntryKind kind = amount.sign().kind(said, minor);
    Entry.More more = first.more();
    read.add(
        new Entry(
            first.place() + read.size(),
            first.key(),
            new Entry.Amount(minor, currency),
            read.isEmpty() ? first.quantity() : null,
            first.status(),
            first.times(),
            kind == ofRow
                ? more
                : new Entry.More(
                    kind == EntryKind.SALE ? null : kind,
                    more.shop(),
                    more.sku(),
                    more.ref(),
                    more.converted()),
            read.isEmpty() ? first.raw() : ""));
  }

  private String currency(Layout.Amount amount, Map<String, String> row) throws NoEntry {
    String code = word(amount.currency(), row, "");
    if (!code.equals(known)) {
      try {
        known = Money.currency(code).getCurrencyCode();
      } catch (IllegalArgumentException e) {
        throw new NoEntry(amount.currency().column(), e.getMessage());
      }
    }
    return code;
  }

  private static boolean takes(Layout.Amount amount, Map<String, String> row) throws NoEntry {
    for (Map.Entry<String, Pattern> column : amount.minusWhen().entrySet()) {
      if (!column.getValue().matcher(cell(row, column.getKey())).matches()) {
        return false;
      }
    }
    return !amount.minusWhen().isEmpty();
  }

  private EntryKind kind(Map<String, String> row) throws NoEntry {
    String word = word(layout.kind(), row, SALE);
    try {
      return EntryKind.valueOf(word);
    } catch (IllegalArgumentException e) {
      throw new NoEntry(layout.kind().column(), "has a code that means no kind of entry");
    }
  }

  private Entry.More more(Map<String, String> row, EntryKind kind) throws NoEntry {
    if (kind == EntryKind.SALE
        && layout.shop() == null
        && layout.sku() == null
        && layout.keys().size() == 1) {
      return Entry.More.NONE;
    }
    return new Entry.More(
        kind == EntryKind.SALE ? null : kind,
        layout.shop() == null ? null : word(layout.shop(), row, ""),
        layout.sku() == null ? null : cell(row, layout.sku()),
        ref(row),
        null);
  }

  private String ref(Map<String, String> row) throws NoEntry {
    if (layout.keys().size() == 1) {
      return null;
    }
    List<String> others = new ArrayList<>();
    for (KeyText other : keys.subList(1, keys.size())) {
      others.add(given(other.read(row)));
    }
    return others.stream().allMatch(String::isEmpty)
        ? null
        : String.join(String.valueOf(SPLIT), others);
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

  static String cell(Map<String, String> row, String column) throws NoEntry {
    String cell = row.get(column);
    if (cell == null) {
      throw new NoEntry(column, "is not in the file");
    }
    return cell;
  }

  private Long quantity(Map<String, String> row) throws NoEntry {
    if (layout.quantity() == null) {
      return null;
    }
    String pieces = cell(row, layout.quantity());
    if (pieces.isEmpty()) {
      return null;
    }
    if (!pieces.matches("-?\\d{1,15}(\\.0{1,6})?")) {
      throw new NoEntry(layout.quantity(), "is no whole number of pieces");
    }
    int point = pieces.indexOf('.');
    return Long.valueOf(point < 0 ? pieces : pieces.substring(0, point));
  }

  static String word(Layout.Codes codes, Map<String, String> row, String none) throws NoEntry {
    if (codes == null) {
      return none;
    }
    if (codes.column() == null) {
      return codes.only();
    }
    String code = cell(row, codes.column());
    String word = codes.word(code);
    if (word == null) {
      String shown = code.length() > CODE_SHOWN_MAX ? code.substring(0, CODE_SHOWN_MAX) : code;
      throw new NoEntry(codes.column(), "has the code '%s', which is not known".formatted(shown));
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
