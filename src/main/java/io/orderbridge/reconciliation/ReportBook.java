package io.orderbridge.reconciliation;

import io.orderbridge.books.Figures;
import io.orderbridge.books.Snapshot;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.ReportPart.Hand;
import io.orderbridge.rows.SheetWriter;
import io.orderbridge.rows.SheetWriter.Column;
import io.orderbridge.rows.SteadyBook;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The workbook of a report: what it comes to and of what it was made, the waterfall as a chart's
 * table, then the three tables. Of one transaction.
 */
final class ReportBook {
  private static final int NAME_WIDTH = 40;
  private static final int FIGURE_WIDTH = 24;
  private static final int NOTE_WIDTH = 70;

  private final Connection connection;
  private final ReportScope scope;
  private final ReportTotals totals;
  private final Locale locale;

  ReportBook(Connection connection, ReportScope scope, ReportTotals totals, Locale locale) {
    this.connection = connection;
    this.scope = scope;
    this.totals = totals;
    this.locale = locale;
  }

  /** The whole workbook, or nothing. */
  void write(OutputStream out) throws SQLException, IOException {
    SteadyBook.write(
        out,
        scope.last().run().made().at(),
        draft -> {
          try (SheetWriter sheets = SheetWriter.draft(draft, scope.zone())) {
            sheets(sheets);
          } catch (SQLException e) {
            throw new IOException("reading a report", e);
          }
        });
  }

  private void sheets(SheetWriter sheets) throws SQLException, IOException {
    overview(sheets);
    new WaterfallSheet(sheets, locale).write(totals.waterfalls());
    ReportTable table = new ReportTable(connection, scope, locale);
    for (ReportTable.Kind kind : ReportTable.Kind.values()) {
      sheets.sheet(
          in(kind.title()),
          kind.headings().stream().map(one -> new Column(in(one.text()), one.width())).toList());
      table.each(kind, sheets::row);
    }
  }

  private void overview(SheetWriter sheets) throws SQLException, IOException {
    sheets.sheet(
        in(ReportWords.OVERVIEW),
        List.of(
            new Column(in(scope.what().title()), NAME_WIDTH),
            new Column(in(ReportWords.FIGURE), FIGURE_WIDTH),
            new Column(in(ReportWords.NOTE), NOTE_WIDTH)));
    what(sheets);
    for (Waterfall waterfall : totals.waterfalls()) {
      waterfall(sheets, waterfall);
    }
    definitions(sheets);
    sources(sheets);
  }

  private void what(SheetWriter sheets) throws IOException {
    line(sheets, ReportWords.PERIOD, scope.from(), "… " + scope.to());
    String runs =
        scope.parts().stream()
            .map(part -> part.run().id() + " v" + part.run().version())
            .collect(Collectors.joining(", "));
    line(sheets, ReportWords.VERSION, scope.parts().size(), runs);
    line(sheets, ReportWords.MADE, scope.last().run().made().at(), null);
    sheets.row(
        Arrays.asList(
            in(ReportWords.STATE),
            in(scope.isFinal() ? ReportWords.FINAL : ReportWords.PROVISIONAL),
            null),
        !scope.isFinal());
    for (ReportPart part : scope.parts()) {
      for (String missing : part.run().inputs().missing()) {
        line(sheets, ReportWords.MISSING, null, missing);
      }
    }
    for (LocalDate day : scope.missing()) {
      line(sheets, ReportWords.NO_RUN, day, null);
    }
    for (Outcome outcome : Outcome.values()) {
      line(sheets, ReportWords.outcome(outcome), totals.outcomes().getOrDefault(outcome, 0L), null);
    }
  }

  private void waterfall(SheetWriter sheets, Waterfall waterfall) throws IOException {
    String unit = waterfall.unit();
    Reconciliation what = scope.what();
    line(sheets, what.left().title(), figure(waterfall.left(), unit), unit);
    line(sheets, what.right().title(), figure(waterfall.right(), unit), unit);
    boolean breach = waterfall.isBreach();
    String percent = waterfall.percent() == null ? "" : waterfall.percent() + " % ";
    sheets.row(
        Arrays.asList(
            in(ReportWords.GAP),
            figure(waterfall.gap(), unit),
            percent + in(breach ? ReportWords.BREACH : ReportWords.WITHIN)),
        breach);
    for (Waterfall.Bar bar : waterfall.bars()) {
      boolean unexplained = bar.id().equals(Waterfall.UNEXPLAINED) && bar.gap().signum() != 0;
      sheets.row(
          Arrays.asList("　" + in(bar.text()), figure(bar.gap(), unit), items(bar)), unexplained);
    }
  }

  private String items(Waterfall.Bar bar) {
    return bar.items() + " " + in(ReportWords.ITEMS);
  }

  private void definitions(SheetWriter sheets) throws IOException {
    List<Definition> definitions = scope.definitions();
    if (definitions.isEmpty()) {
      line(sheets, ReportWords.DEFINITION, in(ReportWords.ALL_COUNT), null);
    }
    for (Definition definition : definitions) {
      sheets.row(
          Arrays.asList(
              in(ReportWords.DEFINITION) + " " + in(definition.title()),
              definition.id(),
              in(definition.isDraft() ? ReportWords.DRAFT : ReportWords.AGREED)
                  + "; SHA-256 "
                  + definition.hash()),
          definition.isDraft());
    }
  }

  private void sources(SheetWriter sheets) throws SQLException, IOException {
    for (ReportPart part : scope.parts()) {
      line(sheets, ReportWords.ROOT, part.run().of().from(), part.run().root());
    }
    for (Hand hand : Hand.values()) {
      for (Snapshot snapshot : Figures.named(connection, scope.snapshots(hand))) {
        line(
            sheets,
            ReportWords.SOURCE,
            snapshot.of().day(),
            "%s v%d, %d, SHA-256 %s"
                .formatted(
                    snapshot.of().source(),
                    snapshot.version(),
                    snapshot.sums().entries(),
                    snapshot.seal().hash()));
      }
    }
  }

  private void line(SheetWriter sheets, Wording name, Object value, String note)
      throws IOException {
    sheets.row(Arrays.asList(in(name), value, note), false);
  }

  private static Object figure(BigInteger minor, String unit) {
    return ReportTable.decimal(minor, unit);
  }

  private String in(Wording wording) {
    return wording.in(locale);
  }
}
