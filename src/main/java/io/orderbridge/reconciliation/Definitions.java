package io.orderbridge.reconciliation;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The definitions in force, as the files say. Thread-safe. */
@Singleton
public class Definitions {
  private final Map<String, Definition> byName = new ConcurrentSkipListMap<>();

  /** Puts it in force; null takes it away. */
  public void replace(String name, Definition definition) {
    if (definition == null) {
      byName.remove(name);
    } else {
      byName.put(name, definition);
    }
  }

  public Optional<Definition> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** By name. */
  public List<Definition> all() {
    return List.copyOf(byName.values());
  }
}
