package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.order.OrderState.PaymentState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R71")
class PaymentCheckTest {
  private static final Map<String, Object> COSTS_199 = Map.of("total", "199.00", "currency", "CNY");

  private static PaymentState paid(String amount, String currency) {
    return new PaymentState(1, "pay", amount, currency);
  }

  @Test
  void the_whole_price_in_one_or_several_payments_is_no_difference() {
    assertThat(PaymentCheck.difference(List.of(paid("199.00", "CNY")), COSTS_199)).isEmpty();
    assertThat(
            PaymentCheck.difference(
                List.of(paid("100.00", "CNY"), paid("99.00", "CNY")), COSTS_199))
        .isEmpty();
  }

  @Test
  void a_payment_of_one_fen_less_or_more_is_told_with_both_amounts() {
    assertThat(PaymentCheck.difference(List.of(paid("198.99", "CNY")), COSTS_199))
        .contains(Map.of("paid", "198.99", "total", "199.00", "currency", "CNY"));
    assertThat(PaymentCheck.difference(List.of(paid("199.01", "CNY")), COSTS_199))
        .contains(Map.of("paid", "199.01", "total", "199.00", "currency", "CNY"));
  }

  @Test
  void the_same_number_in_another_currency_is_a_difference() {
    assertThat(PaymentCheck.difference(List.of(paid("199.00", "USD")), COSTS_199))
        .contains(Map.of("paid", "0.00", "total", "199.00", "currency", "CNY"));
  }

  @Test
  void what_nobody_has_told_is_not_compared() {
    assertThat(PaymentCheck.difference(List.of(), COSTS_199)).isEmpty();
    assertThat(PaymentCheck.difference(List.of(paid("199.00", "CNY")), Map.of())).isEmpty();
  }
}
