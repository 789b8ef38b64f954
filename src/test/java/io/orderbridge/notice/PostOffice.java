package io.orderbridge.notice;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderbridge.Await;
import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import io.orderbridge.order.OrderSnapshots;
import io.orderbridge.order.Purchases;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Notices of one process of the product, by a stepped clock, with its vendors played. */
final class PostOffice implements AutoCloseable {
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final Duration RECEIPT = Duration.ofMinutes(10);
  static final List<Duration> RETRY =
      List.of(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5));
  static final Set<Milestone> GATE =
      Set.of(Milestone.PACKED, Milestone.TRACKING_ASSIGNED, Milestone.OUTBOUND_SCANNED);
  private static final Duration SOON = Duration.ofSeconds(20);

  final Heart heart;
  final SteppedClock clock;
  final OrderBook book;
  final NoticeRulesInForce rules = new NoticeRulesInForce();
  final Vendors vendors = new Vendors();
  final ShippedTemplates shipped = new ShippedTemplates();
  final Notices notices;
  final Planner planner;
  final NoticeClock rounds;
  final Receipts receipts;
  final Days days;
  final NoticeList list;
  final NoticeFindings findings;
  final Customers customers;
  final ReceiptPull pull;

  /** Every message that a vendor was given, by vendor, in the order in which they came. */
  final Map<String, List<Map<String, Object>>> sent = new ConcurrentHashMap<>();

  /** How a vendor answers; without it each message is taken under the number {@code ref-<id>}. */
  final Map<String, Function<Map<String, Object>, Object>> answers = new ConcurrentHashMap<>();

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final NoticesComponent component;

  PostOffice(Heart heart, SteppedClock clock) {
    this.heart = heart;
    this.clock = clock;
    NoticeMeter meter = new NoticeMeter(new SimpleMeterRegistry());
    OrderSnapshots orders = new OrderSnapshots(heart.ownership);
    Findings found = new Findings(heart.database, List.of());
    this.notices = new Notices(heart.queue);
    this.book = Books.open(heart, new GateDebts(rules, notices, clock), clock);
    this.receipts = new Receipts(heart.database, meter);
    Plans plans = new Plans(heart.queue);
    this.planner =
        new Planner(
            heart.database,
            plans,
            rules,
            vendors,
            orders,
            new KnownCustomers(plans, new Purchases()));
    this.rounds = new NoticeClock(heart.database, notices, receipts, vendors);
    this.days = new Days(heart.database, rules, found);
    this.list = new NoticeList(heart.database);
    this.findings = new NoticeFindings(heart.database, found, rules);
    this.customers = new Customers(clock);
    Dispatch dispatch = new Dispatch(rules, vendors, heart.queue, new SendMarks(), meter, clock);
    this.pull = new ReceiptPull(receipts, vendors, camel);
    this.component =
        new NoticesComponent(
            new NoticesConsumer.Parts(
                rules,
                vendors,
                new Sending(heart.database, orders, new Templates(shipped), rules, heart.letters),
                new Messages(rules),
                dispatch,
                new Doubts(dispatch),
                heart.queue,
                heart.settlements,
                clock),
            new NoticeSteps(heart.database, receipts, customers, days, clock));
    camel.addComponent("notices", component);
  }

  static PostOffice open() {
    return new PostOffice(Heart.fresh(), new SteppedClock(Instant.parse("2026-11-20T04:00:00Z")));
  }

  /** The same after the process was killed and started again. */
  PostOffice restarted() {
    close();
    heart.close();
    PostOffice next = new PostOffice(heart.another(), clock);
    next.rules.use(rules.now());
    next.answers.putAll(answers);
    for (String channel : List.of("sms", "wechat", "push", "mail")) {
      vendors.of(channel).forEach(next::vendor);
    }
    return next;
  }

  /** A vendor named by its channel: {@code sms-a}; a second one {@code sms-b}. */
  PostOffice vendor(String connection) {
    return vendor(connection, Vendor.Doubt.WAIT);
  }

  PostOffice vendor(String connection, Vendor.Doubt doubt) {
    String channel = connection.substring(0, connection.indexOf('-'));
    String contact = Map.of("sms", "phone", "push", "jpush", "mail", "email").get(channel);
    return vendor(
        new Vendor(
            connection,
            channel,
            contact == null ? channel : contact,
            connection.charAt(connection.length() - 1),
            8,
            Duration.ofSeconds(10),
            500,
            doubt,
            channel.equals("push") ? Duration.ofMinutes(1) : null,
            true));
  }

  PostOffice vendor(Vendor vendor) {
    vendors.replace(vendor.connection(), vendor);
    sent.put(vendor.connection(), new CopyOnWriteArrayList<>());
    Map<String, VendorWords> words = new LinkedHashMap<>();
    vendors
        .of(vendor.channel())
        .forEach(one -> words.put(one.connection(), words(vendor.channel())));
    template("shipped", vendor.channel(), "{{customer}}，{{trackingNo}}已发出{{personal}}", words);
    try {
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("notices:" + vendor.connection())
                  .routeId(vendor.connection())
                  .process(
                      exchange -> {
                        Map<String, Object> body = new LinkedHashMap<>();
                        Map<?, ?> given = exchange.getMessage().getBody(Map.class);
                        given.forEach((key, value) -> body.put(key.toString(), value));
                        sent.get(vendor.connection()).add(body);
                        exchange.getMessage().setBody(answer(vendor.connection(), body));
                      });
            }
          });
      camel.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  private static VendorWords words(String channel) {
    return new VendorWords(
        "T-" + channel, "Acme", Map.of("no", TextTemplate.of("{{trackingNo}}")), Map.of());
  }

  /** A route of a vendor beside the one that sends. */
  void route(String uri, Function<Map<String, Object>, Object> answer) {
    try {
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from(uri)
                  .process(
                      exchange -> {
                        Map<String, Object> body = new LinkedHashMap<>();
                        Map<?, ?> given = exchange.getMessage().getBody(Map.class);
                        given.forEach((key, value) -> body.put(key.toString(), value));
                        exchange.getMessage().setBody(answer.apply(body));
                      });
            }
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void template(String name, String channel, String text, Map<String, VendorWords> words) {
    shipped.replace(
        new Templates.Key(name, channel),
        new Template(
            name,
            channel,
            0,
            TextTemplate.of("发货通知"),
            TextTemplate.of(text),
            TextTemplate.EMPTY,
            false,
            words));
  }

  private Object answer(String connection, Map<String, Object> body) {
    return answers
        .getOrDefault(connection, given -> Map.of("ref", "ref-" + given.get("id")))
        .apply(body);
  }

  /** The gate of the shipping notice over these channels. */
  PostOffice gate(Gate.Mode mode, String... channels) {
    return rules(mode, ChannelRules.NONE, List.of(), channels);
  }

  PostOffice rules(
      Gate.Mode mode, ChannelRules policy, List<PersonalRule> personal, String... channels) {
    Gate gate =
        new Gate(
            "shipped",
            new Wording("发货通知", "Shipping notice"),
            Gate.Of.PARCEL,
            GATE,
            "",
            true,
            Set.of(Milestone.CANCELLED),
            Set.of(),
            Duration.ofDays(7),
            Content.TRANSACTION,
            mode,
            List.of(channels),
            RECEIPT,
            "shipped");
    rules.use(
        new NoticeRules(
            SHANGHAI,
            Map.of("shipped", gate),
            RETRY,
            98,
            policy,
            personal,
            AuditRules.DEFAULT,
            Map.of("SF", "顺丰速运")));
    return this;
  }

  /** An order of a customer with this phone number; it is known by every kind of contact. */
  void order(String number, String phone) {
    Map<String, Object> facts = new HashMap<>(Books.facts(number, fact("CREATED")));
    facts.put("version", clock.instant().toString());
    facts.put("receiver", Map.of("name", "王女士", "phone", phone));
    facts.put(
        "details",
        Map.of(
            "currency",
            "CNY",
            "total",
            "199.00",
            "lines",
            List.of(Map.of("id", "1", "sku", "TEA-1", "title", "绿茶", "quantity", 1))));
    book.record(facts, "shop", null, null).join();
    heart.database.run(
        connection ->
            customers.take(
                connection,
                Map.of(
                    "customer",
                    Map.of("phone", phone),
                    "at",
                    clock.instant().toString(),
                    "contacts",
                    Map.of(
                        "wechat",
                        "open-" + phone,
                        "jpush",
                        "reg-" + phone,
                        "email",
                        phone + "@example.com"))));
  }

  /** A fact of now, of a parcel where the milestone is one of parcels. */
  Map<String, Object> fact(String milestone) {
    return fact(milestone, "1");
  }

  Map<String, Object> fact(String milestone, String parcel) {
    Map<String, Object> fact = new TreeMap<>();
    fact.put("milestone", milestone);
    fact.put("at", clock.instant().toString());
    if (Milestone.valueOf(milestone).perParcel()) {
      fact.put("parcel", parcel);
    }
    if (milestone.equals("TRACKING_ASSIGNED")) {
      fact.put("carrier", "SF");
      fact.put("trackingNo", "SF" + parcel);
    }
    return fact;
  }

  void says(String number, Object... facts) {
    book.record(Books.facts(number, facts), "wms", null, null).join();
  }

  /** All three conditions at once. */
  void ships(String number) {
    says(number, fact("PACKED"), fact("TRACKING_ASSIGNED"), fact("OUTBOUND_SCANNED"));
  }

  /** What is due now is planned and sent; returns when the vendors have answered. */
  void work() {
    for (boolean more = true; more; ) {
      rounds.run(clock.instant());
      planner.run(clock.instant());
      Await.until(
          "the queues are empty",
          SOON,
          () -> heart.number("select count(*) from work where queue like 'notice:%'") == 0);
      more = heart.number("select count(*) from notice where state = 'NEW'") > 0;
    }
    findings.run(clock.instant());
  }

  void step(Duration by) {
    clock.step(by);
  }

  void receipt(String vendor, Object message, Receipts.State state) {
    receipts.take(
        vendor,
        List.of(
            new Receipts.Receipt(
                "ref-" + message, null, state, clock.instant(), "code", "reason", null)),
        clock.instant());
  }

  /** {@code number/parcel state by} of each notice, in the order in which they were made. */
  List<String> states() {
    return heart.texts(
        "select trim(number || '/' || item || ' ' || state || ' ' || coalesce(reached_by, cause,"
            + " '')) from notice order by id");
  }

  /** {@code vendor state cause} of each message, in the order in which they were planned. */
  List<String> sends() {
    return heart.texts(
        "select trim(vendor || ' ' || state || ' ' || coalesce(cause, '')) from notice_send order"
            + " by id");
  }

  /** Ids of the messages that a vendor was given. */
  List<Object> given(String vendor) {
    return sent.get(vendor).stream().map(body -> body.get("id")).toList();
  }

  @Override
  public void close() {
    camel.stop();
    Books.close(book);
  }

  void end() {
    close();
    heart.close();
  }
}
