package io.orderbridge.repair;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import io.orderbridge.repair.Repair.State;
import io.orderbridge.repair.RepairTables.Asked;
import io.orderbridge.repair.RepairTables.Draft;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Proposals: what somebody wants to be changed, looked at before it is. Refused with what would be
 * allowed; audited.
 */
@Singleton
class Proposals {
  private static final int REASON_MAX = 1_000;
  // So many orders are folded at once for a dry run: a few MB, and one statement each.
  private static final int CHUNK = 500;

  private final Database database;
  private final Actions actions;
  private final RulesInForce rules;

  Proposals(Database database, Actions actions, RulesInForce rules) {
    this.database = database;
    this.actions = actions;
    this.rules = rules;
  }

  /**
   * What is asked for.
   *
   * @param role in which; null for the first that fits
   * @param source what proposes it; empty for people
   * @param key idempotency key; null when none was given
   * @param print tells whether the same was asked under the key
   * @param one it is about one order: refused, it is no repair at all
   */
  record Ask(
      String action,
      Map<String, String> options,
      boolean override,
      String reason,
      String role,
      Long undoOf,
      String source,
      String key,
      String print,
      boolean one) {}

  /**
   * @param known it was asked for before under the same key
   * @param answer what was answered then; null when nothing was yet
   */
  record Proposed(long id, boolean known, String answer) {}

  /**
   * Looks at the orders and keeps what was seen as a proposal. Asked again under the same key it is
   * the same proposal.
   *
   * @param list reads the orders
   * @throws Declined when it is not allowed, not clear, or another was asked for under the key
   */
  Proposed propose(Person caller, Ask ask, BiFunction<Action, Wish, List<Line>> list, Instant now) {
    Action action = actions.named(ask.action());
    Role role = caller.as(rules.now().of(action.name()).propose(), ask.role());
    Wish wish = wish(caller.name(), ask, action, now);
    List<Line> lines = list.apply(action, wish);
    return database.inTransaction(connection -> propose(connection, ask, wish, role.word(), lines));
  }

  private static Wish wish(String by, Ask ask, Action action, Instant now) {
    if (ask.reason() == null || ask.reason().isBlank() || ask.reason().length() > REASON_MAX) {
      throw new Declined(
          Kind.WRONG,
          Wording.of(
              "缺少理由，或超过 %d 个字符", "'reason' is missing, or longer than %d characters", REASON_MAX));
    }
    Set<String> unknown = new TreeSet<>(ask.options().keySet());
    unknown.removeAll(action.options());
    Wish wish =
        new Wish(
            0,
            action.name(),
            ask.options(),
            ask.override(),
            ask.reason().replaceAll("\\p{Cntrl}", " ").strip(),
            by,
            Instant.ofEpochMilli(now.toEpochMilli()));
    if (ask.undoOf() != null) {
      return wish;
    }
    if (!unknown.isEmpty()) {
      throw new Declined(
          Kind.WRONG,
          Wording.of(
              "%s 不接受 %s；可用的是 %s",
              "%s takes no %s; it takes %s",
              action.name(),
              unknown,
              new TreeSet<>(action.options())));
    }
    try {
      action.check(wish);
    } catch (IllegalArgumentException e) {
      throw new Declined(Kind.WRONG, e.getMessage());
    }
    return wish;
  }

  /** Like the other, for who is no person and whose transaction it joins. */
  Proposed propose(Connection connection, String by, Ask ask, List<Line> lines, Instant now)
      throws SQLException {
    return propose(connection, ask, wish(by, ask, actions.named(ask.action()), now), "", lines);
  }

