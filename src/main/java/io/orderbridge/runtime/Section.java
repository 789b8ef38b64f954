package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping in a connection file. Reading never throws: what is wrong becomes a problem with its
 * line and the given default goes on, so that one look at the file shows all its problems.
 */
final class Section {
  private static final String EXPECTED = ", expected one of ";

  private final String file;
  private final String path;
  private final int line;
  private final References references;
  private final List<FileProblem> problems;
  private final Map<String, Node> entries = new LinkedHashMap<>();

  Section(String file, String path, Node node, References references, List<FileProblem> problems) {
    this.file = file;
    this.path = path;
    this.line = YamlText.line(node);
    this.references = references;
    this.problems = problems;
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
          entries.put(key.getValue(), entry.getValueNode());
        }
      }
    } else {
      problem(line, "'%s' is not a mapping of keys to values".formatted(path));
    }
  }

  /** Refuses every key that is not named here. */
  Section allow(String... keys) {
    List<String> allowed = List.of(keys);
    entries.forEach(
        (key, node) -> {
          if (!allowed.contains(key)) {
            problem(
                YamlText.line(node),
                "unknown key '%s'%s%s%s"
                    .formatted(
                        key,
                        path.isEmpty() ? "" : " in '" + path + "'",
                        EXPECTED,
                        String.join(", ", allowed)));
          }
        });
    return this;
  }

  /** The keys that {@link #allow} named when it refused this one; empty for other problems. */
  static List<String> expected(FileProblem problem, String unknown) {
    String what = problem.what();
    int list = what.indexOf(EXPECTED);
    return what.startsWith("unknown key '" + unknown + "'") && list > 0
        ? List.of(what.substring(list + EXPECTED.length()).split(", "))
        : List.of();
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Whether keys and values stand below the key, rather than a single value. */
  boolean isSection(String key) {
    return entries.get(key) instanceof MappingNode;
  }

  /** Reports a problem of this key, or of the whole section when the key is not there. */
  void wrong(String key, String what) {
    Node node = entries.get(key);
    problem(node == null ? line : YamlText.line(node), what);
  }

  String text(String key, String otherwise) {
    return value(key, otherwise, Function.identity());
  }

  String required(String key) {
    if (!has(key)) {
      problem(line, "'%s' has no '%s'".formatted(path, key));
    }
    return text(key, "");
  }

  /** Reads a scalar; {@code read} throws IllegalArgumentException "is 'x', expected y". */
  <T> T value(String key, T otherwise, Function<String, T> read) {
    Node node = entries.get(key);
    return node == null ? otherwise : scalar(node, name(key), read).orElse(otherwise);
  }

  <T> List<T> values(String key, List<T> otherwise, Function<String, T> read) {
    Node node = entries.get(key);
    if (node == null) {
      return otherwise;
    }
    List<T> values = new ArrayList<>();
    for (Node item : items(node, key)) {
      scalar(item, name(key), read).ifPresent(values::add);
    }
    return values;
  }

  Map<String, String> texts(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    section(key)
        .ifPresent(
            section ->
                section.entries.forEach(
                    (name, node) ->
                        section.key(name).ifPresent(k -> texts.put(k, section.text(name, "")))));
    return texts;
  }

  // The serial of a key differs from shop to shop, so it may be a reference as well.
  private Optional<String> key(String name) {
    try {
      return Optional.of(references.resolve(name));
    } catch (IllegalArgumentException e) {
      wrong(name, "'%s' %s".formatted(path, e.getMessage()));
      return Optional.empty();
    }
  }

  Optional<Section> section(String key) {
    Node node = entries.get(key);
    return node == null
        ? Optional.empty()
        : Optional.of(new Section(file, name(key), node, references, problems));
  }

  /** The sections below a key by name; a name is small letters, digits and hyphens. */
  Map<String, Section> named(String key) {
    Map<String, Section> named = new LinkedHashMap<>();
    section(key)
        .ifPresent(
            section ->
                section.entries.forEach(
                    (name, node) -> {
                      if (!name.matches("[a-z0-9][a-z0-9-]*")) {
                        section.wrong(
                            name,
                            "'%s' is no name; write small letters, digits and hyphens"
                                .formatted(section.name(name)));
                      }
                      section.section(name).ifPresent(below -> named.put(name, below));
                    }));
    return named;
  }

  /** Every key of this section in the order of the file, with the section to read it from. */
  void each(BiConsumer<String, Section> key) {
    List.copyOf(entries.keySet()).forEach(name -> key.accept(name, this));
  }

  List<Section> sections(String key) {
    Node node = entries.get(key);
    return node == null
        ? List.of()
        : items(node, key).stream()
            .map(item -> new Section(file, name(key), item, references, problems))
            .toList();
  }

  private List<Node> items(Node node, String key) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    problem(YamlText.line(node), "'%s' is not a list; write [a, b]".formatted(name(key)));
    return List.of();
  }

  private <T> Optional<T> scalar(Node node, String name, Function<String, T> read) {
    if (!(node instanceof ScalarNode scalar)) {
      problem(YamlText.line(node), "'%s' is not a single value".formatted(name));
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(read.apply(references.resolve(scalar.getValue())));
    } catch (IllegalArgumentException | ArithmeticException e) {
      problem(YamlText.line(node), "'%s' %s".formatted(name, e.getMessage()));
      return Optional.empty();
    }
  }

  String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private void problem(int where, String what) {
    problems.add(new FileProblem(file, where, what));
  }
}
