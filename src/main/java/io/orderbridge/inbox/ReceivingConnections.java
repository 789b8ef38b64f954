package io.orderbridge.inbox;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that may send to the door, replaced while it is open. Thread-safe. */
@Singleton
public class ReceivingConnections {
  private final Map<String, Receiving> byName = new ConcurrentHashMap<>();

  /** Sets how a connection receives; null when it no longer does. */
  public void replace(String connection, Receiving receiving) {
    if (receiving == null) {
      byName.remove(connection);
    } else {
      byName.put(connection, receiving);
    }
  }

  /** How the connection receives, if it does. */
  public Optional<Receiving> find(String connection) {
    return Optional.ofNullable(byName.get(connection));
  }
}
