package io.orderbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartReaderTest {
  private static String read(String body, String part) {
    return read(body, "method=order.cancel&a=%20&note=%E5%90%8D", part);
  }

  private static String read(String body, String query, String part) {
    return new PartReader(
            Map.of("x-id", "h1", "x-blank", " ")::get, query, body.getBytes(StandardCharsets.UTF_8))
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "<request><order><code>SO1</code></order></request> | xml:/request/order/code | SO1",
        "<q:request xmlns:q='u'><q:id>7</q:id></q:request> | xml:/request/id | 7",
        "<r><o id='7'>x</o></r> | xml:/r/o/@id | 7",
        "<r><o id='7'>x</o></r> | xml:/r/o | x",
        "<r><o>1</o><o>2</o></r> | xml:/r/o/1 | 2",
        "<r><o>1</o><o>2</o></r> | xml:/r/o/2 | -",
        "<r><o>1</o><o>2</o></r> | xml:/r/o | -",
        "<r><o><p>1</p></o></r> | xml:/r/o | -",
        "<r><o/></r> | xml:/r/o | -",
        "<r><id>7</id> | xml:/r/id | -",
        "<!DOCTYPE r><r><id>7</id></r> | xml:/r/id | -",
        "{\"id\":7} | xml:/r/id | -",
        "notify_id=2026&trade=T%2B1 | form:trade | T+1",
        "notify_id=2026 | form:other | -",
        "a=%zz&notify_id=2026 | form:notify_id | -",
        "charset=GBK&n=%C3%FB | form:n | 名",
        "'' | form:n | -",
        "'' | query:method | order.cancel",
        "'' | query:note | 名",
        "'' | query:a | -",
        "'' | query:none | -"
      })
  void a_value_stands_in_xml_in_a_form_or_in_the_address(String body, String part, String value) {
    assertThat(read(body, part)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "no=T1&status=PAID | form:no+form:status | T1/PAID",
        "no=T1 | form:no+form:status+form:refund | T1",
        "x=1 | form:no+form:status | -",
        "no=T1 | query:method+form:no | order.cancel/T1",
        "no=T1 | text:pay+form:no | pay/T1",
        "x=1 | text:pay+form:no | -",
        "no=T1 | header:X-Id+form:no | h1/T1",
        "no=T1 | text:a+b+form:no | a+b/T1"
      })
  void joined_parts_are_those_that_are_there(String body, String part, String value) {
    assertThat(read(body, part)).isEqualTo(value);
  }

  @Test
  void a_body_may_be_joined_and_an_address_may_have_no_or_a_broken_query() {
    assertThat(read("a", "header:X-Id+body")).startsWith("h1/").hasSize(67);
    assertThat(read("", null, "query:method")).isNull();
    assertThat(read("", "method=1&method=2", "query:method")).isNull();
    assertThat(read("", "method=%", "query:method")).isNull();
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
  void another_notation_is_refused_and_the_allowed_are_named() {
    for (String wrong : List.of("", "id", "header:", "form:", "query:", "cookie:a", "+form:a")) {
      assertThatThrownBy(() -> Part.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("header:<name>, json:/<pointer>, xml:/<path>, form:<field>");
    }
    for (String wrong : List.of("json:id", "xml:id", "xml:/", "xml:/a//b", "form:a+xml:b")) {
      assertThatThrownBy(() -> Part.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
