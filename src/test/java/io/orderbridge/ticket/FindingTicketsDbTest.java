package io.orderbridge.ticket;

import static io.orderbridge.ticket.Desk.FRIDAY;
import static io.orderbridge.ticket.Desk.MONDAY_EVENING;
import static io.orderbridge.ticket.Desk.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.finding.FindingChange;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.ticket.TicketState.Closed;
import io.orderbridge.ticket.TicketState.InProgress;
import io.orderbridge.ticket.TicketState.Open;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A ticket follows its finding, whatever people did with it meanwhile. */
@Tag("R41")
class FindingTicketsDbTest {
  private static final Instant LATER = FRIDAY.plus(Duration.ofHours(1));
  private static final Instant LATEST = FRIDAY.plus(Duration.ofHours(2));

  private final Desk desk = Desk.fresh();

  @AfterEach
  void end() {
    desk.close();
  }

  @Test
  void a_break_opens_one_ticket_with_owner_by_rule_and_due_date() {
    desk.run(FRIDAY, payment("1", "20.00"));

    Ticket ticket = desk.only();
    assertThat(ticket.state()).isEqualTo(new Open("orderbridge", FRIDAY));
    assertThat(ticket.charge().owner()).isEqualTo(new Owner("finance"));
    assertThat(ticket.charge().priority()).isEqualTo(Priority.HIGH);
    assertThat(ticket.charge().dueAt()).isEqualTo(MONDAY_EVENING);
    assertThat(ticket.charge().rule()).isEqualTo("payments");
    assertThat(ticket.charge().next().to()).isEqualTo(new Owner("manager"));
    assertThat(ticket.matter().kind()).isEqualTo("PAYMENT");
    assertThat(ticket.matter().subject()).isEqualTo("demo/1");
    assertThat(ticket.matter().amount().toDecimal()).isEqualTo("20.00");
    assertThat(ticket.matter().text().zh()).isEqualTo("金额不符 demo/1");
    assertThat(desk.history()).containsExactly("OPENED orderbridge OPEN");
  }

  @Test
  void repeated_runs_change_nothing() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.run(LATER, payment("1", "20.00"));
    desk.run(LATEST, payment("1", "20.00"));

