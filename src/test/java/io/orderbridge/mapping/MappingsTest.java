package io.orderbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MappingsTest {

  @Test
  @Tag("R10")
  @Tag("R82")
  void a_broken_edit_is_refused_with_its_line_and_the_last_good_version_stays() {
    // Given
    MappingFiles files = MappingFiles.with("shop/order.jsonata", "{'a': 1}");

    // When
    var problems = files.load("shop/order.jsonata", "{'a': 1,\n 'b': }");

    // Then
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).toString()).startsWith("mappings/shop/order.jsonata:2: column ");
    assertThat(files.apply("shop/order", "{}")).isEqualTo(Map.of("a", 1));
    assertThat(files.mappings().problems()).isEqualTo(problems);
  }

  @Test
  void a_mended_or_deleted_file_is_no_problem_any_more() {
    MappingFiles files = MappingFiles.with("shop/a.jsonata", "{").and("shop/b.jsonata", "{");
    files.load("shop/a.jsonata", "1");
    files.mappings().load(Map.of(), Set.of("shop/b.jsonata"));
    assertThat(files.mappings().problems()).isEmpty();
  }

  @Test
  void a_deleted_mapping_is_missing_and_the_refusal_names_near_ones() {
    MappingFiles files = MappingFiles.with("shop/order.jsonata", "1").and("shop/x.jsonata", "1");
    files.mappings().load(Map.of(), Set.of("shop/x.jsonata"));
    Refusal refusal = files.refusal("shop/orders", "{}");
    assertThat(refusal.why()).isEqualTo(Cause.MAPPING_MISSING);
    assertThat(refusal).hasMessageContaining("shop/order").hasMessageNotContaining("shop/x");
  }

  @Test
  void proofs_and_strange_endings_are_passed_over_but_a_wrong_name_is_a_problem() {
    MappingFiles files = new MappingFiles();
    assertThat(files.load("shop/order.paid.in.json", "broken")).isEmpty();
    assertThat(files.load("readme.md", "text")).isEmpty();
    assertThat(files.load("Shop Order.jsonata", "1").get(0).what()).contains("expected mappings/");
  }

  @Test
  void text_that_is_not_utf8_is_refused_with_the_way_to_save_it() {
    var problems =
        new Mappings().load(Map.of("a/b.csv", new byte[] {'k', ',', (byte) 0xC4}), Set.of());
    assertThat(problems.get(0).what()).contains("CSV UTF-8");
  }

  @Test
  void an_unmapped_value_names_table_value_and_what_to_do() {
    // Given
    MappingFiles files =
        MappingFiles.with("shop/status.csv", "code,status\npaid,PAID\n")
            .and("shop/order.jsonata", "$table('shop/status', s)");

    // When
    Refusal refusal = files.refusal("shop/order", "{\"s\":\"voided\"}");

    // Then
    assertThat(refusal.why()).isEqualTo(Cause.UNMAPPED_VALUE);
    assertThat(refusal.place()).isEqualTo("mappings/shop/status.csv");
    assertThat(refusal)
        .hasMessageContaining("add a line 'voided,...' to mappings/shop/status.csv and replay");
    files.load("shop/status.csv", "code,status\npaid,PAID\nvoided,CANCELLED\n");
    assertThat(files.apply("shop/order", "{\"s\":\"voided\"}")).isEqualTo("CANCELLED");
  }

  @Test
  void a_long_unmapped_value_is_cut() {
    MappingFiles files =
        MappingFiles.with("a/t.csv", "k,v\n1,2").and("a/m.jsonata", "$table('a/t', s)");
    Refusal refusal = files.refusal("a/m", "{\"s\":\"" + "x".repeat(5000) + "\"}");
    assertThat(refusal.getMessage()).hasSizeLessThan(400).contains("(5000 characters)");
  }

  @Test
  void tables_have_columns_a_default_and_a_word_for_an_absent_key() {
    MappingFiles files =
        MappingFiles.with("a/t.csv", "code,name,url\n7,Seven,u7")
            .and("a/c.jsonata", "$table('a/t', n, 'url')")
            .and("a/d.jsonata", "$tableOr('a/t', missing, 'none') & $tableOr('a/t', 8, 'x')")
            .and("a/e.jsonata", "$table('a/t', missing)")
            .and("a/f.jsonata", "$table('a/t', n, 'uri')")
            .and("a/g.jsonata", "$table('a/tt', n)");
    assertThat(files.apply("a/c", "{\"n\":7}")).isEqualTo("u7");
    assertThat(files.apply("a/d", "{}")).isEqualTo("nonex");
    assertThat(files.refusal("a/e", "{}")).hasMessageContaining("is absent");
    assertThat(files.refusal("a/f", "{\"n\":7}")).hasMessageContaining("code, name, url");
    assertThat(files.refusal("a/g", "{\"n\":7}"))
        .hasMessageContaining("a/tt.csv")
        .hasMessageContaining("a/t");
  }

  @Test
  void a_refusal_keeps_its_cause_through_every_function_that_calls_back() {
    for (String call :
        List.of(
            "$map([1, 2], function($v) { $table('a/t', $v) })",
            "$filter([1, 2], function($v) { $table('a/t', $v) })",
            "$single([1, 2], function($v) { $table('a/t', $v) })",
            "$reduce([1, 2], function($x, $v) { $table('a/t', $v) })",
            "$each({'k': 2}, function($v) { $table('a/t', $v) })",
            "$sift({'k': 2}, function($v) { $table('a/t', $v) })",
            "$sort([1, 2], function($x, $y) { $table('a/t', $x) })",
            "[1, 2].$table('a/t', $)",
            "[1, 2]^($table('a/t', $))",
            "[1, 2][$table('a/t', $) = 'x']",
            "2 ~> function($v) { $table('a/t', $v) }",
            "{'k': $table('a/t', 2)}",
            "[1, 2]{$string($): $table('a/t', $)}")) {
      Refusal refusal =
          MappingFiles.with("a/t.csv", "k,v\n9,nine").and("a/m.jsonata", call).refusal("a/m", "{}");
      assertThat(refusal.why()).as(call).isEqualTo(Cause.UNMAPPED_VALUE);
    }
  }

  @Test
  void a_failure_names_file_line_and_column_and_never_a_value() {
    Refusal refusal =
        MappingFiles.refusalOf("{'a': 1,\n 'b': $uppercase(secret)}", "{\"secret\":4711}");
    assertThat(refusal.why()).isEqualTo(Cause.MAPPING_FAILED);
    assertThat(refusal.place()).startsWith("mappings/t/t.jsonata:2:");
    assertThat(refusal.getMessage()).doesNotContain("4711").contains("T0410");
    for (String leaky :
        List.of(
            "secret + 1", "secret > 1", "$number(secret)", "$error(secret)", "$toMillis(secret)")) {
      Refusal other = MappingFiles.refusalOf(leaky, "{\"secret\":\"top 4711\"}");
      assertThat(other.getMessage()).as(leaky).doesNotContain("4711");
      assertThat(other.getCause()).as(leaky).isNull();
    }
  }

  @Test
  void a_refusal_of_our_functions_carries_the_line_of_its_call() {
    Refusal refusal = MappingFiles.refusalOf("{\n 'a': $money(x, 'CNY')\n}", "{\"x\":\"1,5\"}");
    assertThat(refusal.why()).isEqualTo(Cause.MONEY_INVALID);
    assertThat(refusal.place()).startsWith("mappings/t/t.jsonata:2:");
  }

  @Test
  @Tag("S30")
  void a_mapping_without_end_is_stopped() {
    assertThat(MappingFiles.refusalOf("($f := function($n){$f($n + 1)}; $f(1))", "{}"))
        .hasMessageContaining("steps");
    assertThat(MappingFiles.refusalOf("($f := function($n){$f($n + 1) + 1}; $f(1))", "{}"))
        .hasMessageContaining("levels deep");
    assertThat(MappingFiles.refusalOf("[1..9999999]", "{}")).hasMessageContaining("values");
  }

  @Test
  @Tag("S30")
  void a_catastrophic_pattern_is_stopped() {
    String text = "{\"s\":\"" + "x".repeat(60) + "\"}";
    for (String call :
        List.of(
            "$match(s, /(x+)+\\1y/)",
            "$contains(s, /(x+)+\\1y/)",
            "$split(s, /(x+)+\\1y/)",
            "$replace(s, /(x+)+\\1y/, '')")) {
      assertThat(MappingFiles.refusalOf(call, text))
          .as(call)
          .hasMessageContaining("regular expression");
    }
    assertThat(MappingFiles.evaluate("$replace(s, /x+/, 'y')", text)).isEqualTo("y");
    assertThat(MappingFiles.evaluate("s.$contains(/x/)", text)).isEqualTo(true);
    assertThat(MappingFiles.evaluate("$split('a1b', /\\d/)", text)).isEqualTo(List.of("a", "b"));
    assertThat(MappingFiles.evaluate("$match('a1b', /\\d/).match", text)).isEqualTo("1");
  }

  @Test
  void a_replacement_is_text_because_the_library_swallows_what_a_function_throws() {
    assertThat(MappingFiles.refusalOf("$replace('2', /2/, function($m) { $error('x') })", "{}"))
        .hasMessageContaining("T0410");
    assertThat(MappingFiles.evaluate("$replace('a2', /(2)/, '$1$1')", "{}")).isEqualTo("a22");
  }

  @Test
  void what_would_differ_on_replay_is_refused() {
    for (String name : List.of("now", "millis", "random", "eval", "shuffle")) {
      assertThat(MappingFiles.refusalOf("$" + name + "()", "{}")).hasMessageContaining("replayed");
    }
  }

  @Test
  void eight_threads_share_one_compiled_mapping_without_mixing_their_bindings() throws Exception {
    // Given
    Mappings mappings =
        MappingFiles.with("a/t.csv", "k,v\n1,one")
            .and("a/m.jsonata", "{'k': $kind, 'n': n, 's': $sum(l.v), 't': $table('a/t', '1')}")
            .mappings();
    ExecutorService threads = Executors.newFixedThreadPool(8);

    // When
    List<Future<Boolean>> done = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int me = t;
      done.add(threads.submit(() -> everyResultIsMine(mappings, me)));
    }

    // Then
    for (Future<Boolean> one : done) {
      assertThat(one.get()).isTrue();
    }
    threads.shutdown();
  }

  private static boolean everyResultIsMine(Mappings mappings, int me) {
    for (int i = 0; i < 2000; i++) {
      int n = me * 10_000 + i;
      Object input = Json.read("{\"n\":%d,\"l\":[{\"v\":%d},{\"v\":1}]}".formatted(n, n));
      Object result = mappings.apply("a/m", input, Map.of("kind", "k" + me));
      if (!Map.of("k", "k" + me, "n", n, "s", n + 1, "t", "one").equals(result)) {
        return false;
      }
    }
    return true;
  }
}
