package io.orderbridge.inbox;

import io.orderbridge.store.Columns;
import io.orderbridge.store.Database;
import io.orderbridge.work.Work.Item;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads stored messages back. */
@Singleton
class Messages {
  // Larger bodies are read one by one when their turn comes, so that a claim of many stays small.
  private static final int TOGETHER_MAX = 64 * 1024;

  private static final String LOAD =
      """
      select m.id, m.connection, m.message_id, m.kind, m.headers,
             case when octet_length(m.body) <= ? then m.body end
        from inbox_message m
        join unnest(?::bigint[], ?::timestamptz[]) as i (id, received_at)
          on m.id = i.id and m.received_at = i.received_at\
      """;

  /**
   * @param body null when it has to be read by itself
   */
  record Message(
      long id, String connection, String messageId, String kind, String headers, byte[] body) {}

  private final Database database;

  Messages(Database database) {
    this.database = database;
  }

  Map<Long, Message> load(List<Item> items) {
    return database.inTransaction(connection -> load(connection, items, TOGETHER_MAX));
  }

  /** The message with its body, however large; null when its retention is over. */
  Message loadWhole(Item item) {
    return database
        .inTransaction(connection -> load(connection, List.of(item), Integer.MAX_VALUE))
        .get(item.what().ref());
  }

  private static Map<Long, Message> load(Connection connection, List<Item> items, int bodyMax)
      throws SQLException {
    Map<Long, Message> messages = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(LOAD)) {
      query.setInt(1, bodyMax);
      query.setArray(2, Columns.array(connection, "bigint", items, item -> item.what().ref()));
      query.setArray(
          3,
          Columns.array(connection, "timestamptz", items, item -> item.what().refAt().toString()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          messages.put(
              rows.getLong(1),
              new Message(
                  rows.getLong(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getString(5),
                  rows.getBytes(6)));
        }
      }
    }
    return messages;
  }
}
