package io.orderbridge.notice;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The templates in force. Thread-safe. */
@Singleton
public class Templates {
  private final ShippedTemplates shipped;

  /** Names a template. */
  public record Key(String name, String channel) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return Comparator.comparing(Key::name).thenComparing(Key::channel).compare(this, other);
    }

    @Override
    public String toString() {
      return name + "." + channel;
    }
  }

  public Templates(ShippedTemplates shipped) {
    this.shipped = shipped;
  }

  /**
   * The templates by which messages are made now, in one statement: what was approved last, else
   * what is shipped. Those of which there is neither are missing. Joins the caller's transaction.
   */
  public Map<Key, Template> current(Connection connection, Set<Key> keys) throws SQLException {
    Map<Key, Template> current = new HashMap<>();
    for (Key key : keys) {
      shipped.find(key).ifPresent(template -> current.put(key, template));
    }
    current.putAll(TemplateRows.current(connection, keys));
    return current;
  }
}
