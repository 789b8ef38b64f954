package io.orderbridge.runtime;

import io.orderbridge.inbox.Receiving;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.outbox.Target;
import java.util.Map;
import java.util.Set;

/**
 * One {@code routes/<system>/connection.yaml}, with all references resolved.
 *
 * @param name the folder
 * @param settings what routes read as {@code {{connection:<name>/<key>}}}; may hold secrets
 * @param receiving null when nothing is received
 * @param owns the milestones on which its word decides
 * @param target null when nothing is owed
 * @param database null when it has none
 */
record Connection(
    String name,
    Map<String, String> settings,
    Receiving receiving,
    Set<Milestone> owns,
    Target target,
    Login database) {
  Connection {
    settings = Map.copyOf(settings);
    owns = Set.copyOf(owns);
  }

  /** A database that routes reach as {@code jdbc:<name>}. */
  record Login(String url, String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /** Without the settings: they may hold secrets. */
  @Override
  public String toString() {
    return "Connection[%s, settings %s]".formatted(name, settings.keySet());
  }
}
