package io.orderbridge.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderbridge.SteppedClock;
import io.orderbridge.TestDatabase;
import io.orderbridge.call.Partner.Reply;
import io.orderbridge.call.TokenState.State;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.TryLater;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R50")
class TokensDbTest {
  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
  private static final String OVER = "{\"error\":27}";

  private final SteppedClock clock = new SteppedClock(NOW);
  private final DataSource source = TestDatabase.fresh();
  private final Partner partner = new Partner();
  private final Calling one = new Calling(source, clock);
  private final Calling two = new Calling(source, clock);
  private final AtomicInteger renewals = new AtomicInteger();

  /** The partner's view: the token that is good now. */
  private volatile String good = "t-1";

  @AfterEach
  void close() {
    one.close();
    two.close();
    partner.close();
  }

  private void start(Calling... processes) throws Exception {
    partner.answers(
        asked -> {
          boolean known = ("Bearer " + good).equals(asked.headers().get("authorization"));
          return Reply.of(200, known ? "{\"page\":1}" : OVER);
        });
    for (Calling process : processes) {
      Calling.Draft draft = Calling.to(partner.url());
      draft.token = true;
      draft.answers = List.of(AnswerRule.ofJson(0, "/error", "27", Meaning.REFRESH));
      process.has(draft);
      process.tokens.replace("shop", Calling.token("t-1", "r-1", NOW.plusSeconds(7200)));
      process.camel.addRoutes(route());
    }
  }

