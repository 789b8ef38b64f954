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
 * Runs the proofs that lie beside the mappings: {@code <name>.<case>.in.json}, {@code .in.xml} or
 * {@code .in.form} must give exactly {@code <name>.<case>.out.json}. A JSON input with a key {@code
 * body} and otherwise only keys that begin with {@code $} sets these as variables; else the whole
 * file is the body. A body that is text is read as it would be on its way through a route. An
 * output {@code {"$refusal": "UNMAPPED_VALUE"}} expects a refusal of that cause. Touches no file
 * and no clock.
 */
public final class MappingProof {
  // The content type by which a body is read that is no JSON; empty for JSON.
  private static final Map<String, String> INS =
      Map.of(
          ".in.json", "",
          ".in.xml", "application/xml",
          ".in.form", "application/x-www-form-urlencoded");
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
      Optional<String> in = INS.keySet().stream().filter(path::endsWith).findFirst();
      if (in.isPresent()) {
        proved.add(mappingOf(path));
        prove(path, in.get());
      } else if (path.endsWith(OUT)) {
        checkPartner(path, path.substring(0, path.length() - OUT.length()));
      }
    }
    for (String name : mappings.names()) {
      checkMapping(name, proved);
    }
    return List.copyOf(problems);
  }

  private void checkPartner(String path, String stem) {
    if (INS.keySet().stream().noneMatch(in -> files.containsKey(stem + in))) {
      found(
          path,
          "has no partner %s%s.in.json, .in.xml or .in.form".formatted(Mappings.FOLDER, stem));
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

  private void prove(String inPath, String in) {
    String outPath = inPath.substring(0, inPath.length() - in.length()) + OUT;
    if (!files.containsKey(outPath)) {
      found(inPath, "has no partner %s%s".formatted(Mappings.FOLDER, outPath));
      return;
    }
    Optional<Outcome> outcome = outcome(inPath, INS.get(in));
    Optional<Object> expected = json(outPath);
    if (outcome.isPresent() && expected.isPresent()) {
      outcome.get().difference(expected.get()).ifPresent(difference -> found(outPath, difference));
    }
  }

  private Optional<Outcome> outcome(String inPath, String contentType) {
    Map<String, Object> bindings = new HashMap<>();
    Object body = files.get(inPath);
    if (contentType.isEmpty()) {
      Optional<Object> given = json(inPath);
      if (given.isEmpty()) {
        return Optional.empty();
      }
      body = given.get();
      if (body instanceof Map<?, ?> map && isWrapped(map)) {
        body = raw(map.remove("body"));
        map.forEach((name, value) -> bindings.put(String.valueOf(name).substring(1), value));
      }
    }
    bindings.putIfAbsent("headers", Map.of());
    bindings.computeIfPresent("input", (name, value) -> raw(value));
    return Optional.of(applied(mappingOf(inPath), body, contentType, bindings));
  }

  private static Object raw(Object value) {
    return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : value;
  }

  private Outcome applied(
      String mapping, Object body, String contentType, Map<String, Object> bindings) {
    try {
      bindings.computeIfPresent("input", (name, value) -> read(value, ""));
      Object result = mappings.apply(mapping, read(body, contentType), bindings);
      return new Outcome(result == null ? List.of() : result, null);
    } catch (Refusal e) {
      return new Outcome(null, e);
    }
  }

  private static Object read(Object body, String contentType) {
    return body instanceof byte[] ? BodyReader.read(body, contentType) : body;
  }

  private Optional<Object> json(String path) {
    try {
      return Optional.ofNullable(Json.read(files.get(path)));
    } catch (Refusal e) {
      found(path, "%s %s".formatted(e.getMessage(), e.place()).strip());
      return Optional.empty();
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
