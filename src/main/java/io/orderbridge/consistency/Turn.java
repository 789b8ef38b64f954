package io.orderbridge.consistency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Lets one process at a time do a round; the others pass, for theirs would find the same. */
final class Turn {
  private static final int LOCK = 28520;

  private Turn() {}

  /**
   * Takes the turn until the transaction ends. Taken before anything is read, so that nobody
   * settles by what was so before another settled.
   *
   * @return false when another process has it
   */
  static boolean take(Connection connection, String round) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_try_advisory_xact_lock(?, hashtext(?))")) {
      lock.setInt(1, LOCK);
      lock.setString(2, round);
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