  private RouteBuilder route() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("token:shop").process(TokensDbTest.this::renew);
      }
    };
  }

  private void renew(Exchange exchange) {
    Map<?, ?> before = exchange.getMessage().getBody(Map.class);
    int number = renewals.incrementAndGet();
    assertThat(before.get("refresh")).isEqualTo("r-" + number);
    good = "t-" + (number + 1);
    exchange
        .getMessage()
        .setBody(
            "{\"access\":\"%s\",\"refresh\":\"r-%d\",\"expiresIn\":7200}"
                .formatted(good, number + 1));
  }

  @Test
  void twenty_threads_of_two_processes_that_are_refused_at_once_renew_exactly_once()
      throws Exception {
    start(one, two);
    good = "revoked";
    ExecutorService threads = Executors.newFixedThreadPool(20);
    List<Future<Exchange>> asked = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Calling process = i % 2 == 0 ? one : two;
      asked.add(threads.submit(() -> process.ask(Map.of())));
    }
    for (Future<Exchange> ended : asked) {
      assertThat(Calling.meaning(ended.get())).isEqualTo("done");
    }
    threads.shutdown();

    assertThat(renewals).hasValue(1);
    assertThat(two.tokens.states().get(0).expiresAt()).isEqualTo(NOW.plusSeconds(7200));
  }

  @Test
  void a_token_that_ends_between_two_pages_is_renewed_and_the_page_asked_once_more()
      throws Exception {
    start(one);
    assertThat(Calling.meaning(one.ask(Map.of()))).isEqualTo("done");
    good = "revoked";
    assertThat(Calling.meaning(one.ask(Map.of()))).isEqualTo("done");
    assertThat(Calling.meaning(one.ask(Map.of()))).isEqualTo("done");
    assertThat(renewals).hasValue(1);
    assertThat(partner.asked).hasSize(4);
  }

  @Test
  void a_new_token_that_is_refused_too_is_not_renewed_again_and_again() throws Exception {
    start(one);
    partner.answers(200, OVER);
    assertThat(Calling.later(one.ask(Map.of())).why()).isEqualTo(Cause.TOKEN_EXPIRED);
    assertThat(partner.asked).hasSize(2);
    assertThat(renewals).hasValue(1);
  }

  @Test
  void a_renewal_that_fails_is_told_without_tokens_and_not_pressed() throws Exception {
    one.tokens.replace("shop", Calling.token("t-1", "r-1", null));
    one.tokens.serve(
        "shop",
        (access, refresh) -> {
          renewals.incrementAndGet();
          throw new TryLater(
              Cause.TARGET_BUSY, java.util.Optional.empty(), "no, said of " + refresh);
        });
    for (int i = 0; i < 5; i++) {
      TryLater later =
          (TryLater) catchThrowable(() -> one.tokens.renewed("shop", new Tokens.Held("t-1", 0)));
      assertThat(later.why()).isEqualTo(Cause.TOKEN_EXPIRED);
      assertThat(later).hasMessageContaining("no, said of ***");
      assertThat(later.asked().orElseThrow())
          .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
    }
    assertThat(renewals).hasValue(1);
    TokenState state = one.tokens.states().get(0);
    assertThat(state.state()).isEqualTo(State.FAILED);
    assertThat(state.failure()).doesNotContain("r-1");
  }

  @Test
  void a_process_that_dies_while_it_renews_holds_the_others_up_for_its_lease_only()
      throws Exception {
    start(two);
    new TokenStore(new io.orderbridge.store.Database(source))
        .claim("shop", 0, java.util.UUID.randomUUID(), Duration.ofSeconds(1));
    assertThat(two.tokens.renewed("shop", new Tokens.Held("t-1", 0)).access()).isEqualTo("t-2");
  }

  @Test
  void a_dump_discloses_no_token_and_other_secrets_fall_back_to_the_configured_one()
      throws Exception {
    start(one);
    one.tokens.renewNow("shop");
    assertThat(one.tokens.held("shop").access()).isEqualTo("t-2");
    try (Connection sql = source.getConnection();
        Statement statement = sql.createStatement();
        ResultSet row = statement.executeQuery("select * from access_token")) {
      assertThat(row.next()).isTrue();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        assertThat(row.getString(i) + "").doesNotContain("t-2", "r-2");
      }
      String sealed = new String(row.getBytes("sealed"), StandardCharsets.ISO_8859_1);
      assertThat(sealed).isNotEmpty().doesNotContain("t-2", "r-2");
    }
    one.tokens.replace("shop", Calling.token("set-by-a-person", "r-9", null));
    assertThat(one.tokens.held("shop").access()).isEqualTo("set-by-a-person");
    assertThat(Calling.token("t-1", "r-1", null).toString()).doesNotContain("t-1", "r-1");
  }

  @Test
  void it_is_renewed_in_time_before_anybody_is_refused() throws Exception {
    start(one);
    TokenWatch watch = new TokenWatch(one.tokens, new SimpleMeterRegistry(), clock);
    watch.look();
    assertThat(renewals).hasValue(0);
    clock.step(Duration.ofMinutes(61));
    assertThat(one.tokens.states().get(0).state()).isEqualTo(State.RENEW_DUE);
    watch.look();
    assertThat(renewals).hasValue(1);
    assertThat(one.tokens.states().get(0).state()).isEqualTo(State.OK);
  }

  @Test
  void what_nobody_renews_becomes_an_alarm() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    one.tokens.replace("shop", Calling.token("t-1", "", NOW.plus(Duration.ofHours(4))));
    TokenWatch watch = new TokenWatch(one.tokens, registry, clock);
    watch.look();
    assertThat(one.tokens.states().get(0).state()).isEqualTo(State.OK);
    clock.step(Duration.ofHours(1));
    watch.look();
    assertThat(one.tokens.states().get(0).state()).isEqualTo(State.ALARM);
    assertThat(registry.get("orderbridge.token.seconds.left").gauge().value()).isEqualTo(10_800);
    assertThat(new TokenResource(one.tokens).states().toString()).doesNotContain("t-1");
    assertThatThrownBy(() -> one.tokens.renewNow("shop")).hasMessageContaining("no route from");
  }

  @Test
  void without_a_first_token_one_is_asked_for() throws Exception {
    start(one);
    one.tokens.replace("shop", Calling.token("", "r-1", null));
    assertThat(Calling.meaning(one.ask(Map.of()))).isEqualTo("done");
    assertThat(renewals).hasValue(1);
  }

  @Test
  void one_route_renews_a_token() throws Exception {
    start(one);
    assertThatThrownBy(() -> one.camel.addRoutes(route()))
        .hasStackTraceContaining("Multiple consumers");
  }
}
