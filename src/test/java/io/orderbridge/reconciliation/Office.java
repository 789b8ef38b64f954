package io.orderbridge.reconciliation;

import io.orderbridge.Heart;
import io.orderbridge.alert.Alerts;
import io.orderbridge.alert.Channels;
import io.orderbridge.alert.Policies;
import io.orderbridge.books.Basis;
import io.orderbridge.books.BookDays.BookDay;
import io.orderbridge.books.Layout;
import io.orderbridge.books.Matchings;
import io.orderbridge.books.Snapshot;
import io.orderbridge.books.Snapshots;
import io.orderbridge.books.Tolerance;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.Reconciliation.Compare;
import io.orderbridge.reconciliation.Reconciliation.Every;
import io.orderbridge.reconciliation.Reconciliation.Pass;
import io.orderbridge.reconciliation.Reconciliation.Side;
import io.orderbridge.rows.Table;
import io.orderbridge.runtime.TableFiles;
import io.orderbridge.ticket.BusinessCalendar;
import io.orderbridge.ticket.Duty;
import io.orderbridge.ticket.FindingTickets;
import io.orderbridge.ticket.Owner;
import io.orderbridge.ticket.PolicyInForce;
import io.orderbridge.ticket.Priority;
import io.orderbridge.ticket.Term;
import io.orderbridge.ticket.TicketPolicy;
import io.orderbridge.ticket.TicketRule;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One process that reconciles shop orders and a bill, whose sources prove what a test says they
 * prove. Every break over the tolerance gets a ticket.
 */
final class Office implements AutoCloseable {
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /** A Friday. */
  static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  static final String LEFT = "shop/orders";
  static final String RIGHT = "pay/bill";
  static final String NAME = "receipts";
  static final Person ANN = person("ann", Role.FINANCE);
  static final Person BOB = person("bob", Role.FINANCE);
  static final Person BOSS = person("boss", Role.OWNER);
  static final Person GUEST = person("guest", Role.CS);

  private static final Table TABLE =
      TableFiles.table(
          """
          format: csv
          header: [no, amount]
          numbers: [amount]
          rows-max: 2000000
          size-max: 200MB
          """);
  private static final Layout LAYOUT =
      new Layout(
          List.of("no", "ref"),
          Layout.Codes.asWritten("kind"),
          List.of(
              new Layout.Amount(
                  null, "amount", false, Layout.Sign.KEPT, Map.of(), Layout.Codes.always("CNY"))),
          "pieces",
          null,
          Map.of(Basis.PAID, new Layout.Time("paid", "yyyy-MM-dd", SHANGHAI)),
          null,
          null);

  final Heart heart;
  final Snapshots snapshots;
  final Set<String> absent = new HashSet<>();
  final Set<String> awaited = new HashSet<>();
  final Reconciliations reconciliations = new Reconciliations();
  final Map<String, Reconciliation> byText = new HashMap<>();
  final Inputs inputs;
  final Runs runs;
  final Attempts attempts;
  final BreakActs acts;
  final BreakLinks links;
  final ReconciliationRound round;
  Comparing comparing;

  private Office(Heart heart) {
    this.heart = heart;
    this.snapshots = new Snapshots(heart.database);
    PolicyInForce policy = new PolicyInForce();
    policy.replace(tickets());
    Findings findings = new Findings(heart.database, List.of(new FindingTickets(policy)));
    BreakFindings breakFindings = new BreakFindings(findings);
    Breaks breaks = new Breaks(findings, breakFindings, new Alerts(new Policies(), new Channels()));
    this.attempts = new Attempts(heart.database);
    this.comparing = new BooksCompared(new Matchings(), Counts.ALL);
    this.inputs = new Inputs(new Told(), Counts.ALL);
    this.runs =
        new Runs(
            heart.database,
            reconciliations,
            inputs,
            (connection, task, items, progress) ->
                comparing.compare(connection, task, items, progress),
            Counts.ALL,
            attempts,
            breaks);
    this.acts = new BreakActs(heart.database, reconciliations, breakFindings);
    this.links = new BreakLinks(heart.database, reconciliations, acts);
    this.round =
        new ReconciliationRound(
            reconciliations, heart.database, inputs, runs, attempts, this::read);
    use(daily("v1", Tolerance.NONE, 2));
  }

  static Office fresh() {
    return new Office(Heart.fresh());
  }

  /** Another process on the same database. */
  Office another() {
    return new Office(heart.another());
  }

