package io.orderbridge.rows;

import io.orderbridge.rows.Records.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the header, takes the rows below it, and stops where the table says that they end. One
 * object reads one file.
 */
final class TableReader {
  // Partners write four lines before the header, people some twenty.
  private static final int PREAMBLE_MAX = 1_000;
  private static final int COLUMNS_MAX = 1_000;
  // Names of shops, states and currencies repeat in every row.
  private static final int KEPT_TEXTS_MAX = 4_096;
  private static final int KEPT_LENGTH_MAX = 40;

  private final Table table;
  private final Rows.Gathered gathered;
  private final ColumnNames names;
  private final Blanks blanks;
  private final FooterReader footer;
  private final Totals totals;
  private final BalanceChain balance;
  private final Map<String, String> kept = new HashMap<>();
  private Header header;
  private PlainRows plain;
  private boolean ended;
  private int items;

  TableReader(Table table, Rows.Gathered gathered) {
    this.table = table;
    this.gathered = gathered;
    this.names = new ColumnNames(table);
    this.blanks = new Blanks(table.columns().strip());
    this.footer = new FooterReader(table, names);
    this.totals = new Totals(table);
    this.balance = new BalanceChain(table);
  }

  /** The header row: where each column stands. */
  private static final class Header {
    private final Row.Names names;
    private final List<Integer> places = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();
    private final int width;
    // Asked for every cell of a file.
    private final boolean[] required;
    private final boolean[] numbers;

    Header(List<String> cells, Table.Columns table) {
      width = cells.size();
      for (int i = 0; i < width; i++) {
        String name = cells.get(i);
        // A column without a name is a gap that somebody left between two.
        if (!name.isEmpty()) {
          places.add(i);
          columns.add(columns.contains(name) ? name + " (" + (i + 1) + ")" : name);
        }
      }
      List<String> all = new ArrayList<>(columns);
      table.optional().stream().filter(name -> !columns.contains(name)).forEach(all::add);
      all.add(Row.LINE);
      names = new Row.Names(all);
      required = in(table.required());
      numbers = in(table.numbers());
    }

    private boolean[] in(Set<String> names) {
      boolean[] in = new boolean[columns.size()];
      for (int i = 0; i < in.length; i++) {
        in[i] = names.contains(columns.get(i));
      }
      return in;
    }
  }

  void read(Records records) throws IOException {
    for (Item item = records.next(); item != null; item = records.next()) {
      take(item);
      if (plain != null) {
        plain.give(records, gathered);
      }
    }
    finish();
  }

  private void take(Item item) {
    List<String> cells = new ArrayList<>(item.cells().size());
    boolean blank = item.wrong() == null;
    for (String cell : item.cells()) {
      String clean = blanks.cut(cell);
      blank &= clean.isEmpty();
      cells.add(clean);
    }
    if (blank || footer.takesLine(item)) {
      return;
    }
    if (header == null) {
      preamble(item, names.of(cells));
    } else if (footer.takes(cells, header.columns, header.places) || endsHere(item)) {
      ended = true;
    } else if (!ended) {
      row(item, cells);
    } else if (header.width > 1 && cells.size() == header.width && filled(cells) > 1) {
      refuse(item, cells, "stands after the end of the rows");
    }
  }

  private void preamble(Item item, List<String> cells) {
    if (cells.containsAll(table.columns().header())) {
      begin(item.line(), cells);
    } else if (++items > PREAMBLE_MAX) {
      throw noHeader();
    }
  }

  private void begin(int line, List<String> cells) {
    if (cells.size() > COLUMNS_MAX) {
      throw FileRefused.at(
          table, line, "the header has more than %d columns".formatted(COLUMNS_MAX));
    }
    Set<String> once = new HashSet<>();
    Set<String> used = new HashSet<>(table.columns().required());
    used.addAll(table.columns().header());
    used.addAll(table.columns().numbers());
    for (String name : cells) {
      if (!once.add(name) && used.contains(name)) {
        throw FileRefused.at(
            table, line, "the header has '%s' twice; which one is meant?".formatted(name));
      }
    }
    for (String column : table.columns().required()) {
      if (!once.contains(column)) {
        throw FileRefused.at(
            table, line, "the header has no '%s', which the table requires".formatted(column));
      }
    }
    header = new Header(cells, table.columns());
    plain = PlainRows.of(table, header.width, header.columns, header.required, header.numbers);
  }

