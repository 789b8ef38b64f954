package io.orderbridge.work;

import static io.orderbridge.store.Columns.array;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** How work went that refers to something, by the log of attempts and the dead letters. */
public final class Fates {
  // Of each question the last attempt and the last letter; both by their index on (ref, queue).
  private static final String FIND =
      """
      select q.queue, q.ref, q.after, a.outcome, coalesce(a.cause, d.cause), a.status, d.state,
             d.id
        from unnest(?::text[], ?::bigint[], ?::bigint[]) as q (queue, ref, after)
        left join lateral (
          select outcome, cause, status from attempt
           where ref = q.ref and queue = q.queue and work_id > q.after
           order by at desc, number desc limit 1) a on true
        left join lateral (
          select id, state, cause from dead_letter
           where ref = q.ref and queue = q.queue and work_id > q.after
           order by id desc limit 1) d on true\
      """;

  private Fates() {}

  /** Who acts next, or who acted last. */
  public enum How {
    /** The clock, or whoever it is owed through. */
    WAITING,
    /** Nobody: it was done, or something later made it moot. */
    DONE,
    /** A person: it is in the dead letters. */
    DEAD,
    /** Nobody any more: a person discarded it. */
    DISCARDED
  }

  /**
   * Which work is meant.
   *
   * @param ref what it refers to
   * @param after only work that was put after the one of this number, see {@link #mark}
   */
  public record Asked(String queue, long ref, long after) {}

  /**
   * @param cause of the last failure; null when there was none
   * @param status what the other side answered last; 0 when it did not
   * @param letter number of the dead letter; 0 when there is none
   */
  public record Fate(How how, String cause, int status, long letter) {}

  /** The number that the next work will pass. Joins the caller's transaction. */
  public static long mark(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "select last_value - case when is_called then 0 else 1 end from work_id");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** One fate for each question; joins the caller's transaction. */
  public static Map<Asked, Fate> find(Connection connection, Collection<Asked> asked)
      throws SQLException {
    Map<Asked, Fate> fates = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      query.setArray(1, array(connection, "text", asked, Asked::queue));
      query.setArray(2, array(connection, "bigint", asked, Asked::ref));
      query.setArray(3, array(connection, "bigint", asked, Asked::after));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Asked one = new Asked(rows.getString(1), rows.getLong(2), rows.getLong(3));
          How how = how(rows.getString(4), rows.getString(7));
          fates.put(one, new Fate(how, rows.getString(5), rows.getInt(6), rows.getLong(8)));
        }
      }
    }
    return fates;
  }

  private static How how(String outcome, String letter) {
    if ("DONE".equals(outcome) || "MOOT".equals(letter)) {
      return How.DONE;
    }
    if (letter == null || letter.equals("REPLAYED")) {
      return How.WAITING;
    }
    return letter.equals("OPEN") ? How.DEAD : How.DISCARDED;
  }
}
