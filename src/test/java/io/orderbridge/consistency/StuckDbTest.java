package io.orderbridge.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.FindingChange;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import io.orderbridge.runtime.ShippedRules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R13")
class StuckDbTest {
  private static final Duration LIMIT = Duration.ofHours(4);

  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final SteppedClock clock = new SteppedClock(start);
  private final Heart heart = Heart.fresh();
  private final OrderBook book = Books.open(heart, (connection, events) -> {});
  private final List<FindingChange> told = new ArrayList<>();
  private final Findings findings =
      new Findings(heart.database, List.of((c, changes, now) -> told.addAll(changes)));
  private final StuckLimitsInForce limits = new StuckLimitsInForce();
  private final StuckRound round = new StuckRound(heart.database, findings, limits);
  private final StuckOrders orders = new StuckOrders(heart.database, limits);

  @BeforeEach
  void limits() {
    Shops.own(heart.ownership);
    limits.replace(ShippedRules.stuck());
  }

  @AfterEach
  void end() {
    Books.close(book);
    heart.close();
  }

  private void reach(String system, String number, String milestone) {
    book.record(
            Books.facts(number, Books.reached(milestone, clock.instant().toString())),
            system,
            1L,
            null)
        .join();
  }

  private void scanAfter(Duration later) {
    clock.step(later);
    round.run(clock.instant());
  }

  private List<String> changes() {
    List<String> seen =
        told.stream()
            .map(
                change ->
                    change.how()
                        + " "
                        + change.finding().code()
                        + " "
                        + change.finding().subject()
                        + " "
                        + change.finding().level())
            .toList();
    told.clear();
    return seen;
  }

  private List<Finding> open() {
    return findings.list(new Findings.Filter(null, null, null, "OPEN", null), 1_000).stream()
        .map(Findings.Stored::finding)
        .toList();
  }

  @Test
  void an_order_past_its_limit_appears_within_one_scan_once_and_goes_when_it_moves() {
    reach("shopify", "1", "PAID");
    scanAfter(StuckLimits.warn(LIMIT).minusSeconds(1));
    assertThat(changes()).isEmpty();

    // When four fifths are over
    scanAfter(Duration.ofSeconds(1));
    assertThat(changes()).containsExactly("OPENED STUCK_PAID demo/1 WARNING");

    // When the limit is over, and scan after scan
    scanAfter(LIMIT.minus(StuckLimits.warn(LIMIT)));
    assertThat(open()).extracting(Finding::level).containsExactly(Level.BREACH);
    for (int minute = 0; minute < 5; minute++) {
      scanAfter(Duration.ofMinutes(1));
    }
    assertThat(told.stream().filter(change -> change.how() == FindingChange.How.OPENED)).isEmpty();
    told.clear();

    // When the warehouse takes it
    reach("wms", "1", "ACCEPTED");
    scanAfter(Duration.ofSeconds(1));
    assertThat(changes()).containsExactly("CLEARED STUCK_PAID demo/1 BREACH");
    assertThat(open()).isEmpty();
  }

  @Test
  void an_order_that_is_stuck_in_its_next_status_is_another_finding() {
    reach("shopify", "1", "PAID");
    scanAfter(LIMIT);
    reach("wms", "1", "ACCEPTED");
    scanAfter(Duration.ofHours(24));
    assertThat(open()).extracting(Finding::code).containsExactly("STUCK_ACCEPTED");
  }

  @Test
  void a_finding_says_since_when_what_it_waits_for_and_what_to_do() {
    reach("shopify", "1", "PAID");
    Instant paidAt = clock.instant();
    scanAfter(LIMIT);

    Finding finding = open().get(0);

    assertThat(finding.kind()).isEqualTo(Finding.Kind.STUCK);
    assertThat(finding.evidence())
        .containsEntry("since", paidAt.toString())
        .containsEntry("breachAt", paidAt.plus(LIMIT).toString())
        .containsEntry("status", "PAID")
        .containsEntry("waitsFor", "ACCEPTED")
        .containsEntry("limitSeconds", 14_400);
    assertThat(finding.text().en())
        .startsWith("The order has been paid longer than its limit (4 h 0 min)");
    assertThat(finding.text().zh()).contains("已付款", "超过时限", "4 小时");
  }

