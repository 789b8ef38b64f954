package io.orderbridge.inbox;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.work.WorkTrace;
import io.orderbridge.work.WorkTrace.Place;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Messages that tell of an order: those that were applied, by their numbers, and those that still
 * wait, by what stands in their bodies. Answers join the caller's transaction.
 */
@Singleton
public class MessageTrace {
  private static final String QUEUE = "inbox:";
  // Bodies of some KB each: all of them are looked through in some hundredths of a second. In a
  // longer backlog the message may be missed, and only the backlog is told.
  private static final int LOOKED_INTO_MAX = 500;
  // A shorter number stands in every body.
  private static final int NUMBER_MIN = 4;
  private static final int BODY_MAX = 64 * 1024;

  private static final String ARRIVED =
      """
      select id, received_at, connection, kind, message_id from inbox_message
       where id = any (?) and received_at >= ? order by id\
      """;

  // A body that is encrypted by its sender names nothing; the backlog is told all the same.
  private static final String NAMING =
      """
      select m.id, m.received_at, m.connection, m.kind, m.message_id
        from unnest(?::bigint[], ?::timestamptz[]) as i (id, received_at)
        join inbox_message m on m.id = i.id and m.received_at = i.received_at
       where octet_length(m.body) <= ? and position(? in m.body) > 0
       order by m.id limit 10\
      """;

  /** A message as it came. */
  public record Arrived(
      long id, Instant receivedAt, String connection, String kind, String messageId) {}

  private final WorkTrace work;

  public MessageTrace(WorkTrace work) {
    this.work = work;
  }

  /** The messages of these numbers that are kept, received at or after {@code from}. */
  public List<Arrived> arrived(Connection connection, Collection<Long> ids, Instant from)
      throws SQLException {
    if (ids.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement query = connection.prepareStatement(ARRIVED)) {
      query.setArray(1, array(connection, "bigint", ids, id -> id));
      query.setTimestamp(2, Timestamp.from(from));
      return read(query);
    }
  }

  /**
   * Messages of this queue that wait and whose body holds the number; of a longer backlog five
   * hundred are looked into. Numbers of fewer than four characters are not looked for.
   *
   * @param queue {@code inbox:<connection>}
   */
  public List<Arrived> waiting(Connection connection, String queue, String number)
      throws SQLException {
    List<Place> places =
        queue.startsWith(QUEUE) && number.length() >= NUMBER_MIN
            ? work.places(connection, queue, LOOKED_INTO_MAX)
            : List.<Place>of();
    if (places.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement query = connection.prepareStatement(NAMING)) {
      query.setArray(1, array(connection, "bigint", places, Place::ref));
      query.setArray(
          2, array(connection, "timestamptz", places, place -> place.refAt().toString()));
      query.setInt(3, BODY_MAX);
      query.setBytes(4, number.getBytes(StandardCharsets.UTF_8));
      return read(query);
    }
  }

  private static List<Arrived> read(PreparedStatement query) throws SQLException {
    List<Arrived> arrived = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        arrived.add(
            new Arrived(
                rows.getLong(1),
                rows.getTimestamp(2).toInstant(),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5)));
      }
    }
    return arrived;
  }
}
