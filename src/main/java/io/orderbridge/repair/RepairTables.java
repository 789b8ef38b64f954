package io.orderbridge.repair;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.Money;
import io.orderbridge.repair.Repair.Act;
import io.orderbridge.repair.Repair.State;
import io.orderbridge.store.Audit;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of repairs and of their orders. */
final class RepairTables {
  private RepairTables() {}

  /** What is written of a proposal. */
  record Draft(
      Wish wish, String role, Why second, Long undoOf, String source, String key, String print) {}

  static long insert(Connection connection, Draft draft, List<Line> lines, List<Effect> effects)
      throws SQLException {
    Wish wish = draft.wish();
    long changes = effects.stream().filter(e -> e.how() == Effect.How.CHANGE).count();
    try (PreparedStatement insert = connection.prepareStatement(RepairSql.INSERT)) {
      insert.setString(1, wish.action());
      insert.setString(2, Json.text(wish.options()));
      insert.setBoolean(3, wish.override());
      insert.setString(4, wish.reason());
      insert.setString(5, wish.by());
      insert.setString(6, draft.role());
      insert.setTimestamp(7, Timestamp.from(wish.at()));
      insert.setString(8, draft.second().en());
      insert.setObject(9, draft.undoOf(), Types.BIGINT);
      insert.setString(10, draft.source());
      insert.setInt(11, lines.size());
      insert.setLong(12, changes);
      insert.setString(13, draft.key());
      insert.setString(14, draft.print());
      // Nobody has to decide about what changes nothing.
      insert.setString(15, (changes == 0 ? State.DONE : State.PROPOSED).name());
      insert.setTimestamp(16, changes == 0 ? Timestamp.from(wish.at()) : null);
      insert.setString(17, draft.second().zh());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        long id = row.getLong(1);
        insertItems(connection, id, wish.at(), lines, effects);
        return id;
      }
    }
  }

  private static void insertItems(
      Connection connection, long id, Instant now, List<Line> lines, List<Effect> effects)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(RepairSql.INSERT_ITEMS)) {
      insert.setLong(1, id);
      insert.setTimestamp(2, Timestamp.from(now));
      insert.setArray(3, array(connection, "int", lines, Line::item));
      insert.setArray(4, array(connection, "text", lines, line -> line.order().shop()));
      insert.setArray(5, array(connection, "text", lines, line -> line.order().number()));
      insert.setArray(6, array(connection, "text", lines, line -> Json.text(line.fields())));
      insert.setArray(7, array(connection, "text", effects, e -> state(e.how()).name()));
      insert.setArray(8, array(connection, "text", effects, Effect::before));
      insert.setArray(9, array(connection, "text", effects, Effect::after));
      insert.setArray(10, array(connection, "text", effects, RepairTables::plan));
      insert.setArray(11, array(connection, "text", effects, e -> e.why().en()));
      insert.setArray(12, array(connection, "numeric", effects, RepairTables::amount));
      insert.setArray(13, array(connection, "text", effects, RepairTables::currency));
      insert.setArray(14, array(connection, "text", effects, e -> e.why().zh()));
      insert.executeUpdate();
    }
  }

  static RepairItem.State state(Effect.How how) {
    return switch (how) {
      case CHANGE -> RepairItem.State.PLANNED;
      case UNCHANGED -> RepairItem.State.UNCHANGED;
      case REFUSED -> RepairItem.State.REFUSED;
    };
  }

  private static String plan(Effect effect) {
    List<Map<String, Object>> owed = new ArrayList<>();
    for (Effect.Owed one : effect.owed()) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("event", one.event());
      event.put("targets", one.targets());
      owed.add(event);
    }
    return Json.text(owed);
  }

  private static BigDecimal amount(Effect effect) {
    return effect.amount() == null ? null : new BigDecimal(effect.amount().toDecimal());
  }

  private static String currency(Effect effect) {
    return effect.amount() == null ? null : effect.amount().currency().getCurrencyCode();
  }

  /** The repair asked for under a key. */
  record Asked(long id, String print, String answer) {}

  /** Makes others wait that ask under the same key, and finds what was asked under it. */
  static Optional<Asked> asked(Connection connection, String key) throws SQLException {
    try (PreparedStatement lock =
            connection.prepareStatement("select pg_advisory_xact_lock(28520, hashtext(?))");
        PreparedStatement query = connection.prepareStatement(RepairSql.ASKED)) {
      lock.setString(1, key);
      lock.execute();
      query.setString(1, key);
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Asked(row.getLong(1), row.getString(2), row.getString(3)))
            : Optional.empty();
      }
    }
  }

  static void answered(Connection connection, long id, String answer) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update repair set answer = ? where id = ?")) {
      update.setString(1, answer);
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  static Optional<Repair> find(Connection connection, long id, String lock) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(RepairSql.REPAIR + " where id = ?" + lock)) {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(repair(row)) : Optional.empty();
      }
    }
  }

  /** Repairs, the newest first. */
  static List<Repair> list(Connection connection, String state, Long before, int max)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            RepairSql.REPAIR
                + " where (?::text is null or state = ?) and (?::bigint is null or id < ?)"
                + " order by id desc limit ?")) {
      query.setString(1, state);
      query.setString(2, state);
      query.setObject(3, before, Types.BIGINT);
      query.setObject(4, before, Types.BIGINT);
      query.setInt(5, max);
      List<Repair> repairs = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          repairs.add(repair(rows));
        }
      }
      return repairs;
    }
  }

  static Repair repair(ResultSet row) throws SQLException {
    Wish wish =
        new Wish(
            row.getLong("id"),
            row.getString("action"),
            Json.texts(row.getString("options")),
            row.getBoolean("overridden"),
            row.getString("reason"),
            row.getString("proposed_by"),
            row.getTimestamp("proposed_at").toInstant());
    return new Repair(
        row.getLong("id"),
        State.valueOf(row.getString("state")),
        wish,
        row.getString("proposed_as"),
        new Why(row.getString("second_zh"), row.getString("second")),
        act(row.getString("decided_by"), row.getTimestamp("decided_at")),
        act(row.getString("begun_by"), row.getTimestamp("begun_at")),
        instant(row.getTimestamp("ended_at")),
        row.getObject("undo_of", Long.class),
        row.getString("source"),
        row.getInt("orders"),
        row.getInt("changes"));
  }

  private static Act act(String by, Timestamp at) {
    return by == null ? null : new Act(by, at.toInstant());
  }

  static Instant instant(Timestamp at) {
    return at == null ? null : at.toInstant();
  }

  static Money money(String amount, String currency) {
    return amount == null
        ? null
        : Money.of(new BigDecimal(amount).stripTrailingZeros().toPlainString(), currency);
  }

  /** How many orders a person has changed alone since then, by other repairs. */
  static long alone(Connection connection, String by, Instant since, long but) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(RepairSql.ALONE)) {
      query.setString(1, by);
      query.setTimestamp(2, Timestamp.from(since));
      query.setLong(3, but);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  static void audit(
      Connection connection, String by, String act, long id, String reason, Object detail)
      throws SQLException {
    Audit.write(connection, new Audit.Act(by, "repair." + act, "" + id, reason, Json.text(detail)));
  }
}
