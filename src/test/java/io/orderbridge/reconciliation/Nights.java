package io.orderbridge.reconciliation;

import io.orderbridge.Heart;
import io.orderbridge.alert.Alerts;
import io.orderbridge.alert.Channels;
import io.orderbridge.alert.Policies;
import io.orderbridge.books.Book;
import io.orderbridge.books.BookDays.BookDay;
import io.orderbridge.books.BookFiles;
import io.orderbridge.books.Books;
import io.orderbridge.books.Matchings;
import io.orderbridge.books.Rate;
import io.orderbridge.books.Rates;
import io.orderbridge.books.Snapshot;
import io.orderbridge.books.Snapshots;
import io.orderbridge.books.StagedDays;
import io.orderbridge.books.Staging;
import io.orderbridge.finding.Findings;
import io.orderbridge.mapping.Mappings;
import io.orderbridge.rows.Tables;
import io.orderbridge.runtime.DefinitionTextFiles;
import io.orderbridge.runtime.DescribedBooks;
import io.orderbridge.runtime.ReconciliationTexts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The books and reconciliations of one process, night by night. The files of the shipped
 * connections say how theirs are read; when a day of a book is due, the test says.
 */
public final class Nights implements AutoCloseable {
  public final Heart heart = Heart.fresh();
  public final Reconciliations reconciliations = new Reconciliations();
  public final Runs runs;
  private final Tables tables = new Tables();
  private final Map<String, Mappings> mappings = new HashMap<>();
  private final Books books = new Books(this::codes);
  private final BookFiles files = new BookFiles(books, tables, new Snapshots(heart.database));
  private final Staging staging = new Staging(heart.database, books);
  private final Map<String, LocalTime> due = new HashMap<>();
  private final Reports reports;
  private final Definitions definitions = new Definitions();
  private final ReconciliationRound round;

  public Nights() {
    Attempts attempts = new Attempts(heart.database);
    Findings findings = new Findings(heart.database, List.of());
    for (String name : List.of("turnover", "received", "net-received", "payouts")) {
      definitions.replace(name, DefinitionTextFiles.shipped(name));
    }
    DefinitionCounts counts = new DefinitionCounts(definitions, DefinitionTextFiles.texts());
    Inputs inputs = new Inputs(new Days(), counts);
    Breaks breaks =
        new Breaks(
            findings, new BreakFindings(findings), new Alerts(new Policies(), new Channels()));
    this.runs =
        new Runs(
            heart.database,
            reconciliations,
            inputs,
            new BooksCompared(new Matchings(), counts),
            counts,
            attempts,
            breaks);
    this.reports = new Reports(heart.database, counts, ReconciliationTexts::read);
    this.round =
        new ReconciliationRound(
            reconciliations, heart.database, inputs, runs, attempts, ReconciliationTexts::read);
  }

  /** Takes up the books of a shipped connection. */
  public void connect(String connection) {
    DescribedBooks.Described shipped = DescribedBooks.shipped(connection);
    tables.replace(connection, shipped.tables());
    mappings.put(connection, shipped.mappings());
    books.replace(connection, shipped.books());
  }

  public Mappings mappings(String connection) {
    return mappings.get(connection);
  }

  private Optional<Map<String, String>> codes(String table) {
    return mappings.get(table.substring(0, table.indexOf('/'))).codes(table);
  }

  /** Rates of a day as a source says them. */
  public void rates(List<Rate> some, Instant now) {
    new Rates(heart.database).take(some, now);
  }

  /** Takes up the file of a reconciliation. */
  public void reconcile(Path file) {
    Reconciliations.Loaded loaded = ReconciliationTexts.file(file);
    reconciliations.replace(loaded.reconciliation().name(), loaded);
  }

  /** From when on of the next day a day of the book is missing. */
  public void due(String book, LocalTime time) {
    due.put(book, time);
  }

  public Snapshot take(String book, LocalDate day, byte[] file, Instant now) {
    return files.take(book(book), day, () -> new ByteArrayInputStream(file), now);
  }

  /** Rows that came one by one, all of a day. */
  public Snapshot take(String book, LocalDate day, List<?> rows, Instant now) {
    return StagedDays.take(staging, files, book(book), day, rows, now);
  }

  private Book book(String name) {
    return books.find(name).orElseThrow();
  }

  /** What the process does twice a minute. */
  public void round(Instant now) {
    round.run(now);
  }

  /** The night's run, whatever is there. */
  public Run night(String name, LocalDate day, Instant now) {
    return runs.run(name, day, "schedule", now).run();
  }

  /** The newest run of a period. */
  public Optional<Run> last(String name, LocalDate from, LocalDate to) {
    return heart.database.inTransaction(
        connection -> RunRows.last(connection, new Run.Of(name, from, to)));
  }

  /**
   * A table of the report of a run, its lines as the file has them: SALES, RECEIPTS, DIFFERENCES.
   */
  public List<String> table(String kind, Run run) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reports.csv(
        reports.run(run.id()).orElseThrow(), ReportTable.Kind.valueOf(kind), Locale.ENGLISH, out);
    return out.toString(StandardCharsets.UTF_8).substring(1).lines().toList();
  }

  /** The workbook of a run. */
  public byte[] workbook(Run run) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reports.xlsx(reports.run(run.id()).orElseThrow(), Locale.CHINESE, out);
    return out.toByteArray();
  }

  /** Rows of a query, its cells split by a comma. */
  public List<String> rows(String sql) {
    return new ArrayList<>(heart.texts(sql));
  }

  /** The calendar as the test says it: complete is a day whose snapshot is there. */
  private final class Days implements Standings {
    @Override
    public boolean declared(String book) {
      return books.find(book).isPresent();
    }

    @Override
    public BookDay of(String book, LocalDate day, Instant now) {
      Instant at =
          day.plusDays(1)
              .atTime(due.getOrDefault(book, LocalTime.of(2, 0)))
              .atZone(book(book).from().zone())
              .toInstant();
      boolean there =
          heart.number(
                  "select count(*) from books.snapshot where source = '%s' and day = '%s'"
                      .formatted(book, day))
              > 0;
      return new BookDay(there ? "COMPLETE" : now.isBefore(at) ? "AWAITED" : "DUE", null, at, null);
    }
  }

  @Override
  public void close() {
    heart.close();
  }
}
