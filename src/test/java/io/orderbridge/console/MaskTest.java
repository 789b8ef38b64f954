package io.orderbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is shown of a message to whom. */
class MaskTest {
  private static final String BODY =
      "{\"name\":\"ZHANG\",\"phone\":13800000000,\"zip\":\"000000\",\"total\":199.00,"
          + "\"at\":\"2026-11-20T10:00:00+08:00\",\"paid\":true,\"lines\":[{\"title\":\"Tea\"}]}";

  @Test
  void who_may_not_read_it_sees_its_shape_times_and_small_numbers() {
    assertThat(Mask.shape(BODY).replaceAll("\\s", ""))
        .isEqualTo(
            "{\"name\":\"•••\",\"phone\":\"•••\",\"zip\":\"000000\",\"total\":199.00,"
                + "\"at\":\"2026-11-20T10:00:00+08:00\",\"paid\":true,"
                + "\"lines\":[{\"title\":\"•••\"}]}");
    assertThat(Mask.shape("name=ZHANG")).isEmpty();
    assertThat(Mask.shape("\"ZHANG\"")).isEmpty();
    assertThat(Mask.shape("{\"name\":\"ZHANG\"")).isEmpty();
  }

  @Test
  void in_lines_every_digit_stays_as_it_came() {
    assertThat(Mask.lines(BODY)).contains("199.00", "13800000000", "ZHANG");
    assertThat(Mask.lines("name=ZHANG")).isEqualTo("name=ZHANG");
  }
}
