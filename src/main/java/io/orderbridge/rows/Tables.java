package io.orderbridge.rows;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The tables of all connections, replaced while messages flow. Thread-safe. */
@Singleton
public class Tables {
  private final Map<String, Map<String, Table>> byConnection = new ConcurrentHashMap<>();

  /** Sets the tables of a connection; an empty collection takes them away. */
  public void replace(String connection, Collection<Table> tables) {
    if (tables.isEmpty()) {
      byConnection.remove(connection);
      return;
    }
    byConnection.put(
        connection,
        List.copyOf(tables).stream().collect(Collectors.toMap(Table::name, table -> table)));
  }

  /** The table {@code connection/table}. */
  public Optional<Table> find(String name) {
    String connection = name.substring(0, Math.max(0, name.indexOf('/')));
    return Optional.ofNullable(byConnection.getOrDefault(connection, Map.of()).get(name));
  }
}
