package io.orderbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/mappings.md says of an expression is what comes out of it. */
class MappingGuideTest {
  private static final Path PAGE = Path.of("docs/mappings.md");
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^ *(\\S.*?) +==> (.+)$");
  private static final Pattern DOCUMENT = Pattern.compile("(?s)```json\\n(.*?)```");
  private static final Pattern TABLE = Pattern.compile("(?s)```csv\\n# mappings/(\\S+)\\n(.*?)```");
  private static final int EXAMPLES_LEAST = 50;

  @Test
  void every_example_gives_what_the_page_says() throws IOException {
    // Given
    String page = Files.readString(PAGE);
    String document = first(DOCUMENT, page).group(1);
    Matcher table = first(TABLE, page);
    List<String> wrong = new ArrayList<>();
    int examples = 0;

    // When
    Matcher example = EXAMPLE.matcher(page);
    while (example.find()) {
      examples++;
      MappingFiles files =
          MappingFiles.with(table.group(1), table.group(2)).and("t/t.jsonata", example.group(1));
      String given = outcome(files, document);
      if (!given.equals(normal(example.group(2).strip()))) {
        wrong.add(
            "%s ==> %s, the page says %s".formatted(example.group(1), given, example.group(2)));
      }
    }

    // Then
    assertThat(wrong).isEmpty();
    assertThat(examples).isGreaterThan(EXAMPLES_LEAST);
  }

  @Test
  void every_added_function_has_an_example() throws IOException {
    String page = Files.readString(PAGE);
    for (String name :
        List.of(
            "money",
            "minor",
            "minorOf",
            "moneySum",
            "times",
            "time",
            "epoch",
            "epochOf",
            "localTime",
            "table",
            "tableOr",
            "json",
            "toJson")) {
      assertThat(page).containsPattern("(?m)^\\$" + name + "\\(.* ==> [\"{\\d]");
    }
    assertThat(page).containsPattern("(?m)^\\$fail\\(.* ==> MAPPING_FAILED");
  }

  private static Matcher first(Pattern pattern, String page) {
    Matcher matcher = pattern.matcher(page);
    assertThat(matcher.find()).as("%s in %s", pattern, PAGE).isTrue();
    return matcher;
  }

  private static String outcome(MappingFiles files, String document) {
    try {
      Object result = files.apply("t/t", document);
      return result == null ? "nothing" : Json.write(result);
    } catch (Refusal refusal) {
      return refusal.why().name();
    }
  }

  private static String normal(String said) {
    boolean json = said.matches("[\\[{\"\\d].*|true|false|null");
    return json ? Json.write(Json.read("[" + said + "]")).replaceAll("^\\[|]$", "") : said;
  }
}
