package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.ResolveEndpointFailedException;
import org.jboss.logging.Logger;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * The route and Kamelet files in force. An edit is built beside the running route and takes its
 * place only when that worked; otherwise the running one goes on and the problem is kept. Called by
 * one thread.
 */
final class RouteFiles {
  private static final Logger LOG = Logger.getLogger(RouteFiles.class);

  private final RouteRules rules = new RouteRules();
  private final EndpointRules endpointRules;
  private final CamelRoutes camel;
  private final Connections connections;
  private final Problems problems;

  private final Map<String, RouteText> running = new TreeMap<>();
  private final Map<String, RouteText> kamelets = new TreeMap<>();
  private final Map<String, Waiting> refused = new TreeMap<>();

  private record Waiting(String system, byte[] bytes) {}

  RouteFiles(
      EndpointRules endpointRules, CamelRoutes camel, Connections connections, Problems problems) {
    this.endpointRules = endpointRules;
    this.camel = camel;
    this.connections = connections;
    this.problems = problems;
  }

  /** Takes a new or edited file, or refuses it and keeps it to try again. */
  void change(String file, String system, byte[] bytes) {
    if (connections.isResting(system)) {
      refused.put(file, new Waiting(system, bytes));
      problems.replace(file, List.of());
      return;
    }
    List<FileProblem> found = new ArrayList<>();
    boolean kamelet = file.endsWith(RouteRules.KAMELET_END);
    Optional<RouteText> text =
        kamelet ? rules.kamelet(file, bytes, found) : rules.route(file, system, bytes, found);
    text.ifPresent(t -> found.addAll(kamelet ? takeKamelet(t) : takeRoute(t)));
    if (found.isEmpty()) {
      refused.remove(file);
      LOG.infof("reload.applied file=%s", file);
    } else {
      refused.put(file, new Waiting(system, bytes));
    }
    problems.replace(file, found);
  }

  void delete(String file) {
    refused.remove(file);
    problems.replace(file, List.of());
    RouteText gone = running.remove(file);
    RouteText goneKamelet = kamelets.remove(file);
    try {
      if (gone != null) {
        camel.remove(gone.id());
        LOG.infof("reload.removed file=%s", file);
      }
      if (goneKamelet != null) {
        removeKamelet(goneKamelet);
        LOG.infof("reload.removed file=%s", file);
      }
    } catch (Exception e) {
      LOG.errorf(e, "reload.remove failed file=%s; it is gone after a restart", file);
    }
  }

  /** Stops the routes of a folder whose connection is switched off; they wait until it is on. */
  void rest(String system) {
    for (RouteText route : List.copyOf(running.values())) {
      if (route.system().equals(system)) {
        byte[] bytes = route.text().getBytes(StandardCharsets.UTF_8);
        delete(route.file());
        refused.put(route.file(), new Waiting(system, bytes));
      }
    }
  }

  /** Something else changed: what was refused may be good now, what runs may lack something. */
  void lookAgain() {
    new TreeMap<>(refused).forEach((file, w) -> change(file, w.system(), w.bytes()));
    running.forEach(
        (file, route) -> {
          if (!refused.containsKey(file)) {
            problems.replace(file, endpointRules.references(route));
          }
        });
  }

  /** The routes that run. */
  List<RouteText> running() {
    return List.copyOf(running.values());
  }

  /** The schedules that have a file, even one that is refused; not those that rest. */
  Set<String> schedules() {
    Set<String> names = new TreeSet<>();
    running.values().stream()
        .filter(ScheduleRules::isSchedule)
        .forEach(route -> names.add(ScheduleRules.name(route)));
    refused.forEach(
        (file, waiting) -> {
          if (file.endsWith(RouteRules.ROUTE_END) && !connections.isResting(waiting.system())) {
            String id = RouteRules.baseName(file, RouteRules.ROUTE_END);
            names.add(waiting.system() + "/" + id);
          }
        });
    return names;
  }

  /** The running routes and Kamelets that refer to the connection. */
  List<RouteText> users(String connection) {
    List<RouteText> users = new ArrayList<>();
    running.values().stream().filter(route -> uses(route, connection)).forEach(users::add);
    return users;
  }

  /** Whether these running routes would work with the connections as they are now. */
  List<FileProblem> tryOut(List<RouteText> routes) {
    List<FileProblem> found = new ArrayList<>();
    for (RouteText route : routes) {
      found.addAll(endpointRules.check(route));
      if (found.isEmpty()) {
        found.addAll(attempt(route, () -> camel.tryRoute(route)));
      }
    }
    return found;
  }

  /** Starts running routes anew, because a setting that they read has changed. */
  List<FileProblem> restart(List<RouteText> routes) {
    List<FileProblem> found = new ArrayList<>();
    for (RouteText route : routes) {
      found.addAll(attempt(route, () -> camel.start(route)));
    }
    return found;
  }

