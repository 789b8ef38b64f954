package io.orderbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.inbox.Messages.Message;
import io.orderbridge.inbox.Stored.How;
import io.orderbridge.work.DeadLetter;
import io.orderbridge.work.DeadLetter.Filter;
import io.orderbridge.work.Work.Claim;
import io.orderbridge.work.Work.Item;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R04")
class InboxDbTest {
  private static final int MESSAGES = 500;
  private static final int TIMES = 3;
  private static final int THREADS = 8;
  private static final Filter ALL = new Filter(null, null, null, null, null, null, null);

  private final Heart heart = Heart.fresh();
  private final Inbox inbox = new Inbox(heart.database, heart.queue, heart.letters);

  @AfterEach
  void end() {
    inbox.close();
    heart.close();
  }

  private static Arrival arrival(String id, String orderBy, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Arrival("shopify", id, "orders/create", "{\"a\":\"b\"}", orderBy, bytes);
  }

  private Stored store(String id, String body) {
    return inbox.store(arrival(id, null, body)).join();
  }

  @Test
  void five_hundred_messages_three_times_each_in_parallel_are_five_hundred_rows() throws Exception {
    // Given: two processes, eight threads
    Inbox other = new Inbox(heart.another().database, heart.queue, heart.letters);
    List<Integer> arrivals = new ArrayList<>();
    for (int i = 0; i < MESSAGES * TIMES; i++) {
      arrivals.add(i % MESSAGES);
    }
    Collections.shuffle(arrivals, new Random(4));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    // When
    List<Future<CompletableFuture<Stored>>> calls = new ArrayList<>();
    for (int i = 0; i < arrivals.size(); i++) {
      Inbox door = i % 2 == 0 ? inbox : other;
      int message = arrivals.get(i);
      calls.add(threads.submit(() -> door.store(arrival("m" + message, null, "body " + message))));
    }
    Map<Long, List<How>> answers =
        calls.stream()
            .map(InboxDbTest::answer)
            .collect(
                Collectors.groupingBy(
                    Stored::inboxId, Collectors.mapping(Stored::how, Collectors.toList())));
    threads.shutdown();

    // Then
    assertThat(answers).hasSize(MESSAGES);
    assertThat(answers.values())
        .allSatisfy(
            hows ->
                assertThat(hows).containsExactlyInAnyOrder(How.NEW, How.REPEATED, How.REPEATED));
    for (String table : List.of("inbox_message", "inbox_seen", "work")) {
      assertThat(heart.number("select count(*) from " + table)).as(table).isEqualTo(MESSAGES);
    }
    assertThat(heart.number("select count(*) from dead_letter")).isZero();
    other.close();
  }

  private static Stored answer(Future<CompletableFuture<Stored>> call) {
    try {
      return call.get(60, TimeUnit.SECONDS).get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void the_same_id_with_other_content_is_kept_once_for_a_person_to_judge() {
    // Given
    Stored first = store("m1", "one");

    // When
    Stored changed = store("m1", "two");
    Stored repeated = store("m1", "two");
    Stored third = store("m1", "three");

    // Then
    assertThat(changed.how()).isEqualTo(How.CHANGED);
    assertThat(changed.inboxId()).isNotEqualTo(first.inboxId());
    assertThat(repeated).isEqualTo(changed);
    assertThat(third.how()).isEqualTo(How.CHANGED);
    assertThat(store("m1", "one")).isEqualTo(new Stored(first.inboxId(), How.REPEATED));
    List<DeadLetter> letters = heart.letters.list(ALL, 0, 10);
    assertThat(letters)
        .extracting(letter -> letter.cause().name())
        .containsExactly("MESSAGE_ID_REUSED", "MESSAGE_ID_REUSED");
    assertThat(heart.number("select count(*) from inbox_message")).isEqualTo(3);
    assertThat(heart.number("select count(*) from work")).as("not applied").isEqualTo(1);
  }

  @Test
  void a_changed_message_that_a_person_replays_is_worked_with_its_own_content() {
    // Given
    store("m1", "one");
    store("m1", "two");
    heart.execute("delete from work");
    heart.execute("delete from lane");

    // When
    heart.letters.replay(null, ALL, 0, "ann");

    // Then
    Item item = claim().get(0).items().get(0);
    Message message = new Messages(heart.database).load(List.of(item)).get(item.what().ref());
    assertThat(new String(message.body(), StandardCharsets.UTF_8)).isEqualTo("two");
    assertThat(message.kind()).isEqualTo("orders/create");
  }

  @Test
  void repeats_and_changes_within_one_commit_are_told_apart() {
    // When: all gather behind the first
    List<CompletableFuture<Stored>> calls = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      calls.add(inbox.store(arrival("m" + i % 20, null, i < 40 ? "same" : "other")));
    }
    List<Stored> answers = calls.stream().map(CompletableFuture::join).toList();

    // Then
    assertThat(answers.subList(0, 20)).extracting(Stored::how).containsOnly(How.NEW);
    assertThat(answers.subList(20, 40)).extracting(Stored::how).containsOnly(How.REPEATED);
    assertThat(answers.subList(40, 60)).extracting(Stored::how).containsOnly(How.CHANGED);
    assertThat(answers).extracting(Stored::inboxId).doesNotContain(0L);
  }

  @Test
  void messages_of_one_value_keep_the_order_of_their_arrival() {
    // Given
    List<CompletableFuture<Stored>> calls = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      calls.add(inbox.store(arrival("m" + i, i % 3 == 0 ? "x" : "order-" + i, "body " + i)));
    }
    calls.forEach(CompletableFuture::join);

    // When
    Claim lane = claim().stream().filter(one -> one.lane().equals("=x")).findFirst().orElseThrow();

    // Then
    assertThat(lane.items()).hasSize(100);
    assertThat(lane.items())
        .extracting(item -> Integer.valueOf(item.what().subject().substring(1)))
        .isSorted();
    assertThat(lane.items()).extracting(item -> item.what().ref()).isSorted();
  }

  @Test
  void an_id_with_half_a_surrogate_pair_or_a_nul_is_stored_like_any_other() {
    for (String id : List.of("half \ud83d", "nul \0")) {
      // When
      Stored first = store(id, "one");

      // Then
      assertThat(first.how()).as(id).isEqualTo(How.NEW);
      assertThat(store(id, "one")).isEqualTo(new Stored(first.inboxId(), How.REPEATED));
      assertThat(heart.number("select count(*) from inbox_message where id = " + first.inboxId()))
          .isEqualTo(1);
    }
  }

  @Test
  void a_large_body_is_read_when_its_turn_comes() {
    // Given
    store("big", "x".repeat(100_000));
    Item item = claim().get(0).items().get(0);
    Messages messages = new Messages(heart.database);

    // Then
    assertThat(messages.load(List.of(item)).get(item.what().ref()).body()).isNull();
    assertThat(messages.loadWhole(item).body()).hasSize(100_000);
  }

  @Test
  void an_id_seen_last_month_is_a_repeat() {
    // Given
    Stored first = store("m1", "one");
    heart.execute(
        "create table inbox_seen_last partition of inbox_seen for values from ('2020-01-01') to"
            + " ('2020-02-01')");
    heart.execute("update inbox_seen set month = '2020-01-01'");

    // Then
    assertThat(store("m1", "one")).isEqualTo(new Stored(first.inboxId(), How.REPEATED));
    assertThat(store("m1", "two").how()).isEqualTo(How.CHANGED);
  }

  private List<Claim> claim() {
    return heart.queue.claim("inbox:shopify", 1_000, 1_000, Duration.ofMinutes(1));
  }
}
