package io.orderbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R62")
class ThresholdTest {
  @ParameterizedTest
  @CsvSource({
    "0.79, none",
    "0.7999999, none",
    "0.8, WARNING",
    "0.80, WARNING",
    "0.9999, WARNING",
    "1, BREACH",
    "1.00, BREACH",
    "1.0001, BREACH",
    "-3, none"
  })
  void a_limit_that_is_reached_is_broken_and_warned_of_from_80_percent_on(
      BigDecimal value, String level) {
    assertThat(said(Threshold.reaching(BigDecimal.ONE), value)).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({"15, none", "16, WARNING", "20, WARNING", "21, BREACH"})
  void a_limit_that_may_be_reached_is_broken_beyond_it(long count, String level) {
    Threshold limit = Threshold.exceeding(BigDecimal.valueOf(20));
    assertThat(said(limit, BigDecimal.valueOf(count))).isEqualTo(level);
    assertThat(limit.of(count).map(Level::name).orElse("none")).isEqualTo(level);
  }

  @Test
  void a_warning_can_begin_elsewhere_or_be_left_out() {
    Threshold limit = Threshold.reaching(new BigDecimal("10.50"));
    assertThat(limit.warningAt(50).of(new BigDecimal("5.25"))).contains(Level.WARNING);
    assertThat(limit.warningAt(50).of(new BigDecimal("5.24"))).isEmpty();
    assertThat(limit.withoutWarning().of(new BigDecimal("10.49"))).isEmpty();
    assertThat(limit.withoutWarning().of(new BigDecimal("10.5"))).contains(Level.BREACH);
  }

  @Test
  void nothing_is_near_a_limit_of_zero() {
    assertThat(Threshold.exceeding(BigDecimal.ZERO).of(0)).isEmpty();
    assertThat(Threshold.exceeding(BigDecimal.ZERO).of(1)).contains(Level.BREACH);
    assertThat(Threshold.reaching(BigDecimal.ZERO).of(0)).contains(Level.BREACH);
  }

  @Test
  void a_limit_below_zero_and_a_warning_above_the_limit_are_refused() {
    assertThatThrownBy(() -> Threshold.reaching(new BigDecimal("-1")))
        .hasMessage("a limit is -1, expected 0 or more");
    assertThatThrownBy(() -> new Threshold(BigDecimal.ONE, BigDecimal.TEN, true))
        .hasMessageContaining("expected 0 to the limit 1");
    assertThatThrownBy(() -> Threshold.reaching(BigDecimal.ONE).warningAt(101))
        .hasMessageContaining("expected 1 to 100");
  }

  private static String said(Threshold limit, BigDecimal value) {
    return limit.of(value).map(Level::name).orElse("none");
  }
}
