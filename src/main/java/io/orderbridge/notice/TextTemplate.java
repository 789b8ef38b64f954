package io.orderbridge.notice;

import io.orderbridge.kernel.Wording;
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

  /** A text that is no template: why, in both languages, and where in it. */
  public static final class Malformed extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient Wording wording;
    private final int at;

    Malformed(int at, Wording wording) {
      super(wording.en());
      this.at = at;
      this.wording = wording;
    }

    public Wording wording() {
      return wording;
    }

    /** The place in the text, from 0. */
    public int at() {
      return at;
    }
  }

  /**
   * @throws Malformed when a variable is not closed or not known: what it says, what is known and
   *     what is near
   */
  public static TextTemplate of(String source) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (true) {
      int open = source.indexOf(OPEN, at);
      String before = source.substring(at, open < 0 ? source.length() : open);
      if (before.contains(CLOSE)) {
        throw new Malformed(
            at + before.indexOf(CLOSE),
            new Wording("有“}}”，前面没有“{{”", "has '}}' without '{{' before it"));
      }
      parts.add(new Part(null, before));
      if (open < 0) {
        return new TextTemplate(source, List.copyOf(parts));
      }
      int close = source.indexOf(CLOSE, open);
      if (close < 0) {
        throw new Malformed(open, new Wording("有“{{”，后面没有“}}”", "has '{{' without '}}' after it"));
      }
      parts.add(variable(open, source.substring(open + OPEN.length(), close)));
      at = close + CLOSE.length();
    }
  }

  private static Part variable(int at, String inside) {
    int bar = inside.indexOf('|');
    String name = (bar < 0 ? inside : inside.substring(0, bar)).strip();
    String otherwise = bar < 0 ? "" : inside.substring(bar + 1);
    if (otherwise.contains(OPEN)) {
      throw new Malformed(
          at, Wording.of("在“{{%s|”里面又有“{{”", "has '{{' inside of '{{%s|'", shown(name)));
    }
    Variable variable = Variable.of(name).orElseThrow(() -> unknown(at, name));
    return new Part(variable, otherwise);
  }

  private static Malformed unknown(int at, String name) {
    return new Malformed(
        at,
        Wording.of(
            "用了变量“%s”，没有这个变量；相近的是“%s”，可用的有 %s",
            "names '%s', which is no variable; near is '%s', known are %s",
            shown(name),
            NearestWord.of(shown(name), Variable.words()),
            String.join(", ", Variable.words())));
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
