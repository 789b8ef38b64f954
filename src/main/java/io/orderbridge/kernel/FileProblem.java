package io.orderbridge.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a file that an integrator edits. It is shown by {@code orderbridge check}, in
 * the log and at the health endpoint while the last good version keeps running.
 *
 * @param file path as the integrator knows it, for example {@code routes/erp/connection.yaml}
 * @param line first line is 1; 0 when the whole file is meant
 * @param what what is wrong and what is allowed, in English, without secrets
 */
public record FileProblem(String file, int line, String what) {
  private static final Pattern STORED =
      Pattern.compile("((?:routes|mappings)/\\S+?):(?:(\\d+):)? (.*)", Pattern.DOTALL);
  private static final Pattern NEXT = Pattern.compile("; (?=(?:routes|mappings)/\\S+?:)");

  /** What is wrong, for people. */
  public Wording wording() {
    return CheckWords.of(what);
  }

  /** The same with its file and line. */
  public Wording said() {
    String zh = line > 0 ? "%s 第 %d 行：%s" : "%1$s：%3$s";
    return new Wording(zh.formatted(file, line, wording().zh()), toString());
  }

  /** The Chinese of {@link #what}, as the API tells it beside the English. */
  public String getWhatZh() {
    return wording().zh();
  }

  /**
   * Problems that were stored as text, each as {@link #toString()} and joined by a semicolon; a
   * text that is none of them comes back as one problem without a file.
   */
  public static List<FileProblem> stored(String text) {
    return Arrays.stream(NEXT.split(text)).map(FileProblem::read).toList();
  }

  private static FileProblem read(String text) {
    Matcher matcher = STORED.matcher(text);
    if (!matcher.matches()) {
      return new FileProblem("", 0, text);
    }
    int line = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    return new FileProblem(matcher.group(1), line, matcher.group(3));
  }

  @Override
  public String toString() {
    return line > 0 ? "%s:%d: %s".formatted(file, line, what) : "%s: %s".formatted(file, what);
  }
}
