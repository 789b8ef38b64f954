package io.orderbridge.books;

import static io.orderbridge.books.BookStage.DAY;
import static io.orderbridge.books.BookStage.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.kernel.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that come one by one, and the calendar that says when their day is complete. */
@Tag("R37")
@Tag("R42")
@Tag("R43")
class StagingDbTest {
  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");

  private final BookStage stage = new BookStage(BookStage.SHOP);
  private final Book moves = stage.book("moves");

  @AfterEach
  void end() {
    stage.close();
  }

  @Test
  void rows_wait_until_their_source_is_proved_and_are_then_a_snapshot() {
    keep(1, row("m2", "B", "2.00"), row("m1", "A", "1.50"));
    stage.day("moves", "READ", 2);

    stage.round.run(NOW);
    assertThat(last()).isEmpty();
    assertThat(stage.days.find(moves, DAY, NOW).word()).isEqualTo("DUE");

    stage.day("moves", "PROVED", 2);
    stage.round.run(NOW);
    stage.round.run(NOW.plusSeconds(60));

    assertThat(stage.entries(last().orElseThrow()))
        .containsExactly("A open 150 CNY", "B open 200 CNY");
    assertThat(stage.heart.number("select count(*) from books.snapshot where day = '2026-11-20'"))
        .isEqualTo(1);
    assertThat(stage.days.find(moves, DAY, NOW).isComplete()).isTrue();
  }

  @Test
  void a_repeat_changes_nothing_and_the_newest_word_counts_whichever_comes_first() {
    keep(7, row("m1", "A", "7.00"));
    keep(5, row("m1", "A", "5.00"));
    keep(7, row("m1", "A", "7.00"));

    assertThat(stage.heart.texts("select message || ' ' || (body ->> 'amount') from books_staged"))
        .containsExactly("7 7.00");
    assertThat(stage.heart.number("select touched from books_staged_day")).isEqualTo(1);
  }

  @Test
  void a_word_that_comes_late_does_not_undo_a_newer_one_that_said_the_first_again() {
    keep(5, row("m1", "A", "5.00"));
    keep(9, row("m1", "A", "5.00"));
    keep(7, row("m1", "A", "7.00"));

    assertThat(stage.heart.texts("select message || ' ' || (body ->> 'amount') from books_staged"))
        .containsExactly("9 5.00");
  }

  @Test
  void a_row_that_says_something_else_later_makes_the_next_version() {
    keep(1, row("m1", "A", "1.00"));
    stage.day("moves", "PROVED", 1);
    stage.round.run(NOW);
    Snapshot first = last().orElseThrow();

    keep(2, row("m1", "A", "1.10"));
    assertThat(stage.days.find(moves, DAY, NOW).isComplete()).isFalse();
    stage.round.run(NOW.plusSeconds(60));

    Snapshot second = last().orElseThrow();
    assertThat(second.version()).isEqualTo(2);
    assertThat(stage.snapshots.changed(first.id(), second.id(), 10))
        .singleElement()
        .satisfies(change -> assertThat(change.key()).isEqualTo("A"));
    assertThat(stage.snapshots.verify("shop/moves").stands()).isTrue();
  }

  @Test
  void a_day_without_anything_is_a_snapshot_without_an_entry_also_of_files() {
    stage.day("moves", "PROVED", 0);
    stage.day("bill", "PROVED", 0);

    stage.round.run(NOW);

    assertThat(last().orElseThrow().sums().entries()).isZero();
    assertThat(stage.days.find(stage.book("bill"), DAY, NOW).isComplete()).isTrue();
  }

  @Test
  void an_old_day_without_anything_that_was_asked_for_later_is_a_snapshot_too() {
    Instant old = DAY.minusDays(60).atStartOfDay(BookStage.SHANGHAI).toInstant();
    stage.window("moves", old, old.plus(Duration.ofDays(1)), "PROVED", 0);
    stage.window("bill", old, old.plus(Duration.ofDays(1)), "PROVED", 0);

    stage.round.run(NOW);

    assertThat(stage.heart.texts("select source || ' ' || day from books.snapshot order by 1"))
        .containsExactly("shop/bill 2026-09-21", "shop/moves 2026-09-21");
  }

