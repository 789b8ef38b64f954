package io.orderbridge.repair;

import static io.orderbridge.kernel.Role.CS;
import static io.orderbridge.kernel.Role.FINANCE;
import static io.orderbridge.kernel.Role.MANAGER;
import static io.orderbridge.kernel.Role.OPS;
import static io.orderbridge.kernel.Role.OWNER;
import static io.orderbridge.kernel.Role.SRE;
import static io.orderbridge.kernel.Role.WAREHOUSE;

import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What people may change and when a second one has to approve: {@code mappings/rules/repairs.yaml}.
 *
 * @param orders one person may change alone within {@code per}
 * @param amounts sum of the orders' totals that one person may change alone, one per currency
 * @param roles by action
 * @param rate orders a second of one repair
 */
public record RepairRules(
    int orders,
    Duration per,
    List<Money> amounts,
    Map<String, Roles> roles,
    int rate,
    ReadBack readBack) {

  /** Who may propose and apply an action, and who may approve it. */
  public record Roles(Set<Role> propose, Set<Role> approve) {
    public Roles {
      propose = new TreeSet<>(propose);
      approve = new TreeSet<>(approve);
    }
  }

  /**
   * When the targets are looked at.
   *
   * @param after waits between the looks; the last one repeats
   * @param until age after which what is still open has failed and is looked at no more
   */
  public record ReadBack(List<Duration> after, Duration until) {
    public ReadBack {
      after = List.copyOf(after);
    }

    Duration wait(int looks) {
      return after.get(Math.min(looks, after.size() - 1));
    }
  }

  /** The actions that are known, with the roles that hold where the file names none. */
  public static final Map<String, Roles> ROLES =
      Map.of(
          ForceAction.NAME,
          new Roles(Set.of(OPS, CS, WAREHOUSE, MANAGER), Set.of(MANAGER, OWNER)),
          ResendAction.NAME,
          new Roles(Set.of(OPS, CS, WAREHOUSE, SRE, MANAGER), Set.of(OPS, MANAGER, OWNER)),
          RefundAction.NAME,
          new Roles(Set.of(CS, FINANCE, MANAGER), Set.of(FINANCE, OWNER)),
          RestoreAction.NAME,
          new Roles(Set.of(OPS, CS, MANAGER), Set.of(MANAGER, OWNER)));

  /**
   * Without the file: fifty orders an hour, about what a person can look at one by one. Deliveries
   * are tried for three days by default, and as long it is looked whether they arrived.
   */
  public static final RepairRules DEFAULT =
      new RepairRules(
          50,
          Duration.ofHours(1),
          List.of(),
          ROLES,
          50,
          new ReadBack(
              List.of(
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(10),
                  Duration.ofMinutes(1),
                  Duration.ofMinutes(10),
                  Duration.ofHours(1)),
              Duration.ofHours(72)));

  public RepairRules {
    amounts = List.copyOf(amounts);
    roles = Map.copyOf(roles);
  }

  Roles of(String action) {
    return roles.getOrDefault(action, ROLES.get(action));
  }
}
