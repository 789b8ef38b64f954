package io.orderbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The play: sale, warehouse, shipment; the ERP fails twice, vendors of notices too; then everything
 * is compared, and at last the books.
 */
final class Play {
  private static final Duration READY_MAX = Duration.ofSeconds(60);
  private static final Duration SETTLED_MAX = Duration.ofSeconds(120);
  private static final Duration LOOK = Duration.ofMillis(250);
  // The product counts what waits every second: what it says may be that old.
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final long SECOND = 1_000_000_000L;
  // One unknown shop order for sixty others, three at least.
  private static final int UNKNOWN_EVERY = 60;
  private static final int UNKNOWN_MIN = 3;
  private static final int FORGED = 3;
  // Long enough to open the breaker, shorter than the first wait of the shipped ERP connection.
  private static final String DOWN = "{\"system\":\"erp\",\"kind\":\"down\",\"seconds\":6}";
  private static final String BUSY =
      "{\"system\":\"erp\",\"kind\":\"busy\",\"seconds\":60,\"times\":6}";

  /** Who takes part. */
  record Stage(
      Words words,
      Partners partners,
      Product product,
      Courier courier,
      Systems systems,
      Counterpart shop,
      Callbacks callbacks,
      Notified notified,
      Reconciled reconciled,
      Clock clock) {}

  /**
   * @param orders how many, without those of the unknown shop
   * @param rate letters per second
   * @param seed of everything that is drawn
   * @param base where the product listens
   * @param stays whether it can be looked at afterwards
   */
  record Options(int orders, int rate, int seed, String base, boolean stays) {}

  private final Stage stage;
  private final Options options;
  private final Progress progress;
  private final Random random;
  private final Letters letters;
  private long run;
  private Instant since;
  private List<Story> stories = List.of();
  private List<Story> unknown = List.of();
  private Comparison comparison;
  private int sent;
  private int repeats;
  private int forgedRefused;
  private long quietSince;

  Play(Stage stage, Options options, Progress progress) {
    this.stage = stage;
    this.options = options;
    this.progress = progress;
    this.random = new Random(options.seed());
    this.letters = new Letters(stage.words(), stage.partners());
  }

  /** Plays all of it and prints; whether all systems are equal in the end. */
  boolean run(PrintStream out, Path mappings)
      throws IOException, InterruptedException, SQLException {
    await("the product is ready", READY_MAX, () -> stage.product().ready());
    begin(mappings);
    progress.say(
        "%nOrderbridge demo: %d orders of an invented shop, seed %d. %s/q/health shows the state."
            .formatted(options.orders(), options.seed(), options.base()));
    boolean settled = acts();
    List<String> differences = lastLook();
    settled = (stories.isEmpty() || compareBooks()) && settled;
    List<String> wrong = stories.isEmpty() ? List.of() : stage.reconciled().differences();
    Summary summary =
        new Summary(
            stage, options, new Summary.Sent(since, sent, repeats, forgedRefused, unknown.size()));
    progress.say("");
    summary.print(out, stories, new Summary.Wrong(differences, wrong), mappings, progress.passed());
    if (!settled) {
      out.printf("NOT SETTLED within %d s%n", SETTLED_MAX.toSeconds());
    }
    return settled && differences.isEmpty() && wrong.isEmpty();
  }

  private void begin(Path mappings) throws IOException, InterruptedException, SQLException {
    Instant now = stage.clock().instant();
    since = stage.systems().now();
    run = now.getEpochSecond();
    String erpTable = stage.words().of("erp.table");
    comparison = new Comparison(ErpTable.read(mappings.resolve(erpTable)));
    String local = stage.words().of("payment.currency");
    int more = Math.max(UNKNOWN_MIN, options.orders() / UNKNOWN_EVERY);
    Instant evening = stage.reconciled().evening();
    List<Story> all = Story.invent(options.orders() + more, run, local, evening, random);
    // Behind every number of the run.
    Planted planted = new Planted(all.subList(0, options.orders()), run + "9999999");
    stories = planted.stories();
    unknown = all.subList(options.orders(), all.size());
    // The shop's own API knows its orders: it is told of every parcel.
    stage.shop().put(stories.stream().map(Story::atTheShop).toList());
    stage.callbacks().begin(stories, planted);
    stage.reconciled().begin(planted);
    stage.notified().begin(stories);
    while (stage.product().follow()) {
      // What earlier runs on the same data left is passed over.
    }
  }

  /** The third story, when the first two are told. */
  private boolean compareBooks() throws IOException, InterruptedException, SQLException {
    Reconciled books = stage.reconciled();
    books.ask();
    if (!await("the bill is there", SETTLED_MAX, () -> books.billed(stories))) {
      return false;
    }
    books.drop(stories);
    if (!await("the books are complete", SETTLED_MAX, books::complete)) {
      return false;
    }
    books.compare();
    return true;
  }

