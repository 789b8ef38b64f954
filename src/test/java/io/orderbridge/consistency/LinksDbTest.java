package io.orderbridge.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Await;
import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.call.Calls;
import io.orderbridge.call.TokenSpec;
import io.orderbridge.call.TokenStore;
import io.orderbridge.call.Tokens;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import io.orderbridge.outbox.Owing;
import io.orderbridge.schedule.SourceParts;
import io.orderbridge.schedule.Sources;
import io.orderbridge.signing.TokenSeal;
import io.orderbridge.work.Backlog;
import io.orderbridge.work.OpenLetters;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault of a link yields its own code, on the link and on the orders that it keeps. */
@Tag("R19")
class LinksDbTest {
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final SteppedClock clock = new SteppedClock(start);
  private final Heart heart = Heart.fresh();
  private final Findings findings = new Findings(heart.database, List.of());
  private final Backlog backlog = new Backlog(heart.database);
  private final OpenLetters letters = new OpenLetters(heart.database);
  private final LinkLimitsInForce limits = new LinkLimitsInForce();
  private final Tokens tokens = new Tokens(new TokenStore(heart.database), clock);
  private final Sources sources = new Sources();
  private final LinkRound round = round(heart);

  @AfterEach
  void end() {
    heart.close();
  }

  private LinkRound round(Heart process) {
    AwayCheck away =
        new AwayCheck(process.database, process.instance, process.targets, new Calls());
    return new LinkRound(
        process.database,
        findings,
        away,
        List.of(
            new DeadLetterCheck(letters),
            new OldDebtCheck(backlog, letters, limits),
            away,
            new TokenCheck(tokens),
            new SourceCheck(SourceParts.standings(process, sources))));
  }

  private List<String> open() {
    backlog.refresh();
    round.run(clock.instant());
    return findings.list(new Findings.Filter("LINK", null, null, "OPEN", null), 1_000).stream()
        .map(Findings.Stored::finding)
        .map(one -> "%s %s %s %s".formatted(one.code(), one.subject(), one.item(), one.level()))
        .sorted()
        .toList();
  }

  private Finding finding(String subject) {
    return findings
        .list(new Findings.Filter("LINK", null, subject, null, null), 1)
        .get(0)
        .finding();
  }

  private void dead(String queue, String subject, String cause) {
    heart.execute(
        """
        insert into dead_letter (work_id, queue, lane, ref, ref_at, subject, key, cause, place,
                                 message, payload, attempts, since)
        values (1, '%s', 'l', 1, now(), '%s', 'k', '%s', '', 'm', '', 3, now())\
        """
            .formatted(queue, subject, cause));
  }

  private void owed(String target, String order, Instant since) {
    heart.execute(
        """
        insert into work (queue, lane, ref, ref_at, subject, key, since)
        values ('outbox:%s', '%s', 1, now(), '%s', 'k', '%s')\
        """
            .formatted(target, order, order, since));
  }

  @Test
  void where_everything_holds_nothing_is_told() {
    owed("erp", "demo/1", start);
    assertThat(open()).isEmpty();
  }

  @Test
  void a_dead_letter_is_a_broken_link_and_stands_on_its_order_until_it_is_settled() {
    dead("outbox:erp", "demo/1", "TARGET_REFUSED");
    dead("outbox:erp", "demo/2", "TARGET_REFUSED");
    dead("inbox:taobao/orders", "evt-1", "UNMAPPED_VALUE");

    assertThat(open())
        .containsExactly(
            "LINK_BROKEN demo/1 erp WARNING",
            "LINK_BROKEN demo/2 erp WARNING",
            "LINK_BROKEN erp outbox:erp:dead-letters BREACH",
            "LINK_BROKEN taobao inbox:taobao/orders:dead-letters BREACH");
    assertThat(finding("erp").evidence())
        .containsEntry("deadLetters", 2)
        .containsEntry("causes", Map.of("TARGET_REFUSED", 2));
    assertThat(finding("demo/1").evidence()).containsEntry("because", "TARGET_REFUSED");

    heart.execute("update dead_letter set state = 'REPLAYED'");
    assertThat(open()).isEmpty();
  }

  @Test
  void a_target_whose_oldest_debt_is_too_old_is_a_broken_link_with_the_orders_that_wait() {
    owed("erp", "demo/1", start.minus(Duration.ofMinutes(31)));
    owed("erp", "demo/2", start.minus(Duration.ofMinutes(29)));
    owed("crm", "demo/1", start.minus(Duration.ofMinutes(29)));
    assertThat(open())
        .containsExactly(
            "LINK_BROKEN demo/1 erp WARNING", "LINK_BROKEN erp outbox:erp:waiting BREACH");
  }

