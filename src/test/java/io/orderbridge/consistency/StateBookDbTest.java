package io.orderbridge.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R09")
class StateBookDbTest {
  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
  private static final int READINGS = 40;

  private final Heart heart = Heart.fresh();
  private final SteppedClock clock = new SteppedClock(NOON);
  private final StateBook book = new StateBook(heart.database, clock);

  @AfterEach
  void end() {
    book.close();
    heart.close();
  }

  private static Map<String, Object> state(String number, String status) {
    return Map.of(
        "order", Map.of("shop", "s", "number", number), "status", status, "raw", "r-" + status);
  }

  private List<String> states() {
    return heart.texts("select number || ' ' || status || ' ' || raw from system_state order by 1");
  }

  @Test
  void the_newest_reading_wins_however_readings_are_shuffled_split_and_repeated() {
    Random random = new Random(20_261_129L);
    for (int round = 0; round < 20; round++) {
      heart.execute("truncate system_state");
      List<Integer> minutes = new ArrayList<>();
      for (int i = 0; i < READINGS; i++) {
        minutes.add(random.nextInt(10));
      }
      Collections.shuffle(minutes, random);

      // When: one of three orders is read at each minute; its status tells the minute
      List<CompletableFuture<Integer>> writes = new ArrayList<>();
      for (int i = 0; i < READINGS; i++) {
        Instant at = NOON.plus(Duration.ofMinutes(minutes.get(i)));
        String status = ComparisonPair.STATUSES.get(minutes.get(i));
        writes.add(book.record(List.of(state("n" + i % 3, status)), "erp", at, (long) i));
      }
      writes.forEach(CompletableFuture::join);

      // Then
      List<String> expected = new ArrayList<>();
      for (int n = 0; n < 3; n++) {
        int newest = -1;
        for (int i = n; i < READINGS; i += 3) {
          newest = Math.max(newest, minutes.get(i));
        }
        String status = ComparisonPair.STATUSES.get(newest);
        expected.add("n%d %s r-%s".formatted(n, status, status));
      }
      assertThat(states()).as("round %d", round).isEqualTo(expected);
      assertThat(heart.number("select min(inbox_id) from system_state"))
          .as("the newest message of each counts as seen, also one that came late")
          .isEqualTo(READINGS - 3);
    }
  }

  @Test
  void a_long_list_is_recorded_whole_and_when_it_first_showed_a_status_is_kept() {
    List<Map<String, Object>> many = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      many.add(state("n" + i, "PAID"));
    }
    assertThat(book.record(many, "erp", null, null).join()).isEqualTo(2_500);

    // When: read again an hour later, one has moved
    clock.step(Duration.ofHours(1));
    book.record(List.of(state("n1", "PAID"), state("n2", "SHIPPED")), "erp", null, null).join();

    // Then
    assertThat(
            heart.texts(
                "select number || ' ' || extract(epoch from changed_at)::bigint from system_state"
                    + " where number in ('n1', 'n2') order by 1"))
        .containsExactly(
            "n1 " + NOON.getEpochSecond(), "n2 " + NOON.plusSeconds(3_600).getEpochSecond());
  }

  @Test
  void an_order_that_is_not_there_any_more_is_removed_by_the_newer_word() {
    book.record(state("1", "PAID"), "erp", NOON, null).join();
    Map<String, Object> absent =
        Map.of("order", Map.of("shop", "s", "number", "1"), "absent", true);

    book.record(absent, "erp", NOON.minusSeconds(1), null).join();
    assertThat(states()).as("an older word").hasSize(1);
    book.record(absent, "erp", NOON.plusSeconds(1), null).join();
    assertThat(states()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status | LOST | /0/status | FACTS_INVALID | is 'LOST', expected one of CREATED",
        "raw    |      | /0/raw    | FACTS_INVALID | is no text",
        "at     | noon | /0/at     | FACTS_INVALID | is no ISO-8601 time with offset",
        "at     | 1999-01-01T00:00:00Z | /0/at | TIME_IMPLAUSIBLE | before 2000",
        "phone  | 1    | /0/phone  | FACTS_INVALID | is not known",
        "absent | true | /0/absent | FACTS_INVALID | is written as true, beside 'order' alone"
      })
  void what_is_no_state_is_refused_with_its_place(
      String key, String value, String place, Cause cause, String why) {
    Map<String, Object> state = new HashMap<>(state("1", "PAID"));
    state.put(key, value);

    assertThatThrownBy(() -> book.record(List.of(state), "erp", null, null))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.why()).isEqualTo(cause);
              assertThat(refusal.place()).isEqualTo(place);
              assertThat(refusal).hasMessageContaining(why);
            });
    assertThat(states()).isEmpty();
  }

  @Test
  void a_route_says_which_system_was_read_and_a_state_is_as_old_as_its_message() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.addComponent("states", new StatesComponent(book));
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:read").to("states:record");
            }
          });
      camel.start();
      var to = camel.createProducerTemplate();

      var unnamed = to.request("direct:read", e -> e.getMessage().setBody(state("1", "PAID")));
      assertThat(unnamed.getException(Refusal.class)).hasMessageContaining("which system");

      var named =
          to.request(
              "direct:read",
              exchange -> {
                exchange.getMessage().setBody(state("1", "PAID"));
                exchange.getMessage().setHeader(Carried.CONNECTION, "erp");
                exchange.setProperty(Carried.RECEIVED, NOON.minusSeconds(60));
              });
      assertThat(named.getException()).isNull();
      assertThat(named.getMessage().getBody()).as("the body stays").isEqualTo(state("1", "PAID"));
      assertThat(heart.number("select extract(epoch from read_at)::bigint from system_state"))
          .isEqualTo(NOON.minusSeconds(60).getEpochSecond());
    }
  }
}
