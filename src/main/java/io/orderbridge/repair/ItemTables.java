package io.orderbridge.repair;

import io.orderbridge.kernel.OrderKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the orders of repairs, one by one and counted. */
final class ItemTables {
  private static final int COUNTS_MAX = 200;

  private ItemTables() {}

  /**
   * Orders of a repair in the order of its list.
   *
   * @param after number of the last one seen; 0 for the first page
   */
  static List<RepairItem> items(Connection connection, long id, String state, int after, int max)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            RepairSql.ITEMS
                + " where repair_id = ? and (?::text is null or state = ?) and item > ?"
                + " order by item limit ?")) {
      query.setLong(1, id);
      query.setString(2, state);
      query.setString(3, state);
      query.setInt(4, after);
      query.setInt(5, max);
      return items(query);
    }
  }

  /** What repairs did to an order, the newest first. */
  static List<RepairItem> of(Connection connection, OrderKey order, int max) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            RepairSql.ITEMS + " where shop = ? and number = ? order by repair_id desc limit ?")) {
      query.setString(1, order.shop());
      query.setString(2, order.number());
      query.setInt(3, max);
      return items(query);
    }
  }

  private static List<RepairItem> items(PreparedStatement query) throws SQLException {
    List<RepairItem> items = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        items.add(
            new RepairItem(
                row.getLong(17),
                row.getInt(1),
                new OrderKey(row.getString(2), row.getString(3)),
                Json.texts(row.getString(4)),
                RepairItem.State.valueOf(row.getString(5)),
                row.getString(6),
                row.getString(7),
                Json.list(row.getString(8)),
                new Why(row.getString(18), row.getString(9)),
                RepairTables.money(row.getString(10), row.getString(11)),
                row.getInt(12),
                RepairTables.instant(row.getTimestamp(13)),
                RepairTables.instant(row.getTimestamp(14)),
                Shown.read(row.getString(15)),
                row.getString(16)));
      }
    }
    return items;
  }

  /** How many orders go which way, the most first. */
  static List<Map<String, Object>> counts(Connection connection, long id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(RepairSql.COUNTS)) {
      query.setLong(1, id);
      query.setInt(2, COUNTS_MAX);
      List<Map<String, Object>> counts = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Map<String, Object> count = new LinkedHashMap<>();
          count.put("orders", rows.getLong(5));
          count.put("state", rows.getString(1));
          count.put("before", rows.getString(2));
          count.put("after", rows.getString(3));
          if (!rows.getString(4).isEmpty()) {
            count.put("why", rows.getString(4));
          }
          counts.add(count);
        }
      }
      return counts;
    }
  }

  /** The events that the repair would write, and how many of each every target would be owed. */
  static Map<String, Map<String, Long>> owed(Connection connection, long id) throws SQLException {
    Map<String, Map<String, Long>> owed = new TreeMap<>();
    try (PreparedStatement query = connection.prepareStatement(RepairSql.OWED)) {
      query.setLong(1, id);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          for (Map<String, Object> event : Json.list(rows.getString(1))) {
            Map<String, Long> targets =
                owed.computeIfAbsent((String) event.get("event"), type -> new TreeMap<>());
            for (Object target : (List<?>) event.get("targets")) {
              targets.merge((String) target, rows.getLong(2), Long::sum);
            }
          }
        }
      }
    }
    return owed;
  }
}
