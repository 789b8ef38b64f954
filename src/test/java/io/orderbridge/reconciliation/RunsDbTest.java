package io.orderbridge.reconciliation;

import static io.orderbridge.reconciliation.Office.DAY;
import static io.orderbridge.reconciliation.Office.LEFT;
import static io.orderbridge.reconciliation.Office.NAME;
import static io.orderbridge.reconciliation.Office.RIGHT;
import static io.orderbridge.reconciliation.Office.line;
import static io.orderbridge.reconciliation.Office.night;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.books.Tolerance;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.reconciliation.Tally.Part;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run: what it writes, that nothing gets lost, and that it is made once. */
@Tag("R40")
class RunsDbTest {
  private final Office office = Office.fresh();

  @AfterEach
  void end() {
    office.close();
  }

  private void twoBooks() {
    office.take(
        LEFT, DAY, line(DAY, "1", "10.00"), line(DAY, "2", "20.00"), line(DAY, "3", "30.00"));
    office.take(
        RIGHT, DAY, line(DAY, "1", "10.00"), line(DAY, "2", "19.00"), line(DAY, "9", "90.00"));
  }

  @Test
  void every_entry_of_both_books_ends_in_exactly_one_place() {
    twoBooks();

    Run run = office.night(DAY, "schedule");

    assertThat(office.items(run))
        .containsExactly("AMOUNT BREAK 2", "MISSING_LEFT BREAK 9", "UNSETTLED BREAK 3");
    Tally left = run.tally().left();
    assertThat(left.count(Part.ENTRIES)).isEqualTo(3);
    assertThat(left.count(Part.MATCHED)).isEqualTo(1);
    assertThat(left.count(Part.BREAKS)).isEqualTo(2);
    assertThat(left.sums(Part.BREAKS)).isEqualTo(Map.of("CNY", BigInteger.valueOf(5000)));
    assertThat(run.tally().right().sums(Part.BREAKS))
        .isEqualTo(Map.of("CNY", BigInteger.valueOf(10900)));
    assertThat(run.isFinal()).isTrue();
    assertThat(office.heart.number("select count(*) from books.member where run = " + run.id()))
        .isEqualTo(4);
    assertThat(office.heart.number("select count(*) from book_run_attempt")).isZero();
  }

  @Test
  void the_same_inputs_and_rules_again_are_the_run_that_is_there() {
    twoBooks();
    Run first = office.night(DAY, "schedule");

    Runs.Answer again = office.runs.run(NAME, DAY, "ann", night(DAY).plusSeconds(60));

    assertThat(again.made()).isFalse();
    assertThat(again.run().id()).isEqualTo(first.id());
    assertThat(office.heart.number("select count(*) from books.run")).isEqualTo(1);
  }

  @Test
  void a_change_of_the_rules_is_another_version() {
    twoBooks();
    Run first = office.night(DAY, "schedule");
    office.use(Office.daily("v2", new Tolerance(200, 0, false), 2));

    Run second = office.night(DAY, "ann");

    assertThat(second.version()).isEqualTo(2);
    assertThat(second.hash()).isNotEqualTo(first.hash());
    assertThat(second.root()).isEqualTo(first.root());
    assertThat(office.items(second)).contains("WITHIN TOLERATED 2");
    assertThat(office.breaks())
        .containsExactly("AMOUNT CLEARED 2 1", "UNSETTLED OPEN 3 1", "MISSING_LEFT OPEN 9 1");
  }

  @Test
  void a_run_made_again_by_the_rules_of_its_day_gives_the_same_bytes() {
    twoBooks();
    Run first = office.night(DAY, "schedule");
    office.use(Office.daily("v2", new Tolerance(200, 0, false), 2));
    office.take(RIGHT, DAY, line(DAY, "1", "10.00"));
    office.night(DAY, "ann");

    Runs.Again again = office.runs.again(NAME, DAY, 1, office::read);

    assertThat(again.run().id()).isEqualTo(first.id());
    assertThat(again.hash()).isEqualTo(first.hash());
    assertThat(office.heart.number("select count(*) from books.run")).isEqualTo(2);
    assertThat(office.heart.number("select count(distinct run) from books.item")).isEqualTo(2);
  }