  private boolean acts() throws IOException, InterruptedException, SQLException {
    if (options.orders() == 0) {
      return true;
    }
    Playbook sale = new Playbook(random);
    for (Story story : stories) {
      List<Letter> arriving = stage.callbacks().arriving(story, letters.ofSale(story));
      if (story.paymentFirst()) {
        sale.addOthersFirst(arriving);
      } else {
        sale.add(arriving);
      }
    }
    unknown.forEach(story -> sale.add(letters.ofUnknownShop(story)));
    send("sale; ERP goes down", sale, DOWN);
    for (Story story : stories.subList(0, Math.min(FORGED, stories.size()))) {
      forgedRefused += stage.courier().refusesForged(letters.ofSale(story).get(0)) ? 1 : 0;
    }
    if (!stage.callbacks().lost().isEmpty()) {
      stage.product().verifyPayments();
    }
    if (!await("all paid orders reach the warehouse", SETTLED_MAX, this::warehouseHasAll)) {
      return false;
    }
    stage.notified().fail(stories);
    Playbook warehouse = new Playbook(random);
    stories.stream().filter(Story::worked).forEach(s -> warehouse.add(letters.ofWarehouse(s)));
    send("warehouse", warehouse, null);
    if (!await("all systems agree", SETTLED_MAX, this::settled)) {
      return false;
    }
    Playbook shipment = new Playbook(random);
    stories.stream().filter(Story::shipped).forEach(s -> shipment.add(letters.ofShipment(s)));
    send("shipment; ERP is busy", shipment, BUSY);
    return await("all systems agree", SETTLED_MAX, this::settled)
        && await("customers are told", SETTLED_MAX, () -> stage.notified().settled(stories));
  }

  /** Sends at the rate asked for; the fault begins after a quarter. */
  private void send(String act, Playbook playbook, String fault)
      throws IOException, InterruptedException, SQLException {
    List<Letter> inOrder = playbook.inOrder();
    repeats += playbook.repeats();
    long begun = System.nanoTime();
    for (int i = 0; i < inOrder.size(); i++) {
      if (fault != null && i == inOrder.size() / 4) {
        stage.courier().fault(fault);
      }
      stage.courier().take(inOrder.get(i));
      sent++;
      show(act);
      long ahead = begun + (i + 1) * SECOND / Math.max(1, options.rate()) - System.nanoTime();
      if (ahead > 0) {
        LockSupport.parkNanos(ahead);
      }
    }
    stage.courier().flush();
    if (!stage.courier().trouble().isEmpty()) {
      throw new IOException(stage.courier().trouble());
    }
  }

  private Map<String, Long> counts() throws SQLException {
    return stage.systems().counts(run, stage.words().of("shop.name"));
  }

  private boolean warehouseHasAll() throws SQLException {
    long paid = stories.stream().filter(Story::paid).count();
    return counts().getOrDefault(Systems.WMS, 0L) >= paid;
  }

  /** Nothing waits any more, and what the feed told is what all systems know. */
  private boolean settled() throws IOException, InterruptedException, SQLException {
    while (stage.product().follow()) {
      // Page by page.
    }
    Product.Metrics metrics = stage.product().metrics();
    long done = 0;
    // Receipts of notices come through the door too.
    for (Partners.Sender sender : Partners.Sender.values()) {
      String name = sender.word(stage.words(), "connection");
      String labels = "end=\"inbox\",name=\"%s\"".formatted(name);
      done += metrics.sum("orderbridge_applied_total", labels);
      done += metrics.sum("orderbridge_dead_total", labels);
    }
    boolean quiet =
        done >= (long) sent - repeats && metrics.sum("orderbridge_waiting", "queue") == 0;
    if (!quiet || !told().isEmpty()) {
      quietSince = 0;
      return false;
    }
    quietSince = quietSince == 0 ? System.nanoTime() : quietSince;
    return System.nanoTime() - quietSince >= QUIET.toNanos();
  }

  private List<String> told() throws SQLException {
    String shop = stage.words().of("shop.name");
    return comparison.differences(
        stories,
        story -> stage.product().told(shop, story.number()),
        stage.systems().known(run, shop));
  }

  /** Compares once more, with the order book itself instead of its feed. */
  private List<String> lastLook() throws IOException, InterruptedException, SQLException {
    String shop = stage.words().of("shop.name");
    Map<String, JsonNode> book = new HashMap<>();
    for (Story story : stories) {
      stage.product().order(shop, story.number()).ifPresent(o -> book.put(story.number(), o));
    }
    List<String> found =
        comparison.differences(
            stories, story -> book.get(story.number()), stage.systems().known(run, shop));
    found.addAll(stage.notified().differences(stories));
    return found;
  }

  /** What may take a while; may ask the product and the database. */
  private interface Condition {
    boolean holds() throws IOException, InterruptedException, SQLException;
  }

  private boolean await(String what, Duration max, Condition condition)
      throws IOException, InterruptedException, SQLException {
    long begun = System.nanoTime();
    quietSince = 0;
    while (!condition.holds()) {
      if (System.nanoTime() - begun > max.toNanos()) {
        return false;
      }
      show("waits until " + what);
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
    return true;
  }

  private void show(String act) throws IOException, InterruptedException, SQLException {
    if (since == null || !progress.due()) {
      return;
    }
    Map<String, Long> counts = counts();
    Product.Metrics metrics = stage.product().metrics();
    progress.show(
        "sent %d, accepted %d | ERP %d, WMS %d, CRM %d orders | retried %d | dead %d | %s"
            .formatted(
                sent,
                stage.courier().accepted(),
                counts.getOrDefault(Systems.ERP, 0L),
                counts.getOrDefault(Systems.WMS, 0L),
                counts.getOrDefault(Systems.CRM, 0L),
                metrics.sum("orderbridge_retried_total", "outbox"),
                metrics.sum("orderbridge_dead_total", "box"),
                act));
  }
}
