package io.orderbridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.SteppedClock;
import io.orderbridge.schedule.LivingShop.Listed;
import io.orderbridge.schedule.LivingShop.Record;
import io.orderbridge.schedule.Source.Every;
import io.orderbridge.schedule.Source.Item;
import io.orderbridge.schedule.Source.Order;
import io.orderbridge.schedule.Source.Pages;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Double eleven: ten times the usual rate for half an hour, from before midnight until after it,
 * over four shops that are read in three ways, while pushes are lost, late and doubled, and two
 * outages. Afterwards here is what is there.
 */
@Tag("R01")
@Tag("R03")
@Tag("R05")
class DoubleElevenDbTest {
  static final int PAGE = 50;

  private static final long SEED = Long.getLong("orderbridge.eleven.seed", 20_261_111L);
  // Orders a minute over all shops on a usual day; each tells of its life by some four pushes.
  private static final int BASELINE = Integer.getInteger("orderbridge.eleven.baseline", 20);
  private static final int TIMES = 10;
  // Half of the five minutes after which an order counts as delayed.
  private static final Duration EVERY =
      Duration.ofSeconds(Integer.getInteger("orderbridge.eleven.every", 120));
  private static final Duration OVERLAP = Duration.ofMinutes(1);
  private static final Duration BEHIND = Duration.ofSeconds(20);
  private static final Duration PEAK = Duration.ofMinutes(30);
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final Duration DELAYED = Duration.ofMinutes(5);
  private static final Instant BEGIN = Instant.parse("2026-11-10T15:45:00Z"); // 23:45 in Shanghai

