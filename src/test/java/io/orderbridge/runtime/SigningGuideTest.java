package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.signing.RequestSigners;
import io.orderbridge.signing.SignatureSchemes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page names every signature scheme and no other. */
class SigningGuideTest {
  private static final Pattern NAME = Pattern.compile("`([a-z0-9-]+)`");

  @Test
  void the_page_lists_the_schemes_of_the_door_and_those_of_calls() throws IOException {
    String page = Files.readString(Path.of("docs/connection-file.md"));
    String section = page.substring(page.indexOf("## Who signs how"), page.indexOf("## reads"));
    int outgoing = section.indexOf("What goes out");

    assertThat(names(section.substring(0, outgoing)))
        .containsExactlyInAnyOrderElementsOf(SignatureSchemes.names());
    assertThat(names(section.substring(outgoing)))
        .containsExactlyInAnyOrderElementsOf(RequestSigners.names());
  }

  private static Set<String> names(String table) {
    Set<String> names = new TreeSet<>();
    table
        .lines()
        .filter(line -> line.startsWith("| `"))
        .forEach(
            line -> {
              Matcher name = NAME.matcher(line.split("\\|")[1]);
              while (name.find()) {
                names.add(name.group(1));
              }
            });
    return names;
  }
}
