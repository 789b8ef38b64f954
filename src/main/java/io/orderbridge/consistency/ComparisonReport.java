package io.orderbridge.consistency;

import io.orderbridge.kernel.Wording;
import io.orderbridge.rows.CsvWriter;
import io.orderbridge.rows.SheetWriter;
import io.orderbridge.rows.SheetWriter.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The report of a run as a file. Written from what is stored, so it is the same each time; a page
 * of rows is in memory, however many there are.
 */
final class ComparisonReport {
  private static final int[] WIDTHS = {16, 26, 14, 16, 18, 18, 24, 20, 20, 20, 10};
  private static final int SUMMARY_WIDTH = 34;
  private static final int NUMBER_WIDTH = 22;

  private final ComparisonRun run;
  private final ComparisonRun.Rows rows;
  private final ZoneId zone;
  private final Locale locale;

  /**
   * @param zone in which times are shown
   */
  ComparisonReport(ComparisonRun run, ComparisonRun.Rows rows, ZoneId zone, Locale locale) {
    this.run = run;
    this.rows = rows;
    this.zone = zone;
    this.locale = locale;
  }

  /** One row per difference, a heading before them. */
  void csv(OutputStream out) throws IOException {
    try (CsvWriter csv = new CsvWriter(out, zone)) {
      csv.row(headings());
      rows.each(row -> csv.row(cells(row)));
    }
  }

  /** Totals on the first sheet, differences on the second, red. */
  void xlsx(OutputStream out) throws IOException {
    try (SheetWriter sheets = new SheetWriter(out, zone)) {
      summary(sheets);
      List<String> headings = headings();
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < headings.size(); i++) {
        columns.add(new Column(headings.get(i), WIDTHS[i]));
      }
      sheets.sheet(in(ComparisonWords.DIFFERENCES), columns);
      rows.each(row -> sheets.row(cells(row), !row.awaited()));
    }
  }

  private void summary(SheetWriter sheets) throws IOException {
    sheets.sheet(
        in(ComparisonWords.SUMMARY),
        List.of(
            new Column(ComparisonWords.title(run).in(locale), SUMMARY_WIDTH),
            new Column(in(ComparisonWords.NUMBER), NUMBER_WIDTH)));
    line(sheets, ComparisonWords.SYSTEM, run.system());
    line(sheets, ComparisonWords.PERIOD, run.from());
    line(sheets, new Wording("　至", "to"), run.to());
    line(sheets, ComparisonWords.MADE, run.endedAt());
    line(sheets, ComparisonWords.OURS, run.ours());
    line(sheets, ComparisonWords.THEIRS, run.theirs());
    for (Map.Entry<String, Long> part : run.summary().entrySet()) {
      boolean difference = isDifference(part.getKey()) && part.getValue() > 0;
      sheets.row(
          Arrays.asList(ComparisonWords.part(part.getKey()).in(locale), part.getValue()),
          difference);
    }
    for (Map<String, Object> reading : run.awaited()) {
      sheets.row(
          List.of(
              in(ComparisonWords.MISSING_READINGS) + "：" + reading.get("source"),
              ComparisonWords.reading(reading.get("state"), locale)),
          false);
    }
  }

  private void line(SheetWriter sheets, Wording name, Object value) throws IOException {
    sheets.row(Arrays.asList(in(name), value), false);
  }

  private static boolean isDifference(String part) {
    return Arrays.stream(ComparisonClass.values()).anyMatch(one -> one.name().equals(part));
  }

  List<String> headings() {
    return ComparisonWords.HEADINGS.stream().map(this::in).toList();
  }

  /** A row as it is shown; the headings in their order. */
  List<Object> cells(ComparisonRun.Row row) {
    return Arrays.asList(
        row.shop(),
        row.number(),
        row.difference().title().in(locale),
        ComparisonWords.cause(row.cause(), locale),
        row.ours(),
        row.theirs(),
        row.raw(),
        row.oursAt(),
        row.theirsAt(),
        row.readAt(),
        row.awaited() ? in(ComparisonWords.YES) : null);
  }

  private String in(Wording wording) {
    return wording.in(locale);
  }

  static String fileName(ComparisonRun run, String end) {
    return "comparison-%s-%s-%d.%s".formatted(run.system(), run.day(), run.id(), end);
  }

  /** As people read a time. */
  static String text(Instant at, ZoneId zone) {
    return at == null
        ? ""
        : DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").format(at.atZone(zone));
  }
}
