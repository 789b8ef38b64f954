package io.orderbridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.schedule.ShiftingSource.Row;
import io.orderbridge.schedule.Source.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page that shifts while it is read (idea 8): what is complete misses nothing. */
@Tag("R03")
class ReadingDbTest {
  private static final long SEED = 20_261_123L;
  private static final int ROWS = 43;
  private static final int HISTORIES = 12;

  private final Sweeps sweeps = Sweeps.fresh();

  @AfterEach
  void end() {
    sweeps.close();
  }

  private static ShiftingSource source(Order order, int rows) {
    return new ShiftingSource(order == Order.LAST_FIRST, rows);
  }

  private void again() {
    sweeps.heart.execute("truncate window_item, source_window");
  }

  @ParameterizedTest
  @EnumSource(
      value = Order.class,
      names = {"LAST_FIRST", "FIRST_LAST", "CURSOR", "OFFSET"})
  void nothing_is_missed_while_rows_leave_the_window(Order order) {
    for (int history = 0; history < HISTORIES; history++) {
      Random random = new Random(SEED + history);
      ShiftingSource source = source(order, ROWS);
      int leaving = 6;
      int[] left = {0};
      source.moving(
          () -> {
            if (left[0] < leaving && random.nextInt(3) == 0) {
              left[0]++;
              source.remove(random.nextInt(source.rows.size()));
            }
          });

      // When
      for (int look = 0; look < 40 && !sweeps.states().contains("READ"); look++) {
        sweeps.later(Duration.ofMinutes(look > 0 ? 10 : 0), first(order), source);
      }

      // Then
      assertThat(sweeps.states()).as("%s history %d", order, history).contains("READ");
      assertThat(sweeps.storedIds()).as("%s history %d", order, history).containsAll(source.ids());
      again();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Order.class,
      names = {"LAST_FIRST", "FIRST_LAST", "OFFSET"})
  void nothing_is_missed_while_late_rows_come_into_the_window(Order order) {
    for (int history = 0; history < HISTORIES; history++) {
      Random random = new Random(SEED + history);
      ShiftingSource source = source(order, ROWS);
      int[] came = {0};
      source.moving(
          () -> {
            // Without a total nothing tells what comes behind the last reading: the overlap does.
            boolean seen = order != Order.OFFSET || source.requests.size() < ROWS / Specs.SIZE;
            if (seen && came[0] < 4 && random.nextInt(4) == 0) {
              came[0]++;
              source.add(new Row("late" + came[0], random.nextInt(ROWS)));
            }
          });

      // When
      for (int look = 0; look < 40 && !sweeps.states().contains("READ"); look++) {
        sweeps.later(Duration.ofMinutes(look > 0 ? 10 : 0), first(order), source);
      }

      // Then
      List<String> atTheEnd = source.ids();
      assertThat(sweeps.storedIds()).as("%s history %d", order, history).containsAll(atTheEnd);
      again();
    }
  }

  // Only the window that is there at first: its end is a time of the past for the later looks.
  private static Source first(Order order) {
    return Specs.quarterly(order);
  }

  @Test
  void the_naive_direction_would_miss_what_the_last_page_first_does_not() {
    int missing = 0;
    for (int history = 0; history < HISTORIES; history++) {
      Random random = new Random(SEED + history);
      ShiftingSource source = source(Order.LAST_FIRST, ROWS);
      source.moving(
          () -> {
            if (random.nextInt(3) == 0) {
              source.remove(random.nextInt(source.rows.size()));
            }
          });
      Set<String> seen = new HashSet<>();
      for (int page = 0; page * Specs.SIZE < ROWS; page++) {
        Map<String, Object> request = Map.of("offset", (long) page * Specs.SIZE);
        Map<?, ?> answer = (Map<?, ?>) source.ask(request).body();
        ((List<?>) answer.get("rows"))
            .forEach(row -> seen.add((String) ((Map<?, ?>) row).get("id")));
      }
      missing += (int) source.ids().stream().filter(id -> !seen.contains(id)).count();
    }
    assertThat(missing).as("rows that pages 1, 2, 3, ... passed by").isGreaterThan(5);
  }

  @Test
  void the_last_page_is_asked_first_and_the_total_before_and_after() {
    // Given
    ShiftingSource source = source(Order.LAST_FIRST, 12);

    // When
    sweeps.look(Specs.quarterly(Order.LAST_FIRST), source);

    // Then
    assertThat(source.requests)
        .extracting(r -> r.get("count"))
        .containsExactly(true, false, false, false, true);
    assertThat(source.requests).extracting(r -> r.get("page")).containsExactly(1, 3, 2, 1, 1);
    assertThat(source.requests.get(1))
        .containsEntry("source", "shop/orders")
        .containsEntry("from", "2026-11-20T09:40:00+08:00")
        .containsEntry("to", "2026-11-20T10:00:00+08:00")
        .containsEntry("toEpoch", 1_795_140_000L)
        .containsEntry("size", 5)
        .containsEntry("offset", 10L);
    assertThat(sweeps.heart.texts("select told || '/' || stored from source_window"))
        .containsExactly("12/12");
  }

  @ParameterizedTest
  @EnumSource(
      value = Order.class,
      names = {"LAST_FIRST", "FIRST_LAST", "OFFSET"})
  void a_source_that_never_stands_still_is_left_alone_for_a_while_and_told(Order order) {
    // Given
    ShiftingSource source = source(order, ROWS);
    int[] number = {0};
    source.moving(() -> source.add(new Row("late" + number[0]++, 0)));

    // When
    boolean done = sweeps.look(Specs.quarterly(order), source);

    // Then
    assertThat(done).isTrue();
    assertThat(sweeps.states()).containsExactly("DUE");
    assertThat(sweeps.problem()).contains("read 5 times and never whole");
    assertThat(sweeps.look(Specs.quarterly(order), source)).as("waits by its schedule").isFalse();
    source.moving(() -> {});
    sweeps.later(Duration.ofSeconds(30), Specs.quarterly(order), source);
    assertThat(sweeps.states()).containsExactly("READ");
    assertThat(sweeps.storedIds()).containsAll(source.ids());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 10})
  void a_process_that_dies_in_mid_window_leaves_it_to_another_which_stores_nothing_twice(int at) {
    // Given: ten requests, the process dies at one of them
    Source spec = Specs.quarterly(Order.LAST_FIRST);
    ShiftingSource source = source(Order.LAST_FIRST, 40);
    PageRoute dying =
        request -> {
          if (source.requests.size() == at - 1) {
            throw new OutOfMemoryError("as if the process died");
          }
          return source.ask(request);
        };
    try {
      sweeps.look(spec, dying);
    } catch (OutOfMemoryError e) {
      assertThat(sweeps.states()).containsExactly("DUE");
    }
    Sweeps other = sweeps.another();
    assertThat(other.look(spec, source)).as("the lease still holds").isFalse();

    // When
    sweeps.heart.execute("update source_window set lease_until = now() - interval '1 second'");
    other.run(spec, source);

    // Then
    assertThat(other.storedIds()).isEqualTo(source.ids());
    assertThat(other.heart.number("select count(*) from inbox_message")).isEqualTo(40);
    assertThat(other.heart.number("select count(*) from work")).isEqualTo(40);
    other.close();
  }

