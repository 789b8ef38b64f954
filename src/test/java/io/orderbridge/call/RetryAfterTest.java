package io.orderbridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R11")
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | PT1S",
        "' 120 ' | PT2M",
        "1000000000 | PT6H",
        "999999999999 | PT6H",
        "Fri, 20 Nov 2026 02:05:00 GMT | PT5M",
        "Fri, 20 Nov 2099 02:05:00 GMT | PT6H"
      })
  void a_wait_is_taken_as_asked_up_to_six_hours(String header, Duration wait) {
    assertThat(RetryAfter.read(header, NOW)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "-1",
        "1.5",
        "1e3",
        "soon",
        "9999999999999999999",
        "0x10",
        "١٢",
        "Fri, 20 Nov 2026 01:00:00 GMT",
        "Mon, 20 Nov 2026 02:05:00 GMT",
        "2026-11-20T02:05:00Z",
        "Fri, 20 Nov 2026 02:05:00",
        "\0"
      })
  void nonsense_and_the_past_ask_for_nothing(String header) {
    assertThat(RetryAfter.read(header, NOW)).isEmpty();
  }

  @Test
  void no_header_asks_for_nothing() {
    assertThat(RetryAfter.read(null, NOW)).isEmpty();
  }
}
