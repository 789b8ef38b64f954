package io.orderbridge.mapping;

import static io.orderbridge.mapping.MappingFiles.evaluate;
import static io.orderbridge.mapping.MappingFiles.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFunctionsTest {
  private static final String ORDER =
      "{\"big\":820982911946154508,\"d\":49.90,\"nul\":null,\"l\":[1,\"2\",true,null],"
          + "\"t\":\"2026-11-20T10:00:00.9+08:00\",\"s\":\"199.00\","
          + "\"inner\":\"{\\\"id\\\":9007199254740993,\\\"p\\\":49.90,"
          + "\\\"n\\\":null,\\\"l\\\":[1]}\","
          + "\"bad\":\"{\\\"secret\\\":\"}";

  @Test
  void json_inside_a_text_is_read_as_a_body_would_be() {
    assertThat(evaluate("$json(inner).id", ORDER)).isEqualTo("9007199254740993");
    assertThat(evaluate("$string($json(inner).p)", ORDER)).isEqualTo("49.90");
    assertThat(evaluate("$exists($json(inner).n)", ORDER)).isEqualTo(true);
    assertThat(evaluate("$json(inner).n = null", ORDER)).isEqualTo(true);
    assertThat(evaluate("[$json(inner).l]", ORDER)).isEqualTo(List.of(1));
    assertThat(evaluate("$json('[1,2]')[1]", ORDER)).isEqualTo(2);
    assertThat(evaluate("$json(missing)", ORDER)).isNull();
    Map<String, Object> expected = new HashMap<>();
    expected.put("n", null);
    assertThat(evaluate("{'n': $json(inner).n}", ORDER)).isEqualTo(expected);
  }

  @Test
  void text_that_is_no_json_is_refused_with_the_call_and_the_position_and_never_repeated() {
    Refusal refusal = refusalOf("{\n 'a': $json(bad)}", ORDER);
    assertThat(refusal.why()).isEqualTo(Cause.BODY_BROKEN);
    assertThat(refusal.place()).startsWith("mappings/t/t.jsonata:2:");
    assertThat(refusal.getMessage())
        .contains("the text given to $json: line 1, column ")
        .doesNotContain("secret");
    assertThat(refusalOf("$json($pad('', 200, '['))", ORDER).why())
        .isEqualTo(Cause.BODY_TOO_COMPLEX);
    assertThat(refusalOf("$json(d)", ORDER).why()).isEqualTo(Cause.MAPPING_FAILED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$toJson({'b': big, 'd': d, 'n': nul, 'u': missing}) "
            + "| {\"b\":\"820982911946154508\",\"d\":49.90,\"n\":null}",
        "$toJson(l) | [1,\"2\",true,null]",
        "$toJson([1..3]) | [1,2,3]",
        "$toJson(l[0]) | 1",
        "$toJson('a\"b') | \"a\\\"b\"",
        "$toJson($json(inner)) | {\"id\":\"9007199254740993\",\"p\":49.90,\"n\":null,\"l\":[1]}",
        "$toJson(nul) | null",
        "'x' & $toJson(missing) | x"
      })
  void a_value_becomes_compact_json_with_every_digit(String expression, String expected) {
    assertThat(evaluate(expression, ORDER)).isEqualTo(expected);
  }

  @Test
  void what_is_no_value_is_no_json() {
    assertThat(refusalOf("$toJson($uppercase)", ORDER)).hasMessageContaining("function");
  }

  @Test
  void a_mapping_can_refuse_in_its_own_words() {
    Refusal refusal = refusalOf("{\n 'a': s = '199.00' ? $fail('amount differs\n!') : 1}", ORDER);
    assertThat(refusal.why()).isEqualTo(Cause.MAPPING_FAILED);
    assertThat(refusal.place()).startsWith("mappings/t/t.jsonata:2:");
    assertThat(refusal).hasMessage("amount differs?!");
    assertThat(refusalOf("$fail(missing)", ORDER)).hasMessage("the mapping refuses this body");
    assertThat(refusalOf("$fail($pad('x', 1000))", ORDER).getMessage()).hasSize(303);
    assertThat(evaluate("s = 'other' ? $fail('no') : 'went on'", ORDER)).isEqualTo("went on");
    for (String call :
        List.of(
            "$map([1, 2], function($v) { $fail('mine') })",
            "[1, 2]^($fail('mine'))",
            "$filter([1, 2], function($v) { $fail('mine') })")) {
      assertThat(refusalOf(call, ORDER)).as(call).hasMessage("mine");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$string($epochOf(t)) | 1795140000",
        "$string($epochOf('1969-12-31T23:59:59.5Z')) | -1",
        "$string($epochOf($epoch(1763604000, 's'))) | 1763604000",
        "'x' & $epochOf(missing) | x",
        "$localTime(t, 'yyyy-MM-dd HH:mm:ss', 'Asia/Shanghai') | 2026-11-20 10:00:00",
        "$localTime('2026-11-20T02:00:00Z', 'yyyy-MM-dd HH:mm:ss', 'Asia/Shanghai') "
            + "| 2026-11-20 10:00:00",
        "$localTime(t, 'yyyyMMdd', 'UTC') | 20261120",
        "$localTime(t, 'HH:mm:ss.SSSXXX', 'UTC') | 02:00:00.900Z",
        "'x' & $localTime(missing, 'yyyy', 'UTC') | x",
        "$minorOf(s, 'CNY') | 19900",
        "$minorOf(d, 'CNY') | 4990",
        "$minorOf('-0.05', 'CNY') | -5",
        "$minorOf('1200', 'JPY') | 1200",
        "'x' & $minorOf(missing, 'CNY') | x"
      })
  void targets_get_times_and_amounts_in_their_own_units(String expression, String expected) {
    assertThat(evaluate(expression, ORDER)).isEqualTo(expected);
  }

  @Test
  void an_epoch_is_a_number() {
    assertThat(evaluate("$epochOf('2025-11-20T02:00:00Z') = 1763604000", ORDER)).isEqualTo(true);
    assertThat(evaluate("$epochOf('2025-11-20T02:00:00Z') + 1", ORDER)).hasToString("1763604001");
    assertThat(Json.write(evaluate("{'at': $epochOf('2025-11-20T02:00:00Z')}", ORDER)))
        .isEqualTo("{\"at\":1763604000}");
    assertThat(evaluate("$type($epochOf(t))", ORDER)).isEqualTo("number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$epochOf('2026-11-20 10:00:00') | MAPPING_FAILED",
        "$epochOf(d) | MAPPING_FAILED",
        "$localTime('2026-11-20', 'yyyy', 'UTC') | MAPPING_FAILED",
        "$localTime(t, 'q{', 'UTC') | MAPPING_FAILED",
        "$localTime(t, 'yyyy', 'Mars') | MAPPING_FAILED",
        "$localTime(t, missing, 'UTC') | MAPPING_FAILED",
        "$minorOf('1.005', 'CNY') | MONEY_INVALID",
        "$minorOf('1.5', 'JPY') | MONEY_INVALID",
        "$minorOf(19.9, 'CNY') | MONEY_INVALID",
        "$minorOf(s, 'RMB') | CURRENCY_UNKNOWN",
        "$minorOf(s, missing) | CURRENCY_UNKNOWN"
      })
  void what_is_no_time_or_amount_is_refused(String expression, Cause expected) {
    Refusal refusal = refusalOf(expression, ORDER);
    assertThat(refusal.why()).isEqualTo(expected);
    assertThat(refusal.getMessage()).doesNotContain("2026-11-20 10");
  }
}
