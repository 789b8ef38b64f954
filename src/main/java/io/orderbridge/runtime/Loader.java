package io.orderbridge.runtime;

import io.orderbridge.mapping.Mappings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;

/** Puts the parts of the loader together, the same for the application, the check and tests. */
final class Loader {
  // The largest route in Camel's own catalogue of Kamelets has 20 KB.
  private static final long ROUTE_MAX_BYTES = 1_048_576;
  // What Mappings itself allows: a code table of 100,000 lines.
  private static final long MAPPING_MAX_BYTES = 4_194_304;
  private static final String SANDBOX = "sandbox/";
  // The order book's events beside those of the milestones (order.Happenings).
  private static final Set<String> OTHER_EVENTS =
      Set.of("order.updated", "order.refund-updated", "order.foreign-write");

  private final CamelRoutes camel;
  private final Mappings mappings;
  private final Problems problems;
  private final Connections connections;
  private final UnaryOperator<String> environment;
  private final RuleKinds rules;

  private Loader(
      CamelRoutes camel,
      Mappings mappings,
      Problems problems,
      Connections connections,
      RuleKinds rules,
      UnaryOperator<String> environment) {
    this.camel = camel;
    this.mappings = mappings;
    this.problems = problems;
    this.connections = connections;
    this.rules = rules;
    this.environment = environment;
  }

  /** A loader that starts routes. */
  static Loader starting(
      CamelContext context,
      Mappings mappings,
      Problems problems,
      List<Connections.Listener> listeners,
      RuleKinds rules,
      UnaryOperator<String> environment) {
    return new Loader(
        CamelRoutes.of(context),
        mappings,
        problems,
        connections(context, listeners),
        rules,
        environment);
  }

  /** A loader that only builds routes. */
  static Loader checking(
      CamelContext context,
      Mappings mappings,
      Problems problems,
      UnaryOperator<String> environment) {
    return new Loader(
        CamelRoutes.dry(context),
        mappings,
        problems,
        connections(context, List.of(new ConnectionDatabases(context))),
        new RuleKinds(),
        environment);
  }

  /** What looks at the folders, and what tries a file without putting it in force. */
  record Loaded(ReloadRound round, FileTrial trial) {}

  ReloadRound round(Path routes, Path mappingFiles, boolean sandbox) {
    return load(routes, mappingFiles, sandbox).round();
  }

  Loaded load(Path routes, Path mappingFiles, boolean sandbox) {
    RouteFiles routeFiles =
        new RouteFiles(new EndpointRules(connections, mappings::has), camel, connections, problems);
    ConnectionFile reader = new ConnectionFile(environment, events());
    RuleFiles ruleFiles = new RuleFiles(rules.inForce(), rules.folders(), environment);
    ConnectionFiles files = new ConnectionFiles(reader, connections, routeFiles, problems);
    FileTrial trial =
        new FileTrial(
            new FileTrial.Parts(mappings, ruleFiles, routeFiles, camel, files, connections, reader),
            routes);
    ReloadRound round =
        new ReloadRound(
            new ReloadRound.Folders(
                folder(mappingFiles, "mappings", MAPPING_MAX_BYTES, sandbox),
                folder(routes, "routes", ROUTE_MAX_BYTES, sandbox),
                routes),
            mappings,
            ruleFiles,
            files,
            routeFiles,
            problems);
    return new Loaded(round, trial);
  }

  static WatchedFolder folder(Path root, String label, long max, boolean sandbox) {
    return new WatchedFolder(root, label, max, path -> sandbox || !path.startsWith(SANDBOX));
  }

  private static Connections connections(
      CamelContext context, List<Connections.Listener> listeners) {
    Connections connections = new Connections(listeners);
    context.getPropertiesComponent().addPropertiesFunction(connections);
    return connections;
  }

  /** The types that {@code owed: events:} may name. */
  static Set<String> events() {
    Set<String> events = new TreeSet<>(ConnectionFile.milestoneEvents());
    events.addAll(OTHER_EVENTS);
    return events;
  }
}
