package io.orderbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void numbers_keep_every_digit() {
    assertThat(Json.read("[1, 9007199254740992, 9007199254740993, -9007199254740993, 49.90, 1e2]"))
        .isEqualTo(
            List.of(
                1,
                9007199254740992L,
                "9007199254740993",
                "-9007199254740993",
                new BigDecimal("49.90"),
                new BigDecimal("100")));
  }

  @Test
  void what_is_written_is_read_again() {
    String json = "{\"b\":[1,\"2\",49.90,true,null],\"a\":{\"名\":\"值\"}}";
    assertThat(Json.write(Json.read(json))).isEqualTo(json);
    assertThat(Json.write(new BigDecimal("1E+3"))).isEqualTo("1000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{\"secret\":",
        "{\"secret\":1,}",
        "secret",
        "{\"secret\":1} {}",
        "[1]x",
        "{\"secret\":1,\"secret\":2}",
        "NaN",
        "[01]",
        "'secret'",
        "{secret:1}",
        "\"secret",
        "\"se\tcret\"",
        "/* secret */ 1",
        "[1 2]",
        "nul",
        "\uFEFF",
        "}"
      })
  void broken_json_is_refused_and_never_repeated(String json) {
    Refusal refusal = refusal(json.getBytes(StandardCharsets.UTF_8));
    assertThat(refusal.why()).isEqualTo(Cause.BODY_BROKEN);
    assertThat(refusal + refusal.place()).doesNotContain("secret");
    assertThat(refusal.getCause()).isNull();
  }

  @Test
  void the_place_is_line_and_column() {
    assertThat(refusal("{\"a\":1,\n \"a\":2}".getBytes(StandardCharsets.UTF_8)).place())
        .startsWith("line 2, column ");
    assertThat(refusal("{\"a\":1,\n \"a\":2}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("same key twice");
  }

  @Test
  void what_is_too_complex_is_refused_as_such() {
    for (String json :
        List.of(
            "[".repeat(101),
            "[".repeat(1_000_000),
            "1".repeat(101),
            "1." + "1".repeat(101),
            "1e999999999",
            "1e-999999999",
            "{\"" + "n".repeat(60_000) + "\":1}",
            "\"" + "x".repeat(1_100_000) + "\"")) {
      assertThat(refusal(json.getBytes(StandardCharsets.UTF_8)).why())
          .as(json.substring(0, 5))
          .isEqualTo(Cause.BODY_TOO_COMPLEX);
    }
    assertThat(Json.read("[".repeat(100) + "]".repeat(100))).isInstanceOf(List.class);
  }

  @Test
  void bytes_that_are_no_utf8_and_bodies_that_are_too_large_are_broken() {
    assertThat(refusal(new byte[] {'"', (byte) 0xC3, '"'}).why()).isEqualTo(Cause.BODY_BROKEN);
    assertThat(refusal(new byte[] {'"', (byte) 0xFF, (byte) 0xFE, '"'}).why())
        .isEqualTo(Cause.BODY_BROKEN);
    assertThat(refusal(new byte[4 * 1024 * 1024 + 1])).hasMessageContaining("at most");
  }

  @Test
  void a_byte_order_mark_is_no_error() {
    assertThat(Json.read("\uFEFF{\"a\":1}")).isEqualTo(Map.of("a", 1));
  }

  private static Refusal refusal(byte[] bytes) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> Json.read(bytes));
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