  private static final Outage API = new Outage(BEGIN.plusSeconds(480), BEGIN.plusSeconds(780));
  private static final Outage POST = new Outage(BEGIN.plusSeconds(1_200), BEGIN.plusSeconds(1_380));
  private static final int RESETS_PER_MILLE = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Outage(Instant from, Instant to) {
    boolean covers(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  private final SteppedClock clock = new SteppedClock(BEGIN);
  private final RunningParts product = new RunningParts(clock);
  private final Crowd crowd = new Crowd(SEED);
  private final Random weather = new Random(SEED + 1);
  private final List<LivingShop> shops =
      List.of(
          new LivingShop("east", Order.LAST_FIRST, true),
          new LivingShop("north", Order.LAST_FIRST, false),
          new LivingShop("west", Order.FIRST_LAST, false),
          new LivingShop("south", Order.CURSOR, true));
  private final LivingShop outOfReach = shops.get(1);
  private final Map<LivingShop, WindowsConsumer> readers = new LinkedHashMap<>();
  // By shop: what had been said of each order before a reading came by.
  private final Map<String, Set<String>> said = new HashMap<>();
  private final Set<String> readFirst = new TreeSet<>();
  private int refusedByOutage;
  private int resets;
  private int looked;

  @AfterEach
  void end() {
    product.close();
  }

  private static Source source(LivingShop shop) {
    boolean total = shop.order != Order.CURSOR;
    JsonPointer rows = JsonPointer.compile("/rows");
    Pages pages =
        new Pages(
            shop.order,
            PAGE,
            1,
            rows,
            total ? JsonPointer.compile("/total") : null,
            null,
            total ? null : JsonPointer.compile("/next"),
            false);
    return new Source(
        shop.name,
        "orders",
        new Every(EVERY, OVERLAP, BEHIND, EVERY),
        Specs.SHANGHAI,
        pages,
        new Item(JsonPointer.compile("/id"), JsonPointer.compile("/version"), null),
        "order",
        true,
        shop.name + "/orders",
        List.of(Duration.ofSeconds(30), Duration.ofMinutes(1)),
        Duration.ofMinutes(20));
  }

  /** The partner's API: its list moves between two pages, and it does not always answer. */
  private void answer(LivingShop shop, Exchange exchange) {
    crowd.live(clock.instant(), 3);
    if (shop == outOfReach && API.covers(clock.instant())) {
      refusedByOutage++;
      throw new IllegalStateException("connection refused");
    }
    if (weather.nextInt(1_000) < RESETS_PER_MILLE) {
      resets++;
      throw new IllegalStateException("connection reset");
    }
    Listed listed = shop.list(exchange.getMessage().getBody(Map.class));
    for (LivingShop.Told row : listed.rows()) {
      String order = shop.name + "/" + row.id();
      if (hear(order, row.words())) {
        readFirst.add(order);
      }
    }
    exchange.getMessage().setBody(listed.answer());
  }

  private boolean hear(String order, Set<String> words) {
    return said.computeIfAbsent(order, key -> new HashSet<>()).addAll(words);
  }

  private void step() throws InterruptedException {
    clock.step(STEP);
    Instant now = clock.instant();
    List<Crowd.Push> arrived = crowd.arrivals(now, POST.covers(now));
    product.push(arrived);
    product.settle();
    arrived.forEach(push -> hear(push.shop() + "/" + push.told().id(), push.told().words()));
    readers.forEach(
        (shop, reader) -> {
          while (reader.look(now)) {
            // Each look reads or proves one window.
          }
          shop.leave();
        });
    product.settle();
    crowd.live(now, Integer.MAX_VALUE);
    if (now.getEpochSecond() % 60 == 0) {
      completeMeansKnown();
    }
  }

  /** What is said to be complete is: whatever was not touched again since is known. */
  private void completeMeansKnown() {
    for (LivingShop shop : shops) {
      Instant until = product.states.state(source(shop), clock.instant()).completeUntil();
      for (Record record : shop.records.values()) {
        if (until != null && record.modified.isBefore(until)) {
          looked++;
          for (String word : record.words()) {
            String key = shop.name + "/" + record.id + " " + word;
            assertThat(product.known.containsKey(key))
                .as("%s is known, because complete until %s; now %s", key, until, clock.instant())
                .isTrue();
          }
        }
      }
    }
  }

  private void until(Instant end) throws InterruptedException {
    while (clock.instant().isBefore(end)) {
      step();
    }
  }

  @Test
  void after_double_eleven_every_shop_and_day_is_the_same_here_and_there() throws Exception {
    // Given
    System.out.printf("double eleven: seed %d%n", SEED);
    for (LivingShop shop : shops) {
      readers.put(shop, product.connect(source(shop), exchange -> answer(shop, exchange)));
    }
    int orders = BASELINE * TIMES * (int) PEAK.toMinutes();
    crowd.order(shops, orders, BEGIN, PEAK);

    // When
    long begun = System.nanoTime();
    until(BEGIN.plus(PEAK));
    long peak = System.nanoTime() - begun;
    while (!crowd.isOver()) {
      step();
    }
    Instant last = clock.instant();
    until(last.plus(EVERY.multipliedBy(2)).plus(BEHIND).plus(Duration.ofMinutes(3)));

    // Then
    System.out.printf(
        "double eleven: %d orders, %d pushes, %d messages stored; %d min took %.1f s%n",
        orders, crowd.pushes, product.messages(), PEAK.toMinutes(), peak / 1e9);
    theSameHereAndThere(orders);
    recoveredIsWhatNoPushHadTold();
    nothingTwice();
    provedToTheEnd();
    everyKindOfFaultHappened();
    fewWereLate(orders);
  }

  private void theSameHereAndThere(int orders) {
    Map<String, Map<String, String>> there = new TreeMap<>();
    for (LivingShop shop : shops) {
      for (Record record : shop.records.values()) {
        there
            .computeIfAbsent(
                shopDay(shop.name, record.reached.get("created")), d -> new TreeMap<>())
            .put(record.id, record.state());
      }
    }
    Map<String, Map<String, String>> here = new TreeMap<>();
    for (String row :
        product.heart.texts(
            "select jsonb_build_object('shop', shop, 'number', number, 'status', status, 'state',"
                + " state::jsonb) from customer_order")) {
      JsonNode order = tree(row);
      JsonNode claims = order.at("/state/claims");
      String shop = order.path("shop").asText();
      here.computeIfAbsent(shopDay(shop, at(claims, "CREATED", shop)), d -> new TreeMap<>())
          .put(order.path("number").asText(), state(order, shop));
    }
    Map<String, Integer> counts = new TreeMap<>();
    there.forEach((day, ids) -> counts.put(day, ids.size()));
    System.out.println("double eleven: orders by shop and day " + counts);
    assertThat(counts.values().stream().mapToInt(n -> n).sum()).isEqualTo(orders);
    assertThat(here.keySet()).as("four shops on two days").isEqualTo(there.keySet()).hasSize(8);
    there.forEach(
        (day, ids) -> {
          assertThat(here.get(day).keySet()).as("ids of %s", day).isEqualTo(ids.keySet());
          Map<String, String> differs = new TreeMap<>();
          ids.forEach(
              (id, state) -> {
                if (!state.equals(here.get(day).get(id))) {
                  differs.put(id, "there " + state + ", here " + here.get(day).get(id));
                }
              });
          assertThat(differs).as("states of %s that differ", day).isEmpty();
        });
  }

  private static String shopDay(String shop, Instant created) {
    return shop + " " + LocalDate.ofInstant(created, Specs.SHANGHAI);
  }

  private static Instant at(JsonNode claims, String scope, String shop) {
    return Instant.ofEpochMilli(claims.path(scope).path(shop).asLong());
  }

  // The order book in the shop's words.
  private static String state(JsonNode order, String shop) {
    JsonNode claims = order.at("/state/claims");
    Map<String, Instant> reached = new TreeMap<>();
    for (String word : List.of("CREATED", "PAID", "COMPLETED", "CANCELLED")) {
      if (claims.has(word)) {
        reached.put(word.toLowerCase(Locale.ROOT), at(claims, word, shop));
      }
    }
    if (claims.has("OUTBOUND_SCANNED@1") && claims.has("TRACKING_ASSIGNED@1")) {
      reached.put("shipped", at(claims, "OUTBOUND_SCANNED@1", shop));
    }
    if (claims.has("DELIVERED@1")) {
      reached.put("delivered", at(claims, "DELIVERED@1", shop));
    }
    JsonNode steps = order.at("/state/refunds/R1/steps");
    String refund =
        steps.has("REFUNDED") ? "REFUNDED" : steps.has("REQUESTED") ? "REQUESTED" : null;
    return "%s %s refund=%s".formatted(order.path("status").asText(), reached, refund);
  }

  private void recoveredIsWhatNoPushHadTold() {
    Set<String> listed = new TreeSet<>();
    for (LivingShop shop : shops) {
      product
          .states
          .recovered(source(shop), Instant.EPOCH, clock.instant())
          .forEach(item -> listed.add(shop.name + "/" + item.get("id")));
    }
    System.out.printf(
        "double eleven: %d orders listed as recovered; of %d orders a push was lost%n",
        listed.size(), crowd.hurt.size());
    assertThat(listed).isEqualTo(readFirst).hasSizeGreaterThan(10);
  }

  private void nothingTwice() {
    assertThat(
            product.heart.number(
                "select count(*) - count(distinct (connection, message_id)) from inbox_message"))
        .isZero();
    assertThat(product.heart.number("select count(*) - count(distinct id) from event")).isZero();
    assertThat(
            product.heart.number(
                "select count(*) from (select 1 from event where type not in ('order.updated',"
                    + " 'order.refund-updated') group by order_id, type having count(*) > 1) t"))
        .as("milestones that happened twice")
        .isZero();
    assertThat(
            product.heart.number(
                "select count(*) from customer_order o where revision <> (select count(distinct"
                    + " body::json->'data'->>'revision') from event e where e.order_id = o.id)"))
        .as("revisions without an event of their own")
        .isZero();
    assertThat(product.heart.number("select count(*) from dead_letter")).isZero();
    assertThat(product.heart.number("select count(*) from work")).isZero();
  }

  private void provedToTheEnd() {
    assertThat(product.heart.number("select count(*) from source_window where state <> 'PROVED'"))
        .isZero();
    long length = EVERY.toSeconds();
    long end = Math.floorDiv(clock.instant().minus(BEHIND).getEpochSecond(), length) * length;
    for (LivingShop shop : shops) {
      assertThat(product.states.state(source(shop), clock.instant()).completeUntil())
          .as("complete until, %s", shop.name)
          .isEqualTo(Instant.ofEpochSecond(end));
    }
  }

  private void everyKindOfFaultHappened() {
    Map<String, Integer> sometimes = new LinkedHashMap<>();
    sometimes.put("lost pushes", crowd.lost);
    sometimes.put("pushes lost in the outage", crowd.lostInOutage);
    sometimes.put("overtaken pushes", crowd.overtaken);
    sometimes.put("doubled pushes", crowd.duplicated);
    sometimes.put("pages refused in the outage", refusedByOutage);
    sometimes.put("pages cut off", resets);
    sometimes.put(
        "rows that left while they were read", shops.stream().mapToInt(s -> s.shifted).sum());
    sometimes.put("changes within one second", shops.stream().mapToInt(s -> s.sameSecond).sum());
    long restarts = product.heart.number("select sum(restarts) from source_window");
    sometimes.put("looks at what was said to be complete", looked);
    sometimes.put("readings begun again", (int) restarts);
    sometimes.put("orders only the sweep told of", ordersOnlySwept());
    System.out.println("double eleven: " + sometimes);
    sometimes.forEach((what, times) -> assertThat(times).as(what).isPositive());
  }

  private int ordersOnlySwept() {
    return (int)
        product.heart.number(
            "select count(*) from customer_order o where not exists (select 1 from order_fact f"
                + " join inbox_message m on m.id = f.inbox_id where f.order_id = o.id and"
                + " m.connection = o.shop)");
  }

  private void fewWereLate(int orders) {
    List<Long> took = new ArrayList<>();
    Set<String> late = new HashSet<>();
    Set<String> lateOutside = new HashSet<>();
    crowd.happened.forEach(
        (key, at) -> {
          Instant known = known(key);
          took.add(Duration.between(at, known).toSeconds());
          if (known.isAfter(at.plus(DELAYED))) {
            String order = key.substring(0, key.indexOf(' '));
            late.add(order);
            if (!inOutage(order, at)) {
              lateOutside.add(order);
            }
          }
        });
    took.sort(null);
    System.out.printf(
        "double eleven: changes known after p50 %d s, p95 %d s, p99 %d s, max %d s (steps of %d s);"
            + " delayed over five minutes %.2f %% of the orders, outside of the outages %.2f %%%n",
        took.get(took.size() / 2),
        took.get(took.size() * 95 / 100),
        took.get(took.size() * 99 / 100),
        took.get(took.size() - 1),
        STEP.toSeconds(),
        100.0 * late.size() / orders,
        100.0 * lateOutside.size() / orders);
    assertThat(lateOutside.size() * 100L).as("delayed outside of the outages").isLessThan(orders);
  }

  // A refund that was asked for is known as soon as it is known to be paid back.
  private Instant known(String key) {
    Instant known = product.known.get(key);
    Instant later = product.known.get(key.replace("REQUESTED", "REFUNDED"));
    return known == null || later != null && later.isBefore(known) ? later : known;
  }

  // What happened up to one sweep before the outage may have needed the sweep that failed.
  private boolean inOutage(String order, Instant at) {
    boolean reading =
        order.startsWith(outOfReach.name)
            && !at.isBefore(API.from().minus(EVERY).minus(BEHIND))
            && at.isBefore(API.to());
    return reading || POST.covers(at);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL wrote it", e);
    }
  }
}
