package io.orderbridge.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Text with variables: {@code {{name}}}, or {@code {{name|text when it is not known}}}. A value is
 * put in as it is and never looked at again, so a customer called {@code {{amount}}} stays one.
 */
public final class TextTemplate {
  static final TextTemplate EMPTY = new TextTemplate("", List.of());

  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";
  private static final int NAME_SHOWN_MAX = 40;

  private final String source;
  private final List<Part> parts;

  /**
   * A piece of it.
   *
   * @param variable null for text that stays
   * @param text what stays, or what stands for a value that is not known
   */
  private record Part(Variable variable, String text) {}

  private TextTemplate(String source, List<Part> parts) {
    this.source = source;
    this.parts = parts;
  }

  /**
   * @throws IllegalArgumentException when a variable is not closed or not known: what it says, what
   *     is known and what is near
   */
  public static TextTemplate of(String source) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (true) {
      int open = source.indexOf(OPEN, at);
      String before = source.substring(at, open < 0 ? source.length() : open);
      if (before.contains(CLOSE)) {
        throw new IllegalArgumentException("has '}}' without '{{' before it");
      }
      parts.add(new Part(null, before));
      if (open < 0) {
        return new TextTemplate(source, List.copyOf(parts));
      }
      int close = source.indexOf(CLOSE, open);
      if (close < 0) {
        throw new IllegalArgumentException("has '{{' without '}}' after it");
      }
      parts.add(variable(source.substring(open + OPEN.length(), close)));
      at = close + CLOSE.length();
    }
  }

  private static Part variable(String inside) {
    int bar = inside.indexOf('|');
    String name = (bar < 0 ? inside : inside.substring(0, bar)).strip();
    String otherwise = bar < 0 ? "" : inside.substring(bar + 1);
    if (otherwise.contains(OPEN)) {
      throw new IllegalArgumentException("has '{{' inside of '{{%s|'".formatted(shown(name)));
    }
    Variable variable =
        Variable.of(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "names '%s', which is no variable; near is '%s', known are %s"
                            .formatted(
                                shown(name),
                                NearestWord.of(shown(name), Variable.words()),
                                String.join(", ", Variable.words()))));
    return new Part(variable, otherwise);
  }

  private static String shown(String name) {
    return name.length() > NAME_SHOWN_MAX ? name.substring(0, NAME_SHOWN_MAX) : name;
  }

  /**
   * The text with its values.
   *
   * @param escape what is done to each value, and to what stands for it; not to the text around
   */
  String render(Map<String, String> values, UnaryOperator<String> escape) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part.variable() == null) {
        text.append(part.text());
      } else {
        String value = values.getOrDefault(part.variable().word(), "");
        text.append(escape.apply(value.isEmpty() ? part.text() : value));
      }
    }
    return text.toString();
  }

  boolean isEmpty() {
    return source.isEmpty();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return source;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextTemplate text && text.source.equals(source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }
}
