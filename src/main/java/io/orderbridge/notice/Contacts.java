package io.orderbridge.notice;

import io.orderbridge.store.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where customers are reached beside the phone of their order: by kind, the newest word counts.
 * Joins the caller's transaction.
 */
public final class Contacts {
  private static final String PUT =
      """
      insert into notice_contact (customer, kind, value, at)
      select ?, kind, value, ?::timestamptz from unnest(?::text[], ?::text[]) as n (kind, value)
      on conflict on constraint notice_contact_pk do update
         set value = excluded.value, at = excluded.at
       where notice_contact.at <= excluded.at
         and (notice_contact.value, notice_contact.at) <> (excluded.value, excluded.at)
         and (notice_contact.value <> '' or notice_contact.at < excluded.at)\
      """;
  private static final String OF =
      "select customer, kind, value from notice_contact where customer = any (?) and value <> ''";
  private static final String ERASE =
      "update notice_contact set value = '', at = greatest(at, ?::timestamptz)"
          + " where customer = ? and value <> ''";

  private Contacts() {}

  /** The contacts by kind ({@code wechat}, {@code jpush}, {@code fcm}, {@code email}). */
  public static Map<String, Map<String, String>> of(Connection connection, Set<String> customers)
      throws SQLException {
    Map<String, Map<String, String>> contacts = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(OF)) {
      query.setArray(1, Columns.array(connection, "text", customers, customer -> customer));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          contacts
              .computeIfAbsent(rows.getString(1), key -> new TreeMap<>())
              .put(rows.getString(2), rows.getString(3));
        }
      }
    }
    return contacts;
  }

  /**
   * @param contacts by kind; an empty one is taken away
   * @return those that are other than before
   */
  static int put(Connection connection, String customer, Map<String, String> contacts, Instant at)
      throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      put.setString(1, customer);
      put.setString(2, at.toString());
      put.setArray(3, Columns.array(connection, "text", contacts.entrySet(), Map.Entry::getKey));
      put.setArray(4, Columns.array(connection, "text", contacts.entrySet(), Map.Entry::getValue));
      return put.executeUpdate();
    }
  }

  /** Takes all contacts away for good; what was told before this time does not bring them back. */
  static int erase(Connection connection, String customer, Instant now) throws SQLException {
    try (PreparedStatement erase = connection.prepareStatement(ERASE)) {
      erase.setString(1, now.toString());
      erase.setString(2, customer);
      return erase.executeUpdate();
    }
  }
}
