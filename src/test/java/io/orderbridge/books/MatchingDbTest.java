package io.orderbridge.books;

import static io.orderbridge.books.Shelf.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two books, entry by entry. */
@Tag("R40")
class MatchingDbTest {
  private static final Matching.Period OCTOBER = MatchingOracleDbTest.OCTOBER;

  private final Shelf shelf = new Shelf();
  private final List<String> given = new ArrayList<>();

  @AfterEach
  void end() {
    shelf.close();
  }

  @Test
  void the_same_snapshots_give_the_same_in_the_order_of_the_keys() {
    Snapshot left =
        shelf.take(
            "left", line("B", "1.00", "ok") + line("订单", "1.00", "ok") + line("B", "2.00", "ok"));
    Snapshot right =
        shelf.take(
            "right", line("a", "1.00", "ok") + line("C", "1.00", "ok") + line("B", "1", "ok"));

    Matched first = match(false, left, right);
    List<String> once = List.copyOf(given);
    given.clear();

    assertThat(match(false, left, right)).isEqualTo(first);
    assertThat(given)
        .isEqualTo(once)
        .containsExactly("B [100, 200] [100]", "C [] [100]", "a [] [100]", "订单 [100] []");
    assertThat(first.left().given()).isEqualTo(cny(3, 400));
  }

  @Test
  void what_adds_up_to_the_same_on_both_sides_is_the_same_for_a_net_matching_alone() {
    Snapshot left = shelf.take("left", line("A", "3.00", "ok") + line("A", "-1.00", "ok"));
    Snapshot right = shelf.take("right", line("A", "2.00", "wait"));

    Matched net = match(true, left, right);
    assertThat(given).isEmpty();
    assertThat(net.left().matched()).isEqualTo(cny(2, 200));
    assertThat(net.right().matched()).isEqualTo(cny(1, 200));

    match(false, left, right);
    assertThat(given).containsExactly("A [300, -100] [200]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_entry_that_went_since_the_snapshot_was_taken_stops_the_matching(boolean net) {
    Snapshot left = shelf.take("left", line("A", "1.00", "ok") + line("B", "0.00", "ok"));
    Snapshot right = shelf.take("right", line("A", "1.00", "ok") + line("B", "0.00", "ok"));
    String table = SnapshotSql.table(left.id());
    shelf.heart.execute("alter table %1$s disable trigger user".formatted(table));
    shelf.heart.execute("delete from %s where key = 'B'".formatted(table));

    assertThatThrownBy(() -> match(net, left, right)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void an_entry_that_a_run_carries_and_that_is_not_there_stops_the_matching() {
    Snapshot left = shelf.take("left", line("A", "1.00", "ok"));
    Snapshot right = shelf.take("right", line("A", "1.00", "ok"));
    shelf.heart.execute(
        """
        insert into books.item (run, no, outcome, class, rule, key, since, carried, zh, en)
        values (1, 1, 'BREAK', 'MISSING_RIGHT', 'key', 'A', '2025-10-31', true, '', '');
        insert into books.member (run, item, side, snapshot, place) values (1, 1, 'L', %d, 7)\
        """
            .formatted(left.id()));
    var carried = List.of(new Matching.Carried(1, "L"));
    var lost = new Matching.Side(List.of(), carried, Basis.PAID, null);
    var twice = new Matching.Side(List.of(left.id()), carried, Basis.PAID, null);
    var other = Matching.Side.of(Basis.SETTLED, right.id());

    assertThatThrownBy(() -> match(new Matching(lost, other, null, true, false)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("name 1 entries to be carried, and 0 are there");
    assertThatThrownBy(() -> match(new Matching(twice, other, null, true, false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("carried into a matching that has all of it");
  }

  @Test
  void two_keys_of_one_hash_are_not_taken_for_each_other() {
    Snapshot left = shelf.take("left", line("A", "1.00", "ok"));
    Snapshot right = shelf.take("right", line("B", "1.00", "ok"));
    for (Snapshot one : List.of(left, right)) {
      String table = SnapshotSql.table(one.id());
      shelf.heart.execute("alter table %s disable trigger user".formatted(table));
      shelf.heart.execute("update %s set key_hash = 7".formatted(table));
    }

    assertThat(match(false, left, right).left().matched().rows()).isZero();
    assertThat(given).containsExactly("A [100] []", "B [] [100]");
  }

  @Test
  void what_is_given_away_may_be_written_at_once_with_the_plans_of_any_transaction() {
    Snapshot left = shelf.take("left", line("A", "1.00", "ok") + line("B", "1.00", "ok"));
    Snapshot right = shelf.take("right", line("C", "1.00", "ok"));
    shelf.heart.execute("create table told (key text, nested text)");

    shelf.heart.database.run(
        connection ->
            new Matchings()
                .match(connection, matching(false, left, right), one -> write(connection, one)));

    assertThat(shelf.heart.texts("select key || ' ' || nested from told order by 1"))
        .containsExactly("A on", "B on", "C on");
  }

  private static void write(Connection connection, Unmatched one) {
    try (var insert =
        connection.prepareStatement(
            "insert into told select ?, current_setting('enable_nestloop')")) {
      insert.setString(1, one.key());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void it_tells_how_far_it_has_come() {
    Snapshot left = shelf.take("left", line("A", "1.00", "ok") + line("B", "1.00", "ok"));
    Snapshot right = shelf.take("right", line("A", "1.00", "ok") + line("C", "1.00", "ok"));
    List<String> told = new ArrayList<>();

    shelf.heart.database.run(
        connection ->
            new Matchings()
                .match(
                    connection,
                    matching(false, left, right),
                    one -> {},
                    (step, done, all) -> told.add("%s %d/%d".formatted(step, done, all))));

    assertThat(told).containsExactly("joining 0/4", "joining 4/4", "giving 2/2");
  }

  private Matched match(boolean net, Snapshot left, Snapshot right) {
    return match(matching(net, left, right));
  }

  private Matched match(Matching matching) {
    return shelf.match(
        matching,
        one ->
            given.add(
                "%s %s %s"
                    .formatted(
                        one.key(),
                        one.left().stream().map(Line::minor).toList(),
                        one.right().stream().map(Line::minor).toList())));
  }

  private static Matching matching(boolean net, Snapshot left, Snapshot right) {
    return new Matching(
        Matching.Side.of(Basis.PAID, left.id()),
        Matching.Side.of(Basis.SETTLED, right.id()),
        OCTOBER,
        net,
        false);
  }

  private static Matched.Count cny(long rows, long fen) {
    return new Matched.Count(rows, Map.of("CNY", BigInteger.valueOf(fen)));
  }
}