  private static TicketPolicy tickets() {
    return new TicketPolicy(
        BusinessCalendar.DEFAULT,
        Duration.ofMinutes(15),
        Duty.DEFAULT,
        List.of(
            new TicketRule(
                "books",
                new TicketRule.When(
                    Set.of(Finding.Kind.BOOKS), List.of(), null, List.of(), Set.of()),
                new Duty(
                    new Owner("finance"), new Term.BusinessDays(2), Priority.NORMAL, List.of()))));
  }

  private static Person person(String name, Role... roles) {
    return new Person(name, Set.of(roles)::contains);
  }

  // A book that is awaited is not proved on that day; every other is complete with its snapshot.
  private final class Told implements Standings {
    @Override
    public boolean declared(String book) {
      return !absent.contains(book);
    }

    @Override
    public BookDay of(String book, LocalDate day, Instant now) {
      return awaited.contains(book + "@" + day)
          ? new BookDay(
              "AWAITED", null, day.plusDays(1).atTime(10, 0).atZone(SHANGHAI).toInstant(), null)
          : new BookDay("COMPLETE", null, null, null);
    }
  }

  Reconciliation read(String name, String text) {
    return byText.get(text);
  }

  /** Orders against the bill, by their number and then by their reference. */
  static Reconciliation daily(String text, Tolerance tolerance, int settles) {
    return of(text, Every.DAY, Compare.AMOUNT, tolerance, settles);
  }

  static Reconciliation of(
      String text, Every every, Compare compare, Tolerance tolerance, int settles) {
    return new Reconciliation(
        NAME,
        new Wording("收款", "Receipts"),
        every,
        SHANGHAI,
        new Side(new Wording("订单", "orders"), List.of(LEFT), Basis.PAID, null),
        new Side(new Wording("账单", "bill"), List.of(RIGHT), Basis.PAID, null),
        compare,
        Reconciliation.Tally.NET,
        tolerance,
        settles,
        List.of(new Pass("by-payment", Pass.By.REF, Pass.Many.BOTH, 9, 2)),
        "finance",
        text);
  }

  void use(Reconciliation what) {
    byText.put(what.text(), what);
    reconciliations.replace(
        what.name(),
        new Reconciliations.Loaded(what, new Reconciliations.Care(Money.of("50.00", "CNY"), 31)));
  }

  /** Lines as {@link #line}; nothing is a day without business. */
  Snapshot take(String book, LocalDate day, String... lines) {
    byte[] file =
        ("no,ref,kind,amount,pieces,paid\n" + String.join("", lines))
            .getBytes(StandardCharsets.UTF_8);
    return snapshots.take(
        new Snapshots.Reading(new Snapshot.Of(book, day), TABLE, LAYOUT),
        () -> new ByteArrayInputStream(file),
        night(day));
  }

  static String line(LocalDate day, String no, String amount) {
    return "%s,,SALE,%s,1,%s\n".formatted(no, amount, day);
  }

  /** Two in the morning after the day. */
  static Instant night(LocalDate day) {
    return day.plusDays(1).atTime(LocalTime.of(2, 0)).atZone(SHANGHAI).toInstant();
  }

  Run night(LocalDate day, String reason) {
    return runs.run(NAME, day, reason, night(day)).run();
  }

  /** Class, outcome and key of the items of a run, in their order. */
  List<String> items(Run run) {
    return heart.texts(
        "select class || ' ' || outcome || ' ' || key from books.item where run = %d order by no"
            .formatted(run.id()));
  }

  /** Class, state and key of all breaks. */
  List<String> breaks() {
    return heart.texts(
        "select class || ' ' || state || ' ' || key || ' ' || episode from book_break order by"
            + " key");
  }

  long breakOf(String key) {
    return heart.number("select id from book_break where key = '%s'".formatted(key));
  }

  /** Code and state of the findings that name a key. */
  Set<String> findings() {
    return new TreeSet<>(
        heart.texts(
            "select code || ' ' || state || ' ' || item from finding where kind = 'BOOKS'"));
  }

  /** State, subject and item of all tickets. */
  List<String> tickets(String columns) {
    return heart.texts("select %s from ticket order by id".formatted(columns));
  }

  List<String> trail(long id) {
    return heart.texts("select act from book_break_act where break = %d order by id".formatted(id));
  }

  @Override
  public void close() {
    heart.close();
  }
}
