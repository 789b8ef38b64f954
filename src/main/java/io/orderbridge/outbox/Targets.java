package io.orderbridge.outbox;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that are owed something, replaced while messages flow. Thread-safe. */
@Singleton
public class Targets {
  private final Map<String, Target> byName = new ConcurrentHashMap<>();
  private final Set<String> away = ConcurrentHashMap.newKeySet();

  /**
   * Sets what a connection is owed; null when it is owed nothing more. Debts that exist already
   * stay, and are delivered when the connection is back.
   */
  public void replace(String connection, Target target) {
    if (target == null) {
      byName.remove(connection);
    } else {
      byName.put(connection, target);
    }
  }

  /** What the connection is owed, if anything. */
  public Optional<Target> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Notes whether this process leaves a target alone because it failed too often. */
  void leave(String name, boolean alone) {
    if (alone) {
      away.add(name);
    } else {
      away.remove(name);
    }
  }

  /** The targets that this process leaves alone now, or asks by one delivery at a time. */
  public Set<String> away() {
    return Set.copyOf(away);
  }

  /** All of them, in no order; a view that follows. */
  public Collection<Target> all() {
    return byName.values();
  }
}
