package io.orderbridge.work;

import io.orderbridge.store.Columns;
import io.orderbridge.store.Database;
import io.orderbridge.store.RunningInstance;
import io.orderbridge.work.Work.Claim;
import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.Work.Item;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The queues behind inbox and outbox. Work of one lane is done strictly in order and never by two
 * at once; lanes do not wait for each other; the cost of a claim does not depend on how much waits.
 * A claim lapses by the database's clock, so a dead or frozen process holds nothing for ever. What
 * is put commits or rolls back with the caller's transaction.
 */
@Singleton
public class WorkQueue {

  /**
   * The end of a claim.
   *
   * @param rest how long the lane rests before its next item is due; zero goes on at once
   */
  public record Release(Claim claim, Duration rest) {}

  private final Database database;
  private final RunningInstance instance;
  private final Map<String, Runnable> listeners = new ConcurrentHashMap<>();

  public WorkQueue(Database database, RunningInstance instance) {
    this.database = database;
    this.instance = instance;
  }

  /** Puts work into its lanes, in the order given. Joins the caller's transaction. */
  public void put(Connection connection, List<Draft> drafts) throws SQLException {
    if (drafts.isEmpty()) {
      return;
    }
    try (PreparedStatement work = connection.prepareStatement(WorkSql.PUT_WORK);
        PreparedStatement lanes = connection.prepareStatement(WorkSql.PUT_LANES)) {
      work.setArray(1, Columns.array(connection, "text", drafts, Draft::queue));
      work.setArray(2, Columns.array(connection, "text", drafts, Draft::lane));
      work.setArray(3, Columns.array(connection, "bigint", drafts, Draft::ref));
      work.setArray(
          4, Columns.array(connection, "timestamptz", drafts, draft -> draft.refAt().toString()));
      work.setArray(5, Columns.array(connection, "text", drafts, Draft::subject));
      work.setArray(6, Columns.array(connection, "text", drafts, Draft::key));
      work.setArray(7, Columns.array(connection, "bytea", drafts, Draft::payload));
      work.executeUpdate();
      lanes.setArray(1, Columns.array(connection, "text", drafts, Draft::queue));
      lanes.setArray(2, Columns.array(connection, "text", drafts, Draft::lane));
      lanes.executeUpdate();
    }
    wakeAfterCommit(drafts.stream().map(Draft::queue).distinct().toList());
  }

  /** Has the listener called whenever this process committed work into the queue. */
  public void onPut(String queue, Runnable listener) {
    listeners.put(queue, listener);
  }

  /** Ends {@link #onPut}. */
  public void forget(String queue, Runnable listener) {
    listeners.remove(queue, listener);
  }

  private void wakeAfterCommit(List<String> queues) {
    for (String queue : queues) {
      Runnable listener = listeners.get(queue);
      if (listener != null) {
        database.afterCommit(listener);
      }
    }
  }

  /**
   * Puts work back that had left its queue, in front of what was put after it: it keeps its number.
   * A lane that is not there yet becomes due after the wait given. Joins the caller's transaction.
   */
  public void putBack(Connection connection, Item item, Duration wait) throws SQLException {
    try (PreparedStatement work = connection.prepareStatement(WorkSql.PUT_BACK_WORK);
        PreparedStatement lane = connection.prepareStatement(WorkSql.PUT_BACK_LANE)) {
      work.setLong(1, item.id());
      work.setString(2, item.queue());
      work.setString(3, item.lane());
      work.setLong(4, item.what().ref());
      work.setTimestamp(5, Timestamp.from(item.what().refAt()));
      work.setString(6, item.what().subject());
      work.setString(7, item.what().key());
      work.setBytes(8, item.what().payload());
      work.setInt(9, item.attempts());
      work.setTimestamp(10, Timestamp.from(item.since()));
      work.executeUpdate();
      lane.setString(1, item.queue());
      lane.setString(2, item.lane());
      lane.setDouble(3, wait.toMillis() / 1000.0);
      lane.executeUpdate();
    }
    wakeAfterCommit(List.of(item.queue()));
  }

