package io.orderbridge.ticket;

import static io.orderbridge.ticket.Desk.FRIDAY;
import static io.orderbridge.ticket.Desk.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.LogLines;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.ticket.HandTickets.Wanted;
import io.orderbridge.ticket.TicketActs.Call;
import io.orderbridge.ticket.TicketActs.Outcome;
import io.orderbridge.ticket.TicketState.Closed;
import io.orderbridge.ticket.TicketState.InProgress;
import io.orderbridge.ticket.TicketState.Open;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people do, in which state, and what is kept of it. */
@Tag("R41")
class TicketActsDbTest {
  private static final Owner ALICE = new Owner("alice");
  private static final Instant LATER = FRIDAY.plus(Duration.ofHours(1));

  private final Desk desk = Desk.fresh();

  @AfterEach
  void end() {
    desk.close();
  }

  private Call alice() {
    return desk.call("alice", LATER);
  }

  @Test
  void every_act_is_in_the_history_and_in_the_audit() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.acts.assign(alice(), new Owner("finance"));
    desk.acts.take(alice(), ALICE);
    desk.acts.comment(alice(), "asked the shop");
    desk.acts.toVerify(alice());
    desk.acts.close(alice(), "refund was booked");
    desk.acts.reopen(desk.call("bob", LATER), "it was not");

