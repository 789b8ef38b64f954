package io.orderbridge.finding;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.finding.FindingChange.How;
import io.orderbridge.store.Database;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The findings of all checks. A check says what it finds now; what it does not find any more is
 * cleared, and a second run over the same state changes nothing. Everything joins the caller's
 * transaction, the listeners included. Thread-safe; two runs of one scope wait for each other.
 */
@Singleton
public class Findings {
  /**
   * The open findings as their newest runs say, to be joined by other features' statements: {@code
   * id, level, amount, currency, zh, en, seen_at}.
   */
  public static final String OPEN =
      """
      (select id, level, amount, currency, zh, en, seen_at from finding where state = 'OPEN')\
      """;

  private static final int BATCH = 1_000;
  private static final int LOCK = 28518;

  private final Database database;
  private final Iterable<FindingListener> listeners;

  @Inject
  Findings(Database database, Instance<FindingListener> listeners) {
    this(database, (Iterable<FindingListener>) listeners);
  }

  /** For tests and for whoever wires by hand. */
  public Findings(Database database, Iterable<FindingListener> listeners) {
    this.database = database;
    this.listeners = listeners;
  }

  /** What a settling changed. */
  public record Settled(int opened, int reopened, int cleared) {}

  /**
   * Makes the temporary table {@code found_now}, which lasts as long as the transaction. A check
   * over millions of rows fills it by SQL; its columns are those of {@code finding}. Called twice
   * it keeps what is there.
   */
  public static void gather(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(FindingSql.GATHER);
    }
  }

  /** Adds to what the check of this transaction has found. */
  public static void add(Connection connection, List<Finding> found) throws SQLException {
    gather(connection);
    try (PreparedStatement insert = connection.prepareStatement(FindingSql.ADD)) {
      for (int from = 0; from < found.size(); from += BATCH) {
        List<Finding> batch = found.subList(from, Math.min(from + BATCH, found.size()));
        insert.setArray(1, array(connection, "text", batch, one -> one.kind().name()));
        insert.setArray(2, array(connection, "text", batch, Finding::code));
        insert.setArray(3, array(connection, "text", batch, Finding::subject));
        insert.setArray(4, array(connection, "text", batch, Finding::item));
        insert.setArray(5, array(connection, "text", batch, one -> one.level().name()));
        insert.setArray(6, array(connection, "numeric", batch, FindingRows::amount));
        insert.setArray(7, array(connection, "text", batch, FindingRows::currency));
        insert.setArray(8, array(connection, "text", batch, Finding::cause));
        insert.setArray(9, array(connection, "text", batch, FindingRows::evidence));
        insert.setArray(10, array(connection, "text", batch, one -> one.text().zh()));
        insert.setArray(11, array(connection, "text", batch, one -> one.text().en()));
        insert.executeUpdate();
      }
    }
  }

  /**
   * Makes the open findings of the scope exactly those gathered in this transaction. Called once at
   * the end of a check that looked at everything in its scope.
   *
   * @param scope named by the check, for example {@code payment:wechat-pay:2026-11-20}
   */
  public Settled settle(Connection connection, String scope, Instant now) throws SQLException {
    return settle(connection, scope, null, now);
  }

  /**
   * Like {@link #settle(Connection, String, Instant)}, for a check that looked at these subjects
   * only: findings of the scope about others stay as they are.
   */
  public Settled settle(Connection connection, String scope, List<String> subjects, Instant now)
      throws SQLException {
    gather(connection);
    lock(connection, scope);
    execute(connection, FindingSql.BEFORE);
    try (PreparedStatement open = connection.prepareStatement(FindingSql.OPEN)) {
      open.setString(1, scope);
      open.setTimestamp(2, Timestamp.from(now));
      open.setTimestamp(3, Timestamp.from(now));
      open.executeUpdate();
    }
    int[] counts = new int[How.values().length];
    try (PreparedStatement opened = connection.prepareStatement(FindingSql.OPENED)) {
      tell(connection, opened, null, now, counts);
    }
    try (PreparedStatement changed = connection.prepareStatement(FindingSql.CHANGED)) {
      tell(connection, changed, How.CHANGED, now, counts);
    }
    String which = subjects == null ? FindingSql.OF_SCOPE : FindingSql.OF_SUBJECTS;
    try (PreparedStatement clear = connection.prepareStatement(FindingSql.CLEAR.formatted(which))) {
      clear.setTimestamp(1, Timestamp.from(now));
      clear.setString(2, scope);
      if (subjects != null) {
        clear.setArray(3, array(connection, "text", subjects, subject -> subject));
      }
      tell(connection, clear, How.CLEARED, now, counts);
    }
    // So that a transaction may settle several scopes.
    execute(connection, "drop table found_before; drop table found_now");
    return new Settled(
        counts[How.OPENED.ordinal()],
        counts[How.REOPENED.ordinal()],
        counts[How.CLEARED.ordinal()]);
  }

  /**
   * Tells one listener of every open finding as if it came now: of those that it did not hear of,
   * or heard of under other rules. A thousand in a transaction, in which none of them can be
   * cleared. The listener has to bear what it has heard already.
   */
  public void retell(FindingListener listener, Instant now) {
    long after = 0;
    while (after >= 0) {
      long from = after;
      after = database.inTransaction(connection -> retell(connection, listener, from, now));
    }
  }

  // The number to go on from; negative at the end.
  private static long retell(
      Connection connection, FindingListener listener, long after, Instant now)
      throws SQLException {
    List<FindingChange> batch = new ArrayList<>();
    try (PreparedStatement open = connection.prepareStatement(FindingSql.OPEN_AFTER)) {
      open.setLong(1, after);
      open.setInt(2, BATCH);
      try (ResultSet rows = open.executeQuery()) {
        while (rows.next()) {
          batch.add(FindingRows.change(rows, null));
        }
      }
    }
    if (!batch.isEmpty()) {
      listener.followed(connection, List.copyOf(batch), now);
    }
    return batch.size() < BATCH ? -1 : batch.get(batch.size() - 1).id();
  }

  private static void lock(Connection connection, String scope) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))")) {
      lock.setInt(1, LOCK);
      lock.setString(2, scope);
      lock.execute();
    }
  }

  private void tell(
      Connection connection, PreparedStatement changed, How how, Instant now, int[] counts)
      throws SQLException {
    changed.setFetchSize(BATCH);
    try (ResultSet rows = changed.executeQuery()) {
      List<FindingChange> batch = new ArrayList<>();
      while (rows.next()) {
        FindingChange change = FindingRows.change(rows, how);
        counts[change.how().ordinal()]++;
        batch.add(change);
        if (batch.size() == BATCH) {
          tell(connection, batch, now);
          batch.clear();
        }
      }
      tell(connection, batch, now);
    }
  }

  private void tell(Connection connection, List<FindingChange> batch, Instant now)
      throws SQLException {
    if (!batch.isEmpty()) {
      for (FindingListener listener : listeners) {
        listener.followed(connection, List.copyOf(batch), now);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Which findings are wanted; null stands for any.
   *
   * @param state {@code OPEN} or {@code CLEARED}
   * @param before only findings with a lower number
   */
  public record Filter(String kind, String code, String subject, String state, Long before) {}

  /** A finding as it is stored. */
  public record Stored(
      long id,
      String scope,
      Finding finding,
      String state,
      int episode,
      Instant openedAt,
      Instant seenAt,
      Instant clearedAt) {}

  /** Findings, the newest first. */
  public List<Stored> list(Filter filter, int max) {
    return database.inTransaction(
        connection -> {
          List<Stored> found = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(FindingSql.LIST)) {
            int place = 1;
            for (String value :
                new String[] {filter.kind(), filter.code(), filter.subject(), filter.state()}) {
              query.setString(place++, value);
              query.setString(place++, value);
            }
            query.setObject(place++, filter.before(), java.sql.Types.BIGINT);
            query.setObject(place++, filter.before(), java.sql.Types.BIGINT);
            query.setInt(place, max);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                found.add(FindingRows.stored(rows));
              }
            }
          }
          return found;
        });
  }

  /** How many are open, by {@code KIND/LEVEL}. */
  public Map<String, Long> counts() {
    return database.inTransaction(
        connection -> {
          Map<String, Long> counts = new TreeMap<>();
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(FindingSql.COUNT)) {
            while (rows.next()) {
              counts.put(rows.getString(1) + "/" + rows.getString(2), rows.getLong(3));
            }
          }
          return counts;
        });
  }
}