    assertThat(desk.only().version()).isOne();
    assertThat(desk.history()).containsExactly("OPENED orderbridge OPEN");
  }

  @Test
  void a_finding_that_the_policy_does_not_want_opens_none() {
    desk.run(FRIDAY, Desk.finding(Kind.STUCK, "PAID", "demo/1", Level.WARNING, null));
    assertThat(desk.all("all")).isEmpty();
  }

  @Test
  void a_later_run_that_finds_nothing_closes_it_by_itself() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.run(LATER);

    assertThat(desk.only().state())
        .isEqualTo(new Closed("orderbridge", LATER, "cleared by a later run"));
    assertThat(desk.history())
        .containsExactly("OPENED orderbridge OPEN", "CLOSED orderbridge CLOSED");
  }

  @Test
  void a_finding_that_returns_opens_the_same_ticket_again_due_anew() {
    desk.run(FRIDAY, payment("1", "20.00"));
    long id = desk.only().id();
    desk.acts.take(desk.call("alice", FRIDAY), new Owner("alice"));
    desk.run(LATER);
    desk.run(MONDAY_EVENING, payment("1", "25.00"));

    Ticket ticket = desk.only();
    assertThat(ticket.id()).isEqualTo(id);
    assertThat(ticket.state()).isEqualTo(new Open("orderbridge", MONDAY_EVENING));
    assertThat(ticket.episode()).isEqualTo(2);
    assertThat(ticket.charge().owner()).as("by rule again").isEqualTo(new Owner("finance"));
    assertThat(ticket.charge().dueAt()).isEqualTo(MONDAY_EVENING.plus(Duration.ofDays(1)));
    assertThat(ticket.matter().amount().toDecimal()).isEqualTo("25.00");
    assertThat(ticket.createdAt()).isEqualTo(FRIDAY);
    assertThat(ticket.openedAt()).isEqualTo(MONDAY_EVENING);
    assertThat(desk.history())
        .containsExactly(
            "OPENED orderbridge OPEN",
            "TAKEN alice IN_PROGRESS",
            "CLOSED orderbridge CLOSED",
            "REOPENED orderbridge OPEN");
  }

  @Test
  void what_a_person_accepted_stays_closed_until_it_went_and_came_back() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.acts.close(desk.call("bob", FRIDAY), "accepted: rounding of the shop");

    desk.run(LATER, payment("1", "20.00"));
    desk.round().run(LATER);
    assertThat(desk.only().state())
        .isEqualTo(new Closed("bob", FRIDAY, "accepted: rounding of the shop"));

    desk.run(LATEST);
    assertThat(desk.only().state().by()).as("it was closed already").isEqualTo("bob");

    desk.run(MONDAY_EVENING, payment("1", "20.00"));
    assertThat(desk.only().state()).isInstanceOf(Open.class);
  }

  @Test
  void what_a_person_opened_again_is_not_opened_twice_when_the_finding_returns() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.run(LATER);
    desk.acts.reopen(desk.call("bob", LATER), "the shop still shows it");
    desk.acts.take(desk.call("bob", LATER), new Owner("bob"));
    desk.run(LATEST, payment("1", "21.00"));

    assertThat(desk.only().state()).isEqualTo(new InProgress("bob", LATER));
    assertThat(desk.only().matter().amount().toDecimal()).isEqualTo("21.00");
    assertThat(desk.history()).last().isEqualTo("FOUND_AGAIN orderbridge IN_PROGRESS");
    desk.acts.close(desk.call("bob", LATEST), "accepted");
    desk.round().run(LATEST.plusSeconds(1));
    assertThat(desk.only().state()).isInstanceOf(Closed.class);
  }

  @Test
  void an_open_ticket_shows_what_the_newest_run_says_and_a_closed_one_what_it_ended_with() {
    desk.run(FRIDAY, payment("1", "20.00"), payment("2", "5.00"));
    desk.run(LATER, payment("1", "8.50"), payment("2", "6.00"));
    assertThat(amounts()).containsExactly("demo/1 8.50", "demo/2 6.00");

    long second = ofSubject("demo/2").id();
    desk.acts.close(new TicketActs.Call(second, null, "bob", LATER), "accepted");
    desk.run(LATEST);
    assertThat(amounts()).containsExactly("demo/1 8.50", "demo/2 6.00");
  }

  private List<String> amounts() {
    return desk.all("all").stream()
        .map(one -> one.matter().subject() + " " + one.matter().amount().toDecimal())
        .sorted()
        .toList();
  }

  private Ticket ofSubject(String subject) {
    return desk.tickets.list(Tickets.Filter.about(subject), null, 1, FRIDAY).get(0);
  }

  @Test
  void handed_over_it_is_confirmed_by_the_run_that_clears_it() {
    begunAndHandedOver();
    desk.run(LATER);

    assertThat(desk.only().state())
        .isEqualTo(new Closed("orderbridge", LATER, "confirmed by a later run"));
  }

  @Test
  void handed_over_and_seen_again_it_goes_back_to_who_worked_on_it() {
    begunAndHandedOver();
    // A run that began before the change could be seen says nothing against it.
    desk.run(FRIDAY.plus(Desk.VERIFY_AFTER), payment("1", "20.00"));
    desk.round().run(FRIDAY.plus(Desk.VERIFY_AFTER));
    assertThat(desk.only().state().name()).isEqualTo("TO_VERIFY");

    desk.run(LATER, payment("1", "20.00"));
    desk.round().run(LATER);

    assertThat(desk.only().state()).isEqualTo(new InProgress("alice", LATER));
    assertThat(desk.history()).last().isEqualTo("SEEN_AGAIN orderbridge IN_PROGRESS");
  }

  private void begunAndHandedOver() {
    desk.run(FRIDAY, payment("1", "20.00"));
    desk.acts.take(desk.call("alice", FRIDAY), new Owner("alice"));
    desk.acts.toVerify(desk.call("alice", FRIDAY));
  }

  @Test
  void two_processes_that_hear_of_the_same_findings_at_once_open_one_ticket_each() {
    // Given: open findings that nobody has followed yet.
    desk.policy.replace(TicketPolicy.NONE);
    desk.run(FRIDAY, many(1_500));
    assertThat(desk.all("all")).isEmpty();

    // When: both read the new rules at once.
    try (Desk other = desk.another()) {
      desk.policy.replace(Desk.policy(Desk.payments(), Desk.everythingElse()));
      at_once(() -> desk.round().run(LATER), () -> other.round().run(LATER));
    }

    // Then
    assertThat(desk.heart.number("select count(*) from ticket")).isEqualTo(1_500);
    assertThat(desk.heart.number("select count(distinct finding_id) from ticket")).isEqualTo(1_500);
    assertThat(desk.heart.number("select count(*) from ticket_event where what = 'OPENED'"))
        .isEqualTo(1_500);
  }

  @Test
  void two_processes_that_run_the_same_check_at_once_open_one_ticket_each() {
    List<Finding> found = many(500);
    try (Desk other = desk.another()) {
      at_once(() -> desk.run(FRIDAY, found), () -> other.run(FRIDAY, found));
      at_once(() -> desk.run(LATER, List.of()), () -> other.run(LATER, List.of()));
      at_once(() -> desk.run(LATEST, found), () -> other.run(LATEST, found));
    }
    assertThat(desk.heart.texts("select what || ' ' || count(*) from ticket_event group by what"))
        .containsExactlyInAnyOrder("OPENED 500", "CLOSED 500", "REOPENED 500");
  }

  private static List<Finding> many(int count) {
    return IntStream.range(0, count).mapToObj(i -> payment("n" + i, "1.00")).toList();
  }

  private static void at_once(Runnable... all) {
    Stream.of(all).map(CompletableFuture::runAsync).toList().forEach(CompletableFuture::join);
  }

  @Test
  void the_database_itself_refuses_a_second_ticket_of_a_finding() {
    desk.run(FRIDAY, payment("1", "20.00"));
    assertThatThrownBy(
            () ->
                desk.heart.execute(
                    "insert into ticket (finding_id, episode, kind, code, subject, item, level, zh,"
                        + " en, rule, priority, owner, due_at, ladder_to, ladder_at, state_by,"
                        + " state_at, created_at, opened_at) select finding_id, 2, kind, code,"
                        + " subject, item, level, zh, en, rule, priority, owner, due_at, ladder_to,"
                        + " ladder_at, state_by, state_at, created_at, opened_at from ticket"))
        .rootCause()
        .hasMessageContaining("ticket_once_per_finding");
  }

  @Test
  void a_check_that_fails_leaves_neither_finding_nor_ticket() {
    assertThatThrownBy(
            () ->
                desk.heart.database.run(
                    connection -> {
                      io.orderbridge.finding.Findings.add(
                          connection, List.of(payment("1", "1.00")));
                      desk.findings.settle(connection, "payments", FRIDAY);
                      throw new IllegalStateException("killed before the commit");
                    }))
        .hasMessage("killed before the commit");
    assertThat(desk.all("all")).isEmpty();
  }

  @Test
  void a_change_told_twice_is_followed_once() {
    desk.run(FRIDAY, payment("1", "20.00"));
    long finding = desk.only().finding();
    FindingChange opened =
        new FindingChange(finding, FindingChange.How.OPENED, 1, "payments", payment("1", "20.00"));

    desk.heart.database.run(
        connection -> desk.opening.followed(connection, List.of(opened), LATER));

    assertThat(desk.only().version()).isOne();
  }

  @Test
  void a_rule_that_comes_later_opens_tickets_for_what_is_open_already() {
    Finding stuck = Desk.finding(Kind.STUCK, "PAID", "demo/7", Level.BREACH, null);
    desk.run(FRIDAY, stuck);
    TicketRound round = desk.round();
    round.run(FRIDAY);
    assertThat(desk.all("all")).isEmpty();

    desk.policy.replace(Desk.policy(new TicketRule("all", TicketRule.When.ALWAYS, Duty.DEFAULT)));
    round.run(LATER);

    assertThat(desk.only().matter().subject()).isEqualTo("demo/7");
    assertThat(desk.only().charge().dueAt())
        .isEqualTo(Duty.DEFAULT.due().after(LATER, BusinessCalendar.DEFAULT));
  }

  @Test
  void a_warning_without_a_ticket_that_becomes_a_breach_has_one() {
    TicketRule breaches =
        new TicketRule(
            "breaches",
            new TicketRule.When(Set.of(), List.of(), Level.BREACH, List.of(), Set.of()),
            Duty.DEFAULT);
    desk.policy.replace(Desk.policy(breaches, Desk.everythingElse()));
    desk.run(FRIDAY, Desk.finding(Kind.STUCK, "PAID", "demo/1", Level.WARNING, null));
    assertThat(desk.all("all")).isEmpty();

    desk.run(LATER, Desk.finding(Kind.STUCK, "PAID", "demo/1", Level.BREACH, null));

    assertThat(desk.only().openedAt()).isEqualTo(LATER);
    desk.run(LATEST, Desk.finding(Kind.STUCK, "PAID", "demo/1", Level.BREACH, null));
    assertThat(desk.only().version()).isOne();
  }

  @Test
  void an_amount_that_grows_beyond_the_least_of_a_rule_opens_a_ticket() {
    TicketRule large =
        new TicketRule(
            "large",
            new TicketRule.When(
                Set.of(), List.of(), null, List.of(Money.of("100.00", "CNY")), Set.of()),
            Duty.DEFAULT);
    desk.policy.replace(Desk.policy(large, Desk.everythingElse()));
    desk.run(FRIDAY, payment("1", "99.99"), payment("2", "99.99"));
    desk.run(LATER, payment("1", "100.00"), payment("2", "99.99"));

    assertThat(desk.only().matter().subject()).isEqualTo("demo/1");
  }

  @Test
  void who_closed_a_warning_has_not_accepted_the_breach_that_it_becomes() {
    desk.run(FRIDAY, Desk.finding(Kind.PAYMENT, "A", "demo/1", Level.WARNING, "1.00"));
    desk.acts.close(desk.call("bob", FRIDAY), "accepted");
    desk.run(LATER, Desk.finding(Kind.PAYMENT, "A", "demo/1", Level.WARNING, "2.00"));
    assertThat(desk.only().state()).isInstanceOf(Closed.class);

    desk.run(LATEST, Desk.finding(Kind.PAYMENT, "A", "demo/1", Level.BREACH, "900.00"));

    assertThat(desk.only().state()).isInstanceOf(Open.class);
    assertThat(desk.only().episode()).isOne();
    desk.acts.close(desk.call("bob", LATEST), "accepted that too");
    desk.run(
        LATEST.plusSeconds(1), Desk.finding(Kind.PAYMENT, "A", "demo/1", Level.BREACH, "9.00"));
    desk.round().run(LATEST.plusSeconds(1));
    assertThat(desk.only().state()).isInstanceOf(Closed.class);
  }

  @Test
  void an_edit_of_the_rules_changes_no_promise_that_was_given() {
    desk.run(FRIDAY, payment("1", "20.00"));
    Ticket before = desk.only();
    desk.policy.replace(Desk.policy(new TicketRule("all", TicketRule.When.ALWAYS, Duty.DEFAULT)));
    desk.round().run(LATER);
    assertThat(desk.only()).isEqualTo(before);
  }
}
