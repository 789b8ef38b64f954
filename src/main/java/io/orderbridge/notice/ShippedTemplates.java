package io.orderbridge.notice;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The templates of {@code mappings/notices/}, which count where the database has none of its own.
 * Replaced while notices are sent. Thread-safe.
 */
@Singleton
public class ShippedTemplates {
  private final Map<Templates.Key, Template> byKey = new ConcurrentHashMap<>();

  /** Puts a template in force, as version 0; null takes it away. */
  public void replace(Templates.Key key, Template template) {
    if (template == null) {
      byKey.remove(key);
    } else {
      byKey.put(key, template);
    }
  }

  /** The template of a key, if its file is in force. */
  public Optional<Template> find(Templates.Key key) {
    return Optional.ofNullable(byKey.get(key));
  }

  Set<Templates.Key> keys() {
    return new TreeSet<>(byKey.keySet());
  }
}
