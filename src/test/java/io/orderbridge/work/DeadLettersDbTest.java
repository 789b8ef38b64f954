package io.orderbridge.work;

import static io.orderbridge.work.Drafts.TOOK;
import static io.orderbridge.work.Drafts.claim;
import static io.orderbridge.work.Drafts.draft;
import static io.orderbridge.work.Drafts.head;
import static io.orderbridge.work.Drafts.put;
import static io.orderbridge.work.Drafts.refs;
import static io.orderbridge.work.Drafts.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Cause;
import io.orderbridge.work.DeadLetter.Filter;
import io.orderbridge.work.DeadLetter.Opened;
import io.orderbridge.work.DeadLetter.Try;
import io.orderbridge.work.Work.Claim;
import io.orderbridge.work.Work.Item;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R11")
class DeadLettersDbTest {
  private static final Filter ALL = filter(null, null, null, null);
  private static final byte[] PAYLOAD = "{\"订单\":1}".getBytes(StandardCharsets.UTF_8);

  private final Heart heart = Heart.fresh();
  private final DeadLetters letters = heart.letters;

  @AfterEach
  void end() {
    heart.close();
  }

  private static Filter filter(String connection, String target, Cause cause, String subject) {
    return new Filter(connection, target, cause, subject, null, null, null);
  }

  private long die(String queue, String lane, long ref, Cause cause) {
    put(heart, draft(queue, lane, ref));
    Claim claim = heart.queue.claim(queue, 1, 1, Drafts.LEASE).get(0);
    Settlement dead =
        Settlement.dead(head(claim), cause, "/a\0", "why\0", PAYLOAD, TOOK)
            .answered(422, "no\0 " + "x".repeat(1000) + "\ud83d");
    settle(heart, dead, claim);
    return heart.number("select max(id) from dead_letter");
  }

  private List<Long> ids(Filter filter) {
    return letters.list(filter, 0, 100).stream().map(DeadLetter::id).toList();
  }

  @Test
  void letters_are_found_by_connection_target_cause_subject_time_and_state() {
    // Given
    long in = die("inbox:shopify", "#1", 1, Cause.UNMAPPED_VALUE);
    long erp = die("outbox:erp", "demo/1", 2, Cause.TARGET_REFUSED);
    long crm = die("outbox:crm", "demo/1", 2, Cause.TARGET_BUSY);

    // Then
    assertThat(ids(ALL)).containsExactly(in, erp, crm);
    assertThat(ids(filter("shopify", null, null, null))).containsExactly(in);
    assertThat(ids(filter(null, "erp", null, null))).containsExactly(erp);
    assertThat(ids(filter(null, null, Cause.TARGET_BUSY, null))).containsExactly(crm);
    assertThat(ids(filter(null, null, null, "demo/1"))).containsExactly(erp, crm);
    assertThat(ids(filter("erp", null, null, null))).isEmpty();
    Instant soon = Instant.now().plusSeconds(60);
    assertThat(ids(new Filter(null, null, null, null, null, soon, null))).isEmpty();
    assertThat(ids(new Filter(null, null, null, null, "OPEN", null, soon))).hasSize(3);
    assertThat(ids(new Filter(null, null, null, null, "MOOT", null, null))).isEmpty();
    assertThat(letters.list(ALL, in, 1)).extracting(DeadLetter::id).containsExactly(erp);
  }

  @Test
  void an_opened_letter_shows_payload_place_and_every_attempt_and_the_look_is_recorded() {
    // Given
    put(heart, draft("demo/1", 7));
    Claim first = claim(heart).get(0);
    Settlement again =
        Settlement.again(head(first), Cause.TARGET_BUSY, "answered 503", Duration.ZERO, TOOK);
    settle(heart, again.answered(503, "busy"), first);
    Claim second = claim(heart).get(0);
    assertThat(head(second).attempts()).isEqualTo(1);
    settle(
        heart,
        Settlement.dead(head(second), Cause.TARGET_REFUSED, "/x", "answered 422", PAYLOAD, TOOK)
            .answered(422, "no"),
        second);

    // When
    Opened opened = letters.open(ids(ALL).get(0), "ann").orElseThrow();

    // Then
    assertThat(opened.payload()).isEqualTo("{\"订单\":1}");
    assertThat(opened.edited()).isNull();
    assertThat(opened.letter().attempts()).isEqualTo(2);
    assertThat(opened.letter().place()).isEqualTo("/x");
    assertThat(opened.tries()).extracting(Try::number).containsExactly(1, 2);
    assertThat(opened.tries()).extracting(Try::outcome).containsExactly("AGAIN", "DEAD");
    assertThat(opened.tries()).extracting(Try::status).containsExactly(503, 422);
    assertThat(heart.texts("select actor || ' ' || action from audit"))
        .containsExactly("ann dead-letter.opened");
    assertThat(letters.open(999, "ann")).isEmpty();
  }

  @Test
  void a_replay_uses_the_corrected_copy_the_same_key_and_the_whole_schedule_again() {
    // Given
    long id = die("outbox:erp", "demo/1", 1, Cause.TARGET_REFUSED);
    heart.execute("update dead_letter set since = now() - interval '9 days'");
    String key = letters.list(ALL, 0, 1).get(0).key();

    // When
    assertThat(letters.edit(id, "{\"mended\":true}", "ann")).isTrue();
    assertThat(letters.replay(id, ALL, 0, "ann")).isEqualTo(1);

    // Then
    Item item = head(claim(heart).get(0));
    assertThat(item.what().key()).isEqualTo(key);
    assertThat(item.what().payload()).isEqualTo("{\"mended\":true}".getBytes());
    assertThat(item.attempts()).isZero();
    assertThat(item.since()).isAfter(Instant.now().minusSeconds(600));
    assertThat(letters.replay(id, ALL, 0, "ann")).as("once only").isZero();
    assertThat(letters.edit(id, "x", "ann")).isFalse();
    assertThat(letters.discard(id, "x", "ann")).isFalse();
    assertThat(heart.texts("select action from audit order by id"))
        .containsExactly("dead-letter.edited", "dead-letter.replayed");
  }

