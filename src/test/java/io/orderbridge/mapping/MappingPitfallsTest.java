package io.orderbridge.mapping;

import static io.orderbridge.mapping.MappingFiles.evaluate;
import static io.orderbridge.mapping.MappingFiles.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Cause;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How dashjoin 0.9.10 treats what our reader gives it; a newer version must keep these. */
class MappingPitfallsTest {
  private static final String ORDER =
      "{\"d\":49.90,\"i\":1,\"safe\":9007199254740991,\"big\":820982911946154508,\"one\":1.0,"
          + "\"e\":1E+2,\"nul\":null,\"s\":\"199.00\",\"a\":[{\"x\":1}],\"none\":[],"
          + "\"neg\":-49.90,\"l\":[3.50,1,2.25]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          $string(i)            | 1
          $string(safe)         | 9007199254740991
          $string(big)          | 820982911946154508
          big                   | 820982911946154508
          $string(d)            | 49.90
          d & ''                | 49.90
          $string(one)          | 1.0
          $string(e)            | 100
          $string(10/2)         | 5
          $string($number(s))   | 199
          $type(big)            | string
          $type(d)              | number
          $formatNumber(d,'0.0')| 49.9
          nul & 'x'             | nullx
          $map(a.x, $string)    | 1
          """)
  void numbers_become_text_as_written(String expression, String expected) {
    assertThat(evaluate(expression, ORDER)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          d = 49.9              | true
          d > 49                | true
          one = 1               | true
          d in [49.9]           | true
          d = '49.90'           | false
          $exists(nul)          | true
          $exists(nope)         | false
          nul = null            | true
          nope = null           | false
          $boolean(nul)         | false
          $max(l) = 3.5         | true
          $sum(l) = 6.75        | true
          $sort(l)[0] = 1       | true
          (l^(>$))[0] = 3.5     | true
          $sort(['b','a'])[0] = 'a' | true
          $sort(l, function($x, $y){$x < $y})[0] = 3.5 | true
          $floor(d) = 49        | true
          $ceil(d) = 50         | true
          $round(d, 0) = 50     | true
          $abs(d) = 49.9        | true
          $abs(neg) = 49.9      | true
          $abs(-3) = 3          | true
          """)
  void comparisons_and_functions_take_decimals(String expression, boolean expected) {
    assertThat(evaluate(expression, ORDER)).isEqualTo(expected);
  }

  @Test
  void results_are_plain_lists_and_maps() {
    assertThat(evaluate("a[]", ORDER)).isExactlyInstanceOf(ArrayList.class);
    assertThat(evaluate("[1..3]", ORDER)).isEqualTo(List.of(1, 2, 3));
    assertThat(evaluate("[1..3]", ORDER)).isExactlyInstanceOf(ArrayList.class);
    assertThat(evaluate("{'a': {'b': 1}}", ORDER)).isExactlyInstanceOf(LinkedHashMap.class);
    assertThat(evaluate("d * 2", ORDER)).isEqualTo(new BigDecimal("99.8"));
    assertThat(evaluate("safe", ORDER)).isEqualTo(9007199254740991L);
    assertThat(refusalOf("{'f': $uppercase}", ORDER)).hasMessageContaining("function");
  }

  @Test
  void one_element_loses_its_list_unless_brackets_keep_it() {
    assertThat(evaluate("a.{'y': x}", ORDER)).isEqualTo(Map.of("y", 1));
    assertThat(evaluate("[a.{'y': x}]", ORDER)).isEqualTo(List.of(Map.of("y", 1)));
    assertThat(evaluate("{'l': [none.{'y': x}]}", ORDER)).isEqualTo(Map.of("l", List.of()));
    assertThat(evaluate("{'l': none.{'y': x}}", ORDER)).isEqualTo(Map.of());
  }

  @Test
  void null_stays_null_and_undefined_leaves_no_key() {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("n", null);
    assertThat(evaluate("{'n': nul, 'u': nope}", ORDER)).isEqualTo(expected);
    assertThat(evaluate("nope", ORDER)).isNull();
    assertThat(evaluate("nul", ORDER)).isNull();
  }

  @Test
  void arithmetic_of_jsonata_is_binary_and_is_refused_as_money() {
    assertThat(evaluate("d % 1 = 0.9", ORDER)).isEqualTo(false);
    assertThat(refusalOf("$money(d * 2, 'CNY')", ORDER).why()).isEqualTo(Cause.MONEY_INVALID);
    assertThat(refusalOf("$money(19.9, 'CNY')", ORDER)).hasMessageContaining("$moneySum");
    assertThat(evaluate("$times(d, 2, 'CNY')", ORDER)).isEqualTo("99.80");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $money(d, 'CNY')                 | 49.90
          $money(s, 'CNY')                 | 199.00
          $money('1200', 'JPY')            | 1200
          $money('1200.00', 'JPY')         | 1200
          $money('5', 'KWD')               | 5.000
          $money(neg, 'CNY')               | -49.90
          $minor(19900, 'CNY')             | 199.00
          $minor('5', 'CNY')               | 0.05
          $minor(1200, 'JPY')              | 1200
          $moneySum(['0.10','0.20',d], 'CNY') | 50.20
          $moneySum(none, 'CNY')           | 0.00
          $moneySum(d, 'CNY')              | 49.90
          $times('0.07', 100, 'CNY')       | 7.00
          $join($map(['1','2'], function($v){$money($v,'CNY')}), ';') | 1.00;2.00
          'x' & $money(nope, 'CNY')        | x
          $time('2026-11-20 10:00', 'yyyy-MM-dd HH:mm', 'Asia/Shanghai') | 2026-11-20T10:00:00+08:00
          $time('20261120', 'yyyyMMdd', 'Asia/Shanghai') | 2026-11-20T00:00:00+08:00
          $time('20261120T1000+02', "yyyyMMdd'T'HHmmX", 'UTC') | 2026-11-20T10:00:00+02:00
          $epoch(1700000000, 's')          | 2023-11-14T22:13:20Z
          $epoch('1700000000123', 'ms')    | 2023-11-14T22:13:20.123Z
          'x' & $time(nope, 'yyyy', 'UTC') | x
          """)
  void money_and_time_are_exact(String expression, String expected) {
    assertThat(evaluate(expression, ORDER)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          $money('1,000.00', 'CNY')  | MONEY_INVALID
          $money('1.005', 'CNY')     | MONEY_INVALID
          $money('1.5', 'JPY')       | MONEY_INVALID
          $money('', 'CNY')          | MONEY_INVALID
          $money('1e3', 'CNY')       | MONEY_INVALID
          $money(true, 'CNY')        | MONEY_INVALID
          $money('99999999999999', 'CNY') | MONEY_INVALID
          $money('1', 'RMB')         | CURRENCY_UNKNOWN
          $money('1', nope)          | CURRENCY_UNKNOWN
          $minor('1.5', 'CNY')       | MONEY_INVALID
          $moneySum(['x'], 'CNY')    | MONEY_INVALID
          $time('x', 'yyyy', 'UTC')  | MAPPING_FAILED
          $time('2026', 'q{', 'UTC') | MAPPING_FAILED
          $time('2026', 'yyyy', 'Mars') | MAPPING_FAILED
          $epoch('soon', 's')        | MAPPING_FAILED
          $epoch(1, 'h')             | MAPPING_FAILED
          $nosuch(1)                 | MAPPING_FAILED
          """)
  void what_is_no_money_or_time_is_refused(String expression, Cause expected) {
    var refusal = refusalOf(expression, ORDER);
    assertThat(refusal.why()).isEqualTo(expected);
    assertThat(refusal.place()).startsWith("mappings/t/t.jsonata");
  }

  @Test
  void every_broken_text_is_a_problem_and_no_crash() {
    String good = "{'a': $map(b[c > 1], function($v){ $v.d ~> /x/ }), 'e': ^(f), \"g\": `h`.*}";
    for (int cut = 1; cut < good.length(); cut++) {
      new MappingFiles().load("t/t.jsonata", good.substring(0, cut));
      new MappingFiles().load("t/t.jsonata", good.substring(cut));
    }
    assertThat(new MappingFiles().load("t/t.jsonata", "")).hasSize(1);
    assertThat(new MappingFiles().load("t/t.jsonata", "(".repeat(20_000))).hasSize(1);
  }
}
