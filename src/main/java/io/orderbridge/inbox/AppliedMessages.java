package io.orderbridge.inbox;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.Refusal;
import io.orderbridge.store.Database;
import io.orderbridge.work.Unsettled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The newest messages of a stream that its route has had, for a look back. Only reads. */
@Singleton
public class AppliedMessages {
  // Two days of the load that is promised for a small machine: a stream that tells less often than
  // that is looked at no further back, because each row before it would be read for nothing.
  private static final int LOOKED_THROUGH_MAX = 200_000;

  // The waiting ones are the newest: past a backlog of forty pages nothing is looked for.
  private static final int PAGE = 500;
  private static final int PAGES_MAX = 40;

  private static final String NEWEST =
      """
      select m.id, m.received_at from inbox_message m
       where m.connection = ? and m.id > (select max(id) - ? from inbox_message) and m.id < ?
       order by m.id desc limit ?\
      """;

  private static final String BODIES =
      """
      select m.id, m.received_at, m.connection, m.kind, m.message_id, m.headers, m.body
        from inbox_message m
        join unnest(?::bigint[], ?::timestamptz[]) as i (id, received_at)
          on m.id = i.id and m.received_at = i.received_at
       order by m.id desc\
      """;

  private final Database database;
  private final Unsettled unsettled;
  private final ReceivingConnections connections;

  public AppliedMessages(Database database, Unsettled unsettled, ReceivingConnections connections) {
    this.database = database;
    this.unsettled = unsettled;
    this.connections = connections;
  }

  /** Where a message is stored. */
  public record Place(long id, Instant receivedAt) {}

  /**
   * A message as its route began with it.
   *
   * @param connection whose word it is
   * @param body opened; null when it cannot be opened any more
   */
  public record Applied(
      Place place,
      String connection,
      String kind,
      String messageId,
      Map<String, String> headers,
      byte[] body) {}

  /**
   * The newest messages that do not wait any more, applied or dead, the newest first.
   *
   * @param stream connection, or {@code connection/source}
   */
  public List<Place> newest(String stream, int max) {
    List<Place> found = new ArrayList<>();
    long[] below = {Long.MAX_VALUE};
    for (int i = 0; i < PAGES_MAX && found.size() < max; i++) {
      List<Place> page = database.inTransaction(connection -> newest(connection, stream, below[0]));
      if (page.isEmpty()) {
        break;
      }
      below[0] = page.get(page.size() - 1).id();
      Map<Long, Unsettled.How> open =
          unsettled.find(Inbox.queueName(stream), page.stream().map(Place::id).toList());
      page.removeIf(place -> open.get(place.id()) == Unsettled.How.WAITING);
      found.addAll(page);
    }
    return List.copyOf(found.subList(0, Math.min(max, found.size())));
  }

  /** The messages at these places, the newest first; those past their retention are missing. */
  public List<Applied> load(String stream, Collection<Place> places) {
    return database.inTransaction(connection -> load(connection, stream, places));
  }

  private static List<Place> newest(Connection connection, String stream, long below)
      throws SQLException {
    List<Place> places = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(NEWEST)) {
      query.setString(1, stream);
      query.setInt(2, LOOKED_THROUGH_MAX);
      query.setLong(3, below);
      query.setInt(4, PAGE);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          places.add(new Place(rows.getLong(1), rows.getTimestamp(2).toInstant()));
        }
      }
    }
    return places;
  }

  private List<Applied> load(Connection connection, String stream, Collection<Place> places)
      throws SQLException {
    List<Applied> messages = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(BODIES)) {
      query.setArray(1, array(connection, "bigint", places, Place::id));
      query.setArray(2, array(connection, "timestamptz", places, p -> p.receivedAt().toString()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Timestamp received = rows.getTimestamp(2);
          messages.add(
              new Applied(
                  new Place(rows.getLong(1), received.toInstant()),
                  stream.split("/", 2)[0],
                  rows.getString(4),
                  rows.getString(5),
                  KeptHeaders.read(rows.getString(6)),
                  opened(stream, rows.getBytes(7))));
        }
      }
    }
    return messages;
  }

  // What came through the door may be encrypted; what a source read is as it was read.
  private byte[] opened(String stream, byte[] body) {
    try {
      return stream.contains("/")
          ? body
          : connections.find(stream).map(receiving -> receiving.scheme().open(body)).orElse(body);
    } catch (Refusal e) {
      return null;
    }
  }
}
