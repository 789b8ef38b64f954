package io.orderbridge.store;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;

/** The one place that opens transactions. Thread-safe. */
@Singleton
public final class Database {
  private static final int TRIES_MAX = 3;
  // serialization_failure and deadlock_detected: PostgreSQL rolled back and asks to try again.
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

  private final DataSource source;
  private final ThreadLocal<List<Runnable>> afterCommit = ThreadLocal.withInitial(ArrayList::new);

  @Inject
  public Database(DataSource source) {
    this.source = source;
  }

  /** Work on a connection; what it throws rolls the transaction back. */
  @FunctionalInterface
  public interface SqlWork<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Like {@link SqlWork}, without a result. */
  @FunctionalInterface
  public interface SqlAction {
    void run(Connection connection) throws SQLException;
  }

  /**
   * Runs the work in a transaction of its own and commits it before returning. After a deadlock or
   * a serialization failure the work runs again, three times at most, so it must be repeatable.
   *
   * @throws StoreUnavailable when the database cannot be reached or is full; nothing was committed,
   *     unless the connection broke during the commit itself
   * @throws StoreRefused when the database refuses the statements; nothing was committed
   */
  public <T> T inTransaction(SqlWork<T> work) {
    for (int tried = 1; ; tried++) {
      try (Connection connection = source.getConnection()) {
        return commit(connection, work);
      } catch (SQLException e) {
        // A pool that is closed or exhausted gives no state.
        String state = Objects.toString(e.getSQLState(), "");
        if (tried == TRIES_MAX || !TRY_AGAIN.contains(state)) {
          throw sorted(e);
        }
      }
    }
  }

  /** Like {@link #inTransaction}, without a result. */
  public void run(SqlAction action) {
    inTransaction(
        connection -> {
          action.run(connection);
          return null;
        });
  }

  /**
   * Has something done on this thread once the running transaction is committed; forgotten when it
   * is rolled back. It must be quick and must not throw.
   */
  public void afterCommit(Runnable action) {
    afterCommit.get().add(action);
  }

  private <T> T commit(Connection connection, SqlWork<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.run(connection);
      connection.commit();
      afterCommit.get().forEach(Runnable::run);
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      // An Error too: ending auto-commit mode below would otherwise commit half of the work.
      rollback(connection, e);
      throw e;
    } finally {
      afterCommit.get().clear();
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
      }
    }
  }

  private static void rollback(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static RuntimeException sorted(SQLException e) {
    return StoreUnavailable.passes(e) ? new StoreUnavailable(e) : new StoreRefused(e);
  }
}
