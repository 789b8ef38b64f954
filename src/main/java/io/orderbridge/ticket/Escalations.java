package io.orderbridge.ticket;

import io.orderbridge.alert.Alert;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Who tells people that overdue work is theirs now. Joins the transaction of the escalation. */
interface Escalations {
  void tell(Connection connection, Alert alert, Instant now) throws SQLException;
}