  @Test
  void a_comparing_that_loses_an_entry_is_kept_nowhere_and_told() {
    twoBooks();
    Comparing right = office.comparing;
    office.comparing =
        (connection, task, items, progress) ->
            right.compare(
                connection,
                task,
                item -> {
                  if (!item.key().equals("9")) {
                    items.accept(item);
                  }
                },
                progress);

    assertThatThrownBy(() -> office.night(DAY, "schedule"))
        .isInstanceOf(Runs.NotConserved.class)
        .hasMessageContaining(
            "bill: 3 entries came in and 2 ended somewhere; the sums differ by {CNY=9000}");

    assertThat(office.heart.number("select count(*) from books.run")).isZero();
    assertThat(office.heart.number("select count(*) from books.item")).isZero();
    assertThat(office.breaks()).isEmpty();
    assertThat(office.findings()).containsExactly("NOT_CONSERVED OPEN 2026-11-20");
    assertThat(office.tickets("state || ' ' || code")).containsExactly("OPEN NOT_CONSERVED");
    // It does not come again by itself a moment later.
    office.round.run(night(DAY).plusSeconds(60));
    assertThat(office.heart.number("select count(*) from books.run")).isZero();

    office.comparing = right;
    office.night(DAY, "ann");
    assertThat(office.findings()).contains("NOT_CONSERVED CLEARED 2026-11-20");
  }

  private Reconciliation named(String name) {
    Reconciliation one = Office.daily("v1", Tolerance.NONE, 2);
    return new Reconciliation(
        name,
        one.title(),
        one.every(),
        one.zone(),
        one.left(),
        one.right(),
        one.compare(),
        one.tally(),
        one.tolerance(),
        one.settles(),
        one.passes(),
        one.owner(),
        one.text());
  }

  private void failing(RuntimeException why) {
    Comparing whole = office.comparing;
    office.comparing =
        (connection, task, items, progress) -> {
          if (task.what().name().equals(NAME)) {
            throw why;
          }
          return whole.compare(connection, task, items, progress);
        };
  }

  @Test
  void a_run_that_fails_says_so_and_does_not_stop_the_others() {
    twoBooks();
    office.use(named("second"));
    failing(new ArithmeticException("long overflow"));
    NightRun all = new NightRun(office.reconciliations, office.runs);

    assertThatThrownBy(() -> all.run(null, null, night(DAY)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("receipts of 2026-11-20: long overflow");

    assertThat(office.heart.texts("select reconciliation from books.run"))
        .containsExactly("second");
    assertThat(office.heart.texts("select reconciliation || ' ' || problem from book_run_attempt"))
        .containsExactly("receipts long overflow");
  }

  @Test
  void a_run_that_fails_in_the_round_does_not_stop_the_others() {
    twoBooks();
    office.use(named("second"));
    failing(new ArithmeticException("long overflow"));

    office.round.run(night(DAY));

    assertThat(office.heart.texts("select reconciliation from books.run"))
        .containsExactly("second");
  }

  @Test
  void a_run_made_again_that_loses_an_entry_is_told_as_such() {
    twoBooks();
    office.night(DAY, "schedule");
    office.comparing = (connection, task, items, progress) -> new Tally.Both(one(), new Tally());

    assertThatThrownBy(() -> office.runs.again(NAME, DAY, 1, office::read))
        .isInstanceOf(Runs.NotConserved.class)
        .hasMessageContaining("orders: 1 entries came in and 0 ended somewhere");
  }

  private static Tally one() {
    Tally tally = new Tally();
    tally.count(Part.ENTRIES, 1);
    return tally;
  }

  @Test
  void an_item_that_names_an_entry_twice_is_refused() {
    twoBooks();
    Comparing right = office.comparing;
    office.comparing =
        (connection, task, items, progress) ->
            right.compare(
                connection,
                task,
                item -> {
                  if (item.key().equals("9")) {
                    items.accept(
                        new Item(
                            item.outcome(),
                            item.kind(),
                            item.rule(),
                            item.key(),
                            List.of(),
                            List.of(item.right().get(0), item.right().get(0)),
                            false,
                            item.why()));
                  } else {
                    items.accept(item);
                  }
                },
                progress);

    assertThatThrownBy(() -> office.night(DAY, "schedule"))
        .hasMessageContaining("an entry is in two");
  }

  @Test
  void a_reconciliation_rests_while_a_book_of_it_is_not_declared() {
    twoBooks();
    office.absent.add(RIGHT);

    Runs.Answer answer = office.runs.run(NAME, DAY, "ann", night(DAY));

    assertThat(answer.rests()).isTrue();
    assertThat(answer.absent()).containsExactly(RIGHT);
    office.round.run(night(DAY));
    assertThat(office.heart.number("select count(*) from books.run")).isZero();
  }

  @Test
  void a_day_that_is_not_over_or_of_which_nothing_is_there_is_refused() {
    assertThatThrownBy(() -> office.runs.run(NAME, DAY, "ann", night(DAY)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no book of receipts has a snapshot from 2026-11-20");
    twoBooks();
    assertThatThrownBy(() -> office.runs.run(NAME, DAY, "ann", night(DAY.minusDays(1))))
        .hasMessageContaining("is not over");
    assertThatThrownBy(() -> office.runs.run("other", DAY, "ann", night(DAY)))
        .hasMessageContaining("there is no reconciliation 'other'; there are [receipts]");
  }
}
