package io.orderbridge.score;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a measure from what the features gathered in this transaction. */
final class Counting {
  // As many as somebody looks at by hand.
  private static final int EXAMPLES_MAX = 20;

  private Counting() {}

  /**
   * @param totals numerator and denominator
   * @param parts name and number
   * @param examples one text a row, at most as many as its last parameter says
   */
  static Measure measure(Connection connection, String totals, String parts, String examples)
      throws SQLException {
    Map<String, BigDecimal> by = new TreeMap<>();
    List<String> worst = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        PreparedStatement some = connection.prepareStatement(examples)) {
      try (ResultSet rows = statement.executeQuery(parts)) {
        while (rows.next()) {
          by.put(rows.getString(1), rows.getBigDecimal(2));
        }
      }
      some.setInt(1, EXAMPLES_MAX);
      try (ResultSet rows = some.executeQuery()) {
        while (rows.next()) {
          worst.add(rows.getString(1));
        }
      }
      try (ResultSet row = statement.executeQuery(totals)) {
        row.next();
        return new Measure(row.getBigDecimal(1), row.getBigDecimal(2), "", by, worst);
      }
    }
  }
}
