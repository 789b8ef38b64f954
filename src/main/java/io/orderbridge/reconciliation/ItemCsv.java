package io.orderbridge.reconciliation;

import io.orderbridge.rows.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Items as CSV for spreadsheets. */
final class ItemCsv {
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

  /** Gives items away one by one. */
  @FunctionalInterface
  interface Items {
    void each(Consumer<RunReads.Row> row);
  }

  static void write(OutputStream out, Items items) {
    // No column holds a time.
    try (CsvWriter csv = new CsvWriter(out, ZoneOffset.UTC)) {
      csv.row(COLUMNS);
      items.each(row -> write(csv, row));
    } catch (IOException e) {
      throw new UncheckedIOException("writing items", e);
    }
  }

  private static void write(CsvWriter csv, RunReads.Row row) {
    try {
      csv.row(
          Arrays.asList(
              row.no(),
              row.outcome().name(),
              row.kind().name(),
              row.kind().text().zh(),
              row.rule(),
              row.key(),
              row.shop(),
              row.currency(),
              amount(row.currency(), row.leftAmount()),
              amount(row.currency(), row.rightAmount()),
              row.leftPieces(),
              row.rightPieces(),
              row.since(),
              Boolean.toString(row.carried()),
              row.zh(),
              row.en()));
    } catch (IOException e) {
      throw new UncheckedIOException("writing an item", e);
    }
  }

  private static BigDecimal amount(String currency, Long minor) {
    return currency == null || minor == null
        ? null
        : ReportTable.decimal(BigInteger.valueOf(minor), currency);
  }
}
