package io.orderbridge.console;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The words of all pages, in both languages, by the same keys. Thread-safe. */
final class Texts {
  private static final Map<String, Map<String, String>> BY_LANGUAGE =
      Map.of("zh", read("zh"), "en", read("en"));

  private Texts() {}

  private static Map<String, String> read(String language) {
    Map<String, String> texts = new TreeMap<>();
    Stream.concat(Stream.of("frame"), Arrays.stream(Section.values()).map(Section::file))
        .forEach(
            file ->
                file("/console/" + language + "/" + file + ".properties")
                    .forEach(
                        (key, text) -> {
                          if (texts.put(key.toString(), text.toString()) != null) {
                            throw new IllegalStateException(key + " stands twice, once in " + file);
                          }
                        }));
    return Map.copyOf(texts);
  }

  private static Properties file(String name) {
    Properties properties = new Properties();
    try (var in = Texts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the product lacks its own " + name);
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** All words of a language; English for whatever is not Chinese. */
  static Map<String, String> in(Locale locale) {
    return BY_LANGUAGE.get(locale.getLanguage().equals("zh") ? "zh" : "en");
  }

  /** One sentence with its values filled in. */
  static String say(Locale locale, String key, Object... values) {
    String text = in(locale).get(key);
    if (text == null) {
      throw new IllegalArgumentException("no text of the console has the key " + key);
    }
    return text.formatted(values);
  }
}
