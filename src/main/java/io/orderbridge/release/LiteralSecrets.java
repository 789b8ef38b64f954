package io.orderbridge.release;

import io.orderbridge.kernel.FileProblem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds secrets that stand in a text as they are; the same rule as the scan of {@code .ci/run}. A
 * secret stands as {@code ${env:..}}, {@code ${file:..}} or a setting of the connection.
 */
final class LiteralSecrets {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("BEGIN [A-Z ]*PRIVATE KEY-----[\\s\"+\\\\nr]*[A-Za-z0-9+/]{40}");
  private static final Pattern PLATFORM_KEY =
      Pattern.compile(
          "\\b(AKIA|ASIA)[0-9A-Z]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{36}\\b"
              + "|\\b(sk|rk)_live_[A-Za-z0-9]{16,}");
  private static final String NAMES =
      "secrets?|password|api-key|token|access-key|private-key|app-secret|check-word";
  private static final Pattern KEY =
      Pattern.compile("^[ -]*\"?(" + NAMES + ")\"?:(.*)$", Pattern.CASE_INSENSITIVE);
  private static final Pattern INLINE =
      Pattern.compile(
          "[{,] *\"?(secret|password|private-key|app-secret|check-word|access|refresh)\"?:"
              + " *\"?[^\"${ }]");
  private static final Pattern GIVEN =
      Pattern.compile("\\$\\{env:[A-Za-z0-9_]+:?}|\\$\\{file:[^}]*}|\\{\\{[^}]*}}");

  private LiteralSecrets() {}

  /** The first one, by file and line and without its value; empty when there is none. */
  static Optional<FileProblem> first(FilePath path, String text) {
    Matcher key = PRIVATE_KEY.matcher(text);
    if (key.find()) {
      return Optional.of(problem(path, lineOf(text, key.start()), "a private key"));
    }
    Matcher platform = PLATFORM_KEY.matcher(text);
    if (platform.find()) {
      return Optional.of(problem(path, lineOf(text, platform.start()), "a key of a platform"));
    }
    return path.folder().equals("routes") ? inLines(path, text) : Optional.empty();
  }

  private static Optional<FileProblem> inLines(FilePath path, String text) {
    boolean list = false;
    int line = 0;
    for (String row : text.lines().toList()) {
      line++;
      if (list && row.matches(" *- .*")) {
        if (bare(row.substring(row.indexOf('-') + 1))) {
          return Optional.of(problem(path, line, "a secret"));
        }
        continue;
      }
      Matcher named = KEY.matcher(row);
      boolean key = named.matches();
      if (INLINE.matcher(row).find() || key && bare(named.group(2))) {
        return Optional.of(problem(path, line, "a secret"));
      }
      list = key && named.group(2).isBlank();
    }
    return Optional.empty();
  }

  private static boolean bare(String value) {
    String left =
        GIVEN.matcher(value).replaceAll("").replaceAll("#.*", "").replaceAll("[\"',\\[\\] ]", "");
    return !left.isEmpty() && !left.equals("true") && !left.equals("false");
  }

  private static FileProblem problem(FilePath path, int line, String what) {
    return new FileProblem(
        path.toString(),
        line,
        what + " stands in the text; write ${env:NAME} or ${file:path} and give it to the process");
  }

  private static int lineOf(String text, int position) {
    return (int) text.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
  }
}
