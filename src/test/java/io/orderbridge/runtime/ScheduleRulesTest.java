package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R85")
@Timeout(60)
class ScheduleRulesTest {
  private static final String NIGHTLY =
      """
      - route:
          id: nightly
          description: Runs at night.
          from:
            uri: quartz:clock/nightly
            parameters:
              cron: "0 0 2 * * ?"
              trigger.timeZone: Asia/Shanghai
              recoverableJob: "true"
            steps:
              - to:
                  uri: direct:work
      """;

  @TempDir Path folder;

  private List<FileProblem> problems(String system, String text) throws IOException {
    Path file = folder.resolve("routes").resolve(system).resolve("nightly.camel.yaml");
    Files.createDirectories(file.getParent());
    Files.createDirectories(folder.resolve("mappings"));
    Files.writeString(file, text);
    return new CheckCommand(folder.resolve("routes"), folder.resolve("mappings"), name -> null)
        .problems();
  }

  private String problem(String was, String is) throws IOException {
    assertThat(NIGHTLY).contains(was);
    List<FileProblem> problems = problems("clock", NIGHTLY.replace(was, is));
    assertThat(problems).hasSize(1);
    return problems.get(0).toString();
  }

  @Test
  void a_schedule_needs_no_connection_file_beside_it() throws IOException {
    assertThat(problems("clock", NIGHTLY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 2 * * ?     | 0 2 * * *         | has 5 fields, expected six",
        "0 0 2 * * ?     | 0 0 2 * * ? 2026  | has 7 fields, expected six",
        "0 0 2 * * ?     | 0 0 25 * * ?      | is no Quartz expression",
        "0 0 2 * * ?     | 0 0 2 * * *       | is no Quartz expression",
        "0 0 2 * * ?     | 0 0 2 30 2 ?      | a time that never comes",
        "Asia/Shanghai   | CST               | expected a name such as Asia/Shanghai",
        "Asia/Shanghai   | +08:00            | expected a name such as Asia/Shanghai",
        "recoverableJob: \"true\" | recoverableJob: \"false\" | write recoverableJob: \"true\"",
        "clock/nightly   | nightly           | write uri: quartz:clock/nightly",
        "clock/nightly   | other/nightly     | write uri: quartz:clock/nightly",
      })
  void what_is_not_as_it_has_to_be_is_refused_with_what_to_write(String was, String is, String says)
      throws IOException {
    String problem = problem(was, is);

    long line = NIGHTLY.substring(0, NIGHTLY.indexOf(was)).lines().count();
    assertThat(problem).contains(says).startsWith("routes/clock/nightly.camel.yaml:" + line + ":");
  }

  @ParameterizedTest
  @CsvSource({
    "cron,has no 'cron'",
    "trigger.timeZone,has no 'trigger.timeZone'",
    "recoverableJob,killed half way"
  })
  void an_option_that_is_not_there_is_asked_for_at_the_line_of_the_address(
      String option, String says) throws IOException {
    String without = NIGHTLY.replaceAll("(?m)^ +" + option + ":.*\n", "");

    List<FileProblem> problems = problems("clock", without);

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).what()).contains(says);
    assertThat(problems.get(0).line()).isEqualTo(5);
  }

  @Test
  void an_option_of_camel_that_would_change_the_promise_is_refused_at_its_line()
      throws IOException {
    String problem = problem("cron: ", "trigger.misfireInstruction: \"2\"\n        cron: ");

    assertThat(problem)
        .startsWith("routes/clock/nightly.camel.yaml:7:")
        .contains("'trigger.misfireInstruction'", "cron, recoverableJob, trigger.timeZone");
  }

  @Test
  void nothing_is_sent_to_a_schedule() throws IOException {
    assertThat(problem("direct:work", "quartz:clock/nightly")).contains("'from' of a route");
  }
}
