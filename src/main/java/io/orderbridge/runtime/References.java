package io.orderbridge.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves {@code ${env:NAME}}, {@code ${env:NAME:default}} and {@code ${file:path}}; a relative
 * path starts at the connection's folder. Messages name the reference, never its value.
 */
final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)\\}?");
  private static final Pattern ENVIRONMENT =
      Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)(?::(.*))?", Pattern.DOTALL);
  // A certificate chain has some 10 KB.
  private static final long FILE_MAX_BYTES = 65_536;

  private final UnaryOperator<String> environment;
  private final Path folder;

  References(UnaryOperator<String> environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  /**
   * @throws IllegalArgumentException when a reference is unknown or leads nowhere
   */
  String resolve(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      String value = value(matcher.group(), matcher.group(1));
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(resolved).toString();
  }

  private String value(String whole, String inner) {
    Matcher variable = ENVIRONMENT.matcher(inner);
    if (whole.endsWith("}") && variable.matches()) {
      String value = environment.apply(variable.group(1));
      if (value == null && variable.group(2) == null) {
        throw new IllegalArgumentException(
            "names the environment variable %s, which is not set; set it or write ${env:%s:default}"
                .formatted(variable.group(1), variable.group(1)));
      }
      return value == null ? variable.group(2) : value;
    }
    if (whole.endsWith("}") && inner.startsWith("file:")) {
      return content(inner.substring("file:".length()));
    }
    throw new IllegalArgumentException(
        "has a reference that is none of ${env:NAME}, ${env:NAME:default}, ${file:path}");
  }

  private String content(String path) {
    Path file = folder.resolve(path);
    try {
      if (Files.size(file) > FILE_MAX_BYTES) {
        throw new IllegalArgumentException(
            "names the file %s, which is larger than %d bytes".formatted(path, FILE_MAX_BYTES));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "names the file %s, which cannot be read (%s)"
              .formatted(path, e.getClass().getSimpleName()),
          e);
    }
  }
}