  /**
   * Claims lanes that are due, the longest waiting first.
   *
   * @param itemsMax work taken of one lane at once
   * @param lease after which another process may take the lane over
   * @return empty when nothing is due
   */
  public List<Claim> claim(String queue, int lanesMax, int itemsMax, Duration lease) {
    long ends = System.nanoTime() + lease.toNanos();
    return database.inTransaction(
        connection -> {
          List<Claim> claims = new ArrayList<>();
          try (PreparedStatement claim = connection.prepareStatement(WorkSql.CLAIM)) {
            claim.setString(1, queue);
            claim.setInt(2, lanesMax);
            claim.setLong(3, instance.id());
            claim.setDouble(4, lease.toMillis() / 1000.0);
            try (ResultSet rows = claim.executeQuery()) {
              while (rows.next()) {
                claims.add(
                    new Claim(
                        queue,
                        rows.getString(1),
                        rows.getLong(2),
                        rows.getLong(3),
                        rows.getInt(4),
                        new ArrayList<>(),
                        ends));
              }
            }
          }
          return claims.isEmpty() ? claims : withItems(connection, queue, claims, itemsMax);
        });
  }

  private List<Claim> withItems(
      Connection connection, String queue, List<Claim> claims, int itemsMax) throws SQLException {
    Map<String, List<Item>> byLane = new HashMap<>();
    try (PreparedStatement fetch = connection.prepareStatement(WorkSql.FETCH)) {
      fetch.setArray(1, Columns.array(connection, "text", claims, Claim::lane));
      fetch.setArray(
          2, Columns.array(connection, "int", claims, claim -> claim.strikes() > 1 ? 1 : itemsMax));
      fetch.setString(3, queue);
      try (ResultSet rows = fetch.executeQuery()) {
        while (rows.next()) {
          Item item = item(queue, rows);
          byLane.computeIfAbsent(item.lane(), lane -> new ArrayList<>()).add(item);
        }
      }
    }
    List<Claim> filled = new ArrayList<>();
    List<Release> empty = new ArrayList<>();
    for (Claim claim : claims) {
      List<Item> items = byLane.getOrDefault(claim.lane(), List.of());
      if (items.isEmpty()) {
        empty.add(new Release(claim, Duration.ZERO));
      } else {
        items.sort(Comparator.comparingLong(Item::id));
        claim.items().addAll(items);
        filled.add(claim);
      }
    }
    release(connection, empty);
    return filled;
  }

  private static Item item(String queue, ResultSet row) throws SQLException {
    Draft what =
        new Draft(
            queue,
            row.getString(2),
            row.getLong(3),
            row.getTimestamp(4).toInstant(),
            row.getString(5),
            row.getString(6),
            row.getBytes(7));
    return new Item(row.getLong(1), what, row.getInt(8), row.getTimestamp(9).toInstant());
  }

  /** A number for work that never waits, such as what goes to the dead letters at once. */
  public long nextId(Connection connection) throws SQLException {
    try (PreparedStatement next = connection.prepareStatement("select nextval('work_id')");
        ResultSet row = next.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** {@link #dueNow} in a transaction of its own. */
  public int hurry(String queue) {
    return database.inTransaction(connection -> dueNow(connection, queue));
  }

  /** Makes lanes due that wait for a later attempt; joins the caller's transaction. How many. */
  public int dueNow(Connection connection, String queue) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update lane set due_at = now() where queue = ? and token is null and due_at >"
                + " now()")) {
      update.setString(1, queue);
      wakeAfterCommit(List.of(queue));
      return update.executeUpdate();
    }
  }

  /** Removes work that is settled. Joins the caller's transaction; removing twice is harmless. */
  public void pay(Connection connection, Collection<Item> items) throws SQLException {
    each(connection, WorkSql.PAY, items);
  }

  /** Counts a failed attempt of work that stays. Joins the caller's transaction. */
  public void countAttempt(Connection connection, Collection<Item> items) throws SQLException {
    each(connection, WorkSql.COUNT_ATTEMPT, items);
  }

  private static void each(Connection connection, String sql, Collection<Item> items)
      throws SQLException {
    if (items.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.array(connection, "text", items, Item::queue));
      statement.setArray(2, Columns.array(connection, "text", items, Item::lane));
      statement.setArray(3, Columns.array(connection, "bigint", items, Item::id));
      statement.executeUpdate();
    }
  }

  /** Ends claims. Joins the caller's transaction; a claim that lapsed is left alone. */
  public void release(Connection connection, Collection<Release> releases) throws SQLException {
    if (releases.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(WorkSql.RELEASE)) {
      statement.setArray(
          1, Columns.array(connection, "text", releases, release -> release.claim().queue()));
      statement.setArray(
          2, Columns.array(connection, "text", releases, release -> release.claim().lane()));
      statement.setArray(
          3, Columns.array(connection, "bigint", releases, release -> release.claim().token()));
      statement.setArray(
          4, Columns.array(connection, "bigint", releases, release -> release.claim().pokes()));
      statement.setArray(
          5, Columns.array(connection, "float8", releases, r -> r.rest().toMillis() / 1000.0));
      statement.executeUpdate();
    }
  }
}
