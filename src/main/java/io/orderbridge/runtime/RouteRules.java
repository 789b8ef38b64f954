package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What a route or Kamelet file must be, as far as its text alone tells. Thread-safe. */
final class RouteRules {
  static final String ROUTE_END = ".camel.yaml";
  static final String KAMELET_END = ".kamelet.yaml";

  // A route is a pipe: code belongs into Java, where it is tested.
  private static final Set<String> SCRIPTS =
      Set.of(
          "groovy",
          "js",
          "javascript",
          "python",
          "joor",
          "java",
          "mvel",
          "ognl",
          "spel",
          "script",
          "csimple",
          "wasm");
  private static final Set<String> SHORT_EXPRESSIONS =
      Set.of("simple", "constant", "jsonpath", "exchangeProperty", "variable", "tokenize");
  private static final Set<String> SHORT_ENDPOINTS = Set.of("to", "toD", "from", "wireTap");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
  // Bodies and headers hold names and addresses, and a log is read by many.
  private static final Pattern LOGGED =
      Pattern.compile("\\$\\{\\s*(body|bodyAs|headers?|in\\.|exchange[.}]|messageAs|prettyBody)");

  private final YamlSchema schema = new YamlSchema();

  /** A route that keeps the rules, or empty with problems added. */
  Optional<RouteText> route(String file, String system, byte[] bytes, List<FileProblem> problems) {
    Optional<String> text = YamlText.decode(file, bytes, problems);
    Optional<Node> root = text.flatMap(t -> YamlText.compose(file, t, problems));
    if (root.isEmpty()) {
      return Optional.empty();
    }
    String id = baseName(file, ROUTE_END);
    List<FileProblem> found = new ArrayList<>(shape(file, id, root.get()));
    if (found.isEmpty()) {
      walk(file, root.get(), "", found);
      found.addAll(schema.check(file, root.get()));
    }
    problems.addAll(withoutRepeats(found));
    return found.isEmpty()
        ? Optional.of(RouteText.of(file, id, system, text.get(), root.get()))
        : Optional.empty();
  }

  /** A Kamelet that keeps the rules, or empty with problems added. */
  Optional<RouteText> kamelet(String file, byte[] bytes, List<FileProblem> problems) {
    Optional<String> text = YamlText.decode(file, bytes, problems);
    Optional<Node> root = text.flatMap(t -> YamlText.compose(file, t, problems));
    if (root.isEmpty()) {
      return Optional.empty();
    }
    String name = baseName(file, KAMELET_END);
    List<FileProblem> found = new ArrayList<>(kameletShape(file, name, root.get()));
    if (found.isEmpty()) {
      Node template = RouteText.child(RouteText.child(root.get(), "spec"), "template");
      walk(file, template, "", found);
    }
    problems.addAll(found);
    return found.isEmpty()
        ? Optional.of(RouteText.of(file, name, "kamelets", text.get(), root.get()))
        : Optional.empty();
  }

  static String baseName(String file, String end) {
    return file.substring(file.lastIndexOf('/') + 1, file.length() - end.length());
  }

  private static List<FileProblem> shape(String file, String id, Node root) {
    if (!(root instanceof SequenceNode list) || list.getValue().size() != 1) {
      return List.of(problem(file, root, "has to be a list with exactly one '- route:'"));
    }
    Node item = list.getValue().get(0);
    Node route = RouteText.child(item, "route");
    if (route == null) {
      return List.of(problem(file, item, "has no '- route:'; nothing else stands in a route file"));
    }
    List<FileProblem> problems = new ArrayList<>();
    if (!NAME.matcher(id).matches()) {
      problems.add(problem(file, root, "file name: write small letters, digits and hyphens"));
    }
    if (!(RouteText.child(route, "id") instanceof ScalarNode given)
        || !given.getValue().equals(id)) {
      Node place = RouteText.child(route, "id");
      problems.add(
          problem(
              file,
              place == null ? route : place,
              "'id' has to be the name of the file: '%s'".formatted(id)));
    }
    if (!(RouteText.child(route, "description") instanceof ScalarNode description)
        || description.getValue().isBlank()) {
      problems.add(problem(file, route, "has no 'description'; say in a sentence what it is for"));
    }
    if (RouteText.child(route, "from") == null) {
      problems.add(problem(file, route, "has no 'from'"));
    }
    return problems;
  }

  private static List<FileProblem> kameletShape(String file, String name, Node root) {
    List<FileProblem> problems = new ArrayList<>();
    if (!(RouteText.child(root, "kind") instanceof ScalarNode kind)
        || !kind.getValue().equals("Kamelet")) {
      problems.add(problem(file, root, "has no 'kind: Kamelet'"));
    }
    Node given = RouteText.child(RouteText.child(root, "metadata"), "name");
    if (!(given instanceof ScalarNode scalar) || !scalar.getValue().equals(name)) {
      problems.add(
          problem(
              file,
              given == null ? root : given,
              "'metadata.name' has to be the name of the file: '%s'".formatted(name)));
    }
    if (RouteText.child(RouteText.child(root, "spec"), "template") == null) {
      problems.add(problem(file, root, "has no 'spec.template'"));
    }
    return problems;
  }

  private void walk(String file, Node node, String key, List<FileProblem> problems) {
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> walk(file, item, key, problems));
    } else if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode name) {
          entry(file, key, name, entry.getValueNode(), problems);
          if (!name.getValue().equals("parameters")) {
            walk(file, entry.getValueNode(), name.getValue(), problems);
          }
        }
      }
    }
  }

  private static void entry(
      String file, String parent, ScalarNode name, Node value, List<FileProblem> problems) {
    String key = name.getValue();
    if (SCRIPTS.contains(key)) {
      problems.add(
          problem(file, name, "'%s' is code; a route calls a mapping: or a bean".formatted(key)));
    }
    if (SHORT_EXPRESSIONS.contains(key)
        && !parent.toLowerCase(Locale.ROOT).endsWith("expression")) {
      problems.add(
          problem(
              file,
              name,
              "'%s' stands without 'expression:'; write expression: {%s: {expression: ...}}"
                  .formatted(key, key)));
    }
    if (SHORT_ENDPOINTS.contains(key) && value instanceof ScalarNode) {
      problems.add(
          problem(file, value, "'%s' is shorthand; write %s: {uri: ...}".formatted(key, key)));
    }
    if (key.equals("uri") && value instanceof ScalarNode uri && uri.getValue().contains("?")) {
      problems.add(
          problem(file, value, "'uri' has a '?'; write its options as keys of 'parameters'"));
    }
    if (key.equals("message")
        && value instanceof ScalarNode text
        && LOGGED.matcher(text.getValue()).find()) {
      problems.add(
          problem(
              file,
              value,
              "logs bodies or headers, which hold personal data; log ${routeId}, ${exchangeId} or"
                  + " ${exchangeProperty.OrderbridgeEvent}"));
    }
  }

  private static List<FileProblem> withoutRepeats(List<FileProblem> found) {
    // The schema repeats at the same line, in worse words, what a rule of ours has said.
    Set<Integer> lines = new HashSet<>();
    List<FileProblem> kept = new ArrayList<>();
    for (FileProblem problem : found) {
      if (lines.add(problem.line())) {
        kept.add(problem);
      }
    }
    return kept;
  }

  private static FileProblem problem(String file, Node node, String what) {
    return new FileProblem(file, YamlText.line(node), what);
  }
}