  private boolean uses(RouteText route, String connection) {
    return route.uses(connection)
        || kamelets.values().stream()
            .anyMatch(k -> route.kamelets().contains(k.id()) && k.uses(connection));
  }

  private List<FileProblem> takeRoute(RouteText route) {
    List<FileProblem> found = new ArrayList<>(doubled(route));
    if (found.isEmpty()) {
      found.addAll(endpointRules.check(route));
    }
    if (!found.isEmpty()) {
      return found;
    }
    RouteText last = running.get(route.file());
    if (last != null) {
      found.addAll(attempt(route, () -> camel.tryRoute(route)));
    }
    if (found.isEmpty()) {
      found.addAll(attempt(route, () -> camel.start(route)));
      if (found.isEmpty()) {
        running.put(route.file(), route);
      } else {
        putBack(route, last);
      }
    }
    return found;
  }

  /** Whether another file has a route of this name. */
  List<FileProblem> doubled(RouteText route) {
    return running.values().stream()
        .filter(other -> other.id().equals(route.id()) && !other.file().equals(route.file()))
        .map(other -> "the route '%s' stands in %s already".formatted(route.id(), other.file()))
        .map(what -> new FileProblem(route.file(), 0, what))
        .toList();
  }

  private void putBack(RouteText failed, RouteText last) {
    try {
      camel.remove(failed.id());
      if (last != null) {
        camel.start(last);
      }
    } catch (Exception e) {
      LOG.errorf(e, "reload.putback failed file=%s; this route stands still", failed.file());
    }
  }

  private List<FileProblem> takeKamelet(RouteText kamelet) {
    List<FileProblem> found = new ArrayList<>(tryOutKamelet(kamelet));
    List<RouteText> users = usersOfKamelet(kamelet.id());
    if (!found.isEmpty()) {
      return found;
    }
    RouteText last = kamelets.get(kamelet.file());
    found.addAll(attempt(kamelet, () -> swapKamelet(kamelet, users)));
    if (found.isEmpty()) {
      kamelets.put(kamelet.file(), kamelet);
    } else if (last != null) {
      found.addAll(attempt(last, () -> swapKamelet(last, users)));
    }
    return found;
  }

  /** Whether a Kamelet and the routes on it would work; nothing of it stays. */
  List<FileProblem> tryOutKamelet(RouteText kamelet) {
    List<FileProblem> found = new ArrayList<>(endpointRules.check(kamelet));
    if (found.isEmpty()) {
      List<RouteText> users = usersOfKamelet(kamelet.id());
      found.addAll(attempt(kamelet, () -> camel.tryKamelet(kamelet, users)));
    }
    return found;
  }

  private void swapKamelet(RouteText kamelet, List<RouteText> users) throws Exception {
    for (RouteText user : users) {
      camel.remove(user.id());
    }
    camel.removeKamelet(kamelet.id());
    camel.addKamelet(kamelet);
    for (RouteText user : users) {
      camel.start(user);
    }
  }

  // Its users would fail at their next message: they stop, and say so until it is there again.
  private void removeKamelet(RouteText kamelet) throws Exception {
    for (RouteText user : usersOfKamelet(kamelet.id())) {
      camel.remove(user.id());
      running.remove(user.file());
      refused.put(
          user.file(), new Waiting(user.system(), user.text().getBytes(StandardCharsets.UTF_8)));
    }
    camel.removeKamelet(kamelet.id());
  }

  private List<RouteText> usersOfKamelet(String name) {
    return running.values().stream().filter(r -> r.kamelets().contains(name)).toList();
  }

  /** A step that may fail in any way Camel knows. */
  private interface Step {
    void run() throws Exception;
  }

  private List<FileProblem> attempt(RouteText route, Step step) {
    try {
      step.run();
      return List.of();
    } catch (Exception e) {
      return List.of(problem(route, e));
    }
  }

  private FileProblem problem(RouteText route, Exception failure) {
    int line = 0;
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      root = cause;
      if (cause instanceof MarkedYamlEngineException yaml) {
        line = yaml.getProblemMark().map(Mark::getLine).orElse(line - 1) + 1;
      } else if (cause instanceof NoSuchBeanException bean && bean.getName() != null) {
        line = Math.max(line, route.lineOf(bean.getName()));
      } else if (cause instanceof ResolveEndpointFailedException endpoint) {
        line = Math.max(line, lineOf(route, endpoint.getUri()));
      }
    }
    String what = root.getMessage() == null ? root.toString() : root.getMessage();
    return new FileProblem(route.file(), line, connections.masked(YamlText.firstLine(what)));
  }

  private static int lineOf(RouteText route, String uri) {
    String plain = uri.replaceAll("\\?.*", "").replace("://", ":");
    return route.endpoints().stream()
        .filter(endpoint -> endpoint.uri().replace("://", ":").equals(plain))
        .mapToInt(EndpointUse::line)
        .findFirst()
        .orElse(0);
  }
}