  @Test
  void a_partner_that_asks_for_a_pause_gets_it_and_then_all_is_read() {
    // Given
    Source spec = Specs.quarterly(Order.FIRST_LAST);
    ShiftingSource source = source(Order.FIRST_LAST, 20);
    PageRoute limited =
        source.failing(
            n ->
                n == 3
                    ? new TryLater(
                        Cause.TARGET_BUSY, Optional.of(Duration.ofSeconds(7)), "slow down")
                    : null);

    // When
    sweeps.run(spec, limited);

    // Then
    assertThat(sweeps.problem()).isEqualTo("TARGET_BUSY: slow down");
    sweeps.later(Duration.ofSeconds(6), spec, limited);
    assertThat(sweeps.states()).containsExactly("DUE");
    sweeps.later(Duration.ofSeconds(1), spec, limited);
    assertThat(sweeps.states()).containsExactly("READ");
    assertThat(sweeps.storedIds()).isEqualTo(source.ids());
  }

  @Test
  void a_window_that_a_person_has_to_mend_stops_no_later_one_and_is_never_given_up() {
    // Given
    Source spec = Specs.quarterly(Order.FIRST_LAST);
    ShiftingSource source = source(Order.FIRST_LAST, 3);
    PageRoute refusing =
        request -> {
          if (request.get("to").equals("2026-11-20T10:00:00+08:00")) {
            throw new Refusal(Cause.TARGET_REFUSED, "", "no permission for this shop");
          }
          return source.ask(request);
        };

    // When
    sweeps.run(spec, refusing);
    for (int i = 0; i < 10; i++) {
      sweeps.later(Duration.ofMinutes(15), spec, refusing);
    }

    // Then
    assertThat(sweeps.states()).hasSize(11).startsWith("DUE").endsWith("READ");
    assertThat(sweeps.states().subList(1, 11)).containsOnly("READ");
    assertThat(sweeps.problem()).isEqualTo("TARGET_REFUSED: no permission for this shop");
    sweeps.later(Duration.ofMinutes(15), spec, source);
    assertThat(sweeps.states()).containsOnly("READ");
  }

