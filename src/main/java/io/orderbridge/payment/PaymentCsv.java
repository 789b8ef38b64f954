package io.orderbridge.payment;

import java.util.List;

/**
 * Rows of a run as CSV for spreadsheets: UTF-8 with a mark so that they see it, and nothing that
 * they would take for a formula. What partners and buyers may write stands in these cells.
 */
final class PaymentCsv {
  private static final String MARK = "\uFEFF";
  private static final String FORMULA = "=+-@\t\r";
  private static final List<String> COLUMNS =
      List.of(
          "class",
          "kind",
          "shop",
          "number",
          "payment",
          "refund",
          "amount",
          "currency",
          "at",
          "message",
          "outcome",
          "evidence");

  private PaymentCsv() {}

  static String head() {
    return MARK + String.join(",", COLUMNS) + "\r\n";
  }

  static String line(RunList.Row row) {
    return String.join(
            ",",
            cell(row.verdict().name()),
            cell(row.kind()),
            cell(row.shop()),
            cell(row.number()),
            cell(row.transaction()),
            cell(row.refund()),
            row.amount(),
            cell(row.currency()),
            cell(row.at().toString()),
            row.message() == null ? "" : row.message().toString(),
            cell(row.outcome()),
            cell(row.evidence()))
        + "\r\n";
  }

  /** A cell of text that stays text. */
  static String cell(String text) {
    String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }
}
