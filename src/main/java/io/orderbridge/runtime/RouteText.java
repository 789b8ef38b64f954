package io.orderbridge.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A route or Kamelet file that has been read, and what it refers to.
 *
 * @param file as the integrator knows it
 * @param id of the route, or name of the Kamelet
 * @param system folder
 * @param text the whole file
 * @param endpoints in the order of the file
 * @param settings {@code connection/key} of every {@code {{connection:..}}}, with the line
 */
record RouteText(
    String file,
    String id,
    String system,
    String text,
    List<EndpointUse> endpoints,
    Map<String, Integer> settings) {
  private static final Pattern SETTING = Pattern.compile("\\{\\{\\??connection:([^}]*)}}");
  private static final Set<String> SOURCES = Set.of("from", "pollEnrich", "poll");

  private static final Set<String> CONNECTED =
      Set.of("inbox", "outbox", "jdbc", "call", "token", "windows", "rows");

  static RouteText of(String file, String id, String system, String text, Node root) {
    List<EndpointUse> endpoints = new ArrayList<>();
    collect(root, "", endpoints);
    return new RouteText(file, id, system, text, List.copyOf(endpoints), settings(text));
  }

  /** Names of the Kamelets it uses. */
  Set<String> kamelets() {
    Set<String> names = new TreeSet<>();
    for (EndpointUse endpoint : endpoints) {
      if (endpoint.scheme().equals("kamelet")) {
        names.add(endpoint.rest().split("[/?]", 2)[0]);
      }
    }
    return names;
  }

  /** Whether it refers to the connection in any way. */
  boolean uses(String connection) {
    return settings.keySet().stream().anyMatch(s -> s.startsWith(connection + "/"))
        || endpoints.stream()
            .anyMatch(
                e ->
                    CONNECTED.contains(e.scheme())
                        && (e.rest().equals(connection) || e.rest().startsWith(connection + "/")));
  }

  /** The line on which the text first stands; 0 when it does not. */
  int lineOf(String part) {
    int found = part.isEmpty() ? -1 : text.indexOf(part);
    return found < 0 ? 0 : (int) text.substring(0, found).lines().count() + lineStart(found);
  }

  // lines() does not count a line that has not begun.
  private int lineStart(int position) {
    return position == 0 || text.charAt(position - 1) == '\n' ? 1 : 0;
  }

  private static Map<String, Integer> settings(String text) {
    Map<String, Integer> settings = new LinkedHashMap<>();
    int line = 0;
    for (String row : text.lines().toList()) {
      line++;
      Matcher setting = SETTING.matcher(row.strip().startsWith("#") ? "" : row);
      while (setting.find()) {
        settings.putIfAbsent(setting.group(1), line);
      }
    }
    return settings;
  }

  private static void collect(Node node, String key, List<EndpointUse> endpoints) {
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> collect(item, key, endpoints));
    } else if (node instanceof MappingNode mapping) {
      endpoint(mapping, key, endpoints);
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode name) {
          collect(entry.getValueNode(), name.getValue(), endpoints);
        }
      }
    }
  }

  private static void endpoint(MappingNode mapping, String key, List<EndpointUse> endpoints) {
    if (child(mapping, "uri") instanceof ScalarNode uri) {
      Map<String, String> parameters = new LinkedHashMap<>();
      if (child(mapping, "parameters") instanceof MappingNode given) {
        for (NodeTuple entry : given.getValue()) {
          if (entry.getKeyNode() instanceof ScalarNode name
              && entry.getValueNode() instanceof ScalarNode value) {
            parameters.put(name.getValue(), value.getValue());
          }
        }
      }
      endpoints.add(
          new EndpointUse(SOURCES.contains(key), uri.getValue(), parameters, YamlText.line(uri)));
    }
  }

  static Node child(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
          return entry.getValueNode();
        }
      }
    }
    return null;
  }
}
