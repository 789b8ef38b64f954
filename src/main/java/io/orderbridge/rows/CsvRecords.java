package io.orderbridge.rows;

import io.orderbridge.rows.TextLines.Line;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The records of a CSV file. One that cannot be split is a record as well, with its reason. */
final class CsvRecords implements Records {
  private static final char QUOTE = '"';
  private static final char DELETE = 0x7f;
  private static final int BYTE = 0xff;
  private static final String BACKTICK = "`";
  // A quote that is never closed must not swallow the rest of the file: an address or a remark has
  // a few lines.
  private static final int LINES_MAX = 100;

  private final TextLines lines;
  private final char separator;
  private final Table.Cells style;
  // By byte: whether it is the separator, or one that no plain row has.
  private final boolean[] special = new boolean[1 << Byte.SIZE];
  private boolean backticks;

  CsvRecords(Table table, InputStream bytes) throws IOException {
    this.lines = new TextLines(table, bytes);
    this.separator = table.text().separator();
    this.style = table.text().cells();
    Arrays.fill(special, 0, ' ', true);
    special[DELETE] = true;
    if (separator <= DELETE) {
      special[separator] = true;
    }
    special[QUOTE] |= style == Table.Cells.QUOTED;
  }

  @Override
  public Item next() throws IOException {
    Line line = lines.next();
    if (line == null) {
      return null;
    }
    if (line.text() == null) {
      return new Item(
          line.number(),
          "",
          List.of(),
          "the line is longer than %d characters".formatted(TextLines.LINE_MAX));
    }
    return switch (style) {
      case PLAIN -> new Item(line.number(), line.text(), split(line.text()), null);
      case BACKTICK -> backtick(line);
      case QUOTED -> quoted(line);
    };
  }

  @Override
  public boolean plain(PlainRows rows) throws IOException {
    if (!lines.findWhole()) {
      return false;
    }
    byte[] bytes = lines.bytes();
    int end = lines.end();
    int begin = lines.begin();
    boolean ticks = style == Table.Cells.BACKTICK;
    if (ticks && (begin == end || bytes[begin++] != '`')) {
      return false;
    }
    int last = rows.width() - 1;
    int cell = 0;
    int from = begin;
    int all = 0;
    // Asked of every byte: not by the way of this object.
    boolean[] special = this.special;
    for (int i = begin; i < end; i++) {
      byte c = bytes[i];
      all |= c;
      if (!special[c & BYTE]) {
        continue;
      }
      boolean splits = c == separator && (!ticks || i + 1 < end && bytes[i + 1] == '`');
      if (splits && cell < last) {
        rows.cell(cell++, from, i);
        from = ticks ? i + 2 : i + 1;
      } else if (splits || c != separator || c < ' ') {
        return false;
      }
    }
    rows.cell(cell, from, end);
    rows.line(lines.number() + 1, bytes);
    return cell == last && (all >= 0 || lines.isUtf8());
  }

  @Override
  public void pass() {
    lines.pass();
  }

  private List<String> split(String text) {
    List<String> cells = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      cells.add(text.substring(from, at));
      from = at + 1;
    }
    cells.add(text.substring(from));
    return cells;
  }

  private Item backtick(Line line) {
    String text = line.text();
    if (!text.startsWith(BACKTICK)) {
      // A spreadsheet that saved the file took the backticks away, and from all of its rows.
      boolean bare = text.isBlank() || !backticks && !text.contains(BACKTICK);
      String wrong = bare ? null : "the line does not begin with a backtick";
      return new Item(line.number(), text, split(text), wrong);
    }
    backticks = true;
    // Names of goods hold plain commas; only one before a backtick ends a cell.
    List<String> cells = new ArrayList<>();
    String end = separator + BACKTICK;
    int from = BACKTICK.length();
    for (int at = text.indexOf(end, from); at >= 0; at = text.indexOf(end, from)) {
      cells.add(text.substring(from, at));
      from = at + end.length();
    }
    cells.add(text.substring(from));
    return new Item(line.number(), text, cells, null);
  }

  private Item quoted(Line first) throws IOException {
    if (first.text().indexOf(QUOTE) < 0) {
      return new Item(first.number(), first.text(), split(first.text()), null);
    }
    List<Line> more = new ArrayList<>();
    StringBuilder text = new StringBuilder(first.text());
    QuotedCells cells = new QuotedCells(text, separator);
    while (!cells.read()) {
      Line line = more.size() < LINES_MAX ? lines.next() : null;
      if (line != null) {
        more.add(line);
      }
      if (line == null || line.text() == null || text.length() > TextLines.LINE_MAX) {
        lines.giveBack(more);
        return new Item(
            first.number(), first.text(), split(first.text()), "a quote is opened, never closed");
      }
      text.append('\n').append(line.text());
    }
    return new Item(first.number(), first.text(), cells.cells(), cells.wrong());
  }

  /** One record with quotes; its text may grow while a quote is open. */
  private static final class QuotedCells {
    private final StringBuilder text;
    private final char separator;
    private List<String> cells = List.of();
    private String wrong;
    private int at;

    QuotedCells(StringBuilder text, char separator) {
      this.text = text;
      this.separator = separator;
    }

    List<String> cells() {
      return cells;
    }

    String wrong() {
      return wrong;
    }

    /** False when the text ends inside a quote. */
    boolean read() {
      cells = new ArrayList<>();
      wrong = null;
      at = 0;
      do {
        String cell = startsQuoted() ? inQuotes() : plain();
        if (cell == null) {
          return false;
        }
        cells.add(cell);
      } while (at++ < text.length());
      return true;
    }

    // Spreadsheets write ="00123" to keep the zeros.
    private boolean startsQuoted() {
      int quote = at + 1 < text.length() && text.charAt(at) == '=' ? at + 1 : at;
      if (quote < text.length() && text.charAt(quote) == QUOTE) {
        at = quote;
        return true;
      }
      return false;
    }

    private String plain() {
      int from = at;
      while (at < text.length() && text.charAt(at) != separator) {
        at++;
      }
      return text.substring(from, at);
    }

    private String inQuotes() {
      StringBuilder cell = new StringBuilder();
      at++;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == QUOTE && at < text.length() && text.charAt(at) == QUOTE) {
          at++;
        } else if (c == QUOTE) {
          if (!plain().isBlank()) {
            wrong = "text follows a closing quote";
          }
          return cell.toString();
        }
        cell.append(c);
      }
      return null;
    }
  }
}
