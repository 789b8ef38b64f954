package io.orderbridge.reconciliation;

import java.util.List;
import java.util.Objects;

/**
 * Items as CSV for spreadsheets: UTF-8 with a mark so that they see it, and nothing that they would
 * take for a formula.
 */
final class ItemCsv {
  private static final String MARK = "\uFEFF";
  private static final String FORMULA = "=+-@\t\r";
  private static final List<String> COLUMNS =
      List.of(
          "no",
          "outcome",
          "class",
          "class_zh",
          "rule",
          "key",
          "shop",
          "currency",
          "left",
          "right",
          "left_pieces",
          "right_pieces",
          "since",
          "carried",
          "why_zh",
          "why_en");

  private ItemCsv() {}

  static String head() {
    return MARK + String.join(",", COLUMNS) + "\r\n";
  }

  static String line(RunReads.Row row) {
    return String.join(
            ",",
            Integer.toString(row.no()),
            row.outcome().name(),
            row.kind().name(),
            text(row.kind().text().zh()),
            text(row.rule()),
            text(row.key()),
            text(row.shop()),
            text(row.currency()),
            number(RunView.amount(row.currency(), row.leftAmount())),
            number(RunView.amount(row.currency(), row.rightAmount())),
            number(row.leftPieces()),
            number(row.rightPieces()),
            row.since().toString(),
            Boolean.toString(row.carried()),
            text(row.zh()),
            text(row.en()))
        + "\r\n";
  }

  private static String number(Object number) {
    return Objects.toString(number, "");
  }

  private static String text(String text) {
    if (text == null) {
      return "";
    }
    String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }
}
