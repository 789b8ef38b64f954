package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The pictures of docs/, taken of the demo's shop as it is; {@code docs/pictures/take} keeps them.
 */
class PicturesIT {
  private static final Path KEPT = Path.of("docs/pictures");
  private static final int WIDE = 1280;

  @Test
  void every_picture_of_the_docs_is_one_of_the_console_as_it_is() throws Exception {
    try (Browser browser = DemoShop.open().browser()) {
      browser.wide(WIDE).prefers("light").open("/console/board/orders?abnormal=stuck");
      String order = browser.find("td a").getDomAttribute("href");
      browser.language("en");
      pages(order).forEach((name, path) -> browser.open(path).picture(name));
      browser.wide(390).open("/console/board").picture("board-phone");
    }

    TreeSet<String> shown = new TreeSet<>();
    for (Path page : List.of(Path.of("README.md"), Path.of("docs/console.md"))) {
      java.util.regex.Pattern.compile("pictures/([\\w-]+)\\.webp")
          .matcher(Files.readString(page))
          .results()
          .forEach(one -> shown.add(one.group(1)));
    }
    assertThat(shown).isNotEmpty();
    for (String name : shown) {
      assertThat(Path.of("target/console/docs", name + ".webp")).as("taken").exists();
      assertThat(KEPT.resolve(name + ".webp")).as("kept by docs/pictures/take").exists();
    }
  }

  private static Map<String, String> pages(String order) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("start", "/console");
    pages.put("board", "/console/board");
    pages.put("order", order);
    pages.put("letters", "/console/dead-letters");
    pages.put("tickets", "/console/tickets");
    pages.put("findings", "/console/findings");
    pages.put("sources", "/console/sources");
    pages.put("notices", "/console/notices");
    pages.put("books", "/console/books");
    pages.put("health", "/console/health");
    pages.put("files", "/console/files");
    return pages;
  }
}
