package io.orderbridge.ticket;

import static io.orderbridge.ticket.Desk.FRIDAY;
import static io.orderbridge.ticket.Desk.MONDAY_EVENING;
import static io.orderbridge.ticket.Desk.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Await;
import io.orderbridge.SteppedClock;
import io.orderbridge.alert.Alert;
import io.orderbridge.alert.Alerts;
import io.orderbridge.alert.Channels;
import io.orderbridge.alert.Policies;
import io.orderbridge.kernel.Level;
import io.orderbridge.store.StoreUnavailable;
import io.orderbridge.ticket.TicketActs.Call;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Overdue work goes up the ladder: to the manager a business day after it was due, to sre after
 * two. Due on Monday at 18:00.
 */
@Tag("R41")
@Tag("R34")
class OverdueDbTest {
  private static final Instant FIRST = MONDAY_EVENING.plus(Duration.ofDays(1));
  private static final Instant SECOND = MONDAY_EVENING.plus(Duration.ofDays(2));
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Desk desk = Desk.fresh();

  @AfterEach
  void end() {
    desk.close();
  }

  @Test
  void a_ticket_goes_up_the_ladder_step_by_step_and_each_step_is_told_once() {
    desk.run(FRIDAY, payment("1", "20.00"));
    TicketRound round = desk.round();
    List<String> owners = new ArrayList<>();
    SteppedClock clock = new SteppedClock(FIRST.minus(MINUTE));

    // A minute before the first step, to three hours after the last.
    while (clock.instant().isBefore(SECOND.plus(Duration.ofHours(3)))) {
      round.run(clock.instant());
      String owner = desk.only().charge().owner().name();
      if (owners.isEmpty() || !owners.get(owners.size() - 1).equals(owner)) {
        owners.add(owner);
      }
      clock.step(Duration.ofMinutes(20));
    }

    assertThat(owners).containsExactly("finance", "manager", "sre");
    assertThat(desk.told).extracting(Alert::owner).containsExactly("manager", "sre");
    assertThat(desk.told).extracting(Alert::key).doesNotHaveDuplicates();
    assertThat(desk.only().charge().step()).isEqualTo(2);
    assertThat(desk.only().charge().next()).isNull();
    assertThat(desk.history())
        .containsExactly(
            "OPENED orderbridge OPEN", "ESCALATED orderbridge OPEN", "ESCALATED orderbridge OPEN");
  }

  @Test
  void the_alert_says_what_is_overdue_whose_it_is_and_what_to_do() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.run(FRIDAY.plus(MINUTE), payment("1", "21.50"));
    desk.round().run(FIRST);

