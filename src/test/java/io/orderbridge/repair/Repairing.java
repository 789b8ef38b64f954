package io.orderbridge.repair;

import io.orderbridge.Heart;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import io.orderbridge.order.OrderLooks;
import io.orderbridge.outbox.Owing;
import io.orderbridge.outbox.Redelivery;
import io.orderbridge.repair.Proposals.Ask;
import io.orderbridge.work.Drafts;
import io.orderbridge.work.Settlement;
import io.orderbridge.work.Work.Claim;
import io.orderbridge.work.Work.Item;
import io.orderbridge.work.WorkQueue.Release;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Repairs of one process of the product, with the systems around it played. */
final class Repairing implements AutoCloseable {
  static final String AT = "2026-11-20T10:00:00+08:00";
  static final Instant PAID_AT = Instant.parse("2026-11-20T02:00:00Z");

  final Heart heart;
  final OrderBook book;
  final PlayedPartners partners;
  final RulesInForce rules = new RulesInForce();
  final Proposals proposals;
  final Decisions decisions;
  final ItemClaims claims;
  final ApplyRound apply;
  final ReadBackRound readBack;
  final RepairView view;
  final Proposer proposer;

  /** Everything the targets took, by idempotency key, with the order. */
  final Map<String, String> ledger = new LinkedHashMap<>();

  /** How a delivery ends; done unless the test wants something else. */
  Function<Item, Settlement> ends = item -> Settlement.done(item, false, Duration.ofMillis(1));

  Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  Repairing(Heart heart) {
    this(heart, action -> action);
  }

  /**
   * @param around puts something around each action
   */
  Repairing(Heart heart, UnaryOperator<Action> around) {
    this.heart = heart;
    heart.targets.replace("erp", Owing.target("erp", List.of("order.*"), Set.of()));
    this.book = Books.open(heart, Owing.debts(heart));
    this.partners = new PlayedPartners(heart, book);
    OrderLooks looks = new OrderLooks(heart.ownership);
    Redelivery redelivery = new Redelivery(heart.targets, heart.queue);
    ForcedWords words = new ForcedWords(book, looks, redelivery);
    DebtFates fates = new DebtFates(heart.database, looks);
    DebtReading reading = new DebtReading(fates, partners);
    List<Action> all = new ArrayList<>();
    all.add(around.apply(new ForceAction(looks, words, reading)));
    all.add(around.apply(new RestoreAction(looks, words, reading)));
    all.add(around.apply(new ResendAction(looks, redelivery, reading)));
    all.add(around.apply(new RefundAction(looks, new RefundsInFlight(), partners, fates)));
    Actions actions = new Actions(all);
    RepairRules none = RepairRules.DEFAULT;
    rules.use(
        new RepairRules(
            none.orders(), none.per(), none.amounts(), none.roles(), 100_000, none.readBack()));
    RepairFindings findings = new RepairFindings(new Findings(heart.database, List.of()));
    this.claims = new ItemClaims(heart.database, heart.instance, actions, rules);
    ItemMarks marks = new ItemMarks(heart.database, heart.instance, findings, rules);
    this.proposals = new Proposals(heart.database, actions, rules);
    this.decisions = new Decisions(heart.database, rules);
    this.apply = new ApplyRound(actions, claims, marks);
    this.readBack = new ReadBackRound(actions, marks);
    this.view = new RepairView(heart.database);
    this.proposer = new Proposer(proposals);
  }

  static Person with(String name, Role... roles) {
    return new Person(name, role -> List.of(roles).contains(role));
  }

  static final Person ANN = with("ann", Role.OPS, Role.FINANCE);
  static final Person BOSS = with("boss", Role.OWNER);

  /** Orders of shop demo that have reached these milestones. */
  void orders(int from, int to, String... milestones) {
    for (int number = from; number < to; number++) {
      order("" + number, milestones);
    }
  }

  void order(String number, String... milestones) {
    List<Object> facts = new ArrayList<>();
    for (String milestone : milestones) {
      facts.add(Books.reached(milestone, AT));
    }
    book.record(Books.facts(number, facts.toArray()), "shop", null, null).join();
  }

  /** An order that was paid through the payment system. */
  void paid(String number, String amount) {
    Map<String, Object> paid =
        Map.of(
            "milestone",
            "PAID",
            "at",
            AT,
            "payment",
            Map.of("id", "t-" + number, "amount", amount, "currency", "CNY"));
    Map<String, Object> facts = Books.facts(number, Books.reached("CREATED", AT), paid);
    book.record(facts, PlayedPartners.PAYS, null, null).join();
  }

  static Ask ask(String action, boolean override, Map<String, String> options) {
    return new Ask(
        action, options, override, "the callback never came", null, null, "", null, "", false);
  }

  /** Proposes by a list of CSV as Ann, who may. */
  long propose(Ask ask, String csv) {
    return proposals
        .propose(ANN, ask, (action, wish) -> OrderList.csv(csv, action, wish), now)
        .id();
  }

  static String csv(int from, int to) {
    StringBuilder csv = new StringBuilder("shop,number\n");
    for (int number = from; number < to; number++) {
      csv.append("demo,").append(number).append('\n');
    }
    return csv.toString();
  }

  long force(String status, String csv) {
    return propose(ask(ForceAction.NAME, false, Map.of("status", status)), csv);
  }

  void step(Duration by) {
    now = now.plus(by);
  }

  /** Delivers all that is due, as the target's route would. */
  void deliver(String target) {
    String queue = Redelivery.queue(target);
    List<Claim> claimed = heart.queue.claim(queue, 200, 1, Duration.ofMinutes(1));
    while (!claimed.isEmpty()) {
      for (Claim claim : claimed) {
        Item item = claim.items().get(0);
        Settlement ended = ends.apply(item);
        if (ended.outcome() == Settlement.Outcome.DONE) {
          ledger.merge(item.what().key(), item.what().subject(), (a, b) -> a + " twice");
        }
        Drafts.settle(heart, ended, new Release(claim, ended.rest()));
      }
      claimed = heart.queue.claim(queue, 200, 1, Duration.ofMinutes(1));
    }
  }

  String state(long id) {
    return heart.texts("select state from repair where id = " + id).get(0);
  }

  /** States of the orders of a repair and how many are in each, for example {@code VERIFIED 3}. */
  List<String> states(long id) {
    return heart.texts(
        "select state || ' ' || count(*) from repair_item where repair_id = %d".formatted(id)
            + " group by state order by state");
  }

  List<String> whys(long id) {
    return heart.texts(
        "select why from repair_item where repair_id = %d and why <> '' order by item"
            .formatted(id));
  }

  String status(String number) {
    return (String)
        Books.orders(heart).find(new OrderKey("demo", number)).orElseThrow().get("status");
  }

  @Override
  public void close() {
    Books.close(book);
  }
}
