package io.orderbridge.rows;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a kind of file looks, from {@code tables:} of a connection file. Columns are found by the
 * names in the header row, never by their place.
 *
 * @param name connection and table, for example {@code bank/statement}
 * @param text how it is written, for CSV and MT940
 * @param columns null for statements, whose columns are fixed
 * @param ending how the file shows that it is whole
 */
public record Table(
    String name, Format format, Limits limits, Text text, Columns columns, Ending ending) {
  /** The columns that every statement has; of other files their header says. */
  public static List<String> statementColumns() {
    return Statement.COLUMNS.stream().filter(column -> !column.equals(Row.LINE)).toList();
  }

  /** What kind of file. */
  public enum Format {
    CSV,
    XLSX,
    MT940,
    CAMT053
  }

  /** How the cells of a CSV stand in its lines. */
  public enum Cells {
    /** As in RFC 4180: quotes around a cell may hold separators and line ends. */
    QUOTED,
    /** A line is a row, a quote is a character like any other. */
    PLAIN,
    /** A row begins with a backtick and is split where a separator stands before a backtick. */
    BACKTICK
  }

  /**
   * Bounds and the packing.
   *
   * @param sizeMax bytes, packed and unpacked
   * @param rowsMax rows, good ones and those put aside
   * @param entry the file inside a zip; null when a zip holds one file
   */
  public record Limits(long sizeMax, int rowsMax, Pattern entry) {}

  /**
   * @param charset what is read when no byte order mark says otherwise
   * @param sheet of a spreadsheet; empty is the first
   */
  public record Text(Charset charset, char separator, Cells cells, String sheet) {}

  /**
   * @param header names that make a row the header row
   * @param required columns that are there and filled in every row
   * @param numbers columns of amounts
   * @param optional columns that a variant of the file lacks: its rows have them empty
   * @param renamed what a variant calls a column or a total, to the name that this table uses
   * @param decimal the decimal sign of amounts, a point or a comma
   * @param strip characters that are cut off both ends of a cell
   */
  public record Columns(
      List<String> header,
      Set<String> required,
      Set<String> numbers,
      List<String> optional,
      Map<String, String> renamed,
      char decimal,
      String strip) {
    public Columns {
      optional = List.copyOf(optional);
      renamed = Map.copyOf(renamed);
    }
  }

  /**
   * @param end the line that ends the rows; null when there is none
   * @param footer null when there is none
   * @param totals what must agree with the footer
   * @param balance null when no column is a running balance
   */
  public record Ending(Pattern end, Footer footer, List<Total> totals, Balance balance) {
    public Ending {
      totals = List.copyOf(totals);
    }
  }

  /**
   * The totals of a file; exactly one of the three is set.
   *
   * @param header names of a second header row, whose values stand in the row after it
   * @param row the first filled cell of the row of totals
   * @param lines lines whose named groups are totals
   */
  public record Footer(List<String> header, Pattern row, List<Pattern> lines) {
    public Footer {
      header = List.copyOf(header);
      lines = List.copyOf(lines);
    }
  }

  /**
   * One agreement between footer and rows.
   *
   * @param label where the footer says it
   * @param column whose sum it is; null when it is the number of rows
   * @param where only rows whose columns match in full
   */
  public record Total(String label, String column, Map<String, Pattern> where) {
    public Total {
      where = Map.copyOf(where);
    }
  }

  /**
   * A column that says the balance after each row.
   *
   * @param plus column that adds
   * @param minus column that takes off; null when {@code plus} has a sign
   * @param minusWhen when not empty: these rows take {@code minus} off, the others add {@code plus}
   */
  public record Balance(String column, String plus, String minus, Map<String, Pattern> minusWhen) {
    public Balance {
      minusWhen = Map.copyOf(minusWhen);
    }
  }
}
