package io.orderbridge.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Money;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R12")
class ApprovalTest {
  private final RepairRules rules =
      new RepairRules(
          50,
          Duration.ofHours(1),
          List.of(Money.of("1000.00", "CNY")),
          RepairRules.ROLES,
          50,
          RepairRules.DEFAULT.readBack());

  private static Effect change(String amount, String currency, Why second) {
    Money money = amount == null ? null : Money.of(amount, currency);
    return new Effect(
        "CREATED", "PAID", List.of(), Map.of(), null, money, second, Effect.How.CHANGE, Why.NONE);
  }

  private String needed(int count, Effect effect, long alone) {
    return Approval.needed(rules, Collections.nCopies(count, effect), alone).en();
  }

  @Test
  void fifty_orders_are_changed_by_one_person_and_the_fifty_first_by_two() {
    Effect effect = change(null, null, Why.NONE);
    assertThat(needed(50, effect, 0)).isEmpty();
    assertThat(needed(51, effect, 0)).isEqualTo("51 orders; one person changes 50 alone in 1 h");
  }

  @Test
  void several_small_repairs_of_one_person_count_together() {
    Effect effect = change(null, null, Why.NONE);
    assertThat(needed(10, effect, 40)).isEmpty();
    assertThat(needed(1, effect, 50))
        .isEqualTo("1 orders after 50; one person changes 50 alone in 1 h");
  }

  @Test
  void orders_of_more_than_the_sum_need_a_second_person_in_that_currency_only() {
    assertThat(needed(10, change("100.00", "CNY", Why.NONE), 0)).isEmpty();
    assertThat(needed(10, change("100.01", "CNY", Why.NONE), 0))
        .isEqualTo("orders of 1000.10 CNY; one person changes 1000.00 CNY alone");
    assertThat(needed(10, change("9999.00", "USD", Why.NONE), 0)).isEmpty();
  }

  @Test
  void what_is_refused_or_so_already_counts_nothing() {
    assertThat(needed(60, Effect.unchanged("PAID"), 0)).isEmpty();
    assertThat(needed(60, Effect.refused("PAID", Why.of("不行", "no")), 100)).isEmpty();
  }

  @Test
  void an_order_that_needs_it_by_itself_needs_it_alone() {
    Why why = new Why("要退款", "money goes back");
    assertThat(needed(1, change("1.00", "CNY", why), 0)).isEqualTo("money goes back");
  }
}
