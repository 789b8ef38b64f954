package io.orderbridge.ticket;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderbridge.Heart;
import io.orderbridge.alert.Alert;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import io.orderbridge.ticket.Duty.Step;
import io.orderbridge.ticket.TicketActs.Call;
import io.orderbridge.ticket.TicketRule.When;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One process with checks that find what a test wants, the tickets that follow, and no alerts. */
final class Desk implements AutoCloseable {
  /** Friday, 10:00 in Shanghai. */
  static final Instant FRIDAY = Instant.parse("2026-11-20T02:00:00Z");

  /** When a ticket of Friday with one business day is due: Monday, 18:00 in Shanghai. */
  static final Instant MONDAY_EVENING = Instant.parse("2026-11-23T10:00:00Z");

  static final Duration VERIFY_AFTER = Duration.ofMinutes(15);

  final Heart heart;
  final PolicyInForce policy = new PolicyInForce();
  final FindingTickets opening = new FindingTickets(policy);
  final Findings findings;
  final Tickets tickets;
  final TicketActs acts;
  final HandTickets byHand;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final List<Alert> told = Collections.synchronizedList(new ArrayList<>());

  private Desk(Heart heart) {
    this.heart = heart;
    this.findings = new Findings(heart.database, List.of(opening));
    this.tickets = new Tickets(heart.database);
    this.acts = new TicketActs(heart.database, policy);
    this.byHand = new HandTickets(heart.database, policy);
    policy.replace(policy(payments(), everythingElse()));
  }

  static Desk fresh() {
    return new Desk(Heart.fresh());
  }

  /** Another process on the same database. */
  Desk another() {
    return new Desk(heart.another());
  }

  static TicketPolicy policy(TicketRule... rules) {
    return new TicketPolicy(BusinessCalendar.DEFAULT, VERIFY_AFTER, Duty.DEFAULT, List.of(rules));
  }

  /** Due in a business day, then to the manager after one more, to sre after two. */
  static TicketRule payments() {
    return new TicketRule(
        "payments",
        new When(Set.of(Kind.PAYMENT), List.of(), null, List.of(), Set.of()),
        new Duty(
            new Owner("finance"),
            new Term.BusinessDays(1),
            Priority.HIGH,
            List.of(
                new Step(new Owner("manager"), new Term.BusinessDays(1)),
                new Step(new Owner("sre"), new Term.BusinessDays(2)))));
  }

  static TicketRule everythingElse() {
    return new TicketRule("else", When.ALWAYS, null);
  }

  static Finding payment(String number, String amount) {
    return finding(Kind.PAYMENT, "AMOUNT", "demo/" + number, Level.BREACH, amount);
  }

  static Finding finding(Kind kind, String code, String subject, Level level, String amount) {
    return new Finding(
        kind,
        code,
        subject,
        "",
        level,
        amount == null ? null : Money.of(amount, "CNY"),
        "",
        Map.of(),
        new Wording("金额不符 " + subject, "The amount of " + subject + " differs."));
  }

  /** A run of the check that finds exactly these. */
  Findings.Settled run(Instant now, Finding... found) {
    return run(now, List.of(found));
  }

  Findings.Settled run(Instant now, List<Finding> found) {
    return heart.database.inTransaction(
        connection -> {
          Findings.add(connection, found);
          return findings.settle(connection, "payments", now);
        });
  }

  TicketRound round() {
    return round(this::tell);
  }

  TicketRound round(Escalations escalations) {
    return new TicketRound(
        heart.database,
        findings,
        opening,
        policy,
        new TicketRound.Told(
            new Overdue(heart.database, escalations), new TicketGauges(heart.database, meters)));
  }

  private void tell(Connection connection, Alert alert, Instant now) {
    told.add(alert);
  }

  /** The only ticket that there is. */
  Ticket only() {
    List<Ticket> all = all("all");
    if (all.size() != 1) {
      throw new AssertionError("expected one ticket, there are " + all);
    }
    return all.get(0);
  }

  List<Ticket> all(String state) {
    return tickets.list(new Tickets.Filter(state, null, null, null, false), null, 1000, FRIDAY);
  }

  /** What happened to the only ticket, in order. */
  List<String> history() {
    return tickets.find(only().id()).orElseThrow().events().stream()
        .map(event -> "%s %s %s".formatted(event.what(), event.actor(), event.state()))
        .toList();
  }

  Call call(String actor, Instant now) {
    return new Call(only().id(), null, actor, now);
  }

  @Override
  public void close() {
    heart.close();
  }
}
