package io.orderbridge.reconciliation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code mappings/definitions/versions.lock}: what each version of a definition means, as a hash.
 * Lines are added, never changed, so that a version means the same for good.
 */
public final class DefinitionLock {
  public static final String FILE = "versions.lock";

  private static final Pattern LINE =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,59}) ([1-9]\\d{0,5}) ([0-9a-f]{64})");
  private static final String HEAD =
      "# What each version of a definition means: name, version, SHA-256 over its meaning.\n"
          + "# Lines are added by 'orderbridge definitions lock', never changed.\n";

  private final Map<String, String> hashes = new LinkedHashMap<>();

  private DefinitionLock() {}

  /** What is wrong with a definition, to be told with its file. */
  public record Problem(String name, String what) {}

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException "line n ..." when a line cannot be read or says a version
   *     twice
   */
  public static DefinitionLock read(String text) {
    DefinitionLock lock = new DefinitionLock();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        lock.add(line, i + 1);
      }
    }
    return lock;
  }

  private void add(String line, int number) {
    var parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "line %d is '%s', expected a name, a version and 64 hexadecimal digits"
              .formatted(number, line));
    }
    String id = parts.group(1) + " " + parts.group(2);
    if (hashes.put(id, parts.group(3)) != null) {
      throw new IllegalArgumentException("line %d says '%s' again".formatted(number, id));
    }
  }

  /** What keeps the definitions from being used: changed without a new version, or not locked. */
  public List<Problem> problems(Collection<Definition> definitions) {
    List<Problem> problems = new ArrayList<>();
    for (Definition definition : definitions) {
      changed(definition)
          .or(() -> older(definition))
          .or(() -> missing(definition))
          .ifPresent(what -> problems.add(new Problem(definition.name(), what)));
    }
    return problems;
  }

  private Optional<String> changed(Definition definition) {
    String hash = hashes.get(definition.id());
    return hash == null || hash.equals(definition.hash())
        ? Optional.empty()
        : Optional.of(
            "version %d means something else than when it was locked; give what is new version %d"
                .formatted(definition.version(), newest(definition.name()) + 1));
  }

  private Optional<String> older(Definition definition) {
    int newest = newest(definition.name());
    return definition.version() >= newest
        ? Optional.empty()
        : Optional.of(
            "is version %d, and version %d was locked already; give what is new version %d"
                .formatted(definition.version(), newest, newest + 1));
  }

  private Optional<String> missing(Definition definition) {
    return hashes.containsKey(definition.id())
        ? Optional.empty()
        : Optional.of(
            "version %d is not in %s; run: orderbridge definitions lock"
                .formatted(definition.version(), FILE));
  }

  private int newest(String name) {
    return hashes.keySet().stream()
        .filter(id -> id.startsWith(name + " "))
        .mapToInt(id -> Integer.parseInt(id.substring(name.length() + 1)))
        .max()
        .orElse(0);
  }

  /**
   * The text of the file with a line for each version that has none yet. What stood there stays, in
   * its order.
   *
   * @throws IllegalArgumentException when a definition changed without a new version
   */
  public String with(Collection<Definition> definitions) {
    for (Definition definition : definitions) {
      changed(definition)
          .or(() -> older(definition))
          .ifPresent(
              what -> {
                throw new IllegalArgumentException("%s: %s".formatted(definition.name(), what));
              });
    }
    Map<String, String> all = new LinkedHashMap<>(hashes);
    definitions.forEach(definition -> all.put(definition.id(), definition.hash()));
    StringBuilder text = new StringBuilder(HEAD);
    all.forEach((id, hash) -> text.append(id).append(' ').append(hash).append('\n'));
    return text.toString();
  }
}
