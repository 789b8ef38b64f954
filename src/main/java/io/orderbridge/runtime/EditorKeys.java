package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.release.FilePath;
import io.orderbridge.release.Key;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The keys of the files, for who types them. Routes have Camel's schema, mappings that of the
 * facts; the readers of all others are asked with a key that they do not know, so that what is
 * offered is what is taken. Thread-safe.
 */
final class EditorKeys {
  private static final String UNKNOWN = "what-may-stand-here";
  private static final Path NOWHERE = Path.of(".");

  private final ConnectionFile connections = new ConnectionFile(name -> null, Set.of());
  // Read on first use: the schema of Camel is large, and most installations never edit a route.
  private volatile SchemaKeys routes;
  private volatile SchemaKeys facts;

  List<Key> at(FilePath path, List<String> place) {
    return switch (path.kind()) {
      case ROUTE -> routes().at(place);
      case KAMELET, TABLE -> List.of();
      case MAPPING -> mapping();
      case CONNECTION ->
          named(
              connections
                  .read(path.toString(), path.system(), NOWHERE, unknownAt(place))
                  .problems());
      default -> {
        RuleKinds kinds = new RuleKinds();
        yield named(
            new RuleFiles(kinds.inForce(), kinds.folders(), name -> null)
                .check(path.below(), unknownAt(place)));
      }
    };
  }

  private List<Key> mapping() {
    List<Key> keys = new ArrayList<>();
    MappingWords.FUNCTIONS.forEach((name, info) -> keys.add(new Key(name, info)));
    keys.addAll(facts().everywhere());
    return keys;
  }

  private SchemaKeys routes() {
    if (routes == null) {
      routes = new SchemaKeys("schema/camelYamlDsl.json");
    }
    return routes;
  }

  private SchemaKeys facts() {
    if (facts == null) {
      facts = new SchemaKeys("order-facts.schema.json");
    }
    return facts;
  }

  private static List<Key> named(List<FileProblem> problems) {
    return problems.stream()
        .flatMap(problem -> Section.expected(problem, UNKNOWN).stream())
        .distinct()
        .map(name -> new Key(name, ""))
        .toList();
  }

  // YAML takes JSON: no indentation to count.
  private static byte[] unknownAt(List<String> place) {
    StringBuilder text = new StringBuilder();
    StringBuilder end = new StringBuilder();
    for (String step : place) {
      boolean list = step.equals("*");
      text.append(list ? "[" : "{\"" + step.replaceAll("[\"\\\\]", "") + "\": ");
      end.insert(0, list ? "]" : "}");
    }
    text.append("{\"").append(UNKNOWN).append("\": x}").append(end);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