  @Test
  void rows_that_are_wrapped_as_text_in_json_or_come_as_xml_are_read_alike() {
    // Given
    String wrapped =
        "{\"total\": \"1\", \"rows\": \"[{\\\"id\\\": 4000000000000000001, \\\"version\\\":"
            + " 10.00}]\"}";
    Source spec = Specs.quarterly(Order.FIRST_LAST);

    // When
    sweeps.run(spec, request -> new PageRoute.Answer(wrapped, false));

    // Then
    assertThat(sweeps.heart.texts("select message_id from inbox_message"))
        .containsExactly("4000000000000000001@10.00");
    PageReader reader = new PageReader(xml());
    String row = "<rows><id>1</id></rows>";
    String xml = "<?xml version=\"1.0\"?><a><total>2</total>" + row + row + "</a>";
    Page page = reader.read(new PageRoute.Answer(xml, false));
    assertThat(page.items()).hasSize(2);
    assertThat(page.total()).isEqualTo(2);
  }

  private static Source xml() {
    Source.Pages pages = Specs.pages(Order.FIRST_LAST);
    return Specs.of(
        "xml",
        Specs.quarter(),
        new Source.Pages(
            pages.order(),
            pages.size(),
            1,
            com.fasterxml.jackson.core.JsonPointer.compile("/a/rows"),
            com.fasterxml.jackson.core.JsonPointer.compile("/a/total"),
            null,
            null,
            false),
        false);
  }

  @Test
  void an_answer_that_has_none_of_the_places_is_not_taken_for_an_empty_page() {
    // When
    sweeps.run(
        Specs.quarterly(Order.LAST_FIRST),
        request -> new PageRoute.Answer(Map.of("error", Map.of("code", 15)), false));

    // Then
    assertThat(sweeps.states()).containsExactly("DUE");
    assertThat(sweeps.problem()).startsWith("ANSWER_BROKEN");
  }

  @Test
  void an_empty_window_is_complete_and_proved_at_once() {
    for (Order order : List.of(Order.LAST_FIRST, Order.FIRST_LAST, Order.CURSOR, Order.OFFSET)) {
      sweeps.run(Specs.quarterly(order), source(order, 0));
      assertThat(sweeps.heart.texts("select state || empty || stored from source_window"))
          .as("%s", order)
          .containsExactly("PROVEDtrue0");
      again();
    }
  }

  @Test
  void what_is_the_same_in_two_windows_is_one_message() {
    // Given: the overlap shows the newest rows of the last window again
    Source spec = Specs.quarterly(Order.OFFSET);
    ShiftingSource source = source(Order.OFFSET, 7);

    // When
    sweeps.run(spec, source);
    sweeps.later(Duration.ofMinutes(15), spec, source);

    // Then
    assertThat(sweeps.states()).containsExactly("READ", "READ");
    assertThat(sweeps.heart.number("select count(*) from window_item")).isEqualTo(14);
    assertThat(sweeps.heart.number("select count(*) from inbox_message")).isEqualTo(7);
  }

  @Test
  void two_changes_within_a_second_have_one_version_and_are_both_applied() {
    // Given
    List<String> notes = new ArrayList<>(List.of("a", "b"));
    PageRoute route =
        request ->
            new PageRoute.Answer(
                Map.of("rows", List.of(Map.of("id", "1", "version", "v", "note", notes.remove(0)))),
                false);
    Source spec = Specs.quarterly(Order.OFFSET);

    // When
    Intake intake = sweeps.intake;
    Page one = new PageReader(spec).read(route.ask(Map.of()));
    Page two = new PageReader(spec).read(route.ask(Map.of()));
    List<Long> first =
        intake.store(
            "shop/orders", List.of(new PageReader(spec).named(one.items().get(0)).arrived()));
    List<Long> second =
        intake.store(
            "shop/orders", List.of(new PageReader(spec).named(two.items().get(0)).arrived()));

    // Then
    assertThat(first).doesNotContainAnyElementsOf(second);
    assertThat(sweeps.heart.number("select count(*) from work")).isEqualTo(2);
    assertThat(sweeps.heart.number("select count(*) from dead_letter")).isZero();
  }
}
