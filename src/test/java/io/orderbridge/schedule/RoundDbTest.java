package io.orderbridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.schedule.Source.Every;
import io.orderbridge.schedule.Source.Order;
import io.orderbridge.store.Audit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RoundDbTest {
  private static final Audit.Act ACT = new Audit.Act("ann", "source.read-again", "x", "why", "");
  // 02:00 and 10:00 in Shanghai
  private static final Duration TO_TWO = Duration.between(Sweeps.NOW, at("2026-11-20T18:00:00Z"));

  private final Sweeps sweeps = Sweeps.fresh();
  private final SourceStates states = new SourceStates(sweeps.heart.database);

  @AfterEach
  void end() {
    sweeps.close();
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  private static PageRoute.Answer file(String text) {
    return new PageRoute.Answer(text.getBytes(StandardCharsets.UTF_8), false);
  }

  private Object word(Source source) {
    return states.state(source, sweeps.clock.instant()).word();
  }

  private Map<String, Object> day(String day, Source... sources) {
    return new DayBooks(states, sweeps.clock.instant()).of(List.of(sources), LocalDate.parse(day));
  }

  @Test
  @Tag("R42")
  @Tag("R43")
  void at_two_a_bill_is_awaited_by_name_and_at_five_past_ten_it_has_come_by_itself() {
    // Given: six sources, one of them due at 10:00 only
    List<Source> early = new ArrayList<>();
    for (String name : List.of("orders", "refunds", "drop", "sftp", "mail")) {
      early.add(Specs.daily(name, "01:00"));
    }
    Source bill = Specs.daily("trade-bill", "10:00");
    List<Source> all = new ArrayList<>(early);
    all.add(bill);
    PageRoute route = request -> file("file of " + request.get("source") + request.get("day"));

    // When
    sweeps.clock.step(TO_TWO);
    all.forEach(source -> sweeps.run(source, route));
    sweeps.applyAll();
    sweeps.clock.step(Duration.ofSeconds(10));
    all.forEach(source -> sweeps.run(source, route));

    // Then
    Map<String, Object> atTwo = day("2026-11-20", all.toArray(Source[]::new));
    assertThat(atTwo.get("complete").toString()).contains("orders", "refunds", "drop", "sftp");
    assertThat(atTwo.get("missing").toString())
        .contains("source=shop/trade-bill", "state=AWAITED", "dueAt=2026-11-21T02:00:00Z")
        .doesNotContain("problem", "orders");
    assertThat(word(bill)).isEqualTo("AWAITED");

    // When: 10:05
    sweeps.later(Duration.ofMinutes(485), bill, route);
    sweeps.applyAll();
    sweeps.later(Duration.ofSeconds(10), bill, route);

    // Then
    assertThat(day("2026-11-20", bill).get("complete")).isEqualTo(List.of("shop/trade-bill"));
    assertThat(word(bill)).isEqualTo("PROVED");
    assertThat(
            sweeps.heart.texts(
                "select message_id from inbox_message where message_id like"
                    + " '2026-11-20@%' and connection = 'shop/trade-bill'"))
        .hasSize(1);
  }

  @Test
  @Tag("R43")
  void a_file_that_does_not_come_is_late_and_named_and_comes_later() {
    // Given
    Source bill = Specs.daily("trade-bill", "10:00");
    PageRoute notYet =
        request -> {
          throw new TryLater(Cause.TARGET_BUSY, Optional.empty(), "no bill yet");
        };

    // When
    sweeps.clock.step(TO_TWO.plus(Duration.ofHours(8)));
    for (int i = 0; i < 15; i++) {
      sweeps.later(Duration.ofMinutes(10), bill, notYet);
    }

    // Then
    assertThat(word(bill)).isEqualTo("LATE");
    assertThat(day("2026-11-20", bill).get("missing").toString())
        .contains("shop/trade-bill", "LATE", "no bill yet");
    assertThat(states.state(bill, sweeps.clock.instant()).late()).isEqualTo(1);
    sweeps.later(Duration.ofMinutes(10), bill, request -> new PageRoute.Answer(null, true));
    assertThat(sweeps.states()).containsOnly("PROVED");
    assertThat(word(bill)).isEqualTo("PROVED");
  }

  @Test
  @Tag("R42")
  void two_processes_make_and_read_each_window_once() throws Exception {
    // Given
    Every every =
        new Every(Duration.ofMinutes(15), Duration.ZERO, Duration.ZERO, Duration.ofHours(10));
    Source source = Specs.of("orders", every, Specs.pages(Order.WHOLE), false);
    Sweeps other = sweeps.another();
    List<Object> read = Collections.synchronizedList(new ArrayList<>());
    PageRoute route =
        request -> {
          read.add(request.get("from"));
          return file("file of " + request.get("from"));
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);

    // When
    List<Future<?>> runs = new ArrayList<>();
    for (Sweeps one : List.of(sweeps, other)) {
      runs.add(
          threads.submit(
              () -> {
                for (int idle = 0; idle < 200; idle++) {
                  one.run(source, route);
                }
              }));
    }
    for (Future<?> run : runs) {
      run.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();

    // Then
    assertThat(read).hasSize(40).doesNotHaveDuplicates();
    assertThat(sweeps.states()).hasSize(40).doesNotContain("DUE");
    assertThat(sweeps.heart.number("select count(*) from inbox_message")).isEqualTo(40);
    other.close();
  }

  @Test
  @Tag("R42")
  void a_period_is_read_again_when_a_person_asks_and_what_is_stored_stays() {
    // Given
    Source source = Specs.quarterly(Order.FIRST_LAST);
    ShiftingSource rows = new ShiftingSource(false, 7);
    sweeps.run(source, rows);
    int asked = rows.requests.size();
    rows.add(new ShiftingSource.Row("forgotten", 3));

    // When: the window that is there, and two days before the first one
    Instant from = at("2026-11-20T01:45:00Z");
    int one = states.readAgain(source, from, from.plusSeconds(60), sweeps.clock.instant(), ACT);
    sweeps.run(source, rows);

    // Then
    assertThat(one).isEqualTo(1);
    assertThat(states.state(source, sweeps.clock.instant()).late()).isZero();
    assertThat(rows.requests).hasSizeGreaterThan(asked);
    assertThat(sweeps.storedIds()).contains("forgotten");
    assertThat(sweeps.heart.number("select count(*) from inbox_message")).isEqualTo(8);
    assertThat(sweeps.heart.texts("select reason from audit")).containsExactly("why");
    Instant before = at("2026-11-18T00:00:00Z");
    assertThat(
            states.readAgain(
                source, before, before.plusSeconds(3_600), sweeps.clock.instant(), ACT))
        .isEqualTo(4);
    sweeps.run(source, rows);
    assertThat(sweeps.states()).hasSize(5).containsOnly("READ");
    assertThat(sweeps.windows.lastEnd("shop/orders")).isEqualTo("2026-11-20T02:00:00Z");
  }

  @Test
  void a_reader_whose_window_was_asked_for_again_meanwhile_writes_nothing_more() {
    // Given
    Source source = Specs.quarterly(Order.FIRST_LAST);
    ShiftingSource rows = new ShiftingSource(false, 12);
    Instant from = at("2026-11-20T01:45:00Z");
    rows.moving(
        () -> {
          if (rows.requests.size() == 2) {
            states.readAgain(source, from, from.plusSeconds(60), sweeps.clock.instant(), ACT);
          }
        });

    // When
    boolean looked = sweeps.look(source, rows);

    // Then
    assertThat(looked).isTrue();
    assertThat(rows.requests).hasSize(2);
    assertThat(sweeps.states()).containsExactly("DUE");
    sweeps.run(source, rows);
    assertThat(sweeps.states()).containsExactly("READ");
  }

  @Test
  void a_queue_is_acknowledged_after_its_items_are_stored_and_polled_until_it_is_empty() {
    // Given
    Every every = new Every(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    Source source = Specs.of("logistics", every, Specs.pages(Order.QUEUE), false);
    List<Map<String, Object>> waiting = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      waiting.add(Map.of("id", "r" + i));
    }
    List<Long> storedAtAck = new ArrayList<>();
    PageRoute route =
        request -> {
          if (Boolean.TRUE.equals(request.get("ack"))) {
            storedAtAck.add(sweeps.heart.number("select count(*) from inbox_message"));
            waiting.removeAll((List<?>) request.get("items"));
          }
          return new PageRoute.Answer(
              Map.of("rows", List.copyOf(waiting.subList(0, Math.min(5, waiting.size())))), false);
        };

    // When
    sweeps.run(source, route);

    // Then
    assertThat(storedAtAck).containsExactly(5L, 10L, 12L);
    assertThat(waiting).isEmpty();
    assertThat(sweeps.heart.number("select count(*) from inbox_message")).isEqualTo(12);
    assertThat(word(source)).isEqualTo("AWAITED");
    assertThat(states.state(source, sweeps.clock.instant()).completeUntil())
        .isEqualTo(sweeps.clock.instant());
    waiting.add(Map.of("id", "r99"));
    assertThat(sweeps.look(source, route)).as("not yet").isFalse();
    sweeps.later(Duration.ofMinutes(1), source, route);
    assertThat(waiting).isEmpty();
  }

  @Test
  void an_acknowledgement_that_is_lost_brings_the_items_again_and_they_are_one_message_each() {
    // Given
    Every every = new Every(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    Source source = Specs.of("logistics", every, Specs.pages(Order.QUEUE), false);
    boolean[] acknowledged = {false};
    PageRoute route =
        request -> {
          if (Boolean.TRUE.equals(request.get("ack"))) {
            acknowledged[0] = sweeps.clock.instant().isAfter(Sweeps.NOW);
            if (!acknowledged[0]) {
              throw new IllegalStateException("connection reset");
            }
          }
          return new PageRoute.Answer(
              Map.of("rows", acknowledged[0] ? List.of() : List.of(Map.of("id", "r1"))), false);
        };

    // When
    sweeps.run(source, route);
    sweeps.later(Duration.ofSeconds(30), source, route);

    // Then
    assertThat(acknowledged[0]).isTrue();
    assertThat(sweeps.heart.number("select count(*) from inbox_message")).isEqualTo(1);
  }
}
