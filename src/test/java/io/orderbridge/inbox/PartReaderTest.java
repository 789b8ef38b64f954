package io.orderbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartReaderTest {
  private static String read(String body, String part) {
    return new PartReader(
            Map.of("x-id", "h1", "x-blank", " ")::get, body.getBytes(StandardCharsets.UTF_8))
        .read(Part.parse(part));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{\"id\":\"a\"} | json:/id | a",
        "{\"id\":9007199254740993123} | json:/id | 9007199254740993123",
        "{\"a\":{\"b\":[1,{\"c\":true}]}} | json:/a/b/1/c | true",
        "{\"id\":null} | json:/id | -",
        "{\"id\":\"\"} | json:/id | -",
        "{\"id\":{\"x\":1}} | json:/id | -",
        "{\"other\":1} | json:/id | -",
        "{\"id\":\"a\", broken | json:/id | a",
        "<xml/> | json:/id | -",
        "'' | json:/id | -",
        "{} | header:X-Id | h1",
        "{} | header:X-Blank | -",
        "{} | header:X-None | -",
        "{} | text:fixed | fixed",
        "{} | text: | ''"
      })
  void a_value_is_taken_out_of_what_came(String body, String part, String value) {
    assertThat(read(body, part)).isEqualTo(value);
  }

  @Test
  void equal_bodies_are_one_message() {
    assertThat(read("a", "body")).isEqualTo(read("a", "body")).hasSize(64);
    assertThat(read("a", "body")).isNotEqualTo(read("b", "body"));
  }

  @Test
  void a_long_value_is_cut_and_never_into_half_a_character() {
    String id = "x".repeat(199) + "😀";
    String read = read("{\"id\":\"" + id + "\"}", "json:/id");
    assertThat(read).hasSize(200).startsWith("x".repeat(199));
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(read)).isTrue();
  }

  @Test
  void a_body_nested_ten_thousand_deep_has_no_value_and_no_stack_overflow() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    assertThat(read("{\"a\":" + deep + ",\"id\":1}", "json:/id")).isNull();
  }

  @Test
  void another_notation_is_refused_and_the_four_are_named() {
    for (String wrong : new String[] {"", "id", "header:", "json:id", "xml:/id"}) {
      assertThatThrownBy(() -> Part.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("header:<name>, json:/<pointer>, text:<constant>, body");
    }
  }
}
