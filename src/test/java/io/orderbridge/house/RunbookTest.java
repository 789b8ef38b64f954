package io.orderbridge.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Cause;
import io.orderbridge.reconciliation.BreakClass;
import io.orderbridge.score.Metric;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever finds a dead letter finds in docs/runbook.md what to do about it. */
@Tag("R61")
class RunbookTest {
  private static final Pattern SECTION = Pattern.compile("(?m)^### ([A-Z_]+)$");

  private static final Set<BreakClass> NOBODYS =
      EnumSet.of(
          BreakClass.MATCHED, BreakClass.WITHIN, BreakClass.NOT_COUNTED, BreakClass.UNSETTLED);

  private final String runbook = Tree.text("docs/runbook.md");

  @Test
  void every_cause_has_its_section_in_the_runbook() {
    List<String> sections =
        SECTION.matcher(runbook).results().map(section -> section.group(1)).toList();

    assertThat(sections)
        .as("sections '### CAUSE' of docs/runbook.md; a new cause needs one, in the same words")
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Cause.values()).map(Enum::name).toList());
  }

  @Test
  void every_class_of_a_break_that_is_somebodys_work_has_its_section_in_the_runbook() {
    String part = runbook.split("(?m)^## Reconciliation$")[1].split("(?m)^## ")[0];
    String headings =
        part.lines().filter(line -> line.startsWith("#### ")).collect(Collectors.joining(" "));

    assertThat(Arrays.stream(BreakClass.values()).filter(kind -> !NOBODYS.contains(kind)))
        .allSatisfy(kind -> assertThat(headings.split(" ")).contains(kind.name()));
  }

  @Test
  void every_metric_that_may_pass_its_limit_has_its_section_in_the_runbook() {
    String part = runbook.split("(?m)^## Order health$")[1].split("(?m)^## ")[0];

    assertThat(Arrays.stream(Metric.values()))
        .allSatisfy(
            metric ->
                assertThat(part)
                    .containsPattern("(?m)^#### %s$".formatted(metric.name()))
                    .containsPattern("(?m)^#### .*\\b%s_PROJECTED\\b".formatted(metric.name())));
  }

  @Test
  void every_section_says_what_it_means_how_it_shows_and_what_to_do() {
    String[] sections = runbook.split("(?m)^(?=### )|^(?=## )");
    assertThat(sections)
        .filteredOn(section -> SECTION.matcher(section).find())
        .allSatisfy(section -> assertThat(section).contains("**Means**", "**Shows**", "**Do**"));
  }
}
