package io.orderbridge.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** What a conversion writes is read back. */
class ConvertedTest {
  @Test
  void a_rate_a_fraction_and_two_rates_by_way_of_a_third_currency_are_read() {
    assertThat(Converted.of("USD 12.34 * 7.0962 2026-11-20 ECB"))
        .isEqualTo(converted("USD", "12.34", "7.0962", "1"));
    assertThat(Converted.of("JPY -900 * 4.7/100 2026-11-20 boc for 2026-11-22"))
        .isEqualTo(converted("JPY", "-900", "4.7", "100"));
    assertThat(Converted.of("USD 1.00 * 1/1.15 * 8.1 via EUR 2026-11-20 ecb"))
        .isEqualTo(converted("USD", "1.00", "8.1", "1.15"));
  }

  @Test
  void rates_are_compared_as_fractions() {
    assertThat(Converted.of("USD 1 * 1/3 d s").sameRate(Converted.of("USD 2 * 2/6 d s"))).isTrue();
    assertThat(Converted.of("USD 1 * 1/3 d s").sameRate(Converted.of("USD 1 * 0.3333333333 d s")))
        .isFalse();
  }

  @Test
  void what_no_conversion_writes_is_refused_with_its_text() {
    for (String told : new String[] {"USD", "USD x * 7 d s", "USD 1.00 * 7", "USD 1 * *"}) {
      assertThatThrownBy(() -> Converted.of(told))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(told);
    }
  }

  private static Converted converted(String currency, String amount, String times, String by) {
    return new Converted(
        currency, new BigDecimal(amount), new BigDecimal(times), new BigDecimal(by));
  }
}
