package io.orderbridge.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.alert.Alert;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import io.orderbridge.outbox.Owing;
import io.orderbridge.payment.Proposals.Proposal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One process that verifies payments: a shop that tells of orders, a payment system {@code psp}
 * that owns PAID, an ERP that is owed every event. Two tills over one heart's database are two
 * processes.
 */
final class Till implements AutoCloseable {
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  static final LocalDate DAY = LocalDate.parse("2026-11-20");
  static final String PSP = "psp";

  final Heart heart;
  final SteppedClock clock;
  final PaymentPolicy policy = new PaymentPolicy();
  final MeterRegistry registry = new SimpleMeterRegistry();
  final List<Alert> alerts;
  final Map<String, Proposal> proposals;
  final OrderBook book;
  final PaymentRecords records;
  final Runs runs;
  final RunList list;
  final Findings findings;
  final Verification verification;
  final PaymentRound round;

  private Till(Heart heart, SteppedClock clock, List<Alert> alerts, Map<String, Proposal> told) {
    this.heart = heart;
    this.clock = clock;
    this.alerts = alerts;
    this.proposals = told;
    heart.ownership.replace(PSP, Set.of(Milestone.PAID));
    heart.ownership.replace("other", Set.of(Milestone.PAID));
    heart.ownership.replace("shop", Set.of(Milestone.CREATED, Milestone.CANCELLED));
    heart.targets.replace("erp", Owing.target("erp", List.of("order.*"), Set.of()));
    use(source(), Map.of());
    book = Books.open(heart, Owing.debts(heart), clock);
    records = new PaymentRecords(heart.database, policy, clock);
    runs = new Runs(heart.database, heart.instance);
    list = new RunList(heart.database);
    findings = new Findings(heart.database, List.of());
    PaymentMeter meter = new PaymentMeter(registry);
    Verification.Steps steps =
        new Verification.Steps(
            heart.database,
            new Comparison(heart.database),
            new LostCallbacks(heart.database, book),
            new Conclusion(heart.database, findings, this::raise, List.of(this::propose)),
            findings);
    verification = new Verification(policy, runs, heart.ownership, steps, meter);
    round = new PaymentRound(policy, runs, list, verification, meter, Duration.ZERO);
  }

  /** The first process; it is 02:00 of the day after {@link #DAY}. */
  static Till open() {
    SteppedClock clock = new SteppedClock(at(DAY.plusDays(1), "02:00"));
    return new Till(Heart.fresh(), clock, new ArrayList<>(), new LinkedHashMap<>());
  }

  /** Another process on the same database, with the same people to tell. */
  Till another() {
    return new Till(heart.another(), clock, alerts, proposals);
  }

  static Instant at(LocalDate day, String time) {
    return day.atTime(java.time.LocalTime.parse(time)).atZone(ZONE).toInstant();
  }

  static PaymentSource source() {
    return new PaymentSource(
        PSP, PSP + "/bill", ZONE, 20, null, Duration.ZERO, "finance", Set.of(PSP), Set.of());
  }

  PaymentSource inForce() {
    return policy.rules().sources().get(PSP);
  }

  void use(PaymentSource source, Map<Verdict, Playbook> playbooks) {
    policy.use(new PaymentRules(ZONE, 7, Map.of(PSP, source), playbooks));
  }

  private synchronized boolean raise(java.sql.Connection c, Alert alert, Instant now) {
    if (alerts.stream().anyMatch(told -> told.key().equals(alert.key()))) {
      return false;
    }
    return alerts.add(alert);
  }

  private synchronized void propose(java.sql.Connection c, List<Proposal> more, Instant now) {
    more.forEach(one -> proposals.putIfAbsent(one.kind() + " " + one.transaction(), one));
  }

  /** The shop tells of an order. */
  void order(String number, String total, Instant created) {
    Map<String, Object> facts = new HashMap<>(Books.facts(number, reached("CREATED", created)));
    facts.put("version", created.toString());
    facts.put("details", Map.of("currency", "CNY", "total", total));
    book.record(facts, "shop", null, null).join();
  }

  void order(String number, String total) {
    order(number, total, at(DAY, "10:00"));
  }

  void closed(String number, Instant at) {
    book.record(Books.facts(number, reached("CANCELLED", at)), "shop", null, null).join();
  }

  /** The callback of a payment arrives. */
  void callback(String number, String payment, String amount, Instant at) {
    said(number, paid(payment, amount, "CNY", at), 1L);
  }

  void said(String number, Map<String, Object> fact, Long message) {
    book.record(Books.facts(number, fact), PSP, message, null).join();
  }

  static Map<String, Object> reached(String milestone, Instant at) {
    return Books.reached(milestone, at.toString());
  }

  static Map<String, Object> paid(String payment, String amount, String currency, Instant at) {
    Map<String, Object> fact = new HashMap<>(reached("PAID", at));
    fact.put("payment", Map.of("id", payment, "amount", amount, "currency", currency));
    return fact;
  }

  static Map<String, Object> refunded(String refund, String status, String amount, Instant at) {
    return Map.of(
        "refund",
        Map.of("id", refund, "status", status, "amount", amount, "currency", "CNY"),
        "at",
        at.toString());
  }

  /** What the payment system says of a payment, as a mapping makes it. */
  static Map<String, Object> payment(
      String number, String payment, String amount, String state, Instant at) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("kind", "PAYMENT");
    told.put("order", number == null ? null : Map.of("shop", "demo", "number", number));
    told.put("payment", payment);
    told.put("amount", amount);
    told.put("currency", "CNY");
    told.put("state", state);
    told.put("at", at.toString());
    return told;
  }

  static Map<String, Object> payment(String number, String payment, String amount) {
    return payment(number, payment, amount, "PAID", at(DAY, "10:05"));
  }

  static Map<String, Object> refund(
      String number, String payment, String refund, String amount, String state, Instant at) {
    Map<String, Object> told = payment(number, payment, amount, state, at);
    told.put("kind", "REFUND");
    told.put("refund", refund);
    return told;
  }

  /** A bill, a list or an answer says so. */
  void there(Object told) {
    there(told, "trade-bill", 77L);
  }

  void there(Object told, String source, Long message) {
    records.record(told, PSP, source, message).join();
  }

  /** The bill of the day is read, and every row of it recorded. */
  void proved(LocalDate day) {
    heart.execute(
        """
        insert into source_window (source, starts_at, ends_at, day, due_at, next_at, state)
        values ('%s', '%s', '%s', '%s', '%s', '%5$s', 'PROVED')
        on conflict (source, starts_at) do update set state = 'PROVED'\
        """
            .formatted(
                inForce().source(),
                inForce().start(day),
                inForce().start(day.plusDays(1)),
                day,
                at(day.plusDays(1), "10:00")));
  }

  /** Verifies the day; the run. */
  Run verify() {
    return verify(DAY);
  }

  Run verify(LocalDate day) {
    long run = verification.verify(inForce(), day, "test", clock.instant()).orElseThrow();
    return list.find(run).orElseThrow();
  }

  /** Open findings: class, order, item. */
  List<String> found() {
    return heart.texts(
        "select code || ' ' || subject || ' ' || item from finding where kind = 'PAYMENT'"
            + " and state = 'OPEN' order by 1");
  }

  String status(String number) {
    List<String> found =
        heart.texts("select status from customer_order where number = '" + number + "'");
    return found.isEmpty() ? "unknown" : found.get(0);
  }

  long count(String status) {
    return heart.number("select count(*) from customer_order where status = '" + status + "'");
  }

  @Override
  public void close() {
    records.close();
    Books.close(book);
    heart.close();
  }
}
