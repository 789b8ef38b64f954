package io.orderbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.SteppedClock;
import io.orderbridge.sandbox.Partners.Sender;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallbacksTest {
  private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
  private static final int ORDERS = 400;

  private final Counterpart paymentSystem = new Counterpart(new SteppedClock(NOW));
  private final List<Story> stories = Story.invent(ORDERS, 7, "CNY", NOW, new Random(1));

  private Callbacks losing(int percent) {
    Callbacks callbacks = new Callbacks(paymentSystem, percent, 5);
    callbacks.begin(stories, new Planted(List.of(), ""));
    return callbacks;
  }

  @Test
  void a_share_of_the_payments_is_not_told_of_and_the_rest_arrives() {
    // Given
    Callbacks callbacks = losing(10);
    long paidThere = stories.stream().filter(Story::elsewhere).count();

    // Then
    assertThat((long) callbacks.lost().size()).isBetween(paidThere / 20, paidThere / 5);
    for (Story story : stories) {
      List<Letter> all =
          List.of(
              new Letter(Sender.SHOP, "1", "created", "", new byte[0]),
              new Letter(Sender.PAYMENT, "2", "paid", "", new byte[0]));
      boolean lost = callbacks.lost().contains(story.number());
      assertThat(callbacks.arriving(story, all)).isEqualTo(lost ? all.subList(0, 1) : all);
    }
  }

  @Test
  void the_same_seed_loses_the_same_and_nobody_loses_without_being_asked_to() {
    assertThat(losing(10).lost()).isEqualTo(losing(10).lost());
    assertThat(losing(0).lost()).isEmpty();
  }

  @Test
  void the_payment_system_shows_every_payment_and_its_bill_has_a_row_for_each() {
    // Given
    Callbacks callbacks = losing(10);
    String number = callbacks.lost().iterator().next();

    // When
    Map<String, Object> answer = paymentSystem.answer(ask("do", "query", "order", number));
    Map<String, Object> link =
        paymentSystem.answer(ask("do", "bill-link", "kind", "trade", "day", "2026-11-23"));

    // Then
    assertThat((Map<?, ?>) answer.get("payment")).extracting("state").isEqualTo("PAID");
    long refunds = stories.stream().filter(s -> s.elsewhere() && s.refund() > 0).count();
    long paid = stories.stream().filter(Story::elsewhere).count();
    assertThat((List<?>) link.get("rows")).hasSize((int) (paid + refunds));
  }

  @Test
  void what_is_planted_is_wrong_in_the_bill_alone() {
    // Given
    Planted planted = new Planted(stories, "79999999");
    Callbacks callbacks = new Callbacks(paymentSystem, 100, 5);

    // When
    callbacks.begin(planted.stories(), planted);

    // Then
    for (Story story : planted.stories()) {
      boolean late = planted.is(story, Planted.Kind.UNSETTLED);
      if (late || planted.is(story, Planted.Kind.MISSING_RIGHT)) {
        assertThat(paymentSystem.answer(ask("do", "query", "order", story.number())))
            .extracting("payment.state")
            .isEqualTo("PAID");
        assertThat(callbacks.lost()).doesNotContain(story.number());
        assertThat(billed("2026-11-23", story)).isFalse();
        assertThat(billed("2026-11-24", story)).isEqualTo(late);
      }
    }
  }

  private boolean billed(String day, Story story) {
    Map<String, Object> link =
        paymentSystem.answer(ask("do", "bill-link", "kind", "trade", "day", day));
    return ((List<?>) link.get("rows"))
        .stream()
            .map(row -> (Map<?, ?>) ((Map<?, ?>) row).get("payment"))
            .anyMatch(payment -> story.number().equals(payment.get("order")));
  }

  private static Map<String, Object> ask(String... pairs) {
    Map<String, Object> ask = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      ask.put(pairs[i], pairs[i + 1]);
    }
    return ask;
  }
}
