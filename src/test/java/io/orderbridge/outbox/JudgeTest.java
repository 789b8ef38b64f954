package io.orderbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.call.Answer;
import io.orderbridge.call.AnswerRule;
import io.orderbridge.call.Meaning;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.outbox.Target.Moot;
import io.orderbridge.work.Settlement;
import io.orderbridge.work.Settlement.Outcome;
import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.Work.Item;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R02")
@Tag("R11")
class JudgeTest {
  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
  private static final Duration TOOK = Duration.ofMillis(5);
  private static final byte[] PAYLOAD = {'{', '}'};
  private static final List<AnswerRule> RULES =
      List.of(
          AnswerRule.ofJson(200, "/success", "true", Meaning.DONE),
          AnswerRule.ofJson(200, "/code", "BUSY", Meaning.BUSY),
          AnswerRule.ofJson(200, "/success", "false", Meaning.REFUSED),
          new AnswerRule(410, null, Meaning.REFUSED, null, null, Cause.USER_BLOCKED),
          AnswerRule.ofStatus(409, Meaning.DONE),
          AnswerRule.ofJson(0, "/errors/0/id", "7", Meaning.BUSY));

  private static Target target(Moot moot) {
    return new Target(
        "erp",
        List.of("order.*"),
        Set.of(),
        Set.of(),
        false,
        null,
        Owing.RETRY,
        Owing.LIMITS,
        Owing.BREAKER,
        moot,
        RULES,
        null);
  }

  private static Item item(Instant since) {
    Draft draft = new Draft("outbox:erp", "demo/1", 1, NOW, "demo/1", "e:erp", null);
    return new Item(1, draft, 0, since);
  }

