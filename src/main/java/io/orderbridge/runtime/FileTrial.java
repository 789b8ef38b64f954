package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.mapping.Mappings;
import io.orderbridge.release.FilePath;
import io.orderbridge.release.Folders;
import io.orderbridge.release.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tries a changed file with the rules of the reload beside what is in force, and takes nothing.
 * Only what a connection's changed settings do to a route when it is built is left to the reload.
 * Called on the thread that looks at the folders.
 */
final class FileTrial {
  /** What the reload has in force. */
  record Parts(
      Mappings mappings,
      RuleFiles rules,
      RouteFiles routes,
      CamelRoutes camel,
      ConnectionFiles files,
      Connections connections,
      ConnectionFile reader) {}

  private final RouteRules rules = new RouteRules();
  private final Parts in;
  private final Path routesRoot;

  FileTrial(Parts in, Path routesRoot) {
    this.in = in;
    this.routesRoot = routesRoot;
  }

  List<FileProblem> check(FilePath path, byte[] text) {
    return switch (path.kind()) {
      case MAPPING, TABLE ->
          in.mappings().with(path.below(), text).problems().stream()
              .filter(problem -> problem.file().equals(path.toString()))
              .toList();
      case CONNECTION -> connection(path, text);
      case ROUTE, KAMELET -> route(path, text);
      default -> in.rules().check(path.below(), text);
    };
  }

  /** The steps of a route; empty when Camel cannot read it. */
  List<Step> outline(FilePath path, String text) {
    try {
      return in.camel().outline(path.toString(), text);
    } catch (Exception e) {
      // The check of the same text says by line what is wrong with it.
      return List.of();
    }
  }

  /** Whether the connection of a file's folder is switched off. */
  boolean rests(FilePath path) {
    return path.folder().equals("routes") && in.connections().isResting(path.system());
  }

  /** How the routes in force use mappings on messages as they came. */
  List<Folders.Use> uses() {
    return in.routes().running().stream().flatMap(r -> MessageUses.of(r).stream()).toList();
  }

  private List<FileProblem> route(FilePath path, byte[] bytes) {
    String file = path.toString();
    List<FileProblem> found = new ArrayList<>();
    boolean kamelet = file.endsWith(RouteRules.KAMELET_END);
    Optional<RouteText> text =
        kamelet
            ? rules.kamelet(file, bytes, found)
            : rules.route(file, path.system(), bytes, found);
    if (text.isEmpty() || rests(path)) {
      return found;
    }
    if (kamelet) {
      return in.routes().tryOutKamelet(text.get());
    }
    found.addAll(in.routes().doubled(text.get()));
    return found.isEmpty() ? in.routes().tryOut(List.of(text.get())) : found;
  }

  private List<FileProblem> connection(FilePath path, byte[] bytes) {
    String file = path.toString();
    String name = path.system();
    ConnectionFile.Result result =
        in.reader().read(file, name, routesRoot.resolve(path.below()).getParent(), bytes);
    List<FileProblem> found = new ArrayList<>(result.problems());
    String other = in.files().fileOf(name);
    if (other != null && !other.equals(file)) {
      found.add(
          new FileProblem(
              file, 0, "the connection '%s' stands in %s already".formatted(name, other)));
    }
    if (found.isEmpty() && !result.resting()) {
      Connections changed = in.connections().with(result.connection().orElseThrow());
      EndpointRules rulesThen = new EndpointRules(changed, in.mappings()::has);
      for (RouteText user : in.routes().users(name)) {
        rulesThen.check(user).stream()
            .map(p -> new FileProblem(file, 0, "would break a running route: " + p))
            .forEach(found::add);
      }
    }
    return found;
  }
}
