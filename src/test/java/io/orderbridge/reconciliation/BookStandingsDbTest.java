package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.books.Book;
import io.orderbridge.books.BookDays;
import io.orderbridge.books.BookFiles;
import io.orderbridge.books.Books;
import io.orderbridge.books.Snapshots;
import io.orderbridge.books.StagedDays;
import io.orderbridge.books.Staging;
import io.orderbridge.rows.Tables;
import io.orderbridge.runtime.DescribedBooks;
import io.orderbridge.schedule.DayParts;
import io.orderbridge.schedule.Sources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run is final only over days that are complete. */
class BookStandingsDbTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final Instant OVER = Instant.parse("2026-11-20T16:00:00Z");
  private static final String SHOP =
      """
      reads:
        moves:
          every: 1h
          zone: Asia/Shanghai
          pages: {order: cursor, size: 100, items: /data, more: /more}
          item: {id: /id}
          kind: move
      tables:
        bill:
          format: csv
          header: [no, amount]
          required: [no]
      books:
        bill:
          table: bill
          keys: [no]
          amounts: [{column: amount, currency: CNY}]
        moves:
          source: moves
          id: id
          day: settled
          keys: [id]
          amounts: [{column: amount, currency: CNY}]
          times: {settled: {column: at, pattern: iso}}
      """;

  private final Heart heart = Heart.fresh();
  private final Sources sources = new Sources();
  private final Tables tables = new Tables();
  private final Books books = new Books(name -> Optional.empty());
  private final BookFiles files = new BookFiles(books, tables, new Snapshots(heart.database));
  private final Standings standings =
      new BookStandings(books, new BookDays(heart.database, DayParts.states(heart, sources)));

  @BeforeEach
  void declare() throws IOException {
    DescribedBooks.Described described = DescribedBooks.described("shop", SHOP);
    sources.replace("shop", described.reads());
    tables.replace("shop", described.tables());
    books.replace("shop", described.books());
  }

  @AfterEach
  void end() {
    heart.close();
  }

  @Test
  void a_day_with_a_row_that_changed_is_not_complete_until_it_is_in_a_snapshot() {
    Book moves = books.find("shop/moves").orElseThrow();
    heart.execute(
        """
        insert into source_window (source, starts_at, ends_at, due_at, next_at, state, stored)
        values ('shop/moves', '2026-11-19T16:00:00Z', '2026-11-20T16:00:00Z',
                '2026-11-20T16:00:00Z', '2026-11-20T16:00:00Z', 'PROVED', 1)\
        """);
    Map<String, String> row = Map.of("id", "m1", "amount", "1.00", "at", "2026-11-20T04:00:00Z");
    Staging staging = new Staging(heart.database, books);
    StagedDays.take(staging, files, moves, DAY, List.of(row), OVER);
    assertThat(standings.of("shop/moves", DAY, OVER).isComplete()).isTrue();

    heart.execute("update books_staged_day set touched = touched + 1");
    assertThat(standings.of("shop/moves", DAY, OVER).isComplete()).isFalse();

    StagedDays.take(staging, files, moves, DAY, List.of(), OVER);
    assertThat(standings.of("shop/moves", DAY, OVER).isComplete()).isTrue();
  }

  @Test
  void a_file_that_was_dropped_on_its_own_day_may_be_followed_by_more_until_the_day_is_over() {
    Book bill = books.find("shop/bill").orElseThrow();
    byte[] file = "no,amount\nA,1.00\n".getBytes(StandardCharsets.UTF_8);
    Instant noon = OVER.minus(Duration.ofHours(12));
    files.take(bill, DAY, () -> new ByteArrayInputStream(file), noon);

    assertThat(standings.of("shop/bill", DAY, noon).word()).isEqualTo("AWAITED");
    assertThat(standings.of("shop/bill", DAY, OVER).isComplete()).isTrue();
  }

  @Test
  void a_book_that_no_connection_in_force_has_is_never_complete() {
    assertThat(standings.declared("shop/gone")).isFalse();
    assertThat(standings.of("shop/gone", DAY, OVER).isComplete()).isFalse();
  }
}