  private static Answer answer(int status, String body, String retryAfter) {
    return Answer.of(
        status, body, retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter));
  }

  private static Settlement answered(int status, String body, String retryAfter) {
    return new Judge(target(Moot.LATER_STATE), NOW)
        .answered(item(NOW), answer(status, body, retryAfter), PAYLOAD, TOOK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "200 | {\"success\":true} | DONE | -",
        "200 | {\"success\":false,\"code\":\"BUSY\"} | AGAIN | TARGET_BUSY",
        "200 | {\"success\":false} | DEAD | TARGET_REFUSED",
        "200 | {\"success\":\"false\"} | DEAD | TARGET_REFUSED",
        "200 | '' | DONE | -",
        "200 | <html> | DONE | -",
        "200 | {\"success\" | DONE | -",
        "204 | '' | DONE | -",
        "0 | '' | DONE | -",
        "409 | {\"success\":false} | DONE | -",
        "400 | '' | DEAD | TARGET_REFUSED",
        "401 | '' | DEAD | TARGET_REFUSED",
        "404 | '' | DEAD | TARGET_REFUSED",
        "410 | '' | DEAD | USER_BLOCKED",
        "422 | {\"errors\":[{\"id\":7}]} | AGAIN | TARGET_BUSY",
        "422 | {\"errors\":[]} | DEAD | TARGET_REFUSED",
        "408 | '' | AGAIN | TARGET_BUSY",
        "425 | '' | AGAIN | TARGET_BUSY",
        "429 | '' | AGAIN | TARGET_BUSY",
        "500 | '' | AGAIN | TARGET_BUSY",
        "503 | {\"success\":true} | AGAIN | TARGET_BUSY",
        "301 | '' | DEAD | TARGET_MOVED",
        "307 | '' | DEAD | TARGET_MOVED"
      })
  void an_answer_means(int status, String body, Outcome outcome, Cause cause) {
    Settlement ended = answered(status, body, null);
    assertThat(ended.outcome()).isEqualTo(outcome);
    assertThat(ended.cause()).isEqualTo(cause);
    assertThat(ended.status()).isEqualTo(status);
    assertThat(ended.rest().isZero()).isEqualTo(outcome != Outcome.AGAIN);
    assertThat(ended.payload() != null)
        .as("a dead letter keeps it")
        .isEqualTo(outcome == Outcome.DEAD);
  }

  @Test
  void a_body_nested_too_deeply_to_be_read_matches_no_rule() {
    assertThat(answered(200, "[".repeat(60_000), null).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void a_wait_that_the_target_asks_for_replaces_the_schedule() {
    assertThat(answered(429, "", "77").rest()).isEqualTo(Duration.ofSeconds(77));
    assertThat(answered(503, "", "-1").rest())
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
  }

  @Test
  void after_three_days_it_is_given_up_with_the_cause() {
    Settlement ended =
        new Judge(target(Moot.NEVER), NOW)
            .answered(item(NOW.minus(Duration.ofHours(73))), answer(503, "", null), PAYLOAD, TOOK);
    assertThat(ended.outcome()).isEqualTo(Outcome.DEAD);
    assertThat(ended.cause()).isEqualTo(Cause.TARGET_BUSY);
    assertThat(ended.why()).contains("given up after PT72H", "answered 503");
  }

  @Test
  void a_delivery_settles_older_letters_only_where_later_state_makes_them_moot() {
    for (Moot moot : Moot.values()) {
      Settlement done =
          new Judge(target(moot), NOW).answered(item(NOW), answer(200, "", null), PAYLOAD, TOOK);
      assertThat(done.settlesOlder()).isEqualTo(moot == Moot.LATER_STATE);
    }
  }

  @Test
  void what_throws_is_sorted_by_who_acts_next() {
    assertThat(failed(new ConnectException("refused")).cause()).isEqualTo(Cause.TARGET_UNREACHABLE);
    assertThat(failed(new ConnectException("refused")).outcome()).isEqualTo(Outcome.AGAIN);
    assertThat(failed(new SQLException("gone", "08006")).outcome()).isEqualTo(Outcome.AGAIN);
    assertThat(failed(new SQLException("no state")).outcome()).isEqualTo(Outcome.AGAIN);
    for (String state : List.of("22001", "23505", "42P01")) {
      assertThat(failed(new SQLException("no", state)).cause()).isEqualTo(Cause.TARGET_REFUSED);
    }
    Refusal refusal = new Refusal(Cause.UNMAPPED_VALUE, "erp/status", "no line for X");
    Settlement dead = failed(new IllegalStateException("route", refusal));
    assertThat(dead.cause()).isEqualTo(Cause.UNMAPPED_VALUE);
    assertThat(dead.place()).isEqualTo("erp/status");
    assertThat(dead.payload()).isEqualTo(PAYLOAD);
  }

  @Test
  void a_step_that_says_when_to_try_again_is_believed() {
    TryLater later = new TryLater(Cause.TARGET_BUSY, Optional.of(Duration.ofSeconds(42)), "full");
    Settlement again = failed(new IllegalStateException("route", later));
    assertThat(again.outcome()).isEqualTo(Outcome.AGAIN);
    assertThat(again.cause()).isEqualTo(Cause.TARGET_BUSY);
    assertThat(again.rest()).isEqualTo(Duration.ofSeconds(42));

    TryLater token = new TryLater(Cause.TOKEN_EXPIRED, Optional.empty(), "over");
    assertThat(failed(token).cause()).isEqualTo(Cause.TOKEN_EXPIRED);
    assertThat(failed(token).rest()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
  }

  @Test
  void the_row_that_a_database_shows_with_its_refusal_is_not_repeated() {
    SQLException refused =
        new SQLException("ERROR: violates check\n  Detail: Failing row contains (CANARY)", "23514");
    assertThat(failed(refused).why()).contains("violates check").doesNotContain("CANARY");
  }

  private static Settlement failed(Throwable failure) {
    return new Judge(target(Moot.NEVER), NOW).failed(item(NOW), failure, PAYLOAD, TOOK);
  }
}
