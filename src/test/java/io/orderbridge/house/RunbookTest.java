package io.orderbridge.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Cause;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever finds a dead letter finds in docs/runbook.md what to do about it. */
@Tag("R61")
class RunbookTest {
  private static final Pattern SECTION = Pattern.compile("(?m)^### ([A-Z_]+)$");

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
  void every_section_says_what_it_means_how_it_shows_and_what_to_do() {
    String[] sections = runbook.split("(?m)^(?=### )|^(?=## )");
    assertThat(sections)
        .filteredOn(section -> SECTION.matcher(section).find())
        .allSatisfy(section -> assertThat(section).contains("**Means**", "**Shows**", "**Do**"));
  }
}
