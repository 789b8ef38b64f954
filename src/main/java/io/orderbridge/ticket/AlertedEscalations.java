package io.orderbridge.ticket;

import io.orderbridge.alert.Alert;
import io.orderbridge.alert.Alerts;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Tells them by alerts. */
@Singleton
class AlertedEscalations implements Escalations {
  private final Alerts alerts;

  AlertedEscalations(Alerts alerts) {
    this.alerts = alerts;
  }

  @Override
  public void tell(Connection connection, Alert alert, Instant now) throws SQLException {
    alerts.raise(connection, alert, now);
  }
}
