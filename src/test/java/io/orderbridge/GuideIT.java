package io.orderbridge;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows docs/add-a-system.md as a reader does: takes its files, runs every command of it in one
 * terminal, in order, and compares what is printed with what stands below the command.
 *
 * <p>Three things differ from a reader, each by its cause: the ports, because others may be taken;
 * {@code java} is the one that runs this test; and no proxy stands between programs of this
 * machine.
 */
@Timeout(240)
class GuideIT {
  private static final Path PAGE = Path.of("docs/add-a-system.md");
  private static final Path JAR =
      Path.of(System.getProperty("orderbridge.app", "target/quarkus-app/quarkus-run.jar"));
  private static final List<String> PORTS = List.of("8080", "9200", "15432");

  // The longest: initdb at the first start, on a machine that has more to do.
  private static final Duration LOOK_MAX = Duration.ofSeconds(60);
  private static final String TOOLS =
      "for tool in curl openssl python3; do command -v $tool || return 1; done";
  private static final String LOOK = "# look\n";
  private static final String ANYTHING = "…";
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  @TempDir Path folder;

  private record Block(String language, String text) {}

  @Test
  @Tag("R10")
  @Tag("R57")
  void who_follows_the_guide_sees_what_it_shows() throws IOException {
    List<Block> blocks = blocks(prepare());
    assertThat(blocks).filteredOn(block -> block.language().equals("bash")).hasSizeGreaterThan(40);

    try (Terminal terminal = new Terminal(folder)) {
      assumeThat(terminal.type(TOOLS).status()).as("curl, openssl and python3 are there").isZero();
      for (int i = 0; i < blocks.size(); i++) {
        if (blocks.get(i).language().equals("bash")) {
          boolean shown = i + 1 < blocks.size() && blocks.get(i + 1).language().equals("text");
          follow(terminal, blocks.get(i).text(), shown ? blocks.get(i + 1).text() : null);
        }
      }
    }
    assertThat(written()).containsAll(files(blocks));
  }

  private void follow(Terminal terminal, String commands, String shown) {
    if (commands.startsWith(LOOK)) {
      Await.asserted(LOOK_MAX, () -> compare(commands, terminal.type(commands), shown));
    } else {
      compare(commands, terminal.type(commands), shown);
    }
  }

  private void compare(String commands, Terminal.Printed printed, String shown) {
    if (shown == null) {
      assertThat(printed.status()).as("%s%s", commands, printed.text()).isZero();
    } else {
      assertThat(printed.text())
          .as("%s%s", commands, Terminal.tail(folder.resolve("my-bridge/product.log")))
          .matches(pattern(shown));
    }
  }

  // A line of dots alone stands for any lines, dots in a line for the rest of the word or line.
  private static Pattern pattern(String shown) {
    String lines =
        shown
            .lines()
            .map(line -> line.equals(ANYTHING) ? "(?:.*\n)*" : words(line) + "\n")
            .collect(Collectors.joining());
    return Pattern.compile(lines);
  }

  private static String words(String line) {
    return Stream.of(line.split(ANYTHING, -1))
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }

  // The root of the project, with a page in which only the ports differ.
  private String prepare() throws IOException {
    String page = Files.readString(PAGE);
    for (String port : PORTS) {
      assertThat(page).as("port %s of the page", port).contains(port);
      page = page.replaceAll("\\b" + port + "\\b", Integer.toString(Product.freePort()));
    }
    Files.createDirectories(folder.resolve("docs"));
    Files.createDirectories(folder.resolve("target"));
    Files.writeString(folder.resolve(PAGE), page);
    Files.copy(Path.of("docs/take"), folder.resolve("docs/take"), COPY_ATTRIBUTES);
    Product.copy(Path.of("docker"), folder.resolve("docker"));
    Files.createSymbolicLink(
        folder.resolve("target/quarkus-app"), JAR.toAbsolutePath().getParent());
    return page;
  }

  private static List<Block> blocks(String page) {
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      blocks.add(new Block(block.group(1), block.group(2)));
    }
    return blocks;
  }

  // Whatever is neither typed nor printed is a file.
  private static List<String> files(List<Block> blocks) {
    return blocks.stream()
        .filter(block -> !Set.of("bash", "text").contains(block.language()))
        .map(Block::text)
        .toList();
  }

  private List<String> written() throws IOException {
    Path data = folder.resolve("my-bridge/data");
    try (Stream<Path> paths = Files.walk(folder.resolve("my-bridge"))) {
      return paths
          .filter(path -> !path.startsWith(data) && Files.isRegularFile(path))
          .map(GuideIT::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
