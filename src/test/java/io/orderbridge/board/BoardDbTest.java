package io.orderbridge.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.Heart;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.Delays;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R16")
class BoardDbTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HOURS = 24;

  private final Flowing flowing = new Flowing(Heart.fresh());
  private final Heart heart = flowing.heart;
  private final Instant now = Instant.now();

  @AfterEach
  void end() {
    flowing.close();
  }

  private JsonNode board() {
    return JSON.valueToTree(flowing.board.read(HOURS, now.plusSeconds(60)));
  }

  private static List<String> counts(JsonNode counts) {
    List<String> texts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> one : counts.properties()) {
      if (one.getValue().asLong() != 0) {
        texts.add(one.getKey() + " " + one.getValue());
      }
    }
    return texts;
  }

  private static String told(String seconds) {
    return "" + Stay.told(Stay.bucket(Duration.ofSeconds(Long.parseLong(seconds)))).toSeconds();
  }

  private List<String> times(String from) {
    return heart.texts(Oracle.TIMES.formatted(from)).stream()
        .map(row -> row.split(" "))
        .map(r -> String.join(" ", r[0], r[1], told(r[2]), told(r[3]), told(r[4])))
        .toList();
  }

  private void assertEqualsEventStore() {
    JsonNode board = board();
    String from = board.at("/from").asText();
    assertThat(counts(board.at("/orders/byStatus")))
        .containsExactlyInAnyOrderElementsOf(heart.texts(Oracle.BY_STATUS));
    assertThat(counts(board.at("/orders/byNode")))
        .containsExactlyInAnyOrderElementsOf(heart.texts(Oracle.BY_NODE));
    List<String> times = new ArrayList<>();
    for (JsonNode time : board.at("/time")) {
      List<String> words = new ArrayList<>();
      time.forEach(word -> words.add(word.asText()));
      times.add(String.join(" ", words));
    }
    assertThat(times).containsExactlyInAnyOrderElementsOf(times(from));
    List<String> throughput = new ArrayList<>();
    for (JsonNode hour : board.at("/throughput")) {
      counts(hour.at("/reached")).forEach(c -> throughput.add(hour.at("/from").asText() + " " + c));
    }
    assertThat(throughput)
        .containsExactlyInAnyOrderElementsOf(heart.texts(Oracle.THROUGHPUT.formatted(from)));
    assertThat(board.at("/sync/orders").asText() + " " + board.at("/sync/delayed").asText())
        .isEqualTo(heart.texts(Oracle.SYNC.formatted(from)).get(0));
  }

  @Test
  void every_number_is_that_of_the_event_store_whenever_one_looks() {
    List<Runnable> messages = flowing.atRandom(60, new Random(16), now);
    for (int i = 0; i < messages.size(); i++) {
      messages.get(i).run();
      if (i % 100 == 50) {
        flowing.round.run(now);
        assertEqualsEventStore();
      }
    }
    flowing.round.run(now);
    assertEqualsEventStore();
    JsonNode board = board();
    assertThat(board.at("/time").size()).isGreaterThan(8);
    assertThat(board.at("/sync/delayed").asLong())
        .isBetween(1L, board.at("/sync/orders").asLong() - 1);
  }

  private void attempt(String number, Instant at) {
    heart.execute(
        """
        insert into attempt (at, work_id, queue, ref, subject, number, outcome, took_ms)
        select '%s', 1, 'outbox:erp', seq, subject, 1, 'DONE', 1
          from event where subject = 'demo/%s'\
        """
            .formatted(at, number));
  }

  @Test
  @Tag("R63")
  void what_reached_a_system_301_seconds_later_is_delayed_once_that_is_sure() {
    // The order book keeps milestones to the millisecond.
    Instant paid = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    List.of("1", "2", "3")
        .forEach(number -> flowing.say(number, Flowing.reached(Milestone.PAID, "", paid)));
    attempt("1", paid.plusSeconds(300));
    attempt("2", paid.plusSeconds(301));
    heart.execute(
        """
        insert into work (queue, lane, ref, ref_at, subject, key)
        select 'outbox:wms', 'l', seq, at, subject, 'k' from event where subject = 'demo/3'\
        """);

    flowing.round.run(paid.plusSeconds(300));
    assertThat(board().at("/sync/delayed").asLong()).isZero();
    flowing.round.run(paid.plusSeconds(400));
    assertThat(board().at("/sync").toString())
        .isEqualTo("{\"orders\":3,\"delayed\":2,\"rate\":\"0.6667\"}");

    flowing.round.run(paid.plusSeconds(500));
    assertThat(board().at("/sync/delayed").asLong()).isEqualTo(2);
    BoardOrders.Filter late = new BoardOrders.Filter(null, null, null, paid.minusSeconds(60));
    assertThat(flowing.orders.list(late, null, 9).rows())
        .extracting(BoardOrders.Row::subject)
        .containsExactlyInAnyOrder("demo/2", "demo/3");
  }

  @Test
  @Tag("R63")
  void the_board_and_the_metric_of_the_day_count_the_same_delayed_orders() {
    flowing.atRandom(60, new Random(63), now).forEach(Runnable::run);
    flowing.round.run(now);
    long arrived = board().at("/sync/delayed").asLong();
    heart.execute(
        """
        insert into attempt (at, work_id, queue, ref, subject, number, outcome, took_ms)
        select at + make_interval(secs => seq * 37 % 600), 1, 'outbox:erp', seq, subject, 1, 'DONE',
               1 from event where type <> 'order.foreign-write' and seq % 7 = 0\
        """);
    flowing.round.run(now.plusSeconds(3_600));
    assertEqualsEventStore();
    JsonNode sync = board().at("/sync");
    assertThat(sync.at("/delayed").asLong())
        .isGreaterThan(arrived)
        .isLessThan(sync.at("/orders").asLong());

    Instant from = Instant.parse(board().at("/from").asText());
    List<String> day =
        heart.database.inTransaction(
            connection -> {
              Delays.gather(connection, from, now.plusSeconds(600), now.plusSeconds(3_600));
              try (var rows =
                  connection
                      .createStatement()
                      .executeQuery(
                          "select count(distinct order_id)::text from moved_now union all"
                              + " select count(distinct order_id)::text from late_now")) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                  texts.add(rows.getString(1));
                }
                return texts;
              }
            });
    assertThat(day).containsExactly(sync.at("/orders").asText(), sync.at("/delayed").asText());
  }

  @Test
  void two_processes_that_follow_at_once_count_nothing_twice() {
    try (Flowing other = new Flowing(heart.another())) {
      for (Runnable message : flowing.atRandom(40, new Random(7), now)) {
        message.run();
      }
      CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> flowing.round.run(now)),
              CompletableFuture.runAsync(() -> other.round.run(now)))
          .join();
      other.round.run(now);
      assertEqualsEventStore();
    }
  }

  @Test
  void orders_whose_events_are_gone_are_walked_over_once() {
    flowing.say("old", Flowing.reached(Milestone.PAID, "", now.minusSeconds(4_000)));
    heart.execute("delete from event");
    flowing.say("new", Flowing.reached(Milestone.CREATED, "", now.minusSeconds(20)));
    flowing.round.run(now);
    flowing.round.run(now);
    assertThat(counts(board().at("/orders/byNode"))).containsExactly("CREATED 1", "PAID 1");
    assertThat(board().at("/sync").toString())
        .isEqualTo("{\"orders\":1,\"delayed\":0,\"rate\":\"0.0000\"}");
    assertThat(heart.texts("select walk from board_place")).containsExactly((String) null);
  }

  @Test
  void without_orders_there_is_no_rate() {
    flowing.round.run(now);
    assertThat(board().at("/sync/rate").isNull()).isTrue();
    assertThat(board().at("/time")).isEmpty();
  }

  @Test
  void a_longer_time_is_counted_by_days_and_hours_are_forgotten_after_a_month() {
    Instant paid = now.minus(Duration.ofDays(40));
    flowing.say("1", Flowing.reached(Milestone.PAID, "", paid));
    flowing.say("1", Flowing.reached(Milestone.ACCEPTED, "", paid.plusSeconds(10)));
    flowing.say("2", Flowing.reached(Milestone.PAID, "", now.minusSeconds(86_400 * 4)));
    flowing.say("2", Flowing.reached(Milestone.ACCEPTED, "", now.minusSeconds(86_400 * 3)));
    flowing.round.run(now);
    assertThat(heart.texts("select grain from board_stay order by 1"))
        .containsExactly("DAY", "DAY", "HOUR");
    JsonNode week = JSON.valueToTree(flowing.board.read(Board.HOURS_MAX, now));
    assertThat(week.at("/grain").asText()).isEqualTo("DAY");
    assertThat(week.at("/time/0/orders").asLong()).isEqualTo(1);

    flowing.say("3", Flowing.reached(Milestone.PAID, "", now));
    flowing.round.run(now.plus(Duration.ofDays(33)));
    assertThat(heart.texts("select grain from board_stay")).containsExactly("DAY", "DAY");
  }
}
