package io.orderbridge.notice;

import io.orderbridge.store.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What customers said to notices: added, never changed. Joins the caller's transaction. */
public final class Consents {
  private static final int HISTORY_MAX = 500;

  private static final String ADD =
      """
      insert into notice_consent (customer, channel, content, says, at, evidence, recorded_at)
      select ?, channel, content, says, at, evidence, ?::timestamptz
        from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[])
          as n (channel, content, says, at, evidence)
      on conflict on constraint notice_consent_once do nothing\
      """;
  // Said both at once it is no consent: W comes after G.
  private static final String NEWEST =
      """
      select distinct on (customer, channel, content)
             customer, channel, content, says, at, evidence
        from notice_consent where customer = any (?)
       order by customer, channel, content, at desc, says desc\
      """;
  private static final String HISTORY =
      """
      select customer, channel, content, says, at, evidence
        from notice_consent where customer = ? order by at desc, id desc limit ?\
      """;

  private Consents() {}

  /** The newest word of each customer per channel and content; who never spoke is missing. */
  public static Map<String, List<Consent>> of(Connection connection, Set<String> customers)
      throws SQLException {
    Map<String, List<Consent>> consents = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(NEWEST)) {
      query.setArray(1, Columns.array(connection, "text", customers, customer -> customer));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          consents.computeIfAbsent(rows.getString(1), key -> new ArrayList<>()).add(consent(rows));
        }
      }
    }
    return consents;
  }

  /** Everything that a customer said, the newest first, at most 500 words. */
  static List<Consent> history(Connection connection, String customer) throws SQLException {
    List<Consent> history = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(HISTORY)) {
      query.setString(1, customer);
      query.setInt(2, HISTORY_MAX);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          history.add(consent(rows));
        }
      }
    }
    return history;
  }

  /**
   * @return words that were not known before
   */
  static int add(Connection connection, String customer, List<Consent> said, Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setString(1, customer);
      insert.setString(2, now.toString());
      insert.setArray(3, Columns.array(connection, "text", said, Consent::channel));
      insert.setArray(4, Columns.array(connection, "text", said, Consent::content));
      insert.setArray(5, Columns.array(connection, "text", said, word -> word.says().name()));
      insert.setArray(
          6, Columns.array(connection, "timestamptz", said, word -> word.at().toString()));
      insert.setArray(7, Columns.array(connection, "text", said, Consent::evidence));
      return insert.executeUpdate();
    }
  }

  private static Consent consent(ResultSet row) throws SQLException {
    return new Consent(
        row.getString(2),
        row.getString(3),
        Says.valueOf(row.getString(4)),
        row.getTimestamp(5).toInstant(),
        row.getString(6));
  }
}
