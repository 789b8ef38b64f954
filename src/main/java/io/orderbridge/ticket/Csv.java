package io.orderbridge.ticket;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of a CSV file as RFC 4180 has them, for spreadsheets: a cell that such a program would run
 * as a formula is led by an apostrophe, which makes it text.
 */
final class Csv {
  /** So that spreadsheets read UTF-8. */
  static final String BOM = "\uFEFF";

  // OWASP, "CSV Injection" (read 2026-11): = + - @ TAB CR, LF as well, and the full-width forms,
  // which spreadsheets set to Chinese or Japanese take for the same.
  private static final String STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
  private static final String QUOTED = ",\"\r\n\t";

  private Csv() {}

  /** Cells of one line, with its end; null is an empty cell. */
  static String line(List<?> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String cell(Object value) {
    // A number of our own is none of the texts that could be planted, and has to add up.
    if (value == null || value instanceof Number) {
      return value == null ? "" : value.toString();
    }
    String text = value.toString();
    boolean formula = !text.isEmpty() && STARTS.indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    boolean quoted = formula || safe.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0);
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