  private Proposed propose(Connection connection, Ask ask, Wish wish, String role, List<Line> lines)
      throws SQLException {
    if (ask.key() != null) {
      Optional<Asked> before = RepairTables.asked(connection, ask.key());
      if (before.isPresent()) {
        if (!before.get().print().equals(ask.print())) {
          throw new Declined(
              Kind.CONFLICT,
              new Wording(
                  "同一个 Idempotency-Key 之前要求的是别的内容",
                  "something else was asked for under this Idempotency-Key"));
        }
        return new Proposed(before.get().id(), true, before.get().answer());
      }
    }
    List<Effect> effects = foresee(connection, wish, lines);
    if (ask.one() && effects.get(0).how() == Effect.How.REFUSED) {
      boolean unknown = effects.get(0).before().isEmpty();
      throw new Declined(unknown ? Kind.MISSING : Kind.CONFLICT, effects.get(0).why().wording());
    }
    if (role.isEmpty() && effects.get(0).how() == Effect.How.UNCHANGED) {
      throw new Declined(Kind.CONFLICT, new Wording("已经是这样，无需更改", "it is so already"));
    }
    long alone = RepairTables.alone(connection, wish.by(), wish.at().minus(rules.now().per()), 0);
    Why second = Approval.needed(rules.now(), effects, alone);
    Draft draft = new Draft(wish, role, second, ask.undoOf(), ask.source(), ask.key(), ask.print());
    long id = RepairTables.insert(connection, draft, lines, effects);
    RepairTables.audit(
        connection, wish.by(), "proposed", id, wish.reason(), detail(wish, role, effects));
    return new Proposed(id, false, null);
  }

  /**
   * The dry run of one order alone: nothing is kept.
   *
   * @throws Declined when the person may not propose it, or it is not clear
   */
  Effect foresee(Person caller, Ask ask, Line line, Instant now) {
    Action action = actions.named(ask.action());
    caller.as(rules.now().of(action.name()).propose(), ask.role());
    Wish wish = wish(caller.name(), ask, action, now);
    return database.inTransaction(connection -> foresee(connection, wish, List.of(line)).get(0));
  }

  private List<Effect> foresee(Connection connection, Wish wish, List<Line> lines)
      throws SQLException {
    Action action = actions.named(wish.action());
    List<Effect> effects = new ArrayList<>();
    for (int from = 0; from < lines.size(); from += CHUNK) {
      List<Line> chunk = lines.subList(from, Math.min(from + CHUNK, lines.size()));
      effects.addAll(action.foresee(connection, wish, chunk, wish.at()));
    }
    return effects;
  }

  private static Map<String, Object> detail(Wish wish, String role, List<Effect> effects) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("action", wish.action());
    detail.put("options", wish.options());
    detail.put("override", wish.override());
    detail.put("role", role);
    detail.put("orders", effects.size());
    detail.put("changes", effects.stream().filter(e -> e.how() == Effect.How.CHANGE).count());
    return detail;
  }

  /**
   * Proposes to take a repair back, or some of its orders.
   *
   * @param items numbers of the orders; empty for all that were done
   * @throws Declined when it cannot be taken back, or not now
   */
  Proposed undo(Person caller, long id, List<Integer> items, Ask ask, Instant now) {
    Repair repair =
        database
            .inTransaction(connection -> RepairTables.find(connection, id, ""))
            .orElseThrow(
                () ->
                    new Declined(Kind.MISSING, Wording.of("没有补单 %d", "there is no repair %d", id)));
    if (repair.state() == State.APPLYING) {
      throw new Declined(
          Kind.CONFLICT,
          Wording.of("补单 %d 正在执行，请先停止", "repair %d is being applied; stop it first", id));
    }
    List<Line> lines = undone(id, items);
    if (lines.isEmpty()) {
      throw new Declined(
          Kind.CONFLICT,
          Wording.of(
              "补单 %d 没有可以撤回的更改",
              "repair %d has done nothing that can be taken back%s",
              id,
              items.isEmpty() ? "" : " to these orders"));
    }
    Ask undo =
        new Ask(
            repair.wish().action(),
            Map.of(Wish.UNDO, Long.toString(id)),
            false,
            ask.reason(),
            ask.role(),
            id,
            "",
            ask.key(),
            ask.print(),
            false);
    return propose(caller, undo, (action, wish) -> lines, now);
  }

  private List<Line> undone(long id, List<Integer> items) {
    List<RepairItem> all =
        database.inTransaction(
            connection -> ItemTables.items(connection, id, null, 0, OrderList.LINES_MAX));
    List<Line> lines = new ArrayList<>();
    for (RepairItem item : all) {
      boolean meant = items.isEmpty() || items.contains(item.item());
      if (meant && item.appliedAt() != null && item.undo() != null) {
        lines.add(new Line(lines.size() + 1, item.order(), Map.of(Wish.UNDO, item.undo())));
      }
    }
    return lines;
  }
}
