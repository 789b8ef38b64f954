package io.orderbridge.work;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.OrderKey;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was said of orders, or is owed of them, and has not arrived: dead letters and what waits.
 */
@Singleton
public class Unanswered {
  // Of a queue with more open letters the newest are looked at: who has so many looks at the queue.
  private static final int LETTERS_MAX = 2_000;
  // A shorter number stands in many a body by chance.
  private static final int NUMBER_MIN = 6;
  private static final int FOUND_MAX = 1_000;

  // A delivery is named after its order. A message is named after the sender's id; it is about an
  // order when its lane is that order's, or its body names the number. What a sweep read lies in a
  // queue inbox:<connection>/<stream>.
  private static final String LETTERS =
      """
      with letter as (
        select l.* from unnest(?::text[]) as q (queue)
         cross join lateral (
           select id, queue, subject, lane, cause, payload, died_at from dead_letter d
            where (d.queue = q.queue or d.queue like q.queue || '/%') and d.state = 'OPEN'
            order by id desc limit ?) l)
      select k.shop, k.number, l.queue, l.id, l.cause, l.died_at
        from unnest(?::text[], ?::text[]) as k (shop, number)
        join letter l
          on l.subject = k.shop || '/' || k.number or l.lane = '=' || k.number
          or l.queue like 'inbox:%' and length(k.number) >= ?
             and position(convert_to(k.number, 'UTF8') in l.payload) > 0
       order by l.id limit ?\
      """;
  private static final String WAITING =
      """
      select k.shop, k.number, w.queue, null::bigint, null::text, min(w.since)
        from unnest(?::text[], ?::text[]) as k (shop, number)
       cross join unnest(?::text[]) as q (queue)
        join work w on w.queue = q.queue
                   and w.lane in (k.shop || '/' || k.number, '=' || k.number)
       where w.since < ?
       group by k.shop, k.number, w.queue limit ?\
      """;

  /**
   * One thing that has not arrived.
   *
   * @param queue {@code inbox:<connection>}, {@code inbox:<connection>/<stream>} or {@code
   *     outbox:<target>}
   * @param deadLetter its number; null when it still waits
   * @param cause of the dead letter; null when it still waits
   * @param since when it died, or was put
   */
  public record Item(String queue, Long deadLetter, Cause cause, Instant since) {
    /** The connection whose message or debt it is. */
    public String system() {
      return queue.substring(queue.indexOf(':') + 1).split("/", 2)[0];
    }
  }

  /**
   * What has not arrived of these orders. Joins the caller's transaction.
   *
   * @param queues where to look
   * @param waitingBefore what was put later is on its way and does not count
   */
  public Map<OrderKey, List<Item>> of(
      Connection connection, List<OrderKey> orders, List<String> queues, Instant waitingBefore)
      throws SQLException {
    Map<OrderKey, List<Item>> found = new HashMap<>();
    try (PreparedStatement letters = connection.prepareStatement(LETTERS);
        PreparedStatement waiting = connection.prepareStatement(WAITING)) {
      letters.setArray(1, array(connection, "text", queues, queue -> queue));
      letters.setInt(2, LETTERS_MAX);
      letters.setArray(3, array(connection, "text", orders, OrderKey::shop));
      letters.setArray(4, array(connection, "text", orders, OrderKey::number));
      letters.setInt(5, NUMBER_MIN);
      letters.setInt(6, FOUND_MAX);
      add(letters, found);
      waiting.setArray(1, array(connection, "text", orders, OrderKey::shop));
      waiting.setArray(2, array(connection, "text", orders, OrderKey::number));
      waiting.setArray(3, array(connection, "text", queues, queue -> queue));
      waiting.setTimestamp(4, Timestamp.from(waitingBefore));
      waiting.setInt(5, FOUND_MAX);
      add(waiting, found);
    }
    return found;
  }

  private static void add(PreparedStatement query, Map<OrderKey, List<Item>> found)
      throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        String cause = rows.getString(5);
        found
            .computeIfAbsent(
                new OrderKey(rows.getString(1), rows.getString(2)), key -> new ArrayList<>())
            .add(
                new Item(
                    rows.getString(3),
                    rows.getObject(4, Long.class),
                    cause == null ? null : Cause.valueOf(cause),
                    rows.getTimestamp(6).toInstant()));
      }
    }
  }
}
