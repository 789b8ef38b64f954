package io.orderbridge.books;

import io.orderbridge.Heart;
import io.orderbridge.rows.Tables;
import io.orderbridge.runtime.DescribedBooks;
import io.orderbridge.schedule.DayParts;
import io.orderbridge.schedule.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** One process with the books of a connection file; its sources are read by the test's word. */
final class BookStage implements AutoCloseable {
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

  static final String SHOP =
      """
      reads:
        bill:
          daily: {due: "10:00", days-after: 1}
          zone: Asia/Shanghai
          pages: {order: whole}
          kind: bill
        moves:
          every: 1h
          zone: UTC
          pages: {order: cursor, size: 100, items: /data, more: /more}
          item: {id: /id}
          kind: move
      tables:
        bill:
          format: csv
          header: [no, amount]
          required: [no]
          numbers: [amount, fee]
      books:
        bill:
          table: bill
          source: bill
          keys: [no]
          amounts:
            - {column: amount, currency-column: currency}
            - {kind: FEE, column: fee, currency-column: currency}
          times: {settled: {column: at}}
        dropped:
          table: bill
          zone: Asia/Shanghai
          keys: [no]
          amounts: [{column: amount, currency-column: currency}]
        moves:
          source: moves
          zone: Asia/Shanghai
          id: id
          day: settled
          keys: [order, id]
          status: {column: state}
          amounts: [{column: amount, sign: kept, currency: CNY}]
          times: {settled: {column: at, pattern: iso}}
      """;

  final Heart heart = Heart.fresh();
  final Sources sources = new Sources();
  final Tables tables = new Tables();
  final Books books = new Books(name -> java.util.Optional.empty());
  final Snapshots snapshots = new Snapshots(heart.database);
  final BookFiles files = new BookFiles(books, tables, snapshots);
  final Staging staging = new Staging(heart.database, books);
  final Rates rates = new Rates(heart.database);
  final BookDays days = new BookDays(heart.database, DayParts.states(heart, sources));
  final BooksRound round =
      new BooksRound(heart.database, books, files, staging, DayParts.states(heart, sources));

  BookStage(String connection) {
    try {
      DescribedBooks.Described described = DescribedBooks.described("shop", connection);
      sources.replace("shop", described.reads());
      tables.replace("shop", described.tables());
      books.replace("shop", described.books());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Book book(String name) {
    return books.find("shop/" + name).orElseThrow();
  }

  BooksComponent component() {
    OwnBooks own = new OwnBooks(heart.database, books, List.of());
    return new BooksComponent(
        new BooksComponent.Parts(books, files, staging, rates, own),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /** A window of a source, in the state that the calendar keeps. */
  void window(String source, Instant from, Instant to, String state, int stored) {
    heart.execute(
        """
        insert into source_window (source, starts_at, ends_at, due_at, next_at, state, stored,
                                   proved_at)
        values ('shop/%s', '%s', '%s', '%s', '%s', '%s', %d, '%s')
        on conflict (source, starts_at) do update
           set state = excluded.state, proved_at = excluded.proved_at\
        """
            .formatted(source, from, to, to, to, state, stored, NOW));
  }

  void day(String source, String state, int stored) {
    Instant from = DAY.atStartOfDay(SHANGHAI).toInstant();
    window(source, from, from.plusSeconds(86_400), state, stored);
  }

  List<String> entries(Snapshot snapshot) {
    return heart.texts(
        "select concat_ws(' ', key, nullif(status, ''), kind, amount, currency, converted) from "
            + SnapshotSql.table(snapshot.id())
            + " order by place");
  }

  @Override
  public void close() {
    heart.close();
  }
}
