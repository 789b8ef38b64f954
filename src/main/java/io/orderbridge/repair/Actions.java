package io.orderbridge.repair;

import io.orderbridge.kernel.Declined;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;

/** The kinds of repair that there are. */
@Singleton
class Actions {
  private final Map<String, Action> byName = new TreeMap<>();

  @Inject
  Actions(Instance<Action> all) {
    this((Iterable<Action>) all);
  }

  /** For who wires by hand. */
  Actions(Iterable<Action> all) {
    all.forEach(action -> byName.put(action.name(), action));
  }

  /**
   * @throws Declined when there is none of that name
   */
  Action named(String name) {
    Action action = name == null ? null : byName.get(name);
    if (action == null) {
      throw new Declined(
          Declined.Kind.WRONG,
          "'action' is '%s', expected one of %s"
              .formatted(name, String.join(", ", byName.keySet())));
    }
    return action;
  }
}
