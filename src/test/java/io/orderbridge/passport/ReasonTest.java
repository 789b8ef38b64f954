package io.orderbridge.passport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void every_reason_has_its_place_in_the_runbook_and_in_the_table_of_causes() throws IOException {
    String runbook = Files.readString(Path.of("docs/runbook.md"));
    String page = Files.readString(Path.of("docs/passport.md"));
    assertThat(Reason.values())
        .allSatisfy(
            reason -> {
              assertThat(runbook).contains("#### Stuck: " + reason.name() + "\n");
              assertThat(page).contains("`" + reason.name() + "`");
              assertThat(reason.link())
                  .endsWith("#stuck-" + reason.name().toLowerCase(Locale.ROOT));
            });
    assertThat(Arrays.stream(Reason.values()).filter(r -> page.contains("#stuck-" + lower(r))))
        .as("at least twenty causes")
        .hasSizeGreaterThan(20);
  }

  private static String lower(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