    assertThat(desk.history())
        .containsExactly(
            "OPENED orderbridge OPEN",
            "ASSIGNED alice OPEN",
            "TAKEN alice IN_PROGRESS",
            "COMMENTED alice IN_PROGRESS",
            "HANDED_OVER alice TO_VERIFY",
            "CLOSED alice CLOSED",
            "REOPENED bob OPEN");
    assertThat(
            desk.heart.texts(
                "select actor || ' ' || action || ' ' || reason from audit order by id"))
        .containsExactly(
            "alice ticket.assigned ",
            "alice ticket.taken ",
            "alice ticket.commented ",
            "alice ticket.handed-over ",
            "alice ticket.closed refund was booked",
            "bob ticket.reopened it was not");
    assertThat(desk.heart.texts("select detail from audit where action = 'ticket.taken'"))
        .containsExactly("before: state=OPEN owner=finance; after: state=IN_PROGRESS owner=alice");
  }

  @Test
  void the_history_cannot_be_changed_or_deleted() {
    desk.run(FRIDAY, payment("1", "20.00"));
    for (String sql :
        List.of(
            "update ticket_event set actor = 'nobody'",
            "delete from ticket_event",
            "truncate ticket_event")) {
      assertThatThrownBy(() -> desk.heart.execute(sql))
          .rootCause()
          .hasMessageContaining("ticket_event is insert only");
    }
  }

  @Test
  void the_database_itself_refuses_a_closed_ticket_without_a_reason() {
    desk.run(FRIDAY, payment("1", "20.00"));
    assertThatThrownBy(() -> desk.heart.execute("update ticket set state = 'CLOSED'"))
        .rootCause()
        .hasMessageContaining("ticket_closed_with_reason");
  }

  @Test
  void what_the_state_does_not_allow_changes_nothing() {
    desk.run(FRIDAY, payment("1", "20.00"));
    assertThat(desk.acts.toVerify(alice())).isInstanceOf(Outcome.NotNow.class);
    assertThat(desk.acts.reopen(alice(), "why")).isInstanceOf(Outcome.NotNow.class);
    desk.acts.close(alice(), "done");
    long version = desk.only().version();

    assertThat(
            List.of(
                desk.acts.take(alice(), ALICE),
                desk.acts.assign(alice(), ALICE),
                desk.acts.toVerify(alice()),
                desk.acts.close(alice(), "again")))
        .allMatch(outcome -> outcome instanceof Outcome.NotNow);
    assertThat(desk.only().version()).isEqualTo(version);
    assertThat(desk.heart.number("select count(*) from audit")).isOne();
  }

  @Test
  void nothing_is_closed_without_a_reason() {
    desk.run(FRIDAY, payment("1", "20.00"));
    assertThatThrownBy(() -> desk.acts.close(alice(), " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(desk.only().state()).isInstanceOf(Open.class);
  }

  @Test
  void who_decides_on_an_old_version_is_told_the_newest_instead() {
    desk.run(FRIDAY, payment("1", "20.00"));
    long id = desk.only().id();
    desk.acts.take(new Call(id, 1L, "alice", LATER), ALICE);

    Outcome outcome = desk.acts.close(new Call(id, 1L, "bob", LATER), "duplicate");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Stale.class,
            stale -> {
              assertThat(stale.ticket().version()).isEqualTo(2);
              assertThat(stale.ticket().state()).isInstanceOf(InProgress.class);
            });
    assertThat(desk.acts.close(new Call(id, 2L, "bob", LATER), "duplicate"))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void of_many_who_take_the_same_version_at_once_one_has_it() {
    desk.run(FRIDAY, payment("1", "20.00"));
    long id = desk.only().id();
    try (Desk other = desk.another()) {
      List<Outcome> outcomes =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () ->
                              (i % 2 == 0 ? desk : other)
                                  .acts.take(new Call(id, 1L, "p" + i, LATER), new Owner("p" + i))))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();

      assertThat(outcomes).filteredOn(one -> one instanceof Outcome.Done).hasSize(1);
      assertThat(outcomes).filteredOn(one -> one instanceof Outcome.Stale).hasSize(7);
    }
    assertThat(desk.only().version()).isEqualTo(2);
  }

  @Test
  void a_ticket_that_is_not_there_is_missing() {
    assertThat(desk.acts.take(new Call(99, null, "alice", LATER), ALICE))
        .isInstanceOf(Outcome.Missing.class);
    assertThat(desk.acts.comment(new Call(99, null, "alice", LATER), "x")).isFalse();
    assertThat(desk.tickets.find(99)).isEmpty();
  }

  @Test
  void opened_again_by_a_person_it_is_due_anew_by_its_rule() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.acts.take(alice(), ALICE);
    desk.acts.close(alice(), "done");
    Instant tuesday = FRIDAY.plus(Duration.ofDays(4));
    desk.acts.reopen(desk.call("bob", tuesday), "not done");

    Ticket ticket = desk.only();
    assertThat(ticket.charge().owner()).as("who had it").isEqualTo(ALICE);
    assertThat(ticket.charge().dueAt()).isEqualTo(BusinessCalendar.DEFAULT.endOfDay(tuesday, 1));
    assertThat(ticket.charge().next().to()).isEqualTo(new Owner("manager"));
    assertThat(ticket.openedAt()).isEqualTo(tuesday);
  }

  @Test
  void a_ticket_by_hand_is_opened_once_per_request_and_closed_by_a_person_only() {
    Wanted wanted = wanted("call-17");
    HandTickets.Opened first = desk.byHand.open(wanted, "alice", FRIDAY);
    HandTickets.Opened second = desk.byHand.open(wanted, "alice", LATER);
    desk.run(LATER);

    assertThat(first.fresh()).isTrue();
    assertThat(second.fresh()).isFalse();
    assertThat(second.ticket()).isEqualTo(first.ticket());
    Ticket ticket = desk.only();
    assertThat(ticket.finding()).isNull();
    assertThat(ticket.matter().kind()).isEqualTo("HAND");
    assertThat(ticket.charge().owner()).isEqualTo(new Owner("cs"));
    assertThat(ticket.charge().dueAt()).isEqualTo(FRIDAY.plus(Duration.ofHours(4)));
    assertThat(ticket.state()).isInstanceOf(Open.class);
    desk.acts.close(alice(), "called back");
    assertThat(desk.only().state()).isEqualTo(new Closed("alice", LATER, "called back"));
    assertThat(desk.heart.texts("select action from audit order by id"))
        .containsExactly("ticket.opened", "ticket.closed");
  }

  private static Wanted wanted(String key) {
    return new Wanted(
        key,
        "demo/9",
        Level.WARNING,
        Money.of("5.00", "CNY"),
        "Call the customer back.",
        new Owner("cs"),
        null,
        Term.parse("4h"));
  }

  @Test
  void requests_without_a_key_open_a_ticket_each() {
    desk.byHand.open(wanted(null), "alice", FRIDAY);
    desk.byHand.open(wanted(null), "alice", FRIDAY);
    assertThat(desk.all("live")).hasSize(2);
  }

  @Test
  void a_comment_is_stored_as_it_is_and_never_logged() {
    desk.run(FRIDAY, payment("1", "20.00"));
    String text = "<b>'; drop table ticket; --</b> 李四 13800000000 " + "长".repeat(3900);
    LogLines log = new LogLines();
    desk.acts.comment(alice(), text);
    desk.acts.take(alice(), ALICE);
    log.close();

    assertThat(log.lines()).anyMatch(line -> line.contains("ticket.moved"));
    assertThat(log.lines()).noneMatch(line -> line.contains("13800000000"));
    Tickets.Story story = desk.tickets.find(desk.only().id()).orElseThrow();
    assertThat(story.comments()).singleElement().extracting("text").isEqualTo(text);
    assertThat(desk.only().version()).as("a comment is no change").isEqualTo(2);
    assertThat(desk.heart.texts("select detail || reason from audit"))
        .allMatch(d -> !d.contains("138"));
  }
}
