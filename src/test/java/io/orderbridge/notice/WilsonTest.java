package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R26")
class WilsonTest {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3; to four decimals.
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void the_interval_is_the_published_one(long hits, long of, BigDecimal low, BigDecimal high) {
    Wilson wilson = Wilson.of(hits, of);
    assertThat(wilson.low().setScale(4, RoundingMode.HALF_UP)).isEqualTo(low);
    assertThat(wilson.high().setScale(4, RoundingMode.HALF_UP)).isEqualTo(high);
  }

  @ParameterizedTest
  @CsvSource({"10, 10, 1, 0.722467, 1.000000", "8, 10, 0.8, 0.490162, 0.943318"})
  void the_interval_holds_to_six_decimals(
      long hits, long of, BigDecimal rate, BigDecimal low, BigDecimal high) {
    Wilson wilson = Wilson.of(hits, of);
    assertThat(wilson.rate()).isEqualByComparingTo(rate);
    assertThat(wilson.low()).isEqualTo(low);
    assertThat(wilson.high()).isEqualTo(high);
  }

  @Test
  void nobody_asked_proves_nothing() {
    assertThat(Wilson.of(0, 0))
        .isEqualTo(new Wilson(null, new BigDecimal("0.000000"), new BigDecimal("1.000000")));
    assertThatThrownBy(() -> Wilson.of(3, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
