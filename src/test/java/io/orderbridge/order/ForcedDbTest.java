package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Forced.Says;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R12")
class ForcedDbTest {
  private static final String AT = "2026-11-20T10:00:00+08:00";
  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
  private static final OrderKey KEY = new OrderKey("demo", "1");
  private static final long SEED = 20_261_129L;

  private final Heart heart = Heart.fresh();
  private final List<OrderEvent> told = new ArrayList<>();
  private final OrderBook book = Books.open(heart, (connection, events) -> told.addAll(events));

  @AfterEach
  void end() {
    Books.close(book);
    heart.close();
  }

  private void say(String... milestones) {
    for (String milestone : milestones) {
      book.record(Books.facts("1", Books.reached(milestone, AT)), "shop", null, null).join();
    }
  }

  private static Forced word(Milestone milestone, Says says, int minute) {
    return new Forced(
        KEY,
        milestone,
        milestone.perParcel() ? "1" : "",
        NOON,
        says,
        "wang",
        "the callback never came",
        NOON.plusSeconds(60L * minute));
  }

  private void force(Milestone milestone, Says says, int minute) {
    book.force(List.of(word(milestone, says, minute))).join();
  }

  private Map<String, Object> order() {
    return Books.orders(heart).find(KEY).orElseThrow();
  }

  private List<String> types() {
    return told.stream().map(OrderEvent::type).toList();
  }

  @Test
  void a_forced_milestone_counts_although_another_system_owns_it() {
    heart.ownership.replace("psp", EnumSet.of(Milestone.PAID));
    say("CREATED");
    force(Milestone.PAID, Says.REACHED, 1);

    assertThat(order()).containsEntry("status", "PAID");
    assertThat(types()).containsExactly("order.created", "order.paid");
    assertThat(order().get("forced").toString()).contains("wang", "the callback never came");
  }

  @Test
  void what_a_target_or_the_feed_sees_does_not_name_who_forced_it() {
    say("CREATED");
    force(Milestone.PAID, Says.REACHED, 1);
    assertThat(told.get(1).cloudEvent().toString()).doesNotContain("wang", "callback");
  }

  @Test
  void a_milestone_can_be_taken_back_and_the_word_withdrawn_again() {
    say("CREATED", "PAID", "CANCELLED");
    force(Milestone.CANCELLED, Says.NOT_REACHED, 1);
    assertThat(order()).containsEntry("status", "PAID");
    assertThat(heart.texts("select cancelled_on from customer_order")).containsOnlyNulls();

    force(Milestone.CANCELLED, Says.WITHDRAWN, 2);
    assertThat(order()).containsEntry("status", "CANCELLED");
    assertThat(types().subList(3, 5)).containsExactly("order.updated", "order.cancelled");
  }

  @Test
  void what_happens_again_by_force_is_told_under_another_key() {
    say("CREATED", "PAID");
    force(Milestone.PAID, Says.NOT_REACHED, 1);
    force(Milestone.PAID, Says.REACHED, 2);

    assertThat(types().stream().filter("order.paid"::equals)).hasSize(2);
    assertThat(told.stream().map(OrderEvent::id)).doesNotHaveDuplicates();
  }

  @Test
  void the_same_word_twice_changes_nothing() {
    say("CREATED");
    force(Milestone.PAID, Says.REACHED, 1);
    String before = heart.texts("select state from customer_order").get(0);
    force(Milestone.PAID, Says.REACHED, 1);

    assertThat(heart.texts("select state from customer_order")).containsExactly(before);
    assertThat(types()).hasSize(2);
  }

  @Test
  void words_in_any_order_end_in_the_same_state() {
    List<Forced> words =
        List.of(
            word(Milestone.PAID, Says.REACHED, 1),
            word(Milestone.PAID, Says.NOT_REACHED, 2),
            word(Milestone.PACKED, Says.REACHED, 1),
            word(Milestone.PACKED, Says.WITHDRAWN, 3),
            word(Milestone.PAID, Says.REACHED, 3),
            word(Milestone.CANCELLED, Says.REACHED, 2));
    String expected = folded(words);
    Random random = new Random(SEED);
    for (int shuffle = 0; shuffle < 500; shuffle++) {
      List<Forced> shuffled = new ArrayList<>(words);
      shuffled.addAll(words.subList(0, random.nextInt(words.size())));
      Collections.shuffle(shuffled, random);
      assertThat(folded(shuffled)).as("seed %d, shuffle %d", SEED, shuffle).isEqualTo(expected);
    }
  }

  private static String folded(List<Forced> words) {
    OrderState state = OrderState.empty();
    words.forEach(word -> Fold.merge(state, Facts.forced(word), OrderBook.FORCED, null));
    return Json.text(state);
  }

  @Test
  void a_forced_word_needs_a_person_a_reason_and_the_parcel_that_is_meant() {
    assertThatThrownBy(
            () -> new Forced(KEY, Milestone.PACKED, "", NOON, Says.REACHED, "wang", "why", NOON))
        .hasMessage("PACKED belongs to a parcel, and none is named");
    assertThatThrownBy(
            () -> new Forced(KEY, Milestone.PAID, "", NOON, Says.REACHED, "wang", " ", NOON))
        .hasMessage("the reason has 1 to 1000 characters");
  }
}
