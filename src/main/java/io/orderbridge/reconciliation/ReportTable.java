package io.orderbridge.reconciliation;

import io.orderbridge.books.Basis;
import io.orderbridge.books.EntryPool;
import io.orderbridge.books.Figures;
import io.orderbridge.books.Line;
import io.orderbridge.books.Snapshot;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.ReportPart.Hand;
import io.orderbridge.reconciliation.ReportWords.Heading;
import io.orderbridge.rows.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The three tables of a report, row by row. Of one transaction. */
final class ReportTable {
  private static final char SPLIT = '\u001F';

  private final Connection connection;
  private final ReportScope scope;
  private final Locale locale;

  /** Which table. */
  enum Kind {
    SALES(new Wording("销售汇总", "Sales summary"), ReportWords.SALES),
    RECEIPTS(new Wording("实收明细", "Receipts detail"), ReportWords.RECEIPTS),
    DIFFERENCES(new Wording("差异清单", "Difference list"), ReportWords.DIFFERENCES);

    private final Wording title;
    private final List<Heading> headings;

    Kind(Wording title, List<Heading> headings) {
      this.title = title;
      this.headings = headings;
    }

    Wording title() {
      return title;
    }

    List<Heading> headings() {
      return headings;
    }
  }

  /** Takes a row of a table. */
  @FunctionalInterface
  interface Sheet {
    void row(List<Object> cells, boolean red) throws IOException;
  }

  ReportTable(Connection connection, ReportScope scope, Locale locale) {
    this.connection = connection;
    this.scope = scope;
    this.locale = locale;
  }

  /** The table with a heading before it. */
  void csv(Kind kind, OutputStream out) throws SQLException, IOException {
    try (CsvWriter csv = new CsvWriter(out, scope.zone())) {
      csv.row(kind.headings().stream().map(one -> one.text().in(locale)).toList());
      each(kind, (cells, red) -> csv.row(cells));
    }
  }

  /** Gives the rows away one by one, in the same order each time. */
  void each(Kind kind, Sheet sheet) throws SQLException {
    switch (kind) {
      case SALES ->
          scope
              .pool(connection, Hand.LEFT)
              .days(scope.soldBy(), scope.zone(), sold -> put(sheet, sold(sold), false));
      case RECEIPTS -> {
        EntryPool pool = scope.pool(connection, Hand.RIGHT);
        Sources sources = new Sources(connection);
        pool.lines(told -> put(sheet, received(sources, told), false));
      }
      case DIFFERENCES ->
          new ReportRows(connection, scope)
              .each(
                  one -> {
                    if (one.isListed()) {
                      put(sheet, difference(one), one.isBreak());
                    }
                  });
    }
  }

  private static void put(Sheet sheet, List<Object> cells, boolean red) {
    try {
      sheet.row(cells, red);
    } catch (IOException e) {
      throw new UncheckedIOException("writing a report", e);
    }
  }

  private static List<Object> sold(EntryPool.Sold sold) {
    return Arrays.asList(
        sold.day(),
        sold.shop(),
        sold.sku(),
        sold.currency(),
        sold.entries(),
        new BigDecimal(sold.pieces()),
        decimal(sold.minor(), sold.currency()));
  }

  /** The books of snapshots that are met one after the other. */
  private static final class Sources {
    private final Connection connection;
    private Snapshot at;

    Sources(Connection connection) {
      this.connection = connection;
    }

    Snapshot.Of of(long id) throws SQLException {
      if (at == null || at.id() != id) {
        at = Figures.named(connection, List.of(id)).get(0);
      }
      return at.of();
    }
  }

  private List<Object> received(Sources sources, EntryPool.Told told) throws SQLException {
    Line line = told.line();
    Snapshot.Of of = sources.of(line.snapshot());
    String ref = line.labels().ref();
    return Arrays.asList(
        of.source(),
        of.day(),
        line.line(),
        line.key(),
        ref == null ? null : ref.replace(SPLIT, ' '),
        line.labels().shop(),
        ReportRows.kind(line.kind()).in(locale),
        line.currency(),
        line.minor() == null ? null : decimal(BigInteger.valueOf(line.minor()), line.currency()),
        line.quantity(),
        line.status(),
        line.times().get(Basis.PAID),
        line.times().get(Basis.SETTLED),
        told.converted());
  }

  private List<Object> difference(Difference one) {
    return Arrays.asList(
        one.period(),
        one.no(),
        one.kind().text().in(locale),
        ReportWords.outcome(one.outcome()).in(locale),
        one.rule(),
        one.key(),
        one.shop(),
        one.unit(),
        one.left() == null ? null : decimal(one.left(), one.unit()),
        one.right() == null ? null : decimal(one.right(), one.unit()),
        decimal(one.gap(), one.unit()),
        one.since(),
        one.age(),
        one.why().zh(),
        one.why().en());
  }

  /** An amount with the decimals of its currency; pieces have none. */
  static BigDecimal decimal(BigInteger minor, String unit) {
    return unit == null || unit.isEmpty()
        ? new BigDecimal(minor)
        : new BigDecimal(minor, Money.currency(unit).getDefaultFractionDigits());
  }
}
