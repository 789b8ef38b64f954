package io.orderbridge.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/requirements.md says per number where it is met and which test proves it; this holds it. */
class RequirementsTest {
  private static final String FILE = "docs/requirements.md";
  private static final int LAST = 86;
  private static final int NOT_USED = 69;
  private static final Set<String> STATES = Set.of("met", "part", "open");

  private static final Pattern ROW =
      Pattern.compile("^\\| (R\\d\\d) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"(R\\d\\d)\"\\)");
  private static final Pattern PATH = Pattern.compile("`([\\w./-]+/[\\w.-]*|[\\w-]+\\.\\w+)`");
  private static final Pattern TEST_NAME = Pattern.compile("`(\\w+(?:Test|IT))`");

  private record Row(String number, String state, String where, String tests) {}

  private final Map<String, Row> rows = rows();
  private final Map<String, Set<String>> taggedIn = taggedIn();
  private final List<String> wrong = new ArrayList<>();

  @Test
  void every_number_stands_once_with_a_state() {
    Set<String> expected = new TreeSet<>();
    for (int number = 1; number <= LAST; number++) {
      if (number != NOT_USED) {
        expected.add("R%02d".formatted(number));
      }
    }
    assertThat(rows.keySet())
        .as("rows of %s, as '| number | requirement | state | where | test |'", FILE)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(rows.values()).allSatisfy(row -> assertThat(STATES).contains(row.state()));
  }

  @Test
  void what_is_met_is_proved_by_a_tagged_test() {
    for (Row row : rows.values()) {
      if (row.state().equals("met") && !taggedIn.containsKey(row.number())) {
        wrong.add(
            "%s is said to be met, but no test carries its tag; tag the test or write 'part'"
                .formatted(row.number()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void the_test_named_in_a_row_carries_its_tag() {
    for (Row row : rows.values()) {
      var name = TEST_NAME.matcher(row.tests());
      while (!row.state().equals("open") && name.find()) {
        if (!taggedIn.getOrDefault(row.number(), Set.of()).contains(name.group(1))) {
          wrong.add(
              "%s names %s, which has no test tagged with it; tag it or name another"
                  .formatted(row.number(), name.group(1)));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_tagged_test_is_named_in_its_row() {
    taggedIn.forEach(
        (number, tests) -> {
          Row row = rows.get(number);
          if (row == null || tests.stream().noneMatch(row.tests()::contains)) {
            wrong.add(
                "%s is tagged in %s; name one of them in its row of %s"
                    .formatted(number, tests, FILE));
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void the_place_where_a_requirement_is_met_exists() {
    for (Row row : rows.values()) {
      var path = PATH.matcher(row.where());
      while (row.state().equals("met") && path.find()) {
        if (!Files.exists(Path.of(path.group(1)))) {
          wrong.add("%s is met in %s, which does not exist".formatted(row.number(), path.group(1)));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static Map<String, Row> rows() {
    Map<String, Row> rows = new TreeMap<>();
    for (String line : Tree.lines(Path.of(FILE))) {
      var cells = ROW.matcher(line);
      if (cells.matches()) {
        Row row = new Row(cells.group(1), cells.group(3), cells.group(4), cells.group(5));
        assertThat(rows.put(row.number(), row)).as("%s stands twice", row.number()).isNull();
      }
    }
    return rows;
  }

  private static Map<String, Set<String>> taggedIn() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (Path file : Tree.files("src/test/java", ".java")) {
      var tag = TAG.matcher(String.join("\n", Tree.lines(file)));
      String test = file.getFileName().toString().replace(".java", "");
      while (tag.find()) {
        found.computeIfAbsent(tag.group(1), number -> new TreeSet<>()).add(test);
      }
    }
    return found;
  }
}
