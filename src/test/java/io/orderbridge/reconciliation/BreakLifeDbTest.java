package io.orderbridge.reconciliation;

import static io.orderbridge.reconciliation.Office.DAY;
import static io.orderbridge.reconciliation.Office.LEFT;
import static io.orderbridge.reconciliation.Office.NAME;
import static io.orderbridge.reconciliation.Office.RIGHT;
import static io.orderbridge.reconciliation.Office.line;
import static io.orderbridge.reconciliation.Office.night;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Tolerance;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A break through the runs of several days, with its finding and its ticket. */
class BreakLifeDbTest {
  private static final LocalDate NEXT = DAY.plusDays(1);

  private final Office office = Office.fresh();

  @AfterEach
  void end() {
    office.close();
  }

  @Test
  @Tag("R39")
  void what_is_unsettled_today_and_settled_tomorrow_closes_itself() {
    office.take(LEFT, DAY, line(DAY, "1", "10.00"));
    office.take(RIGHT, DAY);
    office.night(DAY, "schedule");
    assertThat(office.breaks()).containsExactly("UNSETTLED OPEN 1 1");
    assertThat(office.findings()).isEmpty();

    office.take(LEFT, NEXT);
    office.take(RIGHT, NEXT, line(DAY, "1", "10.00"));
    Run second = office.night(NEXT, "schedule");

    assertThat(office.breaks()).containsExactly("UNSETTLED CLEARED 1 1");
    assertThat(second.tally().left().count(Tally.Part.CARRIED)).isEqualTo(1);
    assertThat(office.trail(office.breakOf("1"))).containsExactly("OPENED", "CLEARED");
    assertThat(office.tickets("id")).isEmpty();
  }

  @Test
  @Tag("R41")
  void what_is_not_settled_in_time_gets_one_ticket_that_closes_when_it_is() {
    office.take(LEFT, DAY, line(DAY, "1", "10.00"));
    for (int day = 0; day < 4; day++) {
      office.take(LEFT, NEXT.plusDays(day));
      office.take(RIGHT, DAY.plusDays(day));
      office.night(DAY.plusDays(day), "schedule");
    }
    assertThat(office.breaks()).containsExactly("MISSING_RIGHT OPEN 1 1");
    assertThat(office.findings()).containsExactly("MISSING_RIGHT OPEN 1");
    assertThat(office.tickets("owner || ' ' || state || ' ' || amount || ' ' || currency"))
        .containsExactly("finance OPEN 10.00 CNY");

    office.take(RIGHT, DAY.plusDays(4), line(DAY, "1", "10.00"));
    office.night(DAY.plusDays(4), "schedule");

    assertThat(office.breaks()).containsExactly("MISSING_RIGHT CLEARED 1 1");
    assertThat(office.tickets("state")).containsExactly("CLOSED");
  }

  @Test
  @Tag("R41")
  void a_break_that_turns_out_to_be_of_another_class_keeps_its_ticket() {
    office.use(Office.daily("v1", Tolerance.NONE, 0));
    office.take(LEFT, DAY, line(DAY, "1", "10.00"));
    office.take(RIGHT, DAY);
    office.night(DAY, "schedule");
    assertThat(office.findings()).containsExactly("MISSING_RIGHT OPEN 1");

    office.take(LEFT, NEXT);
    office.take(RIGHT, NEXT, line(DAY, "1", "4.00"));
    office.night(NEXT, "schedule");

    assertThat(office.breaks()).containsExactly("AMOUNT OPEN 1 1");
    assertThat(office.findings()).containsExactly("MISSING_RIGHT OPEN 1");
    assertThat(office.heart.texts("select cause || ' ' || amount from finding"))
        .containsExactly("AMOUNT 6.00");
    assertThat(office.tickets("state")).containsExactly("OPEN");
  }

  @Test
  @Tag("R41")
  void a_break_that_returns_is_the_same_in_a_new_episode_and_so_is_its_ticket() {
    office.use(Office.daily("v1", Tolerance.NONE, 0));
    office.take(LEFT, DAY, line(DAY, "1", "10.00"));
    office.take(RIGHT, DAY, line(DAY, "1", "9.00"));
    office.night(DAY, "schedule");
    office.take(RIGHT, DAY, line(DAY, "1", "10.00"));
    office.night(DAY, "ann");
    assertThat(office.breaks()).containsExactly("AMOUNT CLEARED 1 1");

    office.take(RIGHT, DAY, line(DAY, "1", "8.00"));
    office.night(DAY, "ann");

    assertThat(office.breaks()).containsExactly("AMOUNT OPEN 1 2");
    assertThat(office.trail(office.breakOf("1"))).containsExactly("OPENED", "CLEARED", "REOPENED");
    assertThat(office.tickets("state")).hasSize(1).doesNotContain("CLOSED");
  }

  @Test
  @Tag("R40")
  void while_a_book_is_awaited_nothing_that_it_may_bring_is_anybodys_work() {
    office.use(Office.daily("v1", Tolerance.NONE, 0));
    office.awaited.add(RIGHT + "@" + DAY);
    office.take(LEFT, DAY, line(DAY, "1", "10.00"), line(DAY, "2", "20.00"));

    Run first = office.night(DAY, "schedule");

    assertThat(first.isFinal()).isFalse();
    assertThat(first.inputs().missing()).containsExactly(RIGHT + "@" + DAY);
    assertThat(office.items(first)).containsExactly("UNSETTLED BREAK 1", "UNSETTLED BREAK 2");
    assertThat(office.breaks()).isEmpty();

    office.round.run(night(DAY).plusSeconds(60));
    assertThat(office.heart.number("select count(*) from books.run")).isEqualTo(1);

    office.take(RIGHT, DAY, line(DAY, "1", "10.00"));
    office.awaited.clear();
    office.round.run(night(DAY).plusSeconds(28_800));
    office.round.run(night(DAY).plusSeconds(28_830));

    assertThat(office.heart.texts("select version || ' ' || final || ' ' || reason from books.run"))
        .containsExactly("1 false schedule", "2 true calendar");
    assertThat(office.breaks()).containsExactly("MISSING_RIGHT OPEN 2 1");
  }

