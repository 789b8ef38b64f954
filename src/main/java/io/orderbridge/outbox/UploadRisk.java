package io.orderbridge.outbox;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Which uploads are at risk or late now, see {@link Deadlines}: for checks, and counted. */
@Singleton
public class UploadRisk {
  private static final int FETCH = 1_000;

  private static final String PRESSING =
      """
      select target, subject, due_at, state = 'BREACHED' from upload_deadline
       where met_at is null and state in ('WARNED', 'BREACHED') order by target, subject\
      """;
  // What was late and is made good stays a breach of the shop's rules: all of them are counted.
  private static final String COUNT =
      """
      select target, count(*) filter (where state = 'WARNED' and met_at is null),
             count(*) filter (where state = 'BREACHED' and met_at is null),
             count(*) filter (where state = 'BREACHED')
        from (select target, state, met_at from upload_deadline where state = 'WARNED'
              union all
              select target, state, met_at from upload_deadline where state = 'BREACHED') risk
       group by target\
      """;

  private final Database database;

  public UploadRisk(Database database) {
    this.database = database;
  }

  /**
   * An order whose shop was not told yet.
   *
   * @param late whether the deadline is over
   */
  public record Pressing(String target, String order, Instant dueAt, boolean late) {}

  /**
   * How many orders of one target.
   *
   * @param atRisk warned, to be told before the deadline
   * @param late over the deadline and not told yet
   * @param breached all that were ever late, also those that were told since
   */
  public record Counts(long atRisk, long late, long breached) {}

  /** Takes one order after the other; what it throws ends the reading. */
  @FunctionalInterface
  public interface Taker {
    void take(Pressing pressing) throws SQLException;
  }

  /** Gives every order that is at risk or late. Joins the caller's transaction, constant memory. */
  public void pressing(Connection connection, Taker taker) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(PRESSING)) {
      query.setFetchSize(FETCH);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          taker.take(
              new Pressing(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getTimestamp(3).toInstant(),
                  rows.getBoolean(4)));
        }
      }
    }
  }

  /** By target; targets of which nothing was ever late or at risk are missing. */
  public Map<String, Counts> counts() {
    return database.inTransaction(
        connection -> {
          Map<String, Counts> counts = new TreeMap<>();
          try (PreparedStatement query = connection.prepareStatement(COUNT);
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              counts.put(
                  rows.getString(1), new Counts(rows.getLong(2), rows.getLong(3), rows.getLong(4)));
            }
          }
          return counts;
        });
  }
}
