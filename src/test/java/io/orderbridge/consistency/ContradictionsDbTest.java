package io.orderbridge.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import io.orderbridge.runtime.ShippedRules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R06")
class ContradictionsDbTest {
  // What is recorded is stamped by the database, so the steps begin at its time.
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final SteppedClock clock = new SteppedClock(start);
  private final Heart heart = Heart.fresh();
  private final OrderBook book = Books.open(heart, (connection, events) -> {});
  private final Looking looking = new Looking(heart, ShippedRules.contradictions());
  private long message;

  @BeforeEach
  void owners() {
    Shops.own(heart.ownership);
    looking.at(clock.instant());
  }

  @AfterEach
  void end() {
    Books.close(book);
    heart.close();
  }

  private void say(String system, String number, Map<String, Object> said) {
    book.record(said, system, ++message, null).join();
  }

  private void reach(String system, String number, String milestone) {
    say(system, number, Books.facts(number, Books.reached(milestone, clock.instant().toString())));
  }

  private void code(String system, String number, String code) {
    Map<String, Object> said = new HashMap<>(Books.facts(number));
    said.put("version", clock.instant().toString());
    said.put("raw", code);
    say(system, number, said);
  }

  private void accepted(String number) {
    reach("shopify", number, "CREATED");
    reach("shopify", number, "PAID");
    reach("wms", number, "ACCEPTED");
  }

  private void step(Duration by) {
    clock.step(by);
    looking.at(clock.instant());
  }

  private static String number(int i) {
    return "90000%03d".formatted(i);
  }

