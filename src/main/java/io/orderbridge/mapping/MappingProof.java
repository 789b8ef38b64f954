package io.orderbridge.mapping;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs the proofs that lie beside the mappings: {@code <name>.<case>.in.json} must give exactly
 * {@code <name>.<case>.out.json}. An input with a key {@code body} and otherwise only keys that
 * begin with {@code $} sets these as variables; else the whole file is the body. An output {@code
 * {"$refusal": "UNMAPPED_VALUE"}} expects a refusal of that cause. Touches no file and no clock.
 */
public final class MappingProof {
  private static final String IN = ".in.json";
  private static final String OUT = ".out.json";
  private static final String REFUSAL = "$refusal";

  private final Map<String, byte[]> files;
  private final Mappings mappings = new Mappings();
  private final List<FileProblem> problems = new ArrayList<>();

  private MappingProof(Map<String, byte[]> files) {
    this.files = new TreeMap<>(files);
  }

  /**
   * @param files content by path below the mappings folder
   * @return what is wrong with mappings, tables and proofs; empty when every proof holds and every
   *     mapping has one
   */
  public static List<FileProblem> run(Map<String, byte[]> files) {
    return new MappingProof(files).run();
  }

  private List<FileProblem> run() {
    problems.addAll(mappings.load(files, Set.of()));
    Set<String> proved = new TreeSet<>();
    for (String path : files.keySet()) {
      if (path.endsWith(IN)) {
        proved.add(mappingOf(path));
        prove(path, path.substring(0, path.length() - IN.length()) + OUT);
      } else if (path.endsWith(OUT)) {
        checkPartner(path, path.substring(0, path.length() - OUT.length()) + IN);
      }
    }
    for (String name : mappings.names()) {
      checkMapping(name, proved);
    }
    return List.copyOf(problems);
  }

  private void checkPartner(String path, String partner) {
    if (!files.containsKey(partner)) {
      found(path, "has no partner %s%s".formatted(Mappings.FOLDER, partner));
    }
  }

  private void checkMapping(String name, Set<String> proved) {
    String file = name + ".jsonata";
    if (!proved.contains(name)) {
      found(
          file,
          "has no proof; add mappings/%s.<case>.in.json and mappings/%s.<case>.out.json"
              .formatted(name, name));
    }
    if (!startsWithComment(files.get(file))) {
      found(file, "does not begin with a comment /* ... */ that names its source with a date");
    }
  }

  private static boolean startsWithComment(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).stripLeading().startsWith("/*");
  }

  private void prove(String inPath, String outPath) {
    if (!files.containsKey(outPath)) {
      found(inPath, "has no partner %s%s".formatted(Mappings.FOLDER, outPath));
      return;
    }
    Optional<Object> given = json(inPath);
    Optional<Object> expected = json(outPath);
    if (given.isPresent() && expected.isPresent()) {
      outcome(inPath, given.get())
          .difference(expected.get())
          .ifPresent(difference -> found(outPath, difference));
    }
  }

  private Optional<Object> json(String path) {
    try {
      return Optional.ofNullable(Json.read(files.get(path)));
    } catch (Refusal e) {
      found(path, "%s %s".formatted(e.getMessage(), e.place()).strip());
      return Optional.empty();
    }
  }

  private Outcome outcome(String inPath, Object given) {
    Map<String, Object> bindings = new HashMap<>();
    Object body = given;
    if (given instanceof Map<?, ?> map && isWrapped(map)) {
      body = map.remove("body");
      map.forEach((name, value) -> bindings.put(String.valueOf(name).substring(1), value));
    }
    bindings.putIfAbsent("headers", Map.of());
    try {
      Object result = mappings.apply(mappingOf(inPath), body, bindings);
      return new Outcome(result == null ? List.of() : result, null);
    } catch (Refusal e) {
      return new Outcome(null, e);
    }
  }

  private static boolean isWrapped(Map<?, ?> map) {
    return map.containsKey("body")
        && map.keySet().stream()
            .allMatch(name -> "body".equals(name) || String.valueOf(name).startsWith("$"));
  }

  private static String mappingOf(String path) {
    int dot = path.indexOf('.', path.indexOf('/') + 1);
    return path.substring(0, dot);
  }

  private void found(String path, String what) {
    problems.add(new FileProblem(Mappings.FOLDER + path, 0, what));
  }

  /** What a mapping did: one of the two is null. */
  private record Outcome(Object result, Refusal refusal) {
    Optional<String> difference(Object expected) {
      Object cause = expected instanceof Map<?, ?> map ? map.get(REFUSAL) : null;
      if (refusal != null) {
        return refusal.why().name().equals(cause)
            ? Optional.empty()
            : Optional.of(
                "expected %s, the mapping refuses with %s at %s: %s"
                    .formatted(
                        cause == null ? "a result" : cause,
                        refusal.why(),
                        refusal.place(),
                        refusal.getMessage()));
      }
      return cause != null
          ? Optional.of("expected the refusal %s, the mapping gives a result".formatted(cause))
          : JsonDifference.first(expected, result);
    }
  }
}
