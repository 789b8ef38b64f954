package io.orderbridge.repair;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Repairs as people do them by hand, one order at a time: what it would change, proposing it, and
 * what somebody may do with a repair. Thread-safe.
 */
@Singleton
public class RepairDesk {
  private static final String STATUS = "status";
  // While the dry run is looked at, there is no reason yet.
  private static final String LOOKING = "dry run";

  private final Proposals proposals;
  private final RulesInForce rules;

  RepairDesk(Proposals proposals, RulesInForce rules) {
    this.proposals = proposals;
    this.rules = rules;
  }

  /**
   * An order that is to be brought into another status.
   *
   * @param status one of {@link #statuses}
   * @param override also when the status does not follow
   */
  public record Forcing(OrderKey order, String status, boolean override) {}

  /** The statuses that can be asked for, in their order. */
  public static List<String> statuses() {
    return ForceAction.statuses();
  }

  /** The states that a repair can be in. */
  public static List<String> states() {
    return Arrays.stream(Repair.State.values()).map(Enum::name).toList();
  }

  /** Whether the rules let this person force the status of an order. */
  public boolean mayForce(Person person) {
    return has(person, rules.now().of(ForceAction.NAME).propose());
  }

  private static boolean has(Person person, Set<Role> roles) {
    return roles.stream().anyMatch(person.has());
  }

  /** The roles that may approve this kind of repair, as settings name them. */
  public List<String> approvers(String action) {
    return rules.now().of(action).approve().stream().map(Role::word).toList();
  }

  /**
   * What this person may do with a repair as it is now: {@code approve}, {@code reject}, {@code
   * apply}, {@code stop}, {@code read-back}, {@code undo}. The acts themselves look once more.
   *
   * @param repair as {@link RepairView} shows it
   */
  public List<String> acts(Person person, Map<String, Object> repair) {
    RepairRules.Roles roles = rules.now().of(repair.get("action").toString());
    boolean proposes = has(person, roles.propose());
    boolean approves = has(person, roles.approve());
    Map<?, ?> proposed = (Map<?, ?>) repair.get("proposed");
    boolean own = person.name().equals(proposed.get("by"));
    boolean rejects = own ? proposes : approves;
    boolean second = repair.get("approval") != null;
    List<String> acts = new ArrayList<>();
    switch (repair.get("state").toString()) {
      case "PROPOSED" -> {
        add(acts, "approve", approves && !own);
        add(acts, "apply", !second && (proposes || approves));
        add(acts, "reject", rejects);
      }
      case "APPROVED" -> {
        add(acts, "apply", proposes || approves);
        add(acts, "reject", rejects);
      }
      case "APPLYING" -> add(acts, "stop", proposes || approves);
      case "STOPPED" -> {
        add(acts, "apply", proposes || approves);
        add(acts, "undo", proposes);
      }
      case "READING_BACK", "DONE" -> {
        add(acts, "read-back", proposes || approves);
        add(acts, "undo", proposes);
      }
      default -> {}
    }
    return acts;
  }

  private static void add(List<String> acts, String act, boolean may) {
    if (may) {
      acts.add(act);
    }
  }

  /**
   * What forcing would change, and to whom it would be told. Nothing is changed or kept.
   *
   * @return {@code before}, {@code after}, {@code how} (CHANGE, UNCHANGED, REFUSED), {@code why}
   *     and {@code whyZh}, {@code owed} with event and targets, {@code second} why another person
   *     has to approve
   * @throws Declined when the person may not, or it is not clear
   */
  public Map<String, Object> foresee(Person person, Forcing wanted, Instant now) {
    Effect effect =
        proposals.foresee(
            person, ask(wanted, LOOKING, null), new Line(1, wanted.order(), Map.of()), now);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("before", effect.before());
    view.put("after", effect.after());
    view.put("how", effect.how().name());
    view.put("why", effect.why().en());
    view.put("whyZh", effect.why().zh());
    view.put("second", effect.second().en());
    view.put(
        "owed",
        effect.owed().stream()
            .map(owed -> Map.<String, Object>of("event", owed.event(), "targets", owed.targets()))
            .toList());
    return view;
  }

  /**
   * Proposes it: kept with its dry run and audited; no order is changed before it is applied.
   *
   * @param key the same wish of a person has the same key; asked twice it is one proposal
   * @return number of the repair
   * @throws Declined when the person may not, the reason is missing, or it is refused
   */
  public long propose(Person person, Forcing wanted, String reason, String key, Instant now) {
    Line line = new Line(1, wanted.order(), Map.of());
    return proposals
        .propose(
            person,
            ask(wanted, reason, RepairBody.key(person, key)),
            (action, wish) -> List.of(line),
            now)
        .id();
  }

  private static Proposals.Ask ask(Forcing wanted, String reason, String key) {
    if (!statuses().contains(wanted.status())) {
      throw new Declined(
          Kind.WRONG,
          Wording.of("状态只能是 %s 之一", "'status' is one of %s", String.join(", ", statuses())));
    }
    return new Proposals.Ask(
        ForceAction.NAME,
        Map.of(STATUS, wanted.status()),
        wanted.override(),
        reason,
        null,
        null,
        "",
        key,
        Json.fingerprint(wanted.toString() + reason),
        true);
  }

  /**
   * Proposes to take all of a repair back.
   *
   * @return number of the proposal, which is a repair of its own
   * @throws Declined when the person may not, the reason is missing, or nothing can be taken back
   */
  public long undo(Person person, long id, String reason, String key, Instant now) {
    Proposals.Ask ask =
        RepairBody.undo(
            reason == null ? Map.of() : Map.of("reason", reason), id, RepairBody.key(person, key));
    return proposals.undo(person, id, List.of(), ask, now).id();
  }
}
