package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.alert.Policies;
import io.orderbridge.kernel.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R76")
@Tag("R82")
class AlertRulesTest {
  private final RuleFiles files =
      new RuleFiles(List.of(AlertRules.file(new Policies())), name -> null);

  private List<FileProblem> read(String text) {
    return files
        .load(Map.of("rules/alerts.yaml", text.getBytes(StandardCharsets.UTF_8)), Set.of())
        .values()
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void the_shipped_policy_is_taken() throws IOException {
    assertThat(read(Files.readString(Path.of("mappings/rules/alerts.yaml")))).isEmpty();
  }

  @Test
  void every_key_is_taken() {
    assertThat(
            read(
                """
                language: en
                zone: Europe/Berlin
                channels: [wecom, ops-group]
                owner: ops
                gather: 0s
                all-clear: true
                quiet: {from: "22:00", to: "08:00"}
                rules:
                  - {kind: STUCK, code: PAID, level: BREACH, owner: cs, as: stuck, tell: true}
                  - {cause: "payment:*", channels: [mail], escalate-after: 5m, all-clear: false}
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "language: fr|expected one of en, zh",
        "zone: Mars|a zone such as Asia/Shanghai",
        "gather: soon|a duration such as",
        "quiet: {from: \"22:00\"}|has no 'to'",
        "quiet: {from: \"8\", to: \"09:00\"}|a time such as",
        "quiet: {from: \"08:00\", to: \"08:00\"}|ends when it begins",
        "rules: [{tell: false}]|a rule fits everything",
        "rules: [{kind: NONE}]|expected one of PAYMENT, COMPARISON",
        "rules: [{level: BAD}]|expected one of WARNING, BREACH",
        "rules: [{kind: STUCK, to: mail}]|unknown key 'to'",
        "robots: [wecom]|unknown key 'robots'"
      })
  void what_is_wrong_is_told(String text, String why) {
    assertThat(read(text)).singleElement().extracting(FileProblem::what).asString().contains(why);
  }
}