    assertThat(desk.told)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.cause()).isEqualTo("ticket-overdue:manager");
              assertThat(alert.level()).isEqualTo(Level.BREACH);
              assertThat(alert.subject()).isEqualTo("demo/1");
              assertThat(alert.amount().toDecimal()).isEqualTo("21.50");
              assertThat(alert.link()).isEqualTo("/api/tickets/" + desk.only().id());
              assertThat(alert.text().en())
                  .isEqualTo(
                      "Ticket 1 is overdue (step 1) and now with manager: The amount of demo/1"
                          + " differs. Take it, or give it to who can.");
              assertThat(alert.text().zh()).contains("工单 1 已逾期", "manager", "金额不符 demo/1");
            });
  }

  @Test
  void work_that_was_begun_stays_with_who_does_it_although_another_is_in_charge() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.acts.take(desk.call("alice", FRIDAY), new Owner("alice"));
    desk.round().run(FIRST);

    assertThat(desk.only().state()).isEqualTo(new TicketState.InProgress("alice", FRIDAY));
    assertThat(desk.only().charge().owner()).isEqualTo(new Owner("manager"));
  }

  @Test
  void what_is_closed_in_time_is_never_escalated() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.run(FIRST.minus(MINUTE));
    desk.round().run(SECOND);
    assertThat(desk.told).isEmpty();
  }

  @Test
  void what_is_to_verify_waits_for_the_checks_but_not_for_ever() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.acts.take(desk.call("alice", FRIDAY), new Owner("alice"));
    Instant handedOver = MONDAY_EVENING.minus(MINUTE);
    desk.acts.toVerify(desk.call("alice", handedOver));
    assertThat(desk.only().isOverdue(FIRST)).isFalse();

    TicketRound round = desk.round();
    round.run(FIRST);
    round.run(handedOver.plus(Ticket.VERIFY_MAX).minus(MINUTE));
    assertThat(desk.told).isEmpty();

    round.run(handedOver.plus(Ticket.VERIFY_MAX));
    assertThat(desk.told).extracting(Alert::owner).startsWith("manager");
  }

  @Test
  void an_opened_again_ticket_begins_at_the_foot_of_the_ladder() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.round().run(FIRST);
    desk.run(FIRST.plus(MINUTE));
    Instant again = FIRST.plus(Duration.ofHours(1));
    desk.run(again, payment("1", "20.00"));

    assertThat(desk.only().charge().step()).isZero();
    assertThat(desk.only().charge().owner()).isEqualTo(new Owner("finance"));
    desk.round().run(again.plus(Duration.ofDays(2)));
    assertThat(desk.told).extracting(Alert::owner).containsExactly("manager", "manager");
    assertThat(desk.told).extracting(Alert::key).doesNotHaveDuplicates();
  }

  @Test
  void two_processes_take_each_step_of_each_ticket_once() {
    int count = 40;
    desk.run(FRIDAY, IntStream.range(0, count).mapToObj(i -> payment("n" + i, "1.00")).toList());
    ConcurrentLinkedQueue<Alert> told = new ConcurrentLinkedQueue<>();
    Escalations recorded = (connection, alert, now) -> told.add(alert);

    try (Desk other = desk.another()) {
      TicketRound one = desk.round(recorded);
      TicketRound two = other.round(recorded);
      for (Instant now : List.of(FIRST, FIRST.plus(MINUTE), SECOND, SECOND.plus(MINUTE))) {
        Stream.of(one, two)
            .map(round -> CompletableFuture.runAsync(() -> round.run(now)))
            .toList()
            .forEach(CompletableFuture::join);
      }
    }

    assertThat(told.stream().mapToLong(Alert::count).sum()).isEqualTo(2L * count);
    assertThat(
            desk.heart.texts(
                "select owner || ' ' || count(*) from ticket_event where what = 'ESCALATED'"
                    + " group by owner order by owner"))
        .containsExactly("manager " + count, "sre " + count);
    assertThat(desk.heart.number("select count(*) from ticket where step = 2")).isEqualTo(count);
  }

  @Test
  void who_comes_while_another_escalates_neither_waits_nor_takes_the_step_again() {
    desk.run(FRIDAY, payment("1", "20.00"), payment("2", "20.00"));
    AtomicReference<CompletableFuture<Void>> meanwhile = new AtomicReference<>();
    try (Desk other = desk.another()) {
      TicketRound second = other.round();
      second.run(FRIDAY);
      Escalations first =
          (connection, alert, now) -> {
            desk.told.add(alert);
            if (meanwhile.get() == null) {
              // In the middle of the first's transaction.
              meanwhile.set(CompletableFuture.runAsync(() -> second.run(now)));
              Await.until("the second is done", SOON, () -> meanwhile.get().isDone());
            }
          };

      desk.round(first).run(FIRST);

      meanwhile.get().join();
      assertThat(other.told).isEmpty();
    }
    assertThat(desk.told).extracting(Alert::owner).containsExactly("manager", "manager");
    assertThat(desk.all("live")).allMatch(ticket -> ticket.charge().step() == 1);
  }

  @Test
  void a_process_that_is_killed_while_it_escalates_leaves_the_step_to_the_next() {
    desk.run(FRIDAY, payment("1", "20.00"), payment("2", "20.00"));
    List<Alert> log = new ArrayList<>();
    Desk dying = desk.another();
    // The first alert is written when the connection breaks, as if the process had ended there.
    Escalations killed =
        (connection, alert, now) -> {
          writeAlert(connection, alert);
          dying.close();
          writeAlert(connection, alert);
        };

    assertThatThrownBy(() -> dying.round(killed).run(FIRST)).isInstanceOf(StoreUnavailable.class);
    assertThat(desk.all("live")).allMatch(ticket -> ticket.charge().step() == 0);

    desk.round((connection, alert, now) -> log.add(alert)).run(FIRST.plus(MINUTE));
    desk.round((connection, alert, now) -> log.add(alert)).run(FIRST.plus(MINUTE).plus(MINUTE));

    assertThat(log).extracting(Alert::owner).containsExactly("manager", "manager");
    assertThat(desk.heart.number("select count(*) from audit")).as("rolled back").isZero();
    assertThat(desk.heart.number("select count(*) from ticket_event where what = 'ESCALATED'"))
        .isEqualTo(2);
  }

  @Test
  void in_the_real_log_of_alerts_each_step_stands_once_with_its_owner() {
    desk.run(FRIDAY, payment("1", "20.00"));
    try (Desk other = desk.another()) {
      for (Desk process : List.of(desk, other, desk)) {
        process
            .round(new AlertedEscalations(new Alerts(new Policies(), new Channels())))
            .run(SECOND.minus(MINUTE));
      }
    }
    assertThat(desk.heart.texts("select cause || ' ' || owner || ' ' || count from alert"))
        .containsExactly("ticket-overdue:manager manager 1");
  }

  // Any row of the same transaction does: the log of alerts is another package's table.
  private static void writeAlert(Connection connection, Alert alert) throws java.sql.SQLException {
    io.orderbridge.store.Audit.write(
        connection,
        new io.orderbridge.store.Audit.Act("round", "alert.raised", alert.key(), "", ""));
  }

  @Test
  void a_process_that_was_away_for_two_steps_takes_both() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.round().run(SECOND.plus(Duration.ofDays(5)));
    assertThat(desk.told).extracting(Alert::owner).containsExactly("manager", "sre");
  }

  @Test
  void many_at_once_are_told_together() {
    int count = Overdue.BATCH + 10;
    desk.run(FRIDAY, IntStream.range(0, count).mapToObj(i -> payment("n" + i, "1.00")).toList());
    desk.round().run(FIRST);

    assertThat(desk.told.stream().mapToLong(Alert::count).sum()).isEqualTo(count);
    assertThat(desk.told).hasSize(1 + 10);
    assertThat(desk.told.get(0).text().en()).startsWith("500 tickets are overdue and now with");
    assertThat(desk.told.get(0).link()).isEqualTo("/api/tickets?overdue=true&owner=manager");
  }

  @Test
  void metrics_count_by_role_and_persons_together() {
    desk.run(FRIDAY, IntStream.range(0, 4).mapToObj(i -> payment("n" + i, "1.00")).toList());
    List<Ticket> all = desk.all("live");
    desk.acts.take(new Call(all.get(0).id(), null, "alice", FRIDAY), new Owner("alice"));
    desk.acts.take(new Call(all.get(1).id(), null, "bob", FRIDAY), new Owner("bob"));
    desk.acts.close(new Call(all.get(2).id(), null, "bob", FRIDAY), "done");

    desk.round().run(MONDAY_EVENING);

    assertThat(gauge("finance")).isEqualTo(1);
    assertThat(gauge("person")).isEqualTo(2);
    assertThat(gauge("manager")).isZero();
    assertThat(desk.meters.find("orderbridge.tickets.open").gauges())
        .hasSize(Owner.ROLES.size() + 1);
    assertThat(desk.meters.get("orderbridge.tickets.overdue").gauge().value()).isEqualTo(3);
  }

  private double gauge(String owner) {
    return desk.meters.get("orderbridge.tickets.open").tag("owner", owner).gauge().value();
  }
}
