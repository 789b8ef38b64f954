package io.orderbridge.work;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.Cause;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What does not get through: open dead letters by queue and cause, and debts that wait for long.
 */
@Singleton
public class OpenLetters {
  private static final String PILES =
      """
      select queue, cause, count(*), min(died_at) from dead_letter where state = 'OPEN'
       group by queue, cause order by queue, cause\
      """;
  private static final String OF_ORDERS =
      """
      select queue, subject, (array_agg(cause order by id))[1], min(id), min(died_at)
        from dead_letter
       where state = 'OPEN' and queue like 'outbox:%'
       group by queue, subject order by min(id) limit ?\
      """;
  private static final String WAITING =
      """
      select w.queue, w.subject, null::text, null::bigint, min(w.since)
        from unnest(?::text[], ?::timestamptz[]) as q (queue, before)
        join work w on w.queue = q.queue and w.since < q.before
       group by w.queue, w.subject order by min(w.since), w.subject limit ?\
      """;

  private final Database database;

  public OpenLetters(Database database) {
    this.database = database;
  }

  /** Open dead letters of one queue and cause, and when the first of them died. */
  public record Pile(String queue, Cause cause, long count, Instant since) {}

  /**
   * An order of which something does not get through to a target.
   *
   * @param order {@code shop/number}
   * @param cause of the dead letter; null when it still waits
   * @param deadLetter its number; null when it still waits
   */
  public record Kept(String queue, String order, Cause cause, Long deadLetter, Instant since) {}

  /** All open dead letters, counted. */
  public List<Pile> piles() {
    return database.inTransaction(
        connection -> {
          List<Pile> piles = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(PILES);
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              piles.add(
                  new Pile(
                      rows.getString(1),
                      Cause.valueOf(rows.getString(2)),
                      rows.getLong(3),
                      rows.getTimestamp(4).toInstant()));
            }
          }
          return piles;
        });
  }

  /** How many letters match; those that are open where the filter names no state. */
  public long count(DeadLetter.Filter filter) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select count(*) from dead_letter " + DeadLetterRows.match(filter))) {
            DeadLetterRows.bind(query, filter);
            try (ResultSet row = query.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }

  /** The orders with open dead letters of deliveries, the oldest letter first. */
  public List<Kept> orders(int max) {
    return kept(OF_ORDERS, Map.of(), max);
  }

  /**
   * The orders whose debts wait since before these times, the longest first.
   *
   * @param before by queue
   */
  public List<Kept> waiting(Map<String, Instant> before, int max) {
    return before.isEmpty() ? List.of() : kept(WAITING, before, max);
  }

  private List<Kept> kept(String sql, Map<String, Instant> before, int max) {
    return database.inTransaction(
        connection -> {
          List<Kept> kept = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(sql)) {
            int next = 1;
            if (!before.isEmpty()) {
              List<Map.Entry<String, Instant>> queues = List.copyOf(before.entrySet());
              query.setArray(next++, array(connection, "text", queues, Map.Entry::getKey));
              query.setArray(
                  next++,
                  array(connection, "timestamptz", queues, one -> one.getValue().toString()));
            }
            query.setInt(next, max);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                String cause = rows.getString(3);
                kept.add(
                    new Kept(
                        rows.getString(1),
                        rows.getString(2),
                        cause == null ? null : Cause.valueOf(cause),
                        rows.getObject(4, Long.class),
                        rows.getTimestamp(5).toInstant()));
              }
            }
          }
          return kept;
        });
  }
}
