package io.orderbridge.reconciliation;

import io.orderbridge.books.EntryPool;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes the reports of runs and of months. They read what stands for good, so the same runs give
 * the same bytes; rows leave memory as they come. Thread-safe.
 */
@Singleton
public class Reports {
  private final Database database;
  private final DefinitionCounts counts;
  private final RuleText rules;

  Reports(Database database, DefinitionCounts counts, RuleText rules) {
    this.database = database;
    this.counts = counts;
    this.rules = rules;
  }

  /** What a report is about, looked up within its transaction. */
  @FunctionalInterface
  interface Wanted {
    ReportScope in(Connection connection) throws SQLException;
  }

  /** The report of one run; empty when there is none of that number. */
  Optional<Wanted> run(long id) {
    return database
        .inTransaction(connection -> RunRows.find(connection, id))
        .map(run -> connection -> scope(connection, List.of(run), run.of().from(), run.of().to()));
  }

  /** The report of a month, of the newest run of each of its periods; empty when there is none. */
  Optional<Wanted> month(String name, YearMonth month) {
    List<Run> runs =
        database.inTransaction(
            connection -> RunRows.newest(connection, name, month.atDay(1), month.atEndOfMonth()));
    return runs.isEmpty()
        ? Optional.empty()
        : Optional.of(connection -> scope(connection, runs, month.atDay(1), month.atEndOfMonth()));
  }

  private ReportScope scope(
      Connection connection, List<Run> runs, java.time.LocalDate from, java.time.LocalDate to)
      throws SQLException {
    List<ReportPart> parts = new ArrayList<>();
    for (Run run : runs) {
      boolean last = run == runs.get(runs.size() - 1);
      Reconciliation what = rules.read(run.of().reconciliation(), run.inputs().rules());
      parts.add(
          new ReportPart(
              run,
              what,
              definition(connection, run, what.left()),
              definition(connection, run, what.right()),
              last));
    }
    return ReportScope.of(from, to, parts);
  }

  private Definition definition(Connection connection, Run run, Reconciliation.Side side)
      throws SQLException {
    return side.counts() == null
        ? null
        : counts.definition(connection, side.counts(), run.inputs().definitions(), run.made().at());
  }

  /** Something that is made of a report within one transaction. */
  @FunctionalInterface
  interface Making<T> {
    T of(Connection connection, ReportScope scope, ReportTotals totals)
        throws SQLException, IOException;
  }

  private <T> T make(Wanted wanted, Making<T> making) {
    return database.inTransaction(
        connection -> {
          ReportScope scope = wanted.in(connection);
          try {
            return making.of(connection, scope, ReportTotals.of(connection, scope));
          } catch (IOException e) {
            if (e.getCause() instanceof SQLException refused) {
              throw refused;
            }
            throw new UncheckedIOException("writing a report", e);
          }
        });
  }

  /** A report and what it comes to. */
  record Told(ReportScope scope, ReportTotals totals) {}

  /** What it comes to, whether it adds up or not. */
  Told totals(Wanted wanted) {
    return make(wanted, (connection, scope, totals) -> new Told(scope, totals));
  }

  /** Gives the differences away one by one. */
  void differences(Wanted wanted, EntryPool.Each<Difference> each) {
    database.run(connection -> new ReportRows(connection, wanted.in(connection)).each(each));
  }

  /** Rows of a table in their order, after those that are passed over. */
  List<ReportReads.Row> part(
      Wanted wanted, ReportTable.Kind kind, Locale locale, int skip, int most) {
    return database.inTransaction(
        connection -> {
          List<ReportReads.Row> rows = new ArrayList<>();
          int[] seen = new int[1];
          try {
            new ReportTable(connection, wanted.in(connection), locale)
                .each(
                    kind,
                    (cells, red) -> {
                      if (rows.size() == most) {
                        throw new Enough();
                      }
                      if (seen[0]++ >= skip) {
                        rows.add(new ReportReads.Row(cells, red));
                      }
                    });
          } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof Enough)) {
              throw e;
            }
          }
          return rows;
        });
  }

  /** What follows is not read. */
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Writes the workbook.
   *
   * @throws ReportRefused when it does not add up; nothing was written
   */
  void xlsx(Wanted wanted, Locale locale, OutputStream out) {
    make(
        wanted,
        (connection, scope, totals) -> {
          new ReportBook(connection, scope, totals.footed(), locale).write(out);
          return null;
        });
  }

  /**
   * Writes one of the tables.
   *
   * @throws ReportRefused when the report does not add up; nothing was written
   */
  void csv(Wanted wanted, ReportTable.Kind kind, Locale locale, OutputStream out) {
    make(
        wanted,
        (connection, scope, totals) -> {
          totals.footed();
          new ReportTable(connection, scope, locale).csv(kind, out);
          return null;
        });
  }
}
