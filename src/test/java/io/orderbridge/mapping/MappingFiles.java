package io.orderbridge.mapping;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Mapping files for tests: from text, or from a folder. */
final class MappingFiles {
  private final Mappings mappings = new Mappings();

  static MappingFiles with(String path, String text) {
    return new MappingFiles().and(path, text);
  }

  MappingFiles and(String path, String text) {
    load(path, text);
    return this;
  }

  List<FileProblem> load(String path, String text) {
    return mappings.load(Map.of(path, text.getBytes(StandardCharsets.UTF_8)), Set.of());
  }

  Mappings mappings() {
    return mappings;
  }

  /** Evaluates one expression as a mapping of its own. */
  static Object evaluate(String expression, String json) {
    return with("t/t.jsonata", expression).apply("t/t", json);
  }

  Object apply(String name, String json) {
    return mappings.apply(name, Json.read(json), Map.of("headers", Map.of()));
  }

  static Refusal refusalOf(String expression, String json) {
    return with("t/t.jsonata", expression).refusal("t/t", json);
  }

  Refusal refusal(String name, String json) {
    try {
      Object result = apply(name, json);
      throw new AssertionError("expected a refusal, got " + result);
    } catch (Refusal refusal) {
      return refusal;
    }
  }

  static Map<String, byte[]> under(Path folder) {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
