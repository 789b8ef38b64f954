package io.orderbridge.notice;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The vendors in force, replaced while notices are sent. Thread-safe. */
@Singleton
public class Vendors {
  private final Map<String, Vendor> byConnection = new ConcurrentSkipListMap<>();

  /** Sets the vendor of a connection; null when it sends nothing any more. */
  public void replace(String connection, Vendor vendor) {
    if (vendor == null) {
      byConnection.remove(connection);
    } else {
      byConnection.put(connection, vendor);
    }
  }

  /** The vendor of a connection, if its file is in force. */
  public Optional<Vendor> find(String connection) {
    return Optional.ofNullable(byConnection.get(connection));
  }

  /** All of them, by connection. */
  Collection<Vendor> all() {
    return List.copyOf(byConnection.values());
  }

  /** The vendors of a channel, the one to be asked first at the head. */
  public List<Vendor> of(String channel) {
    return byConnection.values().stream()
        .filter(vendor -> vendor.channel().equals(channel))
        .sorted(Comparator.comparingInt(Vendor::priority).thenComparing(Vendor::connection))
        .toList();
  }
}
