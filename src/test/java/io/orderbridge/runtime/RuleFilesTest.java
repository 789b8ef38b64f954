package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.FileProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R82")
class RuleFilesTest {
  private String inForce = "nothing read yet";
  private final RuleFiles files =
      new RuleFiles(
          List.of(
              new RuleFile<>(
                  "stuck",
                  root -> root.allow("limit").required("limit"),
                  limit -> inForce = limit,
                  "no limit")),
          name -> null);

  private List<FileProblem> write(String path, String text) {
    Map<String, List<FileProblem>> found =
        files.load(Map.of(path, text.getBytes(StandardCharsets.UTF_8)), Set.of());
    return found.values().stream().flatMap(List::stream).toList();
  }

  @Test
  void a_good_file_is_in_force_at_once() {
    assertThat(write("rules/stuck.yaml", "limit: 2h")).isEmpty();
    assertThat(inForce).isEqualTo("2h");
  }

  @Test
  void a_wrong_edit_is_refused_with_its_line_while_the_last_good_version_stays() {
    write("rules/stuck.yaml", "limit: 2h");
    assertThat(write("rules/stuck.yaml", "limit: 3h\nlimits: 4h"))
        .containsExactly(
            new FileProblem(
                "mappings/rules/stuck.yaml", 2, "unknown key 'limits', expected one of limit"));
    assertThat(inForce).isEqualTo("2h");
  }

  @Test
  void what_is_not_yaml_is_refused() {
    assertThat(write("rules/stuck.yaml", "limit: [")).hasSize(1);
    assertThat(inForce).isEqualTo("nothing read yet");
  }

  @Test
  void a_deleted_file_takes_its_rules_along() {
    write("rules/stuck.yaml", "limit: 2h");
    files.load(Map.of(), Set.of("rules/stuck.yaml"));
    assertThat(inForce).isEqualTo("no limit");
  }

  @Test
  void a_file_that_no_feature_reads_is_told() {
    assertThat(write("rules/stuk.yaml", "limit: 2h"))
        .singleElement()
        .extracting(FileProblem::what)
        .isEqualTo("no feature reads it; files of rules are rules/stuck.yaml");
  }

  @Test
  void mappings_and_tables_of_the_folder_are_passed_over() {
    assertThat(files.load(Map.of("rules/people.csv", new byte[0]), Set.of("a/b.csv"))).isEmpty();
  }
}
