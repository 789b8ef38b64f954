package io.orderbridge.consistency;

import io.orderbridge.alert.Alert;
import io.orderbridge.alert.Alerts;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** How the person in charge of a pair hears of a report. */
interface ComparisonPush {
  /**
   * Tells once under the key of the alert, in the caller's transaction.
   *
   * @return false when it was told before
   */
  boolean push(Connection connection, Alert alert, Instant now) throws SQLException;

  /** As an alert, by the robots and mails of the installation. */
  @Singleton
  class ByAlert implements ComparisonPush {
    private final Alerts alerts;

    ByAlert(Alerts alerts) {
      this.alerts = alerts;
    }

    @Override
    public boolean push(Connection connection, Alert alert, Instant now) throws SQLException {
      return alerts.raise(connection, alert, now);
    }
  }
}
