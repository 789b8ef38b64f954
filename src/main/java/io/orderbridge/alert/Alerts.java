package io.orderbridge.alert;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** The log of alerts: what is raised here is never lost, and told once. */
@Singleton
public class Alerts {
  /**
   * Raises an alert in the caller's transaction; it is told by the robots' routes after the commit.
   *
   * @return false when it was raised under this key before; nothing is changed then
   */
  public boolean raise(Connection connection, Alert alert, Instant now) throws SQLException {
    throw new UnsupportedOperationException("built by the alert part");
  }
}
