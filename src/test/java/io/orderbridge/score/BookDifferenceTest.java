package io.orderbridge.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.reconciliation.Rates;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which currency is a month's. */
@Tag("R65")
class BookDifferenceTest {
  private static Rates.Told told(String currency, long open, long sold) {
    return new Rates.Told(
        currency,
        BigInteger.valueOf(open),
        BigInteger.valueOf(sold),
        false,
        Map.of("shop-receipts", BigInteger.valueOf(open)));
  }

  private static String worst(Rates.Told... told) {
    return BookDifference.worst(List.of(told)).orElseThrow().unit();
  }

  @Test
  void the_currency_with_the_largest_share_is_the_months() {
    assertThat(worst(told("CNY", 299_900, 100_000_000), told("USD", 400, 100_000)))
        .isEqualTo("USD");
    assertThat(worst(told("CNY", 299_900, 100_000_000), told("USD", 100, 100_000)))
        .isEqualTo("CNY");
  }

  @Test
  void what_is_open_where_nothing_was_sold_is_worst_and_what_is_not_open_is_not() {
    assertThat(worst(told("CNY", 299_900, 100_000_000), told("USD", 1, 0))).isEqualTo("USD");
    assertThat(worst(told("CNY", 1, 100_000_000), told("USD", 0, 0))).isEqualTo("CNY");
    assertThat(worst(told("CNY", 0, 100_000_000), told("USD", 0, 0))).isEqualTo("CNY");
  }

  @Test
  void without_a_word_on_what_was_sold_it_is_missing() {
    assertThat(BookDifference.worst(List.of())).isEmpty();
  }
}
