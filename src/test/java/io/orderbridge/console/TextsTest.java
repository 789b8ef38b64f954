package io.orderbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pages hold no words: both languages have all of them, by the same keys. */
class TextsTest {
  private static final Path TEMPLATES = Path.of("src/main/resources/templates/console");
  private static final Path CLASSES = Path.of("src/main/java/io/orderbridge/console");
  private static final Pattern KEY = Pattern.compile("\\{t\\.(\\w+)}");
  private static final Pattern SPOKEN =
      Pattern.compile(" (?:title|placeholder|alt|aria-label)=\"([^\"{]*[\\p{L}][^\"]*)\"");
  private static final Pattern VALUES = Pattern.compile("%(?:\\d\\$)?[ds]");

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void both_languages_have_the_same_keys_and_take_the_same_values() {
    Map<String, String> zh = Texts.in(Locale.CHINESE);
    Map<String, String> en = Texts.in(Locale.ENGLISH);

    assertThat(new TreeSet<>(zh.keySet())).isEqualTo(new TreeSet<>(en.keySet()));
    zh.forEach(
        (key, text) ->
            assertThat(VALUES.matcher(text).results().map(r -> r.group()).sorted().toList())
                .as(key)
                .isEqualTo(
                    VALUES.matcher(en.get(key)).results().map(r -> r.group()).sorted().toList()));
  }

  @Test
  void no_template_holds_a_word_of_its_own() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : files(TEMPLATES)) {
      String page = text(file);
      String read = page.replaceAll("\\{[^}]*}", " ").replaceAll("<[^>]*>", " ");
      Pattern.compile("\\p{L}{2,}")
          .matcher(read)
          .results()
          .forEach(word -> wrong.add(file + ": '" + word.group() + "'; a key of both languages"));
      SPOKEN
          .matcher(page)
          .results()
          .forEach(word -> wrong.add(file + ": '" + word.group(1) + "'; a key of both languages"));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void no_template_runs_or_styles_anything_inline() throws IOException {
    for (Path file : files(TEMPLATES)) {
      assertThat(text(file))
          .as(file.toString())
          .doesNotContainPattern(
              "\\son\\w+=|\\sstyle=|<style|<script(?! type=\"module\""
                  + " src=)|hx-on|\\.raw\\b|\\|raw|\\{\\d");
    }
  }

  @Test
  void every_key_of_a_template_is_there_and_every_key_is_used() throws IOException {
    Set<String> known = Texts.in(Locale.ENGLISH).keySet();
    Set<String> used = new TreeSet<>();
    StringBuilder everything = new StringBuilder();
    for (Path file : files(TEMPLATES)) {
      KEY.matcher(text(file)).results().forEach(key -> used.add(key.group(1)));
    }
    for (Path file : files(CLASSES)) {
      everything.append(text(file));
    }
    assertThat(known).containsAll(used);
    // Keys that are put together begin with what stands in the code, for example "ask_".
    assertThat(known)
        .allMatch(
            key ->
                used.contains(key)
                    || everything.indexOf('"' + key + '"') >= 0
                    || key.matches("(did|nav|group)_\\w+|problem_\\w+_next")
                    || IntStream.range(1, key.length())
                        .filter(at -> key.charAt(at - 1) == '_')
                        .anyMatch(at -> everything.indexOf('"' + key.substring(0, at) + '"') >= 0));
  }

  @Test
  @Tag("R61")
  void every_cause_says_what_it_means_and_what_to_do() {
    for (Cause cause : Cause.values()) {
      assertThat(Texts.in(Locale.CHINESE))
          .containsKeys("cause_" + cause.name(), "cause_" + cause.name() + "_next");
    }
  }
}
