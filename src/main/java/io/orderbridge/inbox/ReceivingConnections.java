package io.orderbridge.inbox;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The connections that may send to the door, replaced while it is open. Thread-safe. */
@Singleton
public class ReceivingConnections {
  private final Map<String, Receiving> byName = new ConcurrentHashMap<>();
  private volatile Predicate<String> awaited = name -> true;

  /** Sets how a connection receives; null when it no longer does. */
  public void replace(String connection, Receiving receiving) {
    if (receiving == null) {
      byName.remove(connection);
    } else {
      byName.put(connection, receiving);
    }
  }

  /**
   * Sets the connections that should receive but whose files cannot be read now. Before this was
   * called the first time every connection is awaited: the files are being read.
   */
  public void await(Set<String> refused) {
    Set<String> names = Set.copyOf(refused);
    awaited = names::contains;
  }

  /**
   * Whether a sender should try again later rather than be told that there is no such connection.
   */
  boolean isAwaited(String connection) {
    return awaited.test(connection);
  }

  /** How the connection receives, if it does. */
  public Optional<Receiving> find(String connection) {
    return Optional.ofNullable(byName.get(connection));
  }
}
