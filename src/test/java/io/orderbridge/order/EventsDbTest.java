package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Events.Page;
import io.orderbridge.order.Events.Place;
import io.orderbridge.order.OrderBook.Recording;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R07")
class EventsDbTest {
  private static final String AT = "2026-11-20T10:00:00+08:00";

  private final Heart heart = Heart.fresh();
  private final OrderWriter writer = Books.writer(heart, (connection, events) -> {});

  @AfterEach
  void end() {
    heart.close();
  }

  private Connection begun() throws SQLException {
    Connection connection = heart.source.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private void say(Connection connection, String milestone, String... numbers) throws SQLException {
    List<Object> mapped = new ArrayList<>();
    for (String number : numbers) {
      mapped.add(Books.facts(number, Books.reached(milestone, AT)));
    }
    List<Facts> facts = new FactsReader(Instant.now()).read(mapped);
    writer.write(connection, List.of(new Recording(facts, "shopify", null, null)));
  }

  private void say(String milestone, String... numbers) {
    heart.database.run(connection -> say(connection, milestone, numbers));
  }

  private static List<String> told(Page page) {
    return page.events().stream()
        .map(Json::object)
        .map(event -> event.get("subject") + " " + event.get("type"))
        .toList();
  }

  /** All there is from a cursor on, in pages of the size given. */
  private List<String> follow(String cursor, int limit) {
    List<String> all = new ArrayList<>();
    String from = cursor;
    for (Page page = heart.events.after(from, limit);
        !page.events().isEmpty();
        page = heart.events.after(from, limit)) {
      all.addAll(page.events());
      from = page.cursor();
    }
    return all;
  }

  @Test
  void a_transaction_that_began_earlier_and_commits_later_is_not_skipped() throws SQLException {
    try (Connection early = begun();
        Connection late = begun()) {
      // Given
      say(early, "CREATED", "early");
      say(late, "CREATED", "late");

      // When
      late.commit();
      Page before = heart.events.after("", 10);
      early.commit();
      Page after = heart.events.after(before.cursor(), 10);

      // Then
      assertThat(before.events()).as("held back while the earlier one runs").isEmpty();
      assertThat(told(after))
          .containsExactly("demo/early order.created", "demo/late order.created");
      assertThat(heart.events.after(after.cursor(), 10).events()).isEmpty();
      assertThat(heart.events.after(after.cursor(), 10).cursor()).isEqualTo(after.cursor());
    }
  }

  @Test
  void a_transaction_that_rolls_back_holds_the_feed_no_longer() throws SQLException {
    try (Connection early = begun()) {
      say(early, "CREATED", "early");
      say("CREATED", "late");
      assertThat(heart.events.after("", 10).events()).isEmpty();

      early.rollback();

      assertThat(told(heart.events.after("", 10))).containsExactly("demo/late order.created");
    }
  }

  @Test
  void a_reader_from_any_cursor_and_page_size_gets_the_same_rest_in_the_same_order() {
    // Given
    for (int i = 0; i < 20; i++) {
      say("CREATED", "" + i, "x" + i);
      say("PAID", "" + i);
    }
    List<String> all = follow("", 1_000);
    assertThat(all).hasSize(60);

    // Then
    String cursor = "";
    for (int read = 0; read <= all.size(); read++) {
      assertThat(follow(cursor, 1 + read % 7)).isEqualTo(all.subList(read, all.size()));
      cursor = heart.events.after(cursor, 1).cursor();
    }
  }

  @Test
  void a_reader_while_eight_threads_write_misses_nothing_and_reads_nothing_twice()
      throws Exception {
    // Given
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> writing = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      String prefix = thread + "-";
      writing.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 40; i++) {
                  say("CREATED", prefix + i, "shared-" + i % 5);
                }
              }));
    }

    // When
    List<String> read = new ArrayList<>();
    String cursor = "";
    while (writing.stream().anyMatch(one -> !one.isDone())) {
      Page page = heart.events.after(cursor, 13);
      read.addAll(page.events());
      cursor = page.cursor();
    }
    for (Future<?> one : writing) {
      one.get(30, TimeUnit.SECONDS);
    }
    read.addAll(follow(cursor, 13));
    threads.shutdown();

    // Then
    assertThat(read).doesNotHaveDuplicates().hasSize(8 * 40 + 5);
    assertThat(read).isEqualTo(follow("", 1_000));
  }

  // A batch locks its orders one after the other. It must not get its place in the feed with the
  // first and then wait for another batch that changes the second.
  @Test
  void the_feed_tells_the_changes_of_one_order_in_their_order() throws Exception {
    say("CREATED", "a", "b", "c");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Connection holdsB = begun();
        Connection changesC = begun();
        Connection changesAll = begun()) {
      // Given: one waits between its first and its last order
      say(holdsB, "ACCEPTED", "b");
      Future<?> waiting =
          thread.submit(
              () -> {
                say(changesAll, "PAID", "a", "b", "c");
                changesAll.commit();
                return null;
              });
      awaitLockWait();

      // When: meanwhile another changes the last
      say(changesC, "ACCEPTED", "c");
      changesC.commit();
      holdsB.commit();
      waiting.get(30, TimeUnit.SECONDS);
    }
    thread.shutdown();

    // Then
    List<Object> revisions =
        follow("", 100).stream()
            .map(Json::object)
            .filter(event -> event.get("subject").equals("demo/c"))
            .map(event -> ((Map<?, ?>) event.get("data")).get("revision"))
            .map(Object.class::cast)
            .toList();
    assertThat(revisions).containsExactly(1, 2, 3);
  }

  private void awaitLockWait() {
    String waits =
        "select count(*) from pg_stat_activity"
            + " where wait_event_type = 'Lock' and datname = current_database()";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (heart.number(waits) == 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(heart.number(waits)).isEqualTo(1);
  }

  @Test
  void cursors_stay_valid_in_a_database_restored_from_a_dump() throws SQLException {
    // Given: events of transactions that this database has not counted to yet
    say("CREATED", "1");
    say("PAID", "1");
    String before = heart.events.after("", 1).cursor();
    heart.execute("update event set tx = tx + 5000000000");
    String moved =
        (Long.parseLong(before.split("\\.")[0]) + 5_000_000_000L) + "." + before.split("\\.")[1];

    // When
    heart.events.followRestore();
    heart.events.followRestore();
    say("CANCELLED", "1");

    // Then
    assertThat(told(heart.events.after(moved, 10)))
        .containsExactly("demo/1 order.paid", "demo/1 order.cancelled");
    assertThat(follow("", 1)).hasSize(3);
    long amount = heart.number("select amount from feed_offset");
    heart.events.followRestore();
    assertThat(heart.number("select amount from feed_offset")).isEqualTo(amount);
  }

  @Test
  void a_start_without_a_restore_changes_nothing() {
    say("CREATED", "1");
    heart.events.followRestore();
    assertThat(heart.number("select amount from feed_offset")).isZero();
  }

  @Test
  void what_is_no_cursor_is_refused_by_name() {
    for (String none : List.of("x", "1", "-1.2", "1.2.3", "1.2;drop table event")) {
      assertThatThrownBy(() -> heart.events.after(none, 10))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'after' is no cursor");
    }
  }

  @Test
  void a_receiver_is_loaded_only_for_who_may_see_it() {
    // Given
    Facts facts =
        new Facts(
            new OrderKey("demo", "1"),
            Instant.parse("2026-11-20T02:00:00Z"),
            List.of(),
            List.of(),
            null,
            Map.of("name", "CANARY"),
            null);
    heart.database.run(
        c -> writer.write(c, List.of(new Recording(List.of(facts), "shopify", null, null))));
    long seq = heart.number("select seq from event");
    Instant at =
        Instant.parse(
            heart
                .texts(
                    "select to_char(at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                        + " from event")
                .get(0));

    // When
    List<Place> places = List.of(new Place(seq, at));

    // Then
    assertThat(heart.events.load(places, true).get(seq).receiver()).contains("CANARY");
    assertThat(heart.events.load(places, false).get(seq).receiver()).isNull();
    assertThat(heart.events.load(places, true).get(seq).body()).doesNotContain("CANARY");
  }
}
