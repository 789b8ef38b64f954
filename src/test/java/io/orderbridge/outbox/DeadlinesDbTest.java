package io.orderbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import io.orderbridge.outbox.Target.Moot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R18")
class DeadlinesDbTest {
  private static final String AT = "2026-11-20T10:00:00+08:00";
  private static final Instant PAID_AT = Instant.parse("2026-11-20T02:00:00Z");
  private static final Duration WITHIN = Duration.ofHours(48);
  private static final Duration WARN = Duration.ofHours(12);

  private final Heart heart = Heart.fresh();
  private final Deadlines deadlines = new Deadlines(heart.database);
  private final OrderBook book = Books.open(heart, Owing.debts(heart));

  @BeforeEach
  void theShopWantsItWithinTwoDays() {
    heart.targets.replace(
        "shop",
        new Target(
            "shop",
            List.of("order.shipped"),
            Set.of("demo"),
            Set.of(),
            false,
            null,
            Owing.RETRY,
            Owing.LIMITS,
            Owing.BREAKER,
            Moot.LATER_STATE,
            List.of(),
            new UploadDeadline(Milestone.PAID, WITHIN, WARN)));
  }

  @AfterEach
  void end() {
    Books.close(book);
    heart.close();
  }

  private void say(String number, String milestone) {
    book.record(Books.facts(number, Books.reached(milestone, AT)), "till", null, null).join();
  }

  private void uploaded(String number, Duration after) {
    heart.database.run(c -> Deadlines.met(c, "shop", "demo/" + number, PAID_AT.plus(after)));
  }

  private List<String> states() {
    return heart.texts("select subject || ' ' || state from upload_deadline order by subject");
  }

  @Test
  void an_order_is_warned_of_before_the_deadline_and_noted_as_breached_after_it_each_once() {
    say("1", "PAID");

    assertThat(deadlines.round(PAID_AT.plus(WITHIN).minus(WARN).minusMillis(1))).isZero();
    assertThat(states()).containsExactly("demo/1 OPEN");

    assertThat(deadlines.round(PAID_AT.plus(WITHIN).minus(WARN))).isOne();
    assertThat(deadlines.round(PAID_AT.plus(WITHIN).minusMillis(1))).isZero();
    assertThat(deadlines.list(null, "at-risk", 10)).hasSize(1);

    assertThat(deadlines.round(PAID_AT.plus(WITHIN))).isOne();
    assertThat(deadlines.round(PAID_AT.plus(WITHIN).plusSeconds(1))).isZero();
    assertThat(deadlines.list("shop", "breached", 10))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.order()).isEqualTo("demo/1");
              assertThat(entry.dueAt()).isEqualTo(PAID_AT.plus(WITHIN));
              assertThat(entry.metAt()).isNull();
            });
  }

  @Test
  void an_order_that_was_told_in_time_is_never_warned_of() {
    say("1", "PAID");
    uploaded("1", Duration.ofHours(1));
    assertThat(deadlines.round(PAID_AT.plus(Duration.ofDays(9)))).isZero();
    assertThat(states()).containsExactly("demo/1 MET");
  }

  @Test
  void a_late_upload_stays_a_breach_and_says_when_it_was_made_good() {
    say("1", "PAID");
    say("2", "PAID");
    deadlines.round(PAID_AT.plus(WITHIN));
    uploaded("1", WITHIN.plusHours(1));

    assertThat(states()).containsExactly("demo/1 BREACHED", "demo/2 BREACHED");
    assertThat(heart.texts("select subject from upload_deadline where met_at is not null"))
        .containsExactly("demo/1");
  }

  @Test
  void an_upload_after_the_deadline_is_a_breach_although_no_round_came_in_between() {
    say("1", "PAID");
    uploaded("1", WITHIN.plusMinutes(1));
    assertThat(states()).containsExactly("demo/1 BREACHED");
  }

  @Test
  void a_cancelled_order_has_no_deadline_any_more() {
    say("1", "PAID");
    say("1", "CANCELLED");
    assertThat(deadlines.round(PAID_AT.plus(Duration.ofDays(9)))).isZero();
    assertThat(states()).containsExactly("demo/1 VOID");
  }

  @Test
  void an_order_of_another_shop_neither_has_the_deadline_nor_is_told() {
    heart.targets.replace("shop", withShops(Set.of("other")));
    say("1", "PAID");
    say("1", "OUTBOUND_SCANNED");
    assertThat(states()).isEmpty();
    assertThat(heart.texts("select key from work")).isEmpty();
  }

  private Target withShops(Set<String> shops) {
    Target is = heart.targets.find("shop").orElseThrow();
    return new Target(
        is.name(),
        is.events(),
        shops,
        is.needs(),
        is.personal(),
        is.orderBy(),
        is.retry(),
        is.limits(),
        is.breaker(),
        is.moot(),
        is.answers(),
        is.uploadDeadline());
  }

  @Test
  void several_instances_together_warn_of_each_order_once() {
    IntStream.range(0, 50).forEach(number -> say("n" + number, "PAID"));
    Instant warned = PAID_AT.plus(WITHIN).minus(WARN);

    int changed =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> deadlines.round(warned)))
            .toList()
            .stream()
            .mapToInt(CompletableFuture::join)
            .sum();

    assertThat(changed).isEqualTo(50);
  }
}
