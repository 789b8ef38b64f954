package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.score.HealthRules;
import io.orderbridge.score.Metric;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** By what order health is judged, as the file says. */
@Tag("R67")
@Tag("R82")
class HealthSectionTest {
  private static List<String> problems(String text) {
    RuleFile<HealthRules> file =
        new RuleFile<>("health", HealthSection::read, rules -> {}, HealthRules.NONE);
    return ShippedRules.problems(file, text).stream().map(FileProblem::toString).toList();
  }

  private static String shipped() {
    return ShippedRules.text("health.yaml");
  }

  @Test
  void the_shipped_file_has_the_four_metrics_with_their_thresholds() {
    HealthRules rules = ShippedRules.health();

    assertThat(rules.metrics()).containsOnlyKeys(Metric.values());
    assertThat(rules.metrics().get(Metric.SYNC_DELAY).limit()).isEqualByComparingTo("1");
    assertThat(rules.metrics().get(Metric.NOTICE_REACH).limit()).isEqualByComparingTo("98");
    assertThat(rules.metrics().get(Metric.BOOK_DIFFERENCE).limit()).isEqualByComparingTo("0.3");
    assertThat(rules.metrics().get(Metric.HAND_WORK).limit()).isEqualByComparingTo("2");
    assertThat(rules.metrics().values())
        .allSatisfy(rule -> assertThat(rule.near()).isEqualByComparingTo("80"));
    assertThat(rules.gates()).containsExactly("shipped");
  }

  @Test
  void what_is_wrong_is_told_with_its_line_and_what_is_allowed() {
    assertThat(problems(shipped().replace("hand-work:", "handwork:")))
        .singleElement()
        .asString()
        .contains("'metrics.handwork' is no metric, expected one of [sync-delay,");
    assertThat(problems(shipped().replace("below: 2 %", "below: 100 %")))
        .singleElement()
        .asString()
        .contains("is '100 %', expected a share between 0 % and 100 %");
    assertThat(problems(shipped().replace("at-least: 98 %", "below: 98 %")))
        .anyMatch(problem -> problem.contains("unknown key 'below'"))
        .anyMatch(problem -> problem.contains("has no 'at-least'"));
    assertThat(problems(shipped().replace("{usage: 0.8, points: 80}", "{usage: 3, points: 80}")))
        .anyMatch(problem -> problem.contains("the corners of a curve go up in usage"));
    assertThat(problems(shipped().replace("version: 1", "# none")))
        .singleElement()
        .asString()
        .contains("there is no 'version'");
  }
}
