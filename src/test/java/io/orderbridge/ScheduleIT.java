package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Routes that run by the clock, over two products on one database, one of which may die. */
@Tag("R85")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class ScheduleIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String EACH_SECOND = "* * * * * ?";
  private static final String AT_THREE = "0 0 3 * * ?";
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private Product one;
  private Product two;

  @BeforeAll
  void start(@TempDir Path first, @TempDir Path second) {
    String database = TestDatabase.freshUrl();
    one = new Product(first).database(database);
    two = new Product(second).database(database);
    for (Product product : List.of(one, two)) {
      product.write(
          "routes/ledger/connection.yaml", "receives: {signature: none, internal: true}\n");
      product.start();
    }
  }

  @AfterAll
  void stop() {
    one.close();
    two.close();
  }

  @AfterEach
  void forget() throws IOException {
    for (Product product : List.of(one, two)) {
      Files.deleteIfExists(product.routes().resolve("ledger/ledger-tick.camel.yaml"));
      if (!product.isAlive()) {
        product.start();
      }
    }
    Await.until("no schedule", SOON, () -> number("select count(*) from qrtz_job_details") == 0);
    one.rows().execute("truncate inbox_message, work");
  }

  // Every exchange is a message of its own, so that a firing which comes twice is seen twice.
  private void schedule(String cron, Duration work) {
    String route =
        """
        - route:
            id: ledger-tick
            description: Notes each firing.
            from:
              uri: quartz:ledger/ledger-tick
              parameters:
                cron: "%s"
                trigger.timeZone: Asia/Shanghai
                recoverableJob: "true"
              steps:
                - setHeader:
                    name: OrderbridgeMessageId
                    expression:
                      simple:
                        expression: "${exchangeId}"
                - to:
                    uri: inbox:ledger
                - delay:
                    expression:
                      constant:
                        expression: "%d"
        """
            .formatted(cron, work.toMillis());
    for (Product product : List.of(one, two)) {
      product.write("routes/ledger/ledger-tick.camel.yaml", route);
    }
  }

  private long number(String sql) {
    return one.rows().number(sql);
  }

  /** When each firing that was noted was due, in the order in which they were noted. */
  private List<Instant> dues() {
    return one
        .rows()
        .texts("select convert_from(body, 'UTF8') from inbox_message order by id")
        .stream()
        .map(body -> OffsetDateTime.parse(Product.read(body).path("due").asText()).toInstant())
        .toList();
  }

  private JsonNode shown(Product product) {
    return product.json("/api/schedules").path("schedules");
  }

  @Test
  void each_tick_is_fired_once_over_both_and_the_other_goes_on_when_one_is_killed() {
    // Given
    schedule(EACH_SECOND, Duration.ZERO);
    Await.until("ticks", SOON, () -> dues().size() > 5);

    // When: killed between two ticks
    int before = dues().size();
    Await.until("a tick", SOON, () -> dues().size() > before);
    Await.until(
        "its end",
        SOON,
        () -> number("select count(*) from qrtz_fired_triggers where state = 'EXECUTING'") == 0);
    two.killHard();
    int killed = dues().size();
    Await.until("the other goes on", SOON, () -> dues().size() > killed + 3);

    // Then
    List<Instant> dues = dues();
    assertThat(dues).doesNotHaveDuplicates();
    long missed =
        Stream.iterate(1, i -> i < killed, i -> i + 1)
            .filter(i -> Duration.between(dues.get(i - 1), dues.get(i)).toSeconds() != 1)
            .count();
    assertThat(missed).as("seconds that were passed by: %s", dues).isZero();
    assertThat(Duration.between(dues.get(killed - 1), dues.get(killed)))
        .isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void a_job_that_was_killed_half_way_is_done_again_by_the_other() {
    // Given
    schedule(EACH_SECOND, Duration.ofSeconds(8));
    Await.until("at work", SOON, () -> dues().size() == 1);
    String working = one.rows().texts("select instance_name from qrtz_fired_triggers").get(0);

    // When
    Product killed = ofInstance(working);
    killed.killHard();

    // Then
    Await.until("done again", SOON, () -> dues().size() == 2);
    assertThat(dues().get(1)).isEqualTo(dues().get(0));
    assertThat(shown(killed == one ? two : one).get(0).path("last").has("endedAt")).isFalse();
  }

  // An instance's name ends with the time at which it was made: soon after its process.
  private Product ofInstance(String name) {
    long made = Long.parseLong(name.replaceAll(".*?(\\d{13})$", "$1"));
    return Stream.of(one, two)
        .filter(product -> startOf(product) < made)
        .max(Comparator.comparing(ScheduleIT::startOf))
        .orElseThrow();
  }

  private static long startOf(Product product) {
    return ProcessHandle.of(product.pid())
        .orElseThrow()
        .info()
        .startInstant()
        .orElseThrow()
        .toEpochMilli();
  }

  @Test
  void an_edited_time_takes_effect_while_it_runs_and_leaves_one_trigger() {
    // Given
    schedule(EACH_SECOND, Duration.ZERO);
    Await.until("ticks", SOON, () -> dues().size() > 1);

    // When
    schedule(AT_THREE, Duration.ZERO);

    // Then
    for (Product product : List.of(one, two)) {
      Await.until(
          "taken", SOON, () -> AT_THREE.equals(shown(product).path(0).path("cron").asText()));
      Instant next = Instant.parse(shown(product).get(0).path("next").asText());
      assertThat(next.atZone(SHANGHAI).getHour()).isEqualTo(3);
      assertThat(number("select next_fire_time from qrtz_triggers")).isEqualTo(next.toEpochMilli());
    }
  }

  @Test
  void what_came_due_while_nobody_ran_is_fired_once_at_the_next_start() {
    // Given
    schedule(AT_THREE, Duration.ZERO);
    Await.until("known", SOON, () -> number("select count(*) from qrtz_triggers") == 1);
    one.stop();
    two.stop();
    one.rows()
        .execute(
            "update qrtz_triggers set next_fire_time = "
                + Instant.now().minus(Duration.ofDays(2)).toEpochMilli());

    // When
    one.start();
    two.start();

    // Then
    Await.until("fired", SOON, () -> dues().size() == 1);
    String trigger = "select trigger_name || ' ' || trigger_state from qrtz_triggers";
    Await.until(
        "settled", SOON, () -> one.rows().texts(trigger).equals(List.of("ledger-tick WAITING")));
    assertThat(dues()).hasSize(1);
    assertThat(
            Stream.of(one, two)
                .map(Product::log)
                .collect(Collectors.joining())
                .lines()
                .filter(line -> line.contains("schedule.fired"))
                .filter(line -> line.contains(dues().get(0).toString())))
        .hasSize(1);
  }
}
