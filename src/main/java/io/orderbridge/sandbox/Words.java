package io.orderbridge.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The partners' words and the bodies of their messages, from the resources of the sandbox. */
final class Words {
  private static final String FOLDER = "/sandbox/";
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private final Properties words = new Properties();

  Words() {
    try {
      words.load(new StringReader(resource("demo.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The word for it. */
  String of(String name) {
    String word = words.getProperty(name);
    if (word == null) {
      throw new IllegalStateException("demo.properties: has no '%s'".formatted(name));
    }
    return word;
  }

  /** All words below a prefix, without it. */
  Map<String, String> below(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : words.stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        found.put(name.substring(prefix.length()), words.getProperty(name));
      }
    }
    return found;
  }

  /** A body with its places filled; the values are JSON where the place stands without quotes. */
  static String body(String template, Map<String, String> values) {
    String text = resource(template + ".json");
    StringBuilder filled = new StringBuilder();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      String value = values.get(place.group(1));
      if (value == null) {
        throw new IllegalStateException(
            "%s.json: nothing is given for %s".formatted(template, place.group()));
      }
      place.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return place.appendTail(filled).toString();
  }

  static String resource(String name) {
    try (InputStream in = Words.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("resource %s%s is not in the jar".formatted(FOLDER, name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
