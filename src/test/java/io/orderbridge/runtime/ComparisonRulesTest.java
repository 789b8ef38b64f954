package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.consistency.ComparisonPair;
import io.orderbridge.consistency.ComparisonPair.By;
import io.orderbridge.kernel.FileProblem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R09")
@Tag("R82")
class ComparisonRulesTest {
  private List<ComparisonPair> inForce = List.of();
  private final RuleFiles files =
      new RuleFiles(
          List.of(
              new RuleFile<List<ComparisonPair>>(
                  "comparisons", ComparisonRules::read, pairs -> inForce = pairs, List.of())),
          name -> name.equals("ON") ? "true" : null);

  private List<String> write(String text) {
    return files
        .load(Map.of("rules/comparisons.yaml", text.getBytes(StandardCharsets.UTF_8)), Set.of())
        .values()
        .stream()
        .flatMap(List::stream)
        .map(FileProblem::what)
        .toList();
  }

  @Test
  void every_key_is_taken() {
    assertThat(
            write(
                """
                pairs:
                  erp:
                    enabled: "${env:ON}"
                    source: erp/all
                    by: changed
                    owner: ann
                    shops: [demo]
                    days: 7
                    zone: Asia/Shanghai
                    report: "03:00"
                    skew: 1m
                    settle: 2h
                    times: false
                    same: {IN_TRANSIT: [SHIPPED, DELIVERED]}
                    unknown-there: [CREATED]
                    tell: differences
                """))
        .isEmpty();
    assertThat(inForce)
        .containsExactly(
            new ComparisonPair(
                "erp",
                "erp/all",
                By.CHANGED,
                "ann",
                List.of("demo"),
                7,
                ZoneId.of("Asia/Shanghai"),
                Duration.ofMinutes(1),
                Duration.ofHours(2),
                false,
                Map.of("IN_TRANSIT", List.of("SHIPPED", "DELIVERED")),
                Set.of("CREATED"),
                true));
  }

  @Test
  void what_is_left_out_has_a_default_and_a_resting_pair_is_none() {
    assertThat(
            write(
                """
                pairs:
                  erp: {owner: ann}
                  crm: {owner: ann, enabled: "${env:OFF:false}"}
                """))
        .isEmpty();
    assertThat(inForce).singleElement().extracting(ComparisonPair::source).isEqualTo("erp/states");
    assertThat(inForce.get(0).by()).isEqualTo(By.CREATED);
    assertThat(inForce.get(0).settle()).isEqualTo(Duration.ofMinutes(30));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 'pairs.erp' has no 'owner'",
        "{owner: a, sorce: x} | unknown key 'sorce'",
        "{owner: a, source: x} | expected a source: <folder below routes/>/<name in reads:>",
        "{owner: a, by: day} | expected one of changed, created",
        "{owner: a, days: 0} | a whole number from 1 to 400",
        "{owner: a, zone: Peking} | a zone such as Asia/Shanghai",
        "{owner: a, report: three} | a time of the day such as \"03:00\"",
        "{owner: a, settle: 3d} | 'settle' is longer than 2d",
        "{owner: a, same: {LOST: [PAID]}} | unknown key 'LOST'",
        "{owner: a, same: {PAID: [LOST]}} | expected one of CREATED, PAID",
        "{owner: a, unknown-there: [LOST]} | expected one of CREATED, PAID",
        "{owner: a, tell: never} | expected one of always, differences"
      })
  void what_is_wrong_is_refused_with_what_is_allowed(String pair, String expected) {
    assertThat(write("pairs:\n  erp: " + pair)).isNotEmpty().first().asString().contains(expected);
    assertThat(inForce).isEmpty();
  }
}
