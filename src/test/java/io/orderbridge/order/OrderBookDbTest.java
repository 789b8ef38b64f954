package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.OrderBook.Recorded;
import io.orderbridge.order.Sayings.Saying;
import io.orderbridge.outbox.Owing;
import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.Work.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OrderBookDbTest {
  private static final long SEED = 20_261_124L;
  private static final int ORDERS = 500;
  private static final int THREADS = 8;
  private static final String AT = "2026-11-20T10:00:00+08:00";

  private final Heart heart = Heart.fresh();
  private OrderBook book;

  @BeforeEach
  void begin() {
    own(heart);
    heart.targets.replace("erp", Owing.target("erp", List.of("order.*"), Set.of()));
    book = Books.open(heart, Owing.debts(heart));
  }

  @AfterEach
  void end() {
    book.close();
    heart.close();
  }

  private static void own(Heart heart) {
    for (String system : List.of("shopify", "wechat-pay", "wms")) {
      heart.ownership.replace(system, owned(system));
    }
  }

  private static Set<Milestone> owned(String system) {
    Ownership all = Sayings.ownership();
    return java.util.stream.Stream.of(Milestone.values())
        .filter(milestone -> all.owners(milestone).contains(system))
        .collect(java.util.stream.Collectors.toSet());
  }

  private record Told(OrderKey key, Saying saying) {}

  @Test
  @Tag("R01")
  void two_processes_and_eight_threads_end_in_the_state_of_one_quiet_fold() throws Exception {
    // Given
    Map<OrderKey, OrderState> expected = new HashMap<>();
    List<Told> told = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      OrderKey key = new OrderKey("demo", "" + i);
      Sayings sayings = new Sayings(new Random(SEED + i));
      List<Saying> said = sayings.about(key);
      expected.put(key, Sayings.fold(said));
      sayings.arrivals(said).forEach(saying -> told.add(new Told(key, saying)));
    }
    Collections.shuffle(told, new Random(SEED));

    // When
    record(told);

    // Then
    assertThat(heart.number("select count(*) from customer_order")).isEqualTo(ORDERS);
    expected.forEach(
        (key, state) ->
            assertThat(heart.texts(stateOf(key))).as("%s", key).containsExactly(Json.text(state)));
    assertThat(heart.texts("select id from event group by id having count(*) > 1")).isEmpty();
    assertThat(onceOnly()).isEqualTo(expectedOnce(expected));
    assertThat(
            heart.texts(
                "select e.id from event e left join work w on w.ref = e.seq"
                    + " where w.id is null"))
        .as("events without debt")
        .isEmpty();
    assertThat(heart.number("select count(*) from work"))
        .isEqualTo(heart.number("select count(*) from event"));
    assertFeedTellsEveryOrderForward();
    assertNoPersonalData(expected);
  }

  private void record(List<Told> told) throws Exception {
    Heart other = heart.another();
    own(other);
    OrderBook otherBook = Books.open(other, Owing.debts(heart));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Recorded>> calls = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      OrderBook mine = i % 2 == 0 ? book : otherBook;
      Saying saying = told.get(i).saying();
      Map<String, Object> mapped = Books.mapped(saying.facts());
      calls.add(
          threads.submit(
              () -> mine.record(mapped, saying.system(), null, null).get(60, TimeUnit.SECONDS)));
    }
    for (Future<Recorded> call : calls) {
      call.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    otherBook.close();
    other.close();
  }

  private static String stateOf(OrderKey key) {
    return "select state from customer_order where shop = 'demo' and number = '%s'"
        .formatted(key.number());
  }

  private long onceOnly() {
    return heart.number("select count(*) from event where type <> 'order.updated'");
  }

  private static long expectedOnce(Map<OrderKey, OrderState> expected) {
    return expected.entrySet().stream()
        .flatMap(
            entry ->
                Happenings.between(entry.getKey(), null, entry.getValue(), Sayings.ownership())
                    .stream())
        .filter(Sayings::once)
        .count();
  }

  // Who follows the feed and keeps the last word of each order must end with the newest.
  private void assertFeedTellsEveryOrderForward() {
    assertThat(
            heart.texts(
                "select subject from (select subject, (body::json->'data'->>'revision')::int r,"
                    + " lag((body::json->'data'->>'revision')::int) over"
                    + " (partition by order_id order by tx, seq) before from event) e"
                    + " where r < before"))
        .as("orders whose feed goes back")
        .isEmpty();
  }

  private void assertNoPersonalData(Map<OrderKey, OrderState> expected) {
    for (String table : List.of("customer_order", "event", "order_fact", "foreign_write", "work")) {
      assertThat(
              heart.number(
                  "select count(*) from %s t where t::text like '%%CANARY%%' or t::text like"
                          .formatted(table)
                      + " '%13800000000%'"))
          .as(table)
          .isZero();
    }
    long receivers =
        expected.values().stream()
            .filter(state -> state.documents().containsKey(OrderState.RECEIVER))
            .count();
    assertThat(heart.number("select count(*) from order_person where receiver like '%CANARY%'"))
        .isEqualTo(receivers);
  }

  @Test
  void the_newest_receiver_is_kept_whatever_the_order_of_arrival() {
    // Given
    OrderKey key = new OrderKey("demo", "1");
    List<String> names = List.of("second", "first", "third", "second");
    List<Integer> versions = List.of(2, 1, 3, 2);

    // When
    for (int i = 0; i < names.size(); i++) {
      Facts facts =
          new Facts(
              key,
              Instant.ofEpochSecond(1_790_000_000L + versions.get(i)),
              List.of(),
              List.of(),
              null,
              Map.of("name", names.get(i)),
              null);
      book.record(Books.mapped(facts), "shopify", null, null).join();
    }

    // Then
    assertThat(heart.texts("select receiver from order_person"))
        .containsExactly("{\"name\":\"third\"}");
  }

  @Test
  @Tag("R08")
  void order_event_and_debt_stand_or_fall_together() {
    // Given
    OrderBook failing =
        Books.open(
            heart,
            (connection, events) -> {
              Owing.debts(heart).owe(connection, events);
              throw new IllegalStateException("dies after the debts");
            });

    // When
    assertThatThrownBy(
            () ->
                failing
                    .record(Books.facts("1", Books.reached("CREATED", AT)), "shopify", null, null)
                    .join())
        .hasMessageContaining("dies");

    // Then
    for (String table : List.of("customer_order", "event", "order_fact", "work", "lane")) {
      assertThat(heart.number("select count(*) from " + table)).as(table).isZero();
    }
    failing.close();
  }

  @Test
  @Tag("R08")
  void not_even_an_error_of_the_virtual_machine_commits_half_and_the_writer_goes_on() {
    // Given
    OrderBook failing =
        Books.open(
            heart,
            (connection, events) -> {
              if (events.get(0).order().number().equals("1")) {
                throw new StackOverflowError("planted");
              }
            });

    // When
    Map<String, Object> planted = Books.facts("1", Books.reached("CREATED", AT));
    assertThatThrownBy(
            () -> failing.record(planted, "shopify", null, null).get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(StackOverflowError.class);
    failing.record(Books.facts("2", Books.reached("CREATED", AT)), "shopify", null, null).join();

    // Then
    assertThat(heart.texts("select number from customer_order")).containsExactly("2");
    failing.close();
  }

  @Test
  @Tag("R08")
  void the_message_that_is_recorded_leaves_its_queue_in_the_same_transaction() {
    // Given
    Draft draft = new Draft("inbox:shopify", "#1", 5, Instant.now(), "m1", "shopify/m1", null);
    heart.database.run(connection -> heart.queue.put(connection, List.of(draft)));
    Item item =
        heart.queue.claim("inbox:shopify", 1, 1, Duration.ofMinutes(1)).get(0).items().get(0);

    // When
    book.record(Books.facts("1", Books.reached("CREATED", AT)), "shopify", 5L, item).join();

    // Then
    assertThat(heart.number("select count(*) from work where queue = 'inbox:shopify'")).isZero();
    assertThat(heart.texts("select inbox_id from order_fact")).containsExactly("5");
  }

  @Test
  @Tag("R07")
  void a_claim_on_what_another_system_owns_is_recorded_once_and_does_not_win() {
    // When
    for (int i = 0; i < 2; i++) {
      book.record(Books.facts("1", Books.reached("PAID", AT)), "wms", 77L, null).join();
    }

    // Then
    assertThat(
            heart.texts(
                "select concat_ws(' ', system, field, claimed, owners, inbox_id)"
                    + " from foreign_write"))
        .containsExactly("wms PAID 2026-11-20T02:00:00Z shopify,wechat-pay 77");
    assertThat(heart.texts("select type from event")).containsExactly("order.foreign-write");
    Map<String, Object> order = Books.orders(heart).find(new OrderKey("demo", "1")).orElseThrow();
    assertThat(order).containsEntry("status", "UNKNOWN").containsKey("foreignWrites");
    assertThat(order.get("milestones")).isEqualTo(Map.of());
  }
}