  @Test
  void a_file_that_was_read_and_is_in_no_snapshot_is_told_and_what_is_not_due_is_awaited() {
    Book bill = stage.book("bill");
    assertThat(stage.days.find(bill, DAY, NOW).word()).isEqualTo("NEVER_READ");
    assertThat(stage.days.find(bill, DAY, NOON).word()).isEqualTo("AWAITED");

    stage.heart.execute(
        """
        insert into source_window (source, starts_at, ends_at, due_at, next_at)
        values ('shop/bill', '2026-11-19T16:00:00Z', '2026-11-20T16:00:00Z',
                '2026-11-21T02:00:00Z', '2026-11-21T02:00:00Z')\
        """);
    Instant before = NOW.minus(Duration.ofHours(1));
    assertThat(stage.days.find(bill, DAY, before).word()).isEqualTo("AWAITED");
    assertThat(stage.days.find(bill, DAY, before).dueAt()).isEqualTo(NOW);
    assertThat(stage.days.find(bill, DAY, NOW).word()).isEqualTo("DUE");

    stage.day("bill", "PROVED", 1);
    stage.heart.execute("update source_window set stored = 1");
    stage.round.run(NOW);
    assertThat(stage.days.find(bill, DAY, NOW).word()).isEqualTo("REFUSED");
  }

  @Test
  void two_processes_at_once_cut_one_snapshot() {
    keep(1, row("m1", "A", "1.00"), row("m2", "B", "1.00"));
    stage.day("moves", "PROVED", 2);

    CompletableFuture<?> other = CompletableFuture.runAsync(() -> stage.round.run(NOW));
    stage.round.run(NOW);
    other.join();

    assertThat(stage.heart.number("select count(*) from books.snapshot where day = '2026-11-20'"))
        .isEqualTo(1);
    assertThat(stage.snapshots.verify("shop/moves").stands()).isTrue();
  }

  @Test
  void a_row_without_a_name_or_a_day_is_refused_with_its_place_and_nothing_is_kept() {
    assertThatThrownBy(() -> keep(1, row("m1", "A", "1"), row("", "B", "1")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("column 'id' names the row")
        .extracting("place")
        .isEqualTo("/1");
    assertThatThrownBy(() -> keep(1, Map.of("id", "m1", "order", "A", "at", "yesterday")))
        .hasMessageContaining("column 'at' says the day of the row, and is no time like iso");
    assertThatThrownBy(() -> keep(1, Map.of("id", "m1", "order", Map.of())))
        .hasMessageContaining("column 'order' is no text and no number");

    assertThat(stage.heart.number("select count(*) from books_staged")).isZero();
  }

  @Test
  void the_day_is_that_of_the_books_zone_and_a_column_that_no_row_has_is_empty() {
    stage.staging.keep(
        moves,
        null,
        1,
        List.of(Map.of("id", "m1", "amount", "3.00", "at", "2026-11-20T17:00:00Z", "state", "x")));

    assertThat(stage.heart.texts("select day::text from books_staged"))
        .containsExactly("2026-11-21");
    Snapshot cut =
        stage.staging.cut(moves, DAY.plusDays(1), NOW.plus(Duration.ofDays(1))).orElseThrow();
    assertThat(stage.entries(cut)).containsExactly("m1 x 300 CNY");
  }

  private void keep(long message, Map<?, ?>... rows) {
    stage.staging.keep(moves, null, message, List.of(rows));
  }

  private static Map<String, String> row(String id, String order, String amount) {
    return Map.of(
        "id", id, "order", order, "amount", amount, "at", NOON.toString(), "state", "open");
  }

  private Optional<Snapshot> last() {
    return stage.snapshots.last(new Snapshot.Of("shop/moves", DAY));
  }
}