  @Test
  void both_pairs_of_ten_orders_each_are_found_within_a_minute_and_no_other_order() {
    // Given forty orders, of which two times ten show what cannot be
    for (int i = 0; i < 40; i++) {
      accepted(number(i));
    }
    step(Duration.ofMinutes(5));
    assertThat(looking.open()).isEmpty();
    for (int i = 0; i < 10; i++) {
      code("shopify", number(i), "paid/fulfilled");
      reach("erp", number(10 + i), "COMPLETED");
      code("shopify", number(20 + i), "paid/unfulfilled");
    }

    // When
    step(Duration.ofMinutes(1));

    // Then
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      expected.add("FINANCE_DONE_NOT_RECEIVED demo/" + number(10 + i));
      expected.add("SHOP_SHIPPED_NOT_PACKED demo/" + number(i));
    }
    assertThat(looking.open()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void a_finding_shows_both_values_with_their_sources_and_times_and_a_cause() {
    accepted("1001");
    Instant acceptedAt = clock.instant();
    step(Duration.ofMinutes(5));
    Instant shippedAt = clock.instant();
    code("shopify", "1001", "paid/fulfilled");
    step(Duration.ofMinutes(1));

    Finding finding = finding("SHOP_SHIPPED_NOT_PACKED", "1001");

    assertThat(finding.kind()).isEqualTo(Finding.Kind.CONTRADICTION);
    assertThat(finding.cause()).isEqualTo("NO_EVENT");
    assertThat(finding.evidence()).containsEntry("since", shippedAt.toString());
    assertThat((List<?>) finding.evidence().get("values"))
        .satisfiesExactly(
            one ->
                assertThat(text(one))
                    .containsEntry("system", "shopify")
                    .containsEntry("value", "paid/fulfilled")
                    .containsEntry("at", shippedAt.toString())
                    .containsEntry("source", "told")
                    .containsEntry("message", 4),
            other ->
                assertThat(text(other))
                    .containsEntry("system", "wms")
                    .containsEntry("value", "ACCEPTED")
                    .containsEntry("at", acceptedAt.toString())
                    .containsEntry("message", 3)
                    .containsKey("recordedAt"));
    assertThat(finding.text().zh()).contains("待打包");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> text(Object shown) {
    return (Map<String, Object>) shown;
  }

  private Finding finding(String code, String number) {
    return looking
        .findings
        .list(new Findings.Filter(null, code, "demo/" + number, null, null), 10)
        .get(0)
        .finding();
  }

  @Test
  void a_rule_with_a_wait_fires_when_its_time_has_come_although_nothing_happens_then() {
    accepted("1001");
    reach("wms", "1001", "PACKED");
    code("shopify", "1001", "paid/fulfilled");

    step(Duration.ofHours(2).minusSeconds(1));
    assertThat(looking.open()).isEmpty();
    step(Duration.ofSeconds(1));
    assertThat(looking.open())
        .containsExactly("SHOP_SHIPPED_NOT_SCANNED demo/1001", "TRACKING_NO_MISSING demo/1001");
  }

  @Test
  void a_newer_version_of_the_same_word_does_not_set_the_clock_back() {
    accepted("1001");
    reach("wms", "1001", "PACKED");
    code("shopify", "1001", "paid/fulfilled");
    step(Duration.ofHours(1));
    // When the shop's record changes, but not its word
    code("shopify", "1001", "paid/fulfilled");

    step(Duration.ofHours(1));

    assertThat(looking.open()).contains("SHOP_SHIPPED_NOT_SCANNED demo/1001");
  }

  @Test
  void a_contradiction_clears_itself_when_the_other_side_follows_and_nothing_is_remembered() {
    accepted("1001");
    code("shopify", "1001", "paid/fulfilled");
    step(Duration.ofMinutes(1));
    assertThat(looking.open()).hasSize(1);

    reach("wms", "1001", "PACKED");
    reach("wms", "1001", "OUTBOUND_SCANNED");
    say(
        "wms",
        "1001",
        Books.facts(
            "1001",
            Map.of(
                "milestone",
                "TRACKING_ASSIGNED",
                "at",
                clock.instant().toString(),
                "trackingNo",
                "SF1")));
    step(Duration.ofSeconds(1));

    assertThat(looking.open()).isEmpty();
    assertThat(heart.number("select count(*) from order_watch")).isZero();
  }

  @Test
  void a_reading_of_a_system_is_looked_at_when_it_shows_something_else() {
    accepted("1001");
    step(Duration.ofMinutes(5));
    read("taobao", "1001", "PAID");
    step(Duration.ofMinutes(1));
    assertThat(looking.open()).isEmpty();

    read("taobao", "1001", "SHIPPED");
    step(Duration.ofMinutes(1));
    assertThat(looking.open()).containsExactly("SHOP_SHIPPED_NOT_PACKED demo/1001");

    read("taobao", "1001", "PAID");
    step(Duration.ofMinutes(1));
    assertThat(looking.open()).isEmpty();
  }

  private void read(String system, String number, String status) {
    heart.execute(
        """
        insert into system_state (system, shop, number, status, raw, read_at)
        values ('%s', 'demo', '%s', '%s', 'x', '%s')
        on conflict (system, shop, number) do update
           set status = excluded.status, read_at = excluded.read_at\
        """
            .formatted(system, number, status, clock.instant()));
  }

  @Test
  void a_reading_that_shows_the_same_makes_no_work() {
    accepted("1001");
    read("taobao", "1001", "PAID");
    step(Duration.ofMinutes(1));
    read("taobao", "1001", "PAID");
    assertThat(heart.number("select count(*) from order_watch")).isZero();
  }

  @Test
  void an_edited_rule_looks_again_at_all_open_orders_and_a_rule_that_is_gone_clears_its_findings() {
    accepted("1001");
    accepted("1002");
    code("shopify", "1001", "paid/fulfilled");
    step(Duration.ofMinutes(1));
    assertThat(looking.open()).hasSize(1);

    looking.rules.replace(
        ShippedRules.contradictions(
            """
            systems: {warehouse: [wms]}
            rules:
              - id: ACCEPTED_AT_ALL
                text: {zh: 已接单, en: Accepted}
                when: {status: [ACCEPTED]}
            """));
    step(Duration.ofSeconds(1));

    assertThat(looking.open())
        .containsExactly("ACCEPTED_AT_ALL demo/1001", "ACCEPTED_AT_ALL demo/1002");
    looking.rules.replace(ContradictionRules.NONE);
    step(Duration.ofSeconds(1));
    assertThat(looking.open()).isEmpty();
  }

  @Test
  void every_night_all_open_orders_are_looked_at_again_whatever_was_missed() {
    for (int i = 0; i < 1_200; i++) {
      heart.execute(
          "insert into customer_order (shop, number, status, revision, state) values"
              + " ('demo', 'n%d', 'ACCEPTED', 1, '%s')".formatted(i, state()));
    }
    step(Duration.ofMinutes(1));
    assertThat(looking.open()).isEmpty();

    looking.round.run(Map.of("started", "by a route"), clock.instant());
    step(Duration.ofMinutes(1));

    assertThat(looking.open()).hasSize(1_200);
    assertThat(heart.texts("select walk::text from order_check")).containsOnlyNulls();
  }

  // Shipped at the shop, accepted at the warehouse, an hour ago.
  private String state() {
    long at = start.minus(Duration.ofHours(1)).toEpochMilli();
    return """
    {"claims":{"CREATED":{"shopify":%d},"PAID":{"shopify":%d},"ACCEPTED":{"wms":%d}},
     "payments":{},"parcels":{},"refunds":{},
     "raw":{"shopify":{"at":%d,"system":"shopify","text":"paid/fulfilled","value":{}}},
     "documents":{}}\
    """
        .formatted(at, at, at, at);
  }

  @Test
  void orders_that_were_there_before_the_first_look_are_looked_at() {
    Heart old = Heart.fresh();
    Shops.own(old.ownership);
    OrderBook first = Books.open(old, (connection, events) -> {});
    String at = start.minus(Duration.ofHours(1)).toString();
    first.record(Books.facts("1", Books.reached("PAID", at)), "shopify", 1L, null).join();
    first.record(Books.facts("1", Books.reached("OUTBOUND_SCANNED", at)), "jd", 2L, null).join();

    Looking later = new Looking(old, ShippedRules.contradictions());
    later.at(start);

    assertThat(later.open()).containsExactly("SHOP_SHIPPED_NOT_PACKED demo/1");
    Books.close(first);
    old.close();
  }

  @Test
  void a_process_that_dies_between_its_place_and_its_findings_misses_nothing() {
    accepted("1001");
    code("shopify", "1001", "paid/fulfilled");
    AtomicInteger deaths = new AtomicInteger();
    Looking dying =
        new Looking(
            heart,
            ShippedRules.contradictions(),
            (connection, changes, now) -> {
              deaths.incrementAndGet();
              throw new IllegalStateException("killed");
            });
    clock.step(Duration.ofMinutes(1));

    assertThatThrownBy(() -> dying.at(clock.instant())).hasMessage("killed");
    assertThat(deaths).hasValue(1);
    assertThat(looking.open()).isEmpty();

    looking.at(clock.instant());
    assertThat(looking.open()).containsExactly("SHOP_SHIPPED_NOT_PACKED demo/1001");
  }

  @Test
  void two_processes_find_each_contradiction_once() {
    AtomicInteger told = new AtomicInteger();
    try (Heart other = heart.another()) {
      Shops.own(other.ownership);
      List<Looking> processes =
          List.of(counting(heart, told), counting(other, told), counting(heart, told));
      IntStream.range(0, 60).forEach(i -> accepted(number(i)));
      IntStream.range(0, 60).forEach(i -> code("shopify", number(i), "paid/fulfilled"));
      clock.step(Duration.ofMinutes(1));

      for (int round = 0; round < 5; round++) {
        processes.stream()
            .map(one -> CompletableFuture.runAsync(() -> one.at(clock.instant())))
            .toList()
            .forEach(CompletableFuture::join);
      }
    }
    assertThat(looking.open()).hasSize(60);
    assertThat(told).hasValue(60);
  }

  private static Looking counting(Heart heart, AtomicInteger told) {
    return new Looking(
        heart,
        ShippedRules.contradictions(),
        (connection, changes, now) -> told.addAndGet(changes.size()));
  }
}
