package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.reconciliation.Definition;
import io.orderbridge.reconciliation.DefinitionLock;
import io.orderbridge.reconciliation.DefinitionTexts;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;

/** Reads definitions from text, one or a whole folder. Nothing is put in force. */
@Singleton
final class DefinitionReader implements DefinitionTexts {
  private static final String FOLDER = "mappings/";
  private static final String LOCK = "definitions/" + DefinitionLock.FILE;

  /**
   * A folder of definitions.
   *
   * @param files by name of the definition
   */
  record Folder(
      Map<String, Definition> definitions,
      Map<String, String> files,
      DefinitionLock lock,
      List<FileProblem> problems) {
    /** What is wrong with the definitions against their lock. */
    List<FileProblem> lockProblems() {
      return lock.problems(definitions.values()).stream()
          .map(one -> new FileProblem(files.get(one.name()), 0, one.what()))
          .toList();
    }
  }

  @Override
  public Read read(String name, String text) {
    return read("mappings/definitions/%s.yaml".formatted(name), name, text);
  }

  private static Read read(String file, String name, String text) {
    List<FileProblem> problems = new ArrayList<>();
    Optional<Definition> definition =
        YamlText.compose(file, text, problems)
            .map(
                node ->
                    new Section(
                        file, "", node, new References(none -> null, Path.of(".")), problems))
            .map(root -> DefinitionSection.read(name, text, root));
    return new Read(problems.isEmpty() ? definition : Optional.empty(), problems);
  }

  /** The definitions among files below {@code mappings/}, and their lock. */
  static Folder folder(Map<String, byte[]> mappings) {
    Map<String, Definition> definitions = new TreeMap<>();
    Map<String, String> files = new TreeMap<>();
    List<FileProblem> problems = new ArrayList<>();
    mappings.forEach(
        (path, bytes) -> {
          Matcher matcher = DefinitionFiles.PATH.matcher(path);
          if (matcher.matches()) {
            String name = matcher.group(1);
            Read read = read(FOLDER + path, name, text(bytes));
            problems.addAll(read.problems());
            read.definition().ifPresent(one -> definitions.put(name, one));
            files.put(name, FOLDER + path);
          }
        });
    return new Folder(definitions, files, lock(mappings, problems), problems);
  }

  private static DefinitionLock lock(Map<String, byte[]> mappings, List<FileProblem> problems) {
    try {
      return DefinitionLock.read(text(mappings.getOrDefault(LOCK, new byte[0])));
    } catch (IllegalArgumentException e) {
      problems.add(new FileProblem(FOLDER + LOCK, 0, e.getMessage()));
      return DefinitionLock.read("");
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
