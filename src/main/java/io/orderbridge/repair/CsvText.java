package io.orderbridge.repair;

import java.util.ArrayList;
import java.util.List;

/**
 * A list as a spreadsheet writes it: commas, quotes doubled inside quotes, CRLF or LF. Empty lines
 * are left out, and so are blanks around a cell without quotes.
 */
final class CsvText {
  /**
   * @param number line in the file at which the row begins, first is 1
   * @param broken what is wrong with how it is written; empty when nothing is
   */
  record Row(int number, List<String> cells, String broken) {}

  private final String text;
  private int at;
  private int line = 1;

  private CsvText(String text) {
    this.text = text;
  }

  static List<Row> read(String text) {
    // A mark of the encoding, as spreadsheets write it at the beginning.
    return new CsvText(text.startsWith("\uFEFF") ? text.substring(1) : text).rows();
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    while (at < text.length()) {
      Row row = row();
      if (row.cells().size() > 1 || !row.cells().get(0).isEmpty() || !row.broken().isEmpty()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private Row row() {
    int number = line;
    List<String> cells = new ArrayList<>();
    String broken = "";
    boolean more = true;
    while (more) {
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      cells.add(quoted ? quoted() : "");
      String rest = plain();
      if (!quoted) {
        cells.set(cells.size() - 1, rest);
      } else if (!rest.isEmpty()) {
        broken = "text follows a closing quote, or a quote is never closed; write \"\" for one";
      }
      more = at < text.length() && text.charAt(at++) == ',';
    }
    line++;
    return new Row(number, cells, broken);
  }

  private String plain() {
    int start = at;
    while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private String quoted() {
    StringBuilder cell = new StringBuilder();
    int opened = at++;
    int from = line;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        line += c == '\n' ? 1 : 0;
        cell.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        at++;
        cell.append('"');
      } else {
        return cell.toString();
      }
    }
    // Never closed: the rest of its first line is shown as what follows the quote.
    at = opened + 1;
    line = from;
    return "";
  }
}
