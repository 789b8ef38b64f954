package io.orderbridge.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Below the limit, never at it. */
@Tag("R38")
class ToleranceTest {
  @ParameterizedTest
  @CsvSource({
    "100499, true", // 0.499 %
    "100500, false", // 0.500 %
    "100501, false", // 0.501 %
    "99501, true",
    "99500, false",
    "99499, false"
  })
  void half_a_percent_is_beyond_half_a_percent(long theirs, boolean within) {
    Tolerance tolerance = Tolerance.either(0, new BigDecimal("0.5"));

    assertThat(tolerance.allows(100_000, theirs)).isEqualTo(within);
    assertThat(tolerance.allows(-100_000, -theirs)).isEqualTo(within);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1000, either, true", // below 5 fen and below 0.5 %
    "5, 1000, either, false", // at both
    "5, 100000, either, true", // below 0.5 % alone
    "5, 100000, both, false",
    "4, 100, either, true", // below 5 fen alone
    "4, 100, both, false",
    "4, 100000, both, true",
    "0, 0, both, true"
  })
  void a_limit_in_money_and_one_in_percent_are_combined(
      long apart, long ours, String combined, boolean within) {
    Tolerance tolerance = new Tolerance(5, 5_000, combined.equals("both"));

    assertThat(tolerance.allows(ours, ours + apart)).isEqualTo(within);
  }
}
