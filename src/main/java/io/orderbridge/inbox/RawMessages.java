package io.orderbridge.inbox;

import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Messages as they came, for people who compare them with what was made of them. */
@Singleton
public class RawMessages {
  private static final String ONE =
      """
      select id, received_at, connection, kind, message_id, body from inbox_message
       where id = ?\
      """;

  private final Database database;

  public RawMessages(Database database) {
    this.database = database;
  }

  /**
   * A message as it came.
   *
   * @param body the bytes that were received; personal data may stand in them
   */
  public record Raw(
      long id, Instant receivedAt, String connection, String kind, String messageId, byte[] body) {

    /** Without the body: it may hold personal data. */
    @Override
    public String toString() {
      return "message %d of %s, %d bytes".formatted(id, connection, body.length);
    }
  }

  /**
   * The message, for somebody who is shown no value of its body. Nothing is recorded.
   *
   * @return empty when there is none, or its retention is over
   */
  public Optional<Raw> masked(long id) {
    return database.inTransaction(connection -> read(connection, id));
  }

  /**
   * The message, for somebody who reads its body. The look is recorded.
   *
   * @return empty when there is none, or its retention is over
   */
  public Optional<Raw> open(long id, String actor) {
    return database.inTransaction(
        connection -> {
          Optional<Raw> found = read(connection, id);
          if (found.isPresent()) {
            Audit.write(connection, new Audit.Act(actor, "message.opened", "" + id, "", ""));
          }
          return found;
        });
  }

  private static Optional<Raw> read(Connection connection, long id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ONE)) {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Raw(
                    row.getLong(1),
                    row.getTimestamp(2).toInstant(),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getBytes(6)))
            : Optional.empty();
      }
    }
  }
}
