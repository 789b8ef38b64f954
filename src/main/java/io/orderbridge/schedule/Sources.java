package io.orderbridge.schedule;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The sources that are read by period, replaced while they are read. Thread-safe. */
@Singleton
public class Sources {
  private final ConcurrentSkipListMap<String, Source> byKey = new ConcurrentSkipListMap<>();

  /** Sets the sources of a connection; none when it has none any more. Their books stay. */
  public void replace(String connection, Collection<Source> sources) {
    sources.forEach(source -> byKey.put(source.key(), source));
    byKey
        .values()
        .removeIf(known -> known.connection().equals(connection) && !sources.contains(known));
  }

  /** The source {@code <connection>/<source>}, if its connection file is in force. */
  public Optional<Source> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** All of them, by name. */
  List<Source> all() {
    return List.copyOf(byKey.values());
  }
}