  @Test
  @Tag("R40")
  void a_final_run_tells_of_what_the_provisional_one_found_and_once() {
    office.use(Office.daily("v1", Tolerance.NONE, 0));
    office.awaited.add(RIGHT + "@" + DAY);
    office.take(LEFT, DAY, line(DAY, "1", "10.00"));
    office.take(RIGHT, DAY, line(DAY, "1", "10.00"), line(DAY, "9", "9.00"));
    office.night(DAY, "schedule");
    assertThat(office.breaks()).containsExactly("MISSING_LEFT OPEN 9 1");
    assertThat(office.heart.texts("select key from alert")).isEmpty();

    office.awaited.clear();
    office.round.run(night(DAY).plusSeconds(28_800));
    office.take(RIGHT, DAY, line(DAY, "1", "10.00"), line(DAY, "9", "9.00"), line(DAY, "8", "1"));
    office.round.run(night(DAY).plusSeconds(30_000));

    assertThat(office.heart.texts("select key || ' ' || count from alert order by id"))
        .containsExactly("books:receipts:2026-11-20:2 1", "books:receipts:2026-11-20:3 1");
  }

  @Test
  @Tag("R40")
  void a_break_that_was_told_stays_told_while_the_next_book_is_awaited() {
    office.use(Office.daily("v1", Tolerance.NONE, 0));
    office.take(LEFT, DAY, line(DAY, "1", "10.00"));
    office.take(RIGHT, DAY);
    office.night(DAY, "schedule");
    office.take(LEFT, NEXT);
    office.awaited.add(RIGHT + "@" + NEXT);

    Run waits = office.night(NEXT, "schedule");

    assertThat(office.items(waits)).containsExactly("UNSETTLED BREAK 1");
    assertThat(office.breaks()).containsExactly("MISSING_RIGHT OPEN 1 1");
    assertThat(office.tickets("state")).containsExactly("OPEN");
  }

  @Test
  @Tag("R40")
  void a_late_file_restates_its_day_and_the_days_after_it_in_order() {
    office.use(Office.daily("v1", Tolerance.NONE, 1));
    office.take(LEFT, DAY, line(DAY, "1", "10.00"), line(DAY, "2", "20.00"));
    office.take(RIGHT, DAY, line(DAY, "1", "10.00"));
    for (int day = 1; day < 4; day++) {
      office.take(LEFT, DAY.plusDays(day));
      office.take(RIGHT, DAY.plusDays(day));
    }
    for (int day = 0; day < 4; day++) {
      office.night(DAY.plusDays(day), "schedule");
    }
    assertThat(office.breaks()).containsExactly("MISSING_RIGHT OPEN 2 1");

    office.take(RIGHT, DAY, line(DAY, "1", "10.00"), line(DAY, "2", "20.00"));
    Instant afternoon = night(DAY.plusDays(3)).plusSeconds(46_800);
    office.round.run(afternoon);
    office.round.run(afternoon.plusSeconds(30));

    assertThat(
            office.heart.texts(
                "select period_from || ' ' || version || ' ' || reason from books.run order by id"))
        .endsWith(
            "2026-11-20 2 restated",
            "2026-11-21 2 restated",
            "2026-11-22 2 restated",
            "2026-11-23 2 restated")
        .hasSize(8);
    assertThat(office.breaks()).containsExactly("MISSING_RIGHT CLEARED 2 1");
    assertThat(office.tickets("state")).containsExactly("CLOSED");
    assertThat(
            office.heart.texts(
                "select counts #>> '{left,carried}' from books.run where version = 2 order by id"))
        .containsExactly("0", "0", "0", "0");
  }

  @Test
  void a_restated_day_leaves_alone_what_a_later_day_says_of_a_break() {
    office.use(Office.daily("v1", Tolerance.NONE, 1));
    office.take(LEFT, DAY, line(DAY, "1", "10.00"));
    for (int day = 0; day < 4; day++) {
      office.take(LEFT, NEXT.plusDays(day));
      office.take(RIGHT, DAY.plusDays(day));
      office.night(DAY.plusDays(day), "schedule");
    }
    assertThat(office.breaks()).containsExactly("MISSING_RIGHT OPEN 1 1");

    office.take(RIGHT, DAY, line(DAY, "7", "7.00"));
    office.runs.run(NAME, DAY, "ann", night(DAY.plusDays(3)));

    assertThat(office.breaks()).contains("MISSING_RIGHT OPEN 1 1");
    assertThat(office.tickets("state")).containsOnly("OPEN");
    assertThat(office.trail(office.breakOf("1"))).containsExactly("OPENED", "CHANGED");
  }

  @Test
  @Tag("R40")
  void what_was_final_is_restated_by_the_rules_of_its_day() {
    office.take(LEFT, DAY, line(DAY, "1", "10.00"));
    office.take(RIGHT, DAY, line(DAY, "1", "9.50"));
    office.night(DAY, "schedule");
    office.use(Office.daily("v2", new Tolerance(100, 0, false), 2));

    office.take(RIGHT, DAY, line(DAY, "1", "9.60"));
    office.round.run(night(DAY).plusSeconds(46_800));

    assertThat(office.heart.texts("select rules from books.run order by version"))
        .containsExactly("v1", "v1");
    assertThat(office.breaks()).containsExactly("AMOUNT OPEN 1 1");
  }
}
