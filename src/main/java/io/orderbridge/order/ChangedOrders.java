package io.orderbridge.order;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.TreeSet;

/**
 * Which orders have news, for checks that follow the change feed in their own transaction: the
 * cursor is kept beside what they found, so both stand or neither.
 */
@Singleton
public class ChangedOrders {
  private static final String NEWS =
      "select tx, seq, order_id from event where (tx, seq) > (?, ?) and "
          + Events.SETTLED
          + " order by tx, seq limit ?";
  private static final String END =
      "select tx, seq from event where " + Events.SETTLED + " order by tx desc, seq desc limit 1";

  /**
   * A part of the feed.
   *
   * @param orders numbers of the orders that it speaks of
   * @param cursor where to go on
   * @param full whether more may follow at once
   */
  public record News(TreeSet<Long> orders, String cursor, boolean full) {}

  /**
   * What happened after a cursor. Joins the caller's transaction; a change that commits late is
   * never skipped, see {@link Events#after}.
   *
   * @param cursor of the news before; empty from the beginning
   * @param max events at most
   * @throws IllegalArgumentException when the cursor is none
   */
  public News after(Connection connection, String cursor, int max) throws SQLException {
    long[] from = Events.position(cursor);
    try (PreparedStatement query = connection.prepareStatement(NEWS)) {
      query.setLong(1, from[0]);
      query.setLong(2, from[1]);
      query.setInt(3, max);
      TreeSet<Long> orders = new TreeSet<>();
      int events = 0;
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          from[0] = rows.getLong(1);
          from[1] = rows.getLong(2);
          orders.add(rows.getLong(3));
          events++;
        }
      }
      return new News(orders, from[0] + "." + from[1], events == max);
    }
  }

  /** The cursor behind everything that has happened until now. */
  public String end(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(END);
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) + "." + row.getLong(2) : "0.0";
    }
  }
}
