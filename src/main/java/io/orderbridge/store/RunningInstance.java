package io.orderbridge.store;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * This process among those that share the database. It holds an advisory lock on its number while
 * it lives; when the lock is gone the others free what it had claimed, within seconds and without
 * waiting for the lease. A process that is frozen keeps its lock, and its claims lapse.
 */
@Singleton
public class RunningInstance {
  private static final Logger LOG = Logger.getLogger(RunningInstance.class);
  // "ob" as the first key, so that other users of the database do not meet our locks.
  private static final int LOCK_CLASS = 0x6f62;

  private static final String BURY =
      """
      delete from instance i
       where i.id <> ? and not exists (
         select 1 from pg_locks l
          where l.locktype = 'advisory' and l.classid = 28514 and l.objid = i.id::oid
            and l.database = (select oid from pg_database where datname = current_database()))
      returning i.id\
      """;
  // Reads all lanes, so it runs only when a process has died.
  private static final String FREE =
      """
      update lane set token = null, holder = null, due_at = now() where holder = any (?)\
      """;

  private final DataSource source;
  private final Database database;
  private Connection lock;
  private volatile long id;

  public RunningInstance(DataSource source, Database database) {
    this.source = source;
    this.database = database;
  }

  /** Number of this process; 0 before {@link #heartbeat} ran. */
  public long id() {
    return id;
  }

  /**
   * The processes that are known to run; one that died leaves the list within seconds. Joins the
   * caller's transaction.
   */
  public static List<Long> running(Connection connection) throws SQLException {
    List<Long> running = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement("select id from instance");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        running.add(rows.getLong(1));
      }
    }
    return running;
  }

  /**
   * Keeps this process's lock, taking a new number when the connection broke, and frees what dead
   * processes held. Called at start and every few seconds.
   *
   * @return lanes freed
   */
  public synchronized int heartbeat() {
    if (!locked()) {
      id = enter();
    }
    int freed = database.inTransaction(connection -> free(connection, bury(connection)));
    if (freed > 0) {
      LOG.infof("instance.taken_over lanes=%d by=%d", freed, id);
    }
    return freed;
  }

  private List<Long> bury(Connection connection) throws SQLException {
    List<Long> dead = new ArrayList<>();
    try (PreparedStatement bury = connection.prepareStatement(BURY)) {
      bury.setLong(1, id);
      try (ResultSet rows = bury.executeQuery()) {
        while (rows.next()) {
          dead.add(rows.getLong(1));
        }
      }
    }
    return dead;
  }

  private static int free(Connection connection, List<Long> dead) throws SQLException {
    if (dead.isEmpty()) {
      return 0;
    }
    try (PreparedStatement free = connection.prepareStatement(FREE)) {
      free.setArray(1, Columns.array(connection, "bigint", dead, number -> number));
      return free.executeUpdate();
    }
  }

  private boolean locked() {
    if (lock == null) {
      return false;
    }
    try (Statement statement = lock.createStatement()) {
      statement.execute("select 1");
      return true;
    } catch (SQLException e) {
      leave();
      return false;
    }
  }

  private long enter() {
    try {
      lock = source.getConnection();
      try (Statement statement = lock.createStatement();
          ResultSet row =
              statement.executeQuery(
                  """
                  with me as (insert into instance values (nextval('instance_id')) returning id)
                  select id, pg_advisory_lock(%d, id::int) from me\
                  """
                      .formatted(LOCK_CLASS))) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      leave();
      throw new StoreUnavailable(e);
    }
  }

  /** Gives the number up; what is still claimed becomes free for the others at once. */
  public synchronized void leave() {
    if (lock == null) {
      return;
    }
    try (Connection closing = lock;
        Statement statement = closing.createStatement()) {
      statement.execute("select pg_advisory_unlock_all()");
    } catch (SQLException e) {
      LOG.debugf("instance.left id=%d why=%s", id, e.getMessage());
    }
    lock = null;
  }
}
