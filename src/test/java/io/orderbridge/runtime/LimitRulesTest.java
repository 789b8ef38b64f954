package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.consistency.LinkLimits;
import io.orderbridge.consistency.StuckLimits;
import io.orderbridge.kernel.FileProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The files of limits: how long an order may stand, and how long a link may be without success. */
@Tag("R13")
class LimitRulesTest {
  private static List<String> stuck(String text) {
    return ShippedRules.problems(new RuleFile<>("stuck", StuckSection::read, l -> {}, null), text)
        .stream()
        .map(FileProblem::toString)
        .toList();
  }

  private static List<String> links(String text) {
    return ShippedRules.problems(new RuleFile<>("links", LinksSection::read, l -> {}, null), text)
        .stream()
        .map(FileProblem::toString)
        .toList();
  }

  @Test
  void limits_are_read_by_status_and_by_shop() {
    StuckLimits limits =
        ShippedRules.stuck(
            "limits: {PAID: 4h, PACKED: none}\nshops:\n  demo: {PAID: none, SHIPPED: 1d}");
    assertThat(limits.byStatus()).isEqualTo(Map.of("PAID", Duration.ofHours(4)));
    assertThat(limits.byShop())
        .isEqualTo(
            Map.of(
                "demo",
                Map.of("PAID", Optional.empty(), "SHIPPED", Optional.of(Duration.ofDays(1)))));
  }

  @Test
  void a_status_that_is_none_or_an_end_is_refused_with_its_line_and_the_near_ones() {
    assertThat(stuck("limits:\n  PIAD: 4h"))
        .containsExactly(
            "mappings/rules/stuck.yaml:2: 'PIAD' is no status that an order can be stuck in,"
                + " expected one of PAID, PACKED, CREATED, SHIPPED, ACCEPTED");
    assertThat(stuck("limits: {COMPLETED: 4h}")).hasSize(1);
    assertThat(stuck("shops: {demo: {DONE: 4h}}")).hasSize(1);
  }

  @Test
  void a_limit_that_a_scan_cannot_keep_is_refused() {
    assertThat(stuck("limits: {PAID: 1m}").toString()).contains("at least 5m");
    assertThat(stuck("limits: {PAID: soon}").toString()).contains("a duration such as");
    assertThat(stuck("limit: {PAID: 4h}").toString()).contains("unknown key 'limit'");
  }

  @Test
  @Tag("R19")
  void the_limit_of_debts_may_differ_from_target_to_target() {
    LinkLimits limits =
        ShippedRules.good("links", "oldest-debt: 20m\ntargets: {erp: 9h}", LinksSection::read);
    assertThat(limits.debt()).isEqualTo(Duration.ofMinutes(20));
    assertThat(limits.targets()).isEqualTo(Map.of("erp", Duration.ofHours(9)));
    assertThat(links("oldest: 20m").toString()).contains("unknown key 'oldest'");
    assertThat(links("targets: {erp: never}").toString()).contains("a duration such as");
  }

  @Test
  void the_shipped_files_are_good() {
    assertThat(ShippedRules.stuck().byStatus().keySet())
        .containsExactlyInAnyOrderElementsOf(StuckLimits.possible());
    assertThat(links(ShippedRules.text("links.yaml"))).isEmpty();
  }
}
