package io.orderbridge.order;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Who has to hear of events. Implemented by whoever delivers. */
@FunctionalInterface
public interface Debts {
  /**
   * Records what is owed because of these events. Joins the transaction that wrote them, so the
   * debt exists if and only if the change does.
   */
  void owe(Connection connection, List<OrderEvent> events) throws SQLException;
}
