package io.orderbridge.store;

import java.sql.SQLException;

/** The database cannot take this now; the same call may succeed later. */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreUnavailable(Throwable cause) {
    super("the database is not available: " + cause.getMessage(), cause);
  }

  StoreUnavailable(String message) {
    super(message);
  }

  /** Whether the failure of a library comes from a database that is away or full. */
  public static boolean isBehind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return passes(sql);
      }
    }
    return false;
  }

  static boolean passes(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    // 08 connection, 25006 read-only after a failover, 40 lost to another transaction more often
    // than we tried, 53 out of disk, memory or connections, 57P shut down, 58 input/output error,
    // XX internal; no state at all comes from the pool. All of them pass by themselves.
    return state.isEmpty() || state.matches("(08|25006|40|53|57P|58|XX).*");
  }
}