  @Test
  void a_replayed_letter_stands_in_front_of_later_work_of_its_order() {
    // Given
    long id = die("outbox:erp", "demo/1", 1, Cause.TARGET_REFUSED);
    put(heart, draft("demo/1", 2));

    // When
    letters.replay(id, ALL, 0, "ann");

    // Then
    assertThat(refs(claim(heart))).containsExactly(1L, 2L);
  }

  @Test
  void all_of_one_cause_are_replayed_together_and_no_other() {
    // Given
    for (int i = 0; i < 3; i++) {
      die("inbox:shopify", "#" + i, i, Cause.UNMAPPED_VALUE);
    }
    long other = die("inbox:shopify", "#9", 9, Cause.MAPPING_FAILED);

    // When
    int replayed = letters.replay(null, filter(null, null, Cause.UNMAPPED_VALUE, null), 0, "ann");

    // Then
    assertThat(replayed).isEqualTo(3);
    assertThat(ids(ALL)).containsExactly(other);
  }

  @Test
  void a_rate_spreads_the_due_times_also_of_messages_that_shared_a_lane() {
    // Given: six orders of a target, and six messages of one lane without order
    for (int i = 0; i < 6; i++) {
      die("outbox:erp", "demo/" + i, i, Cause.TARGET_BUSY);
    }
    for (int i = 6; i < 12; i++) {
      die("inbox:shopify", "#1", i, Cause.UNMAPPED_VALUE);
    }

    // When
    assertThat(letters.replay(null, ALL, 2, "ann")).isEqualTo(12);

    // Then
    assertThat(
            heart.texts(
                "select round(extract(epoch from due_at - min(due_at) over ()), 1) s"
                    + " from lane order by s"))
        .containsExactly(
            "0.0", "0.5", "1.0", "1.5", "2.0", "2.5", "3.0", "3.5", "4.0", "4.5", "5.0", "5.5");
  }

  @Test
  void a_thousand_letters_are_replayed_page_by_page() {
    // Given
    die("outbox:erp", "demo/0", 0, Cause.TARGET_BUSY);
    heart.execute(
        "insert into dead_letter (work_id, queue, lane, ref, ref_at, subject, key, cause, place,"
            + " message, payload, attempts, since) select 1000 + n, 'outbox:erp', 'demo/' || n, n,"
            + " now(), 'demo/' || n, 'k' || n, 'TARGET_BUSY', '', '', '', 1, now()"
            + " from generate_series(1, 1200) n");

    // When
    int replayed = letters.replay(null, ALL, 0, "ann");

    // Then
    assertThat(replayed).isEqualTo(1201);
    assertThat(heart.number("select count(*) from work")).isEqualTo(1201);
    assertThat(heart.number("select count(*) from audit")).isEqualTo(1201);
  }

  @Test
  void a_discarded_letter_keeps_who_and_why() {
    // Given
    long id = die("outbox:erp", "demo/1", 1, Cause.TARGET_REFUSED);

    // When
    assertThat(letters.discard(id, "order was a test", "ann")).isTrue();

    // Then
    Filter discarded = new Filter(null, null, null, null, "DISCARDED", null, null);
    DeadLetter letter = letters.list(discarded, 0, 10).get(0);
    assertThat(letter.settledBy()).isEqualTo("ann");
    assertThat(letter.reason()).isEqualTo("order was a test");
    assertThat(letter.settledAt()).isNotNull();
    assertThat(heart.texts("select action || ': ' || reason from audit"))
        .containsExactly("dead-letter.discarded: order was a test");
    assertThat(letters.replay(id, ALL, 0, "ann")).isZero();
  }

  @Test
  void a_later_delivery_of_the_same_order_and_target_makes_only_older_letters_moot() {
    // Given
    long older = die("outbox:erp", "demo/1", 1, Cause.TARGET_REFUSED);
    put(heart, draft("demo/1", 2));
    Claim later = claim(heart).get(0);
    long newer = die("outbox:erp", "demo/9", 3, Cause.TARGET_REFUSED);
    long elsewhere = die("outbox:crm", "demo/1", 1, Cause.TARGET_REFUSED);
    heart.execute("update dead_letter set subject = 'demo/1' where id = " + newer);

    // When
    settle(heart, Settlement.done(head(later), false, TOOK).settlingOlder(), later);

    // Then
    assertThat(ids(ALL)).containsExactly(newer, elsewhere);
    Filter moot = new Filter(null, null, null, null, "MOOT", null, null);
    assertThat(letters.list(moot, 0, 10))
        .extracting(DeadLetter::id, DeadLetter::reason, DeadLetter::settledBy)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(older, DeadLetters.MOOT_RULE, "rule"));
  }

  @Test
  @Tag("S27")
  void the_audit_can_be_neither_changed_nor_emptied() {
    // Given
    letters.discard(die("outbox:erp", "demo/1", 1, Cause.TARGET_REFUSED), "because", "ann");

    // Then
    for (String change :
        List.of("update audit set actor = 'bob'", "delete from audit", "truncate audit")) {
      assertThatThrownBy(() -> heart.execute(change)).hasMessageContaining("audit is insert only");
    }
    assertThat(heart.texts("select actor from audit")).containsExactly("ann");
  }
}