  @Test
  void a_shop_may_have_a_limit_of_its_own_or_none() {
    limits.replace(
        ShippedRules.stuck(
            """
            limits: {PAID: 4h}
            shops:
              demo: {PAID: 1h}
              slow: {PAID: none}
            """));
    reach("shopify", "1", "PAID");
    heart.execute(
        """
        insert into customer_order (shop, number, status, revision, state, since)
        values ('slow', '2', 'PAID', 1, '{}', '%1$s'), ('other', '3', 'PAID', 1, '{}', '%1$s')\
        """
            .formatted(clock.instant()));

    scanAfter(Duration.ofHours(1));
    assertThat(open()).extracting(Finding::subject).containsExactly("demo/1");
    scanAfter(Duration.ofDays(9));
    assertThat(open()).extracting(Finding::subject).containsExactly("other/3", "demo/1");
  }

  @Test
  void an_order_of_which_the_shop_never_told_is_stuck_from_when_it_was_first_heard_of() {
    heart.ownership.replace("till", java.util.Set.of());
    reach("till", "1", "CREATED");
    scanAfter(Duration.ofHours(1).plusSeconds(10));
    assertThat(open()).extracting(Finding::code).containsExactly("STUCK_UNKNOWN");
  }

  @Test
  void orders_that_have_come_to_their_end_are_never_stuck() {
    reach("shopify", "1", "COMPLETED");
    reach("shopify", "2", "CANCELLED");
    scanAfter(Duration.ofDays(100));
    assertThat(open()).isEmpty();
  }

  @Test
  void an_edited_limit_holds_from_the_next_scan_on() {
    reach("shopify", "1", "PAID");
    scanAfter(LIMIT);
    assertThat(open()).hasSize(1);
    limits.replace(ShippedRules.stuck("limits: {PAID: 9h}"));
    scanAfter(Duration.ofMinutes(1));
    assertThat(open()).isEmpty();
    limits.replace(StuckLimits.NONE);
    scanAfter(Duration.ofDays(1));
    assertThat(open()).isEmpty();
  }

  @Test
  void the_list_shows_age_and_limit_the_longest_first_and_counts_by_status_and_level() {
    reach("shopify", "1", "PAID");
    clock.step(Duration.ofMinutes(10));
    reach("shopify", "2", "PAID");
    reach("wms", "3", "ACCEPTED");
    clock.step(LIMIT.minusMinutes(5));

    List<StuckOrders.Stuck> stuck =
        orders.list(new StuckOrders.Filter("PAID", null, null), 10, clock.instant());

    assertThat(stuck).extracting(StuckOrders.Stuck::number).containsExactly("1", "2");
    assertThat(stuck.get(0).ageSeconds()).isEqualTo(LIMIT.plusMinutes(5).toSeconds());
    assertThat(stuck.get(0).limitSeconds()).isEqualTo(LIMIT.toSeconds());
    assertThat(stuck)
        .extracting(StuckOrders.Stuck::level)
        .containsExactly(Level.BREACH, Level.WARNING);
    assertThat(
            orders.list(new StuckOrders.Filter(null, "demo", Level.WARNING), 10, clock.instant()))
        .extracting(StuckOrders.Stuck::number)
        .containsExactly("2");
    assertThat(orders.counts(clock.instant()))
        .containsEntry("PAID", Map.of("WARNING", 1L, "BREACH", 1L))
        .containsEntry("ACCEPTED", Map.of("WARNING", 0L, "BREACH", 0L));
  }

  @Test
  void two_processes_tell_of_each_order_once() {
    IntStream.range(0, 30).forEach(i -> reach("shopify", "n" + i, "PAID"));
    clock.step(LIMIT);
    try (Heart other = heart.another()) {
      StuckRound second =
          new StuckRound(
              other.database,
              new Findings(
                  other.database,
                  List.of(
                      (c, changes, now) -> {
                        synchronized (told) {
                          told.addAll(changes);
                        }
                      })),
              limits);
      IntStream.range(0, 6)
          .mapToObj(
              i ->
                  CompletableFuture.runAsync(
                      () -> (i % 2 == 0 ? round : second).run(clock.instant())))
          .toList()
          .forEach(CompletableFuture::join);
    }
    assertThat(told).hasSize(30);
  }
}
