package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The files of {@code mappings/rules/} and of the folders whose files are a thing each, in force. A
 * file that cannot be read leaves its last good version in force; a deleted file takes it along.
 * Called by one thread.
 */
final class RuleFiles {
  private static final Pattern FILE = Pattern.compile("rules/([a-z0-9-]+)\\.ya?ml");
  private static final Pattern YAML = Pattern.compile(".*\\.ya?ml");
  private static final String FOLDER = "mappings/";

  private final Map<String, RuleFile<?>> byName = new TreeMap<>();
  private final List<FolderFiles> folders;
  private final UnaryOperator<String> environment;

  RuleFiles(List<RuleFile<?>> files, UnaryOperator<String> environment) {
    this(files, List.of(), environment);
  }

  RuleFiles(List<RuleFile<?>> files, List<FolderFiles> folders, UnaryOperator<String> environment) {
    files.forEach(file -> byName.put(file.name(), file));
    this.folders = List.copyOf(folders);
    this.environment = environment;
  }

  /** Whether a path below {@code mappings/} is a file of rules, good or not. */
  private boolean isRules(String path) {
    return (path.startsWith("rules/") || folder(path).isPresent()) && YAML.matcher(path).matches();
  }

  /**
   * Takes changed and deleted files; all others are passed over.
   *
   * @return per file that was looked at what is wrong with it; empty when it is in force
   */
  Map<String, List<FileProblem>> load(Map<String, byte[]> changed, Set<String> deleted) {
    Map<String, List<FileProblem>> found = new LinkedHashMap<>();
    for (String path : deleted) {
      if (isRules(path)) {
        named(path, "").ifPresent(RuleFile::takeNone);
        found.put(FOLDER + path, List.of());
      }
    }
    changed.forEach(
        (path, bytes) -> {
          if (isRules(path)) {
            found.put(FOLDER + path, take(FOLDER + path, path, bytes, true));
          }
        });
    return found;
  }

  /** What is wrong with a file of rules, without putting it in force; nothing with any other. */
  List<FileProblem> check(String path, byte[] bytes) {
    return isRules(path) ? take(FOLDER + path, path, bytes, false) : List.of();
  }

  private List<FileProblem> take(String file, String path, byte[] bytes, boolean inForce) {
    List<FileProblem> problems = new ArrayList<>();
    Optional<String> text = YamlText.decode(file, bytes, problems);
    Optional<RuleFile<?>> rules = named(path, text.orElse(""));
    if (rules.isEmpty()) {
      return List.of(new FileProblem(file, 0, names(path)));
    }
    Optional<Node> root = text.flatMap(read -> YamlText.compose(file, read, problems));
    // Read twice, so that nothing is put in force before all of it is known to be good.
    root.ifPresent(node -> rules.get().take(section(file, node, problems), false));
    if (problems.isEmpty() && inForce) {
      root.ifPresent(node -> rules.get().take(section(file, node, new ArrayList<>()), true));
    }
    return List.copyOf(problems);
  }

  private Section section(String file, Node node, List<FileProblem> problems) {
    return new Section(file, "", node, new References(environment, Path.of(".")), problems);
  }

  private Optional<RuleFile<?>> named(String path, String text) {
    Optional<FolderFiles> folder = folder(path);
    if (folder.isPresent()) {
      return folder.get().find(path, text);
    }
    Matcher matcher = FILE.matcher(path);
    return matcher.matches() ? Optional.ofNullable(byName.get(matcher.group(1))) : Optional.empty();
  }

  private String names(String path) {
    return folder(path)
        .map(FolderFiles::names)
        .orElseGet(
            () ->
                "no feature reads it; files of rules are rules/%s.yaml"
                    .formatted(String.join(".yaml, rules/", byName.keySet())));
  }

  private Optional<FolderFiles> folder(String path) {
    return folders.stream().filter(one -> one.isBelow(path)).findFirst();
  }
}
