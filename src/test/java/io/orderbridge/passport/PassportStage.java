package io.orderbridge.passport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderbridge.Await;
import io.orderbridge.Counterpart;
import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.call.CallComponent;
import io.orderbridge.call.TokenComponent;
import io.orderbridge.call.TokenStore;
import io.orderbridge.call.Tokens;
import io.orderbridge.consistency.StuckLimitsInForce;
import io.orderbridge.finding.FindingTrace;
import io.orderbridge.finding.Findings;
import io.orderbridge.inbox.Doors;
import io.orderbridge.inbox.MessageTrace;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.notice.NoticeList;
import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import io.orderbridge.order.OrderTraces;
import io.orderbridge.order.OrdersComponent;
import io.orderbridge.outbox.Deadlines;
import io.orderbridge.outbox.Deliveries;
import io.orderbridge.outbox.OrderDeadlines;
import io.orderbridge.outbox.Owing;
import io.orderbridge.payment.RecordsOfOrder;
import io.orderbridge.runtime.Intakes;
import io.orderbridge.runtime.LoadedFolder;
import io.orderbridge.schedule.SourceParts;
import io.orderbridge.ticket.Tickets;
import io.orderbridge.work.Backlog;
import io.orderbridge.work.WorkTrace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The product as it runs, but for its HTTP door: files through the real loader, messages through
 * the inbox, mappings and order book, debts through the outbox to a counterpart that answers as the
 * test wishes.
 */
final class PassportStage implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  final Heart heart = Heart.fresh();
  // The database's clock is the real one, so the stepped one begins there.
  final Instant began = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
  final SteppedClock clock = new SteppedClock(began);
  final StageFiles files;
  final Findings findings = new Findings(heart.database, List.of());
  final Deadlines deadlines = new Deadlines(heart.database);
  final Backlog backlog = new Backlog(heart.database);
  final OrderBook book = Books.open(heart, Owing.debts(heart), clock);
  final PassportReader reader;
  private final Counterpart partner = new Counterpart();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final Doors doors = new Doors(heart);
  private final Tokens tokens = new Tokens(new TokenStore(heart.database), clock);
  private final LoadedFolder product = new LoadedFolder(heart, tokens);
  private final AtomicInteger message = new AtomicInteger();

  PassportStage(Path folder) {
    files = new StageFiles(folder, partner.url());
    partner.answers(
        request -> {
          String name = request.path().split("[/?]")[1];
          return Counterpart.Reply.json(answers.getOrDefault(name, 200), "{}");
        });
    product.camel.addComponent("call", new CallComponent(product.calls, tokens, clock));
    product.camel.addComponent("token", new TokenComponent(tokens));
    product.camel.addComponent("inbox", doors.component());
    product.camel.addComponent("orders", new OrdersComponent(book, new SimpleMeterRegistry()));
    product.camel.addComponent("outbox", Owing.component(heart, clock));
    product.camel.addComponent(
        "windows",
        SourceParts.component(heart, product.sources, Intakes.of(heart, doors.streams()), clock));
    files.writeAll();
    List<?> problems = product.load(folder, name -> null);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.toString());
    }
    WorkTrace work = new WorkTrace();
    reader =
        new PassportReader(
            heart.database,
            new OrderTraces(heart.ownership),
            new MailReader(new MessageTrace(work), work, backlog),
            new NoteReader(
                new FindingTrace(),
                new OrderDeadlines(heart.targets),
                new ShownRows(),
                new RecordsOfOrder(),
                new NoticeList(heart.database),
                new Tickets(heart.database)),
            new PassportReader.Lines(
                new Deliveries(heart.targets, work),
                heart.targets,
                tokens,
                SourceParts.standings(heart, product.sources),
                new StuckLimitsInForce()));
  }

  /** The partner's system answers with this status from now on. */
  void answers(String system, int status) {
    answers.put(system, status);
  }

  String partnerUrl() {
    return partner.url();
  }

  /** Takes edited files; they have to be right. */
  void reload() {
    // A file counts once two looks have seen the same of it.
    product.look();
    List<?> problems = product.look();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.toString());
    }
  }

  Instant ago(Duration span) {
    return clock.instant().minus(span);
  }

  static Map<String, Object> reached(String milestone, Instant at) {
    return new TreeMap<>(Map.of("milestone", milestone, "at", at.toString()));
  }

  static Map<String, Object> parcel(String milestone, Instant at, String number) {
    Map<String, Object> fact = reached(milestone, at);
    fact.put("parcel", "1");
    if (number != null) {
      fact.put("carrier", "SF");
      fact.put("trackingNo", number);
    }
    return fact;
  }

  static Map<String, Object> paid(Instant at, String id, String amount) {
    Map<String, Object> fact = reached("PAID", at);
    fact.put("payment", Map.of("id", id, "amount", amount, "currency", "CNY"));
    return fact;
  }

  /** What the shop tells of an order that costs 199 yuan. */
  Map<String, Object> details(Map<String, String> tags) {
    return Map.of("currency", "CNY", "total", "199.00", "tags", tags);
  }

  /** A message through the inbox, as the door stores it; it is applied when this returns. */
  void says(String system, String number, Object... facts) {
    push(system, number, Map.of(), facts);
    settle(system);
  }

  /** The same, with whatever else the message has; nobody waits for it. */
  void push(String system, String number, Map<String, Object> more, Object... facts) {
    Map<String, Object> body = new TreeMap<>(more);
    body.put("order", Map.of("shop", "demo", "number", number));
    body.put("facts", List.of(facts));
    body.putIfAbsent("version", clock.instant().toString());
    doors.push(system, "m" + message.incrementAndGet(), bytes(body)).join();
  }

  private static byte[] bytes(Object body) {
    try {
      return JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns when nothing of this system waits in the inbox. */
  void settle(String system) {
    Await.until(
        "applied what " + system + " said",
        SOON,
        () -> heart.number("select count(*) from work where queue = 'inbox:" + system + "'") == 0);
  }

  /** Returns when this target has paid, refused or tried all that it is owed. */
  void delivered() {
    Await.until(
        "everything is delivered",
        SOON,
        () -> heart.number("select count(*) from work where queue like 'outbox:%'") == 0);
  }

  /** Returns when the target was tried at least so often for an order. */
  void tried(String target, String number, int times) {
    Await.until(
        target + " was tried",
        SOON,
        () ->
            heart.number(
                    "select count(*) from attempt where queue = 'outbox:%s' and subject = 'demo/%s'"
                        .formatted(target, number))
                >= times);
  }

  Passport passport(String number) {
    return reader.read(new OrderKey("demo", number), clock.instant()).orElseThrow();
  }

  Explanations.Told told(String number) {
    return Explanations.of(passport(number));
  }

  @Override
  public void close() {
    product.close();
    Books.close(book);
    doors.close();
    heart.close();
    partner.close();
  }
}
