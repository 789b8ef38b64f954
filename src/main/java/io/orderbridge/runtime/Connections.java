package io.orderbridge.runtime;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.spi.PropertiesFunction;

/**
 * The connections in force, and Camel's function {@code {{connection:<name>/<key>}}} over their
 * settings. Thread-safe.
 */
final class Connections implements PropertiesFunction {
  /** Told of every change, before the routes that use the connection are built again. */
  interface Listener {
    void connectionChanged(Connection connection);

    void connectionRemoved(String name);
  }

  // Shorter values such as 'true' or '10' would tear holes into every message.
  private static final int MASKED_MIN = 4;

  private final Map<String, Connection> byName = new ConcurrentHashMap<>();
  private final Set<String> resting = ConcurrentHashMap.newKeySet();
  private final List<Listener> listeners;

  Connections(List<Listener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  void put(Connection connection) {
    resting.remove(connection.name());
    byName.put(connection.name(), connection);
    listeners.forEach(listener -> listener.connectionChanged(connection));
  }

  /** Takes a connection out of force because its file says so. */
  void rest(String name) {
    remove(name);
    resting.add(name);
  }

  /** Whether the file of the connection switches it off. */
  boolean isResting(String name) {
    return resting.contains(name);
  }

  void remove(String name) {
    resting.remove(name);
    if (byName.remove(name) != null) {
      listeners.forEach(listener -> listener.connectionRemoved(name));
    }
  }

  /** The same connections with one of them changed, and nobody who is told of it. */
  Connections with(Connection changed) {
    Connections trial = new Connections(List.of());
    trial.byName.putAll(byName);
    trial.put(changed);
    return trial;
  }

  /** Null when there is none. */
  Connection get(String name) {
    return byName.get(name);
  }

  /** The value of {@code connection/key}, or null. */
  String setting(String path) {
    int slash = path.indexOf('/');
    Connection connection = slash < 0 ? null : byName.get(path.substring(0, slash));
    return connection == null ? null : connection.settings().get(path.substring(slash + 1));
  }

  String whyNoSetting(String path) {
    int slash = path.indexOf('/');
    if (slash < 0) {
      return "write {{connection:<name>/<key>}}";
    }
    Connection connection = byName.get(path.substring(0, slash));
    return connection == null
        ? "no connection file routes/%s/connection.yaml is loaded"
            .formatted(path.substring(0, slash))
        : "the connection has no such setting; it has "
            + String.join(", ", new TreeMap<>(connection.settings()).keySet());
  }

  /** The text with every setting's value replaced by its name: it may be a secret. */
  String masked(String text) {
    String masked = text;
    for (Connection connection : byName.values()) {
      for (Map.Entry<String, String> setting : connection.settings().entrySet()) {
        if (setting.getValue().length() >= MASKED_MIN) {
          masked =
              masked.replace(
                  setting.getValue(),
                  "{{connection:%s/%s}}".formatted(connection.name(), setting.getKey()));
        }
      }
    }
    return masked;
  }

  @Override
  public String getName() {
    return "connection";
  }

  @Override
  public String apply(String path) {
    String value = setting(path);
    if (value == null) {
      throw new IllegalArgumentException(
          "{{connection:%s}}: %s".formatted(path, whyNoSetting(path)));
    }
    return value;
  }
}
