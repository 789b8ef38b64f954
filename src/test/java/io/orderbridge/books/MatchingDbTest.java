package io.orderbridge.books;

import static io.orderbridge.books.Shelf.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.store.StoreRefused;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two books, entry by entry. */
class MatchingDbTest {
  private static final Matching.Period OCTOBER =
      new Matching.Period(
          Instant.parse("2025-09-30T16:00:00Z"), Instant.parse("2025-10-31T16:00:00Z"));
  private static final Tolerance HALF_A_PERCENT = Tolerance.either(0, new BigDecimal("0.5"));

  private final Shelf shelf = new Shelf();
  private final Matchings matchings = new Matchings(shelf.heart.database);

  @AfterEach
  void end() {
    shelf.close();
  }

  @Tag("R38")
  @ParameterizedTest
  @CsvSource({
    "1004.99, AMOUNT_WITHIN", // 0.499 %
    "1005.00, AMOUNT_BEYOND", // 0.500 %
    "1005.01, AMOUNT_BEYOND", // 0.501 %
    "995.01, AMOUNT_WITHIN",
    "995.00, AMOUNT_BEYOND",
    "994.99, AMOUNT_BEYOND"
  })
  void half_a_percent_is_beyond_half_a_percent(String theirs, DifferenceClass expected) {
    Matched matched = match(line("A", "1000.00", "ok"), line("A", theirs, "ok"), HALF_A_PERCENT);

    assertThat(matched.classes()).isEqualTo(Map.of(expected, 1L));
  }

  @Tag("R38")
  @ParameterizedTest
  @CsvSource({
    "0.04, 10.00, either, AMOUNT_WITHIN", // below 5 fen and below 0.5 %
    "0.05, 10.00, either, AMOUNT_BEYOND", // at both
    "0.05, 1000.00, either, AMOUNT_WITHIN", // below 0.5 % alone
    "0.05, 1000.00, both, AMOUNT_BEYOND",
    "0.04, 1.00, either, AMOUNT_WITHIN", // below 5 fen alone
    "0.04, 1.00, both, AMOUNT_BEYOND",
    "0.04, 1000.00, both, AMOUNT_WITHIN"
  })
  void a_limit_in_money_and_one_in_percent_are_combined(
      BigDecimal apart, BigDecimal ours, String combined, DifferenceClass expected) {
    Tolerance tolerance = new Tolerance(5, 5_000, combined.equals("both"));
    String theirs = ours.add(apart).toPlainString();

    Matched matched =
        match(line("A", ours.toPlainString(), "ok"), line("A", theirs, "ok"), tolerance);

    assertThat(matched.classes()).isEqualTo(Map.of(expected, 1L));
  }

  @Tag("R40")
  @Test
  void the_same_snapshots_give_the_same_differences_and_the_run_is_kept() {
    String left = line("A", "1.00", "ok") + line("B", "1.00", "ok") + line("B", "1.00", "ok");
    String right = line("A", "2.00", "ok") + line("C", "1.00", "ok") + line("B", "1.00", "ok");

    Matched first = match(left, right, Tolerance.NONE);
    Matched again = match(left, right, Tolerance.NONE);

    assertThat(told(again)).isEqualTo(told(first)).hasSize(3);
    assertThat(
            shelf.heart.texts(
                "select concat_ws(' ', matched, tolerated, breaks, excluded) from books.matching"))
        .containsExactly("1 0 3 0", "1 0 3 0");
    assertThatThrownBy(() -> shelf.heart.execute("delete from books.difference"))
        .isInstanceOf(StoreRefused.class)
        .hasMessageContaining("is insert only");
  }

  @Tag("R40")
  @Test
  void an_entry_that_went_since_the_snapshot_was_taken_stops_the_matching_and_leaves_nothing() {
    Snapshot left = shelf.take("left", line("A", "1.00", "ok") + line("B", "1.00", "ok"));
    Snapshot right = shelf.take("right", line("A", "1.00", "ok") + line("B", "1.00", "ok"));
    String table = SnapshotSql.table(left.id());
    shelf.heart.execute("alter table %1$s disable trigger user".formatted(table));
    shelf.heart.execute("delete from %s where key = 'B'".formatted(table));

    assertThatThrownBy(() -> match(left, right, Tolerance.NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one was lost or doubled");
    assertThat(shelf.heart.number("select count(*) from books.difference")).isZero();
  }

  @Test
  void two_keys_of_one_hash_are_not_taken_for_each_other() {
    Snapshot left = shelf.take("left", line("A", "1.00", "ok") + line("B", "2.00", "ok"));
    Snapshot right = shelf.take("right", line("B", "2.00", "ok") + line("C", "3.00", "ok"));
    for (Snapshot one : List.of(left, right)) {
      String table = SnapshotSql.table(one.id());
      shelf.heart.execute("alter table %s disable trigger user".formatted(table));
      shelf.heart.execute("update %s set key_hash = 7".formatted(table));
    }

    Matched matched = match(left, right, Tolerance.NONE);

    assertThat(matched.matched()).isEqualTo(1);
    assertThat(told(matched)).containsExactly("MISSING_LEFT C", "MISSING_RIGHT A");
  }

  private Matched match(String left, String right, Tolerance tolerance) {
    return match(shelf.take("left", left), shelf.take("right", right), tolerance);
  }

  private Matched match(Snapshot left, Snapshot right, Tolerance tolerance) {
    return matchings.match(
        new Matching(
            new Matching.Side(left.id(), Basis.PAID),
            new Matching.Side(right.id(), Basis.SETTLED),
            OCTOBER,
            tolerance),
        Shelf.NIGHT);
  }

  private List<String> told(Matched matched) {
    List<String> told = new ArrayList<>();
    matchings.each(matched.id(), one -> told.add(one.kind() + " " + one.key()));
    return told;
  }
}