  @Test
  void a_target_may_have_a_limit_of_its_own() {
    limits.replace(new LinkLimits(Duration.ofMinutes(30), Map.of("erp", Duration.ofHours(9))));
    owed("erp", "demo/1", start.minus(Duration.ofHours(8)));
    assertThat(open()).isEmpty();
  }

  @Test
  void a_target_that_is_left_alone_is_a_broken_link_that_every_process_sees() throws Exception {
    // Given a target that does not answer
    heart.targets.replace("erp", Owing.target("erp", List.of("order.*"), Set.of()));
    OrderBook book = Books.open(heart, Owing.debts(heart));
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.addComponent("outbox", Owing.component(heart, heart.clock));
      camel.addRoutes(refusing());
      camel.start();
      for (int i = 0; i < 5; i++) {
        book.record(Books.facts("n" + i, Books.reached("PAID", start.toString())), "shop", 1L, null)
            .join();
      }
      Await.until(
          "erp is left alone", Duration.ofSeconds(20), () -> heart.targets.away().contains("erp"));

      assertThat(open()).containsExactly("LINK_BROKEN erp breaker BREACH");

      // Another process sees it, too, and does not clear it.
      try (Heart other = heart.another()) {
        round(other).run(clock.instant());
      }
      assertThat(open()).containsExactly("LINK_BROKEN erp breaker BREACH");
    }
    Books.close(book);
    // When the process that said so says nothing more
    clock.step(Duration.ofMinutes(4));
    try (Heart other = heart.another()) {
      round(other).run(clock.instant());
    }
    assertThat(heart.number("select count(*) from finding where state = 'OPEN'")).isZero();
  }

  private static RouteBuilder refusing() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("outbox:erp")
            .process(
                exchange -> {
                  throw new IOException("connection refused");
                });
      }
    };
  }

  private void token(Instant expires) {
    tokens.replace(
        "taobao",
        new TokenSpec(
            "taobao",
            "t-1",
            "",
            expires,
            Duration.ofHours(1),
            Duration.ofHours(72),
            TokenSeal.of("taobao", List.of("secret"))));
  }

  @Test
  void a_token_is_warned_of_before_it_ends_and_told_as_expired_when_it_has() {
    token(start.plus(Duration.ofHours(73)));
    assertThat(open()).isEmpty();
    clock.step(Duration.ofHours(1));
    assertThat(open()).containsExactly("CHANNEL_AUTH_ENDING taobao token WARNING");
    clock.step(Duration.ofHours(72));
    assertThat(open()).containsExactly("CHANNEL_AUTH_EXPIRED taobao token BREACH");
    token(clock.instant().plus(Duration.ofDays(30)));
    assertThat(open()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TOKEN_EXPIRED", "CHANNEL_AUTH_EXPIRED"})
  void what_died_of_a_token_or_key_has_its_code_on_the_link_and_on_the_order(String cause) {
    dead("outbox:taobao", "demo/1", cause);
    assertThat(open())
        .containsExactly(
            "CHANNEL_AUTH_EXPIRED demo/1 taobao WARNING",
            "CHANNEL_AUTH_EXPIRED taobao outbox:taobao:dead-letters BREACH");
  }

  @Test
  void a_source_that_is_late_is_behind_and_no_more_when_it_is_proved() {
    sources.replace("shop", List.of(SourceParts.quarterly()));
    heart.execute(
        """
        insert into source_window (source, starts_at, ends_at, due_at, next_at, late, cause,
                                   problem)
        values ('shop/orders', '%1$s', '%1$s', '%1$s', '%1$s', true, 'TARGET_BUSY', 'answered 503')\
        """
            .formatted(start.minus(Duration.ofHours(2))));

    assertThat(open()).containsExactly("SOURCE_BEHIND shop/orders  BREACH");
    assertThat(finding("shop/orders").evidence()).containsEntry("because", "TARGET_BUSY");

    heart.execute("update source_window set state = 'PROVED', late = false");
    assertThat(open()).isEmpty();
  }

  @Test
  void no_finding_of_a_link_holds_a_secret() {
    token(start.plus(Duration.ofHours(1)));
    open();
    assertThat(finding("taobao").toString()).doesNotContain("t-1", "secret");
  }
}
