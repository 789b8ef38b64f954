package io.orderbridge.passport;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.passport.Notes.Shown;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;

/**
 * What connected systems show of one order, as last read there. The table is written by the
 * comparison of systems; the passport only reads the few rows of its order, by index.
 */
@Singleton
class ShownRows {
  private static final String OF_ORDER =
      """
      select system, status, raw, at, read_at from system_state
       where shop = ? and number = ? order by system\
      """;

  List<Shown> of(Connection connection, OrderKey order) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OF_ORDER)) {
      query.setString(1, order.shop());
      query.setString(2, order.number());
      List<Shown> shown = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Timestamp at = rows.getTimestamp(4);
          shown.add(
              new Shown(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  at == null ? null : at.toInstant(),
                  rows.getTimestamp(5).toInstant()));
        }
      }
      return shown;
    }
  }
}
