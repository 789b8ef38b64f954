package io.orderbridge.sandbox;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Reads the sandbox systems' own tables. */
final class Systems {
  static final String ERP = "erp";
  static final String WMS = "wms";
  static final String CRM = "crm";

  private final DataSource database;

  Systems(DataSource database) {
    this.database = database;
  }

  /** What a system knows of an order; null where it is not told. Goods and parcels are one text. */
  record Known(String status, BigDecimal total, String currency, String goods, String parcels) {}

  /**
   * How often deliveries came.
   *
   * @param arrived requests
   * @param taken idempotency keys that were answered with success
   * @param again successes beyond the first of a key: duplicates that the receiver saw
   */
  record Arrivals(long arrived, long taken, long again) {}

  /** The database's clock, by which the ledger counts. */
  Instant now() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement("select now()");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getTimestamp(1).toInstant();
    }
  }

  /** How many orders of the run and shop each system knows. */
  Map<String, Long> counts(long run, String shop) throws SQLException {
    Map<String, Long> counts = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select system, count(*) from sandbox.known"
                    + " where shop = ? and number like ? group by 1")) {
      query.setString(1, shop);
      query.setString(2, run + "%");
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          counts.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return counts;
  }

  /** What each system knows, by system and order number. */
  Map<String, Map<String, Known>> known(long run, String shop) throws SQLException {
    Map<String, Map<String, Known>> known = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select system, number, status, total, currency, goods, parcels"
                    + " from sandbox.known where shop = ? and number like ?")) {
      query.setString(1, shop);
      query.setString(2, run + "%");
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          known
              .computeIfAbsent(rows.getString(1), system -> new HashMap<>())
              .put(
                  rows.getString(2),
                  new Known(
                      rows.getString(3),
                      rows.getBigDecimal(4),
                      rows.getString(5),
                      rows.getString(6),
                      rows.getString(7)));
        }
      }
    }
    return known;
  }

  /** What came since then, by system. */
  Map<String, Arrivals> arrivals(Instant since) throws SQLException {
    Map<String, Arrivals> arrivals = new TreeMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select system, sum(arrived), count(*) filter (where taken > 0),"
                    + " sum(greatest(taken - 1, 0)) from sandbox.ledger"
                    + " where first_at >= ? group by 1")) {
      query.setTimestamp(1, Timestamp.from(since));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          arrivals.put(
              rows.getString(1), new Arrivals(rows.getLong(2), rows.getLong(3), rows.getLong(4)));
        }
      }
    }
    return arrivals;
  }
}
