package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.consistency.ContradictionRule;
import io.orderbridge.consistency.ContradictionRules;
import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Level;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R06")
@Tag("R82")
class ContradictionsSectionTest {
  private static final String RULE =
      """
      systems:
        shop: [taobao, jd]
      terms:
        waits: {status: [PAID]}
      rules:
        - id: TOO_EARLY
          text: {zh: 太早, en: Too early}
          level: BREACH
          for: 2h
          owner: warehouse
          when: %s
      """;

  private static List<String> wrong(String text) {
    RuleFile<ContradictionRules> file =
        new RuleFile<>("contradictions", ContradictionsSection::read, rules -> {}, null);
    return ShippedRules.problems(file, text).stream().map(FileProblem::toString).toList();
  }

  private static String when(String when) {
    List<String> wrong = wrong(RULE.formatted(when));
    assertThat(wrong).as(when).hasSize(1);
    assertThat(wrong.get(0)).startsWith("mappings/rules/contradictions.yaml:11");
    return wrong.get(0);
  }

  @Test
  void a_rule_is_read_with_all_it_says() {
    ContradictionRule rule =
        ShippedRules.contradictions(RULE.formatted("{all: [{term: waits}, {reached: PACKED}]}"))
            .rules()
            .get(0);
    assertThat(rule.id()).isEqualTo("TOO_EARLY");
    assertThat(rule.kind()).isEqualTo(Finding.Kind.CONTRADICTION);
    assertThat(rule.level()).isEqualTo(Level.BREACH);
    assertThat(rule.within()).isEqualTo(Duration.ofHours(2));
    assertThat(rule.owner()).isEqualTo("warehouse");
    assertThat(rule.text().zh()).isEqualTo("太早");
  }

  @Test
  void a_wrong_name_is_refused_with_its_line_and_the_near_ones() {
    assertThat(when("{reached: PACKT}")).contains("'PACKT'", "PACKED");
    assertThat(when("{status: [SHIPED]}")).contains("'SHIPED'", "SHIPPED");
    assertThat(when("{raw: [x], of: toabao}")).contains("'toabao'", "taobao");
    assertThat(when("{claims: [PAID], by: other}")).contains("'other'", "shop");
    assertThat(when("{refund: [REFUND]}")).contains("'REFUND'", "REFUNDED");
    assertThat(when("{term: wait}")).contains("'wait'", "waits");
    assertThat(when("{paid: lesser}")).contains("'lesser'", "less");
    assertThat(when("{reached: PAID, after: CANCELED}")).contains("'CANCELED'", "CANCELLED");
  }

  @Test
  void a_condition_has_one_main_key_and_only_what_belongs_to_it() {
    assertThat(when("{reached: PAID, status: [PAID]}")).contains("not both; join them by all");
    assertThat(when("{reached: PAID, of: shop}")).contains("unknown key 'of'");
    assertThat(wrong(RULE.formatted("{reach: PAID}")).toString())
        .contains("unknown key 'reach'", "a condition has one of all, any, not");
    assertThat(when("{all: []}")).contains("'all' has no conditions");
    assertThat(when("{raw: [x]}")).contains("has no 'of'");
    assertThat(when("{claims: [PAID]}")).contains("has no 'by'");
    assertThat(when("{status: []}")).contains("names nothing");
    assertThat(when("{tracking: missing}")).contains("below any-parcel");
    assertThat(when("{any-parcel: {all-parcels: {reached: PACKED}}}")).contains("already");
  }

  @Test
  void conditions_are_not_nested_without_end() {
    String deep = "{not: ".repeat(9) + "{reached: PAID}" + "}".repeat(9);
    assertThat(when(deep)).contains("over 8 deep");
  }

  @Test
  void all_that_is_wrong_is_told_at_once() {
    String text =
        """
        systems: {shop: []}
        by-hand: [files]
        rules:
          - id: one
            text: {zh: 一}
            level: BAD
            for: soon
          - id: TWICE
            text: {zh: 二, en: Two}
            when: {reached: PAID}
          - id: TWICE
            kind: STUCK
            text: {zh: 三, en: Three}
            hints: {SOMETIMES: {zh: 四, en: Four}}
            when: {reached: PAID}
        """;
    assertThat(String.join("\n", wrong(text)))
        .contains(
            "'systems.shop' names no connection",
            "'files', expected a role or a connection",
            "'one', expected 3 to 60 capitals",
            "'rules.text' has no 'en'",
            "'BAD', expected one of",
            "'soon', expected a duration",
            "has no 'when'",
            "TWICE stands twice",
            "'STUCK', expected one of",
            "unknown key 'SOMETIMES'");
  }
}
