package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.mapping.Mappings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * One round of looking at the folders: mappings first, then connections, Kamelets and routes, so
 * that a new system whose files arrive together is taken in one round. Called by one thread; tests
 * call it instead of waiting.
 */
final class ReloadRound {
  private static final Logger LOG = Logger.getLogger(ReloadRound.class);
  private static final String MAPPINGS = "mappings/";
  private static final String ROUTES = "routes/";

  private final WatchedFolder mappingsFolder;
  private final WatchedFolder routesFolder;
  private final Path routesRoot;
  private final Mappings mappings;
  private final ConnectionFiles connections;
  private final RouteFiles routes;
  private final RuleFiles rules;
  private final Problems problems;
  private Set<String> mappingProblems = new TreeSet<>();

  /** The two folders and how they are looked at. */
  record Folders(WatchedFolder mappings, WatchedFolder routes, Path routesRoot) {}

  ReloadRound(
      Folders folders,
      Mappings mappings,
      RuleFiles rules,
      ConnectionFiles connections,
      RouteFiles routes,
      Problems problems) {
    this.mappingsFolder = folders.mappings();
    this.routesFolder = folders.routes();
    this.routesRoot = folders.routesRoot();
    this.mappings = mappings;
    this.rules = rules;
    this.connections = connections;
    this.routes = routes;
    this.problems = problems;
  }

  /** Takes what has changed since the last round; whether anything had. */
  boolean run() {
    WatchedFolder.Changes mappingChanges = mappingsFolder.look();
    WatchedFolder.Changes routeChanges = routesFolder.look();
    if (mappingChanges.isEmpty() && routeChanges.isEmpty()) {
      return false;
    }
    mappings(mappingChanges);
    rules(mappingChanges);
    routeChanges.deleted().stream()
        .filter(path -> kind(path) != Kind.CONNECTION)
        .forEach(path -> routes.delete(file(path)));
    routeChanges.deleted().stream()
        .filter(path -> kind(path) == Kind.CONNECTION)
        .forEach(path -> connections.delete(file(path), folderName(path)));
    for (Kind kind : List.of(Kind.CONNECTION, Kind.KAMELET, Kind.ROUTE, Kind.UNKNOWN)) {
      routeChanges
          .changed()
          .forEach(
              (path, bytes) -> {
                if (kind(path) == kind) {
                  change(kind, path, bytes);
                }
              });
    }
    routeChanges.refused().forEach(p -> problems.replace(p.file(), List.of(p)));
    connections.lookAgain();
    routes.lookAgain();
    return true;
  }

  /** The schedules that have a file, even one that is refused. */
  Set<String> schedules() {
    return routes.schedules();
  }

  /** The text of a file that was looked at last; null when there was none. */
  byte[] taken(String file) {
    return file.startsWith(MAPPINGS)
        ? mappingsFolder.content(file.substring(MAPPINGS.length()))
        : routesFolder.content(file.substring(ROUTES.length()));
  }

  private void mappings(WatchedFolder.Changes changes) {
    List<FileProblem> refused = mappings.load(changes.changed(), changes.deleted());
    tell(changes, refused.stream().map(FileProblem::file).collect(Collectors.toSet()));
    Map<String, List<FileProblem>> byFile = new TreeMap<>();
    mappings.problems().forEach(p -> byFile.put(p.file(), List.of(p)));
    changes.refused().forEach(p -> byFile.put(p.file(), List.of(p)));
    mappingProblems.forEach(
        file -> {
          String path = file.substring(MAPPINGS.length());
          boolean touched = changes.changed().containsKey(path) || changes.deleted().contains(path);
          if (!byFile.containsKey(file) && touched) {
            problems.replace(file, List.of());
          }
        });
    byFile.forEach(problems::replace);
    mappingProblems.addAll(byFile.keySet());
    mappingProblems.retainAll(problems.files());
  }

  private void rules(WatchedFolder.Changes changes) {
    rules
        .load(changes.changed(), changes.deleted())
        .forEach(
            (file, found) -> {
              problems.replace(file, found);
              if (found.isEmpty()) {
                LOG.infof("reload.applied file=%s", file);
              }
            });
  }

  private static void tell(WatchedFolder.Changes changes, Set<String> refused) {
    for (String path : changes.changed().keySet()) {
      if (inForce(path) && !refused.contains(MAPPINGS + path)) {
        LOG.infof("reload.applied file=%s", MAPPINGS + path);
      }
    }
    for (String path : changes.deleted()) {
      if (inForce(path)) {
        LOG.infof("reload.removed file=%s", MAPPINGS + path);
      }
    }
  }

  // Proofs lie beside the mappings and have no effect on what runs.
  private static boolean inForce(String path) {
    return path.endsWith(".jsonata") || path.endsWith(".csv");
  }

  private void change(Kind kind, String path, byte[] bytes) {
    switch (kind) {
      case CONNECTION ->
          connections.change(
              file(path), folderName(path), routesRoot.resolve(path).getParent(), bytes);
      case KAMELET, ROUTE -> routes.change(file(path), system(path), bytes);
      default ->
          problems.replace(
              file(path),
              path.matches(".*\\.ya?ml")
                  ? List.of(
                      new FileProblem(
                          file(path),
                          0,
                          "is not read: files are <system>/connection.yaml,"
                              + " <system>/<route>.camel.yaml and kamelets/<name>.kamelet.yaml"))
                  : List.of());
    }
  }

  private enum Kind {
    CONNECTION,
    KAMELET,
    ROUTE,
    UNKNOWN
  }

  private static Kind kind(String path) {
    String below = path.startsWith("sandbox/") ? path.substring("sandbox/".length()) : path;
    long depth = below.chars().filter(c -> c == '/').count();
    boolean sandbox = !below.equals(path);
    if (path.matches("kamelets/[^/]+\\.kamelet\\.yaml")) {
      return Kind.KAMELET;
    }
    if (depth > 1 || (depth == 0 && !sandbox) || path.startsWith("kamelets/")) {
      return Kind.UNKNOWN;
    }
    if (path.endsWith("/connection.yaml")) {
      return Kind.CONNECTION;
    }
    return path.endsWith(RouteRules.ROUTE_END) ? Kind.ROUTE : Kind.UNKNOWN;
  }

  private static String file(String path) {
    return ROUTES + path;
  }

  private static String system(String path) {
    return path.substring(0, path.indexOf('/'));
  }

  private static String folderName(String path) {
    String folder = path.substring(0, path.lastIndexOf('/'));
    return folder.substring(folder.lastIndexOf('/') + 1);
  }
}
