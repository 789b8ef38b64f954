package io.orderbridge.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What checks of files say, in Chinese. A check says one English sentence and its sentences are put
 * into each other; Chinese is looked up by the form of the sentence in {@code kernel/checks.zh}, so
 * that what was stored before can be told as well. What parsers of others say stays as it is,
 * framed in Chinese. Thread-safe; the same sentence always gives the same.
 */
public final class CheckWords {
  private static final String FILE = "/kernel/checks.zh";
  private static final String FRAME = "检查报告：`%s`";
  private static final Pattern PLACE = Pattern.compile("%(?:(\\d)\\$)?[sn]");
  // A value that is a word is a name; only a sentence can have a Chinese one.
  private static final Pattern SENTENCE = Pattern.compile(".*[^ ] .*", Pattern.DOTALL);
  private static final int DEPTH_MAX = 5;
  private static final List<Form> FORMS = read();

  /** A sentence with places for its values, and its Chinese. */
  private record Form(Pattern english, int weight, String chinese) {}

  private CheckWords() {}

  /** A sentence of a check in both languages. */
  public static Wording of(String sentence) {
    String english = sentence.isBlank() ? "-" : sentence;
    return new Wording(marked(english).replace("`", ""), english);
  }

  /** The Chinese of a sentence, in which names and texts of files stand between backticks. */
  public static String marked(String sentence) {
    return chinese(sentence).orElseGet(() -> FRAME.formatted(code(sentence)));
  }

  /** The Chinese of a sentence; empty when no check of ours says it. */
  static Optional<String> chinese(String sentence) {
    return chinese(sentence, 0);
  }

  private static Optional<String> chinese(String sentence, int depth) {
    if (depth > DEPTH_MAX) {
      return Optional.empty();
    }
    for (Form form : FORMS) {
      Matcher matcher = form.english().matcher(sentence);
      if (matcher.matches()) {
        return Optional.of(filled(form.chinese(), matcher, depth));
      }
    }
    return Optional.empty();
  }

  private static String filled(String chinese, Matcher values, int depth) {
    StringBuilder text = new StringBuilder();
    Matcher place = PLACE.matcher(chinese);
    int from = 0;
    int next = 1;
    boolean code = false;
    while (place.find()) {
      String before = chinese.substring(from, place.start());
      code ^= before.chars().filter(c -> c == '`').count() % 2 == 1;
      String value =
          values.group(place.group(1) == null ? next++ : Integer.parseInt(place.group(1)));
      text.append(before).append(code ? code(value) : value(value, depth));
      from = place.end();
    }
    return text.append(chinese.substring(from)).toString();
  }

  private static String value(String value, int depth) {
    return (SENTENCE.matcher(value).matches()
            ? chinese(value, depth + 1)
            : Optional.<String>empty())
        .orElseGet(() -> "`" + code(value) + "`");
  }

  private static String code(String value) {
    return value.replace('`', '\'');
  }

  private static List<Form> read() {
    try (InputStream file = CheckWords.class.getResourceAsStream(FILE)) {
      List<String> lines =
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .toList();
      List<Form> forms = new ArrayList<>();
      for (int i = 0; i + 1 < lines.size(); i += 2) {
        String literal = PLACE.matcher(lines.get(i)).replaceAll("");
        forms.add(new Form(pattern(lines.get(i)), literal.length(), lines.get(i + 1)));
      }
      // The longest says most exactly which sentence it is.
      forms.sort(Comparator.comparingInt(Form::weight).reversed());
      return List.copyOf(forms);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pattern pattern(String english) {
    StringBuilder pattern = new StringBuilder();
    Matcher place = PLACE.matcher(english);
    int from = 0;
    while (place.find()) {
      pattern
          .append(Pattern.quote(english.substring(from, place.start())))
          .append(place.group().endsWith("n") ? "(\\d+)" : "(.*?)");
      from = place.end();
    }
    pattern.append(Pattern.quote(english.substring(from)));
    return Pattern.compile(pattern.toString(), Pattern.DOTALL);
  }
}
