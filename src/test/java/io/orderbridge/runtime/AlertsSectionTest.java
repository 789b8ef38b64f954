package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.alert.Channel;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R76")
class AlertsSectionTest {
  private static ConnectionFile.Result read(String text) {
    return new ConnectionFile(name -> null, Loader.events())
        .read(
            "routes/wecom/connection.yaml",
            "wecom",
            Path.of("."),
            text.getBytes(StandardCharsets.UTF_8));
  }

  private static Channel channel(String text) {
    ConnectionFile.Result result = read(text);
    assertThat(result.problems()).isEmpty();
    return result.connection().orElseThrow().alerts();
  }

  @Test
  void every_key_is_taken() {
    Channel channel =
        channel(
            """
            alerts:
              pool: ops-group
              levels: [BREACH]
              budget: 18/m
              text-limit: 4KB
              mention: false
              escalate-after: 30m
              escalate-to: mail
              escalate-owner: manager
            """);
    assertThat(channel.robot()).isEqualTo("wecom");
    assertThat(channel.name()).isEqualTo("ops-group");
    assertThat(channel.levels()).containsExactly(Level.BREACH);
    assertThat(channel.budget()).isEqualTo(new Channel.Budget(18, Duration.ofMinutes(1)));
    assertThat(channel.textMax()).isEqualTo(4096);
    assertThat(channel.mention()).isFalse();
    assertThat(channel.escalation())
        .isEqualTo(new Channel.Escalation(Duration.ofMinutes(30), "mail", "manager"));
  }

  @Test
  void an_empty_section_is_a_robot_as_wecom_has_them() {
    Channel channel = channel("alerts: {}");
    assertThat(channel.name()).isEqualTo("wecom");
    assertThat(channel.levels()).containsExactlyInAnyOrder(Level.values());
    assertThat(channel.budget()).isEqualTo(new Channel.Budget(20, Duration.ofMinutes(1)));
    assertThat(channel.textMax()).isEqualTo(2048);
    assertThat(channel.escalation()).isNull();
    assertThat(read("description: none").connection().orElseThrow().alerts()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{levels: [BAD]}|expected one of WARNING, BREACH",
        "{levels: []}|is empty",
        "{budget: 20}|a rate such as",
        "{text-limit: 100B}|expected 512B to 64KB",
        "{pool: A B}|small letters, digits and hyphens",
        "{escalate-after: 5m}|has no 'escalate-to'",
        "{robots: 2}|unknown key 'robots'"
      })
  void what_is_wrong_is_told(String section, String why) {
    List<FileProblem> problems = read("alerts: " + section).problems();
    assertThat(problems).anySatisfy(problem -> assertThat(problem.what()).contains(why));
  }
}
