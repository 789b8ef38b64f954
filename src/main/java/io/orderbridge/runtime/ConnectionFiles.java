package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * The connection files in force. An edit that a running route could not live with is refused as a
 * whole, and a deleted connection stays until no route uses it. Called by one thread.
 */
final class ConnectionFiles {
  private static final Logger LOG = Logger.getLogger(ConnectionFiles.class);

  private final ConnectionFile reader;
  private final Connections connections;
  private final RouteFiles routes;
  private final Problems problems;

  private final Map<String, String> fileByName = new TreeMap<>();
  private final Map<String, Waiting> refused = new TreeMap<>();
  private final Map<String, String> deleted = new TreeMap<>();

  private record Waiting(String name, Path folder, byte[] bytes) {}

  ConnectionFiles(
      ConnectionFile reader, Connections connections, RouteFiles routes, Problems problems) {
    this.reader = reader;
    this.connections = connections;
    this.routes = routes;
    this.problems = problems;
  }

  void change(String file, String name, Path folder, byte[] bytes) {
    deleted.remove(file);
    ConnectionFile.Result result = reader.read(file, name, folder, bytes);
    List<FileProblem> found = new ArrayList<>(result.problems());
    String other = fileByName.getOrDefault(name, file);
    if (!other.equals(file)) {
      found.add(
          new FileProblem(
              file, 0, "the connection '%s' stands in %s already".formatted(name, other)));
    }
    if (found.isEmpty() && result.resting()) {
      rest(file, name);
      return;
    }
    if (found.isEmpty()) {
      found.addAll(take(file, result.connection().orElseThrow()));
    }
    if (found.isEmpty()) {
      refused.remove(file);
      fileByName.put(name, file);
      LOG.infof("reload.applied file=%s", file);
    } else {
      refused.put(file, new Waiting(name, folder, bytes));
    }
    problems.replace(file, found);
  }

  // Switched off: its own routes end with it; others that use it say what they miss.
  private void rest(String file, String name) {
    refused.remove(file);
    connections.rest(name);
    routes.rest(name);
    fileByName.put(name, file);
    problems.replace(file, List.of());
    LOG.infof("reload.resting file=%s; it says enabled: false", file);
  }

  void delete(String file, String name) {
    refused.remove(file);
    if (!file.equals(fileByName.get(name))) {
      problems.replace(file, List.of());
      return;
    }
    List<RouteText> users = routes.users(name);
    if (users.isEmpty()) {
      deleted.remove(file);
      fileByName.remove(name);
      connections.remove(name);
      problems.replace(file, List.of());
      LOG.infof("reload.removed file=%s", file);
    } else {
      deleted.put(file, name);
      problems.replace(
          file,
          List.of(
              new FileProblem(
                  file,
                  0,
                  "was deleted but is used by %s; it stays in force until that is deleted too"
                      .formatted(users.get(0).file()))));
    }
  }

  /** The file that the connection of this name came from; null when there is none. */
  String fileOf(String name) {
    return fileByName.get(name);
  }

  /** Something else changed: what was refused may be good now. */
  void lookAgain() {
    new TreeMap<>(deleted).forEach(this::delete);
    new TreeMap<>(refused).forEach((file, w) -> change(file, w.name(), w.folder(), w.bytes()));
  }

  private List<FileProblem> take(String file, Connection now) {
    Connection last = connections.get(now.name());
    List<RouteText> users = routes.users(now.name());
    connections.put(now);
    boolean settings = last != null && !last.settings().equals(now.settings());
    boolean database = last != null && !Objects.equals(last.database(), now.database());
    List<FileProblem> found = new ArrayList<>(routes.tryOut(users));
    if (found.isEmpty() && (settings || database)) {
      found.addAll(routes.restart(users));
      if (!found.isEmpty()) {
        restore(now.name(), last);
        routes.restart(users).forEach(p -> LOG.errorf("reload.putback failed %s", p));
      }
    } else if (!found.isEmpty()) {
      restore(now.name(), last);
    }
    return found.stream()
        .map(p -> new FileProblem(file, 0, "would break a running route: " + p))
        .toList();
  }

  private void restore(String name, Connection last) {
    if (last == null) {
      connections.remove(name);
    } else {
      connections.put(last);
    }
  }
}