  /** Some files fill up their comments with separators until they are as wide as a row. */
  private static long filled(List<String> cells) {
    return cells.stream().filter(cell -> !cell.isEmpty()).count();
  }

  private boolean endsHere(Item item) {
    var end = table.ending().end();
    return end != null && end.matcher(item.text()).matches();
  }

  private void row(Item item, List<String> cells) {
    String wrong = wrong(item, cells);
    if (wrong != null) {
      refuse(item, cells, wrong);
      return;
    }
    String[] values = new String[header.names.size()];
    Arrays.fill(values, "");
    for (int i = 0; i < header.columns.size(); i++) {
      int place = header.places.get(i);
      String cell = place < cells.size() ? cells.get(place) : "";
      String value = value(i, cell);
      if (value == null) {
        refuse(item, cells, "column '%s' is no amount".formatted(header.columns.get(i)));
        return;
      }
      values[i] = value;
    }
    values[values.length - 1] = Integer.toString(item.line());
    Row row = new Row(header.names, values);
    gathered.row(row);
    totals.add(row);
    balance.add(row, item.line());
  }

  /** Why the cells are no row, or null. */
  private String wrong(Item item, List<String> cells) {
    if (item.wrong() != null) {
      return item.wrong();
    }
    boolean sheet = table.format() == Table.Format.XLSX;
    boolean over =
        cells.size() > header.width
            && cells.stream().skip(header.width).anyMatch(cell -> !cell.isEmpty());
    // A sheet leaves out empty cells at the end of a row.
    if (over || cells.size() < header.width && !sheet) {
      return "has %d cells, the header has %d".formatted(cells.size(), header.width);
    }
    for (int i = 0; i < header.columns.size(); i++) {
      int place = header.places.get(i);
      String cell = place < cells.size() ? cells.get(place) : "";
      if (holdsControl(cell)) {
        return "column '%s' holds a control character".formatted(header.columns.get(i));
      }
      if (cell.isEmpty() && header.required[i]) {
        return "column '%s' is empty".formatted(header.columns.get(i));
      }
    }
    return null;
  }

  private static boolean holdsControl(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c < ' ' && c != '\t' && c != '\n' || c == 0x7f) {
        return true;
      }
    }
    return false;
  }

  /** What the row holds, or null when it should be an amount and is none. */
  private String value(int column, String cell) {
    if (header.numbers[column] && !cell.isEmpty()) {
      return Amounts.plain(cell, table.columns().decimal()).map(this::kept).orElse(null);
    }
    return kept(cell);
  }

  private String kept(String text) {
    if (text.length() > KEPT_LENGTH_MAX || kept.size() >= KEPT_TEXTS_MAX) {
      return kept.getOrDefault(text, text);
    }
    return kept.computeIfAbsent(text, first -> first);
  }

  private void refuse(Item item, List<String> cells, String why) {
    gathered.refuse(item.line(), why);
    balance.gap();
    // What could not be split may be half a row, or two.
    if (item.wrong() != null || cells.size() != header.width) {
      totals.addUnreadable();
      return;
    }
    Map<String, String> readable = new HashMap<>();
    for (int i = 0; i < header.columns.size(); i++) {
      String value = value(i, cells.get(header.places.get(i)));
      if (value != null) {
        readable.put(header.columns.get(i), value);
      }
    }
    totals.addRefused(readable);
  }

  private void finish() {
    boolean demanded = footer.demanded() || table.ending().end() != null;
    if (header == null && items == 0 && !demanded) {
      gathered.note("the file is empty");
      return;
    }
    if (header == null) {
      throw noHeader();
    }
    if (table.ending().end() != null && !ended) {
      throw FileRefused.of(
          table, "no line is the end that 'end' describes; the file is cut off, ask for it again");
    }
    footer.finish();
    totals.check(footer, header.columns, gathered);
    balance.check();
  }

  private FileRefused noHeader() {
    if (items == 0) {
      return FileRefused.of(
          table,
          "the file is empty, without the header and end it has on any day; ask for it again");
    }
    return FileRefused.of(
        table,
        "no row has all of %s; it is another kind of file, in another charset, or cut off"
            .formatted(table.columns().header()));
  }
}
