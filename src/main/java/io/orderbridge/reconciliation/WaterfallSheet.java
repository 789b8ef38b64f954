package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Wording;
import io.orderbridge.rows.SheetWriter;
import io.orderbridge.rows.SheetWriter.Column;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A waterfall as a table that a spreadsheet draws: stacked columns of base, up, down and total, the
 * base without a fill.
 */
final class WaterfallSheet {
  private static final int CAUSE_WIDTH = 34;
  private static final int NUMBER_WIDTH = 18;

  private final SheetWriter sheets;
  private final Locale locale;

  WaterfallSheet(SheetWriter sheets, Locale locale) {
    this.sheets = sheets;
    this.locale = locale;
  }

  void write(List<Waterfall> waterfalls) throws IOException {
    sheets.sheet(
        in(ReportWords.WATERFALL),
        List.of(
            new Column(in(ReportWords.CAUSE), CAUSE_WIDTH),
            new Column(in(ReportWords.UNIT), NUMBER_WIDTH),
            new Column(in(ReportWords.ITEMS), NUMBER_WIDTH),
            new Column(in(ReportWords.GAP), NUMBER_WIDTH),
            new Column(in(ReportWords.BASE), NUMBER_WIDTH),
            new Column(in(ReportWords.UP), NUMBER_WIDTH),
            new Column(in(ReportWords.DOWN), NUMBER_WIDTH),
            new Column(in(ReportWords.TOTAL), NUMBER_WIDTH)));
    for (Waterfall waterfall : waterfalls) {
      write(waterfall);
    }
  }

  // From the right total up to the left one.
  private void write(Waterfall waterfall) throws IOException {
    String unit = waterfall.unit();
    BigInteger at = waterfall.right();
    total(new Wording("右方合计", "right total"), unit, at);
    for (Waterfall.Bar bar : waterfall.bars()) {
      BigInteger next = at.add(bar.gap());
      boolean up = bar.gap().signum() >= 0;
      sheets.row(
          Arrays.asList(
              in(bar.text()),
              unit,
              bar.items(),
              ReportTable.decimal(bar.gap(), unit),
              ReportTable.decimal(at.min(next), unit),
              up ? ReportTable.decimal(bar.gap(), unit) : null,
              up ? null : ReportTable.decimal(bar.gap().negate(), unit),
              null),
          bar.id().equals(Waterfall.UNEXPLAINED) && bar.gap().signum() != 0);
      at = next;
    }
    total(new Wording("左方合计", "left total"), unit, at);
  }

  private void total(Wording name, String unit, BigInteger total) throws IOException {
    sheets.row(
        Arrays.asList(
            in(name), unit, null, null, null, null, null, ReportTable.decimal(total, unit)),
        false);
  }

  private String in(Wording wording) {
    return wording.in(locale);
  }
}
