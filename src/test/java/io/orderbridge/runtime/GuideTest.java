package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever copies the files out of the guides has files that the product takes. */
@Timeout(60)
class GuideTest {
  private static final Path DOCS = Path.of("docs");
  // A block whose first line, or the line in backticks above it, names a file of the two folders.
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)(?:^`([^`\\n]+)`\\n\\n)?^```[a-z]*\\n(.*?)^```$");
  private static final Pattern NAMED =
      Pattern.compile("(?:# |/\\* )((?:routes|mappings)/\\S+)(?: .*)?");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

  @TempDir Path folder;

  @Test
  @Tag("R10")
  void every_file_of_the_guide_for_a_new_system_is_taken_and_its_mappings_are_proved()
      throws IOException {
    Map<String, String> files = files(DOCS.resolve("add-a-system.md"));
    assertThat(files)
        .containsKeys(
            "routes/acme-shop/connection.yaml",
            "routes/acme/acme-deliver.camel.yaml",
            "routes/acme-db/acme-db-deliver.camel.yaml",
            "routes/acme-shop/acme-shop-orders-sweep.camel.yaml",
            "mappings/acme/order.paid.out.json");

    assertThat(check(files).problems()).isEmpty();
  }

  @Test
  void the_guide_says_how_many_files_the_check_sees() throws IOException {
    Path guide = DOCS.resolve("add-a-system.md");
    Matcher told = Pattern.compile("(\\d+) files checked, 0").matcher(Files.readString(guide));

    // Twice: after the first step with files, and when all are there.
    assertThat(told.results().map(found -> found.group(1)).toList())
        .endsWith(Integer.toString(files(guide).size()));
  }

  @Test
  void the_minutes_of_the_steps_add_up_to_the_ten_that_the_guide_promises() throws IOException {
    String guide = Files.readString(DOCS.resolve("add-a-system.md"));
    Matcher step =
        Pattern.compile("(?m)^\\| \\[(\\d)]\\(#(\\1-[\\w-]+)\\) \\| (\\d+) \\|").matcher(guide);
    int minutes = 0;
    while (step.find()) {
      assertThat(anchors(guide)).contains(step.group(2));
      minutes += Integer.parseInt(step.group(3));
    }
    assertThat(minutes).isEqualTo(10);
  }

  // As the pages' reader makes them of the headings.
  private static List<String> anchors(String page) {
    return Pattern.compile("(?m)^## (.*)$")
        .matcher(page)
        .results()
        .map(heading -> heading.group(1).toLowerCase().replaceAll("[^\\w -]", "").replace(' ', '-'))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("guides")
  void every_file_that_a_page_shows_is_taken(Path guide) throws IOException {
    assertThat(check(files(guide)).problems()).as(guide.toString()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_link_between_pages_leads_somewhere(Path page) throws IOException {
    Path from = page.toAbsolutePath().getParent();
    List<String> lost = new ArrayList<>();
    Matcher link = LINK.matcher(Files.readString(page));
    while (link.find()) {
      if (!Files.exists(from.resolve(link.group(1)))) {
        lost.add(link.group(1));
      }
    }
    assertThat(lost).as("links of %s", page).isEmpty();
  }

  @Test
  void every_test_that_the_readme_names_exists() throws IOException {
    List<String> there;
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      there = files.map(file -> file.getFileName().toString().replace(".java", "")).toList();
    }
    Matcher named = TEST.matcher(Files.readString(Path.of("README.md")));
    while (named.find()) {
      assertThat(there).contains(named.group(1));
    }
  }

  static Stream<Path> guides() throws IOException {
    return pages().filter(page -> page.startsWith(DOCS) && !files(page).isEmpty());
  }

  static Stream<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
    try (Stream<Path> listed = Files.list(DOCS)) {
      listed.filter(path -> path.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages.stream();
  }

  private CheckCommand check(Map<String, String> files) throws IOException {
    Files.createDirectories(folder.resolve("routes"));
    Files.createDirectories(folder.resolve("mappings"));
    // The guide's database tells its password in a file, beside the folders.
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/password"), "x");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return new CheckCommand(
        folder.resolve("routes"), folder.resolve("mappings"), GuideTest::environment);
  }

  // What the pages tell the reader to set; what ends with _OLD is not set, as in most of life.
  private static String environment(String name) {
    if (name.endsWith("_OLD")) {
      return null;
    }
    if (name.endsWith("_DB_URL")) {
      return "jdbc:postgresql://127.0.0.1/none";
    }
    return name.endsWith("_URL") ? "http://127.0.0.1:9/none" : "x".repeat(32);
  }

  private static Map<String, String> files(Path page) {
    Map<String, String> files = new LinkedHashMap<>();
    Matcher block = BLOCK.matcher(text(page));
    while (block.find()) {
      String name = block.group(1);
      Matcher named = NAMED.matcher(block.group(2).lines().findFirst().orElse(""));
      if (named.matches()) {
        name = named.group(1);
      }
      if (name != null && name.matches("(routes|mappings)/.+")) {
        assertThat(files.put(name, block.group(2)))
            .as("%s stands twice in %s", name, page)
            .isNull();
      }
    }
    return files;
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
