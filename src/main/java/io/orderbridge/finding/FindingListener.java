package io.orderbridge.finding;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Hears of findings in the transaction that writes them: tickets and alerts stand if and only if
 * the finding does. Every CDI bean of this type is called, in batches of at most 1,000 changes; the
 * whole may run again after a deadlock. It must not call another system.
 */
public interface FindingListener {
  void followed(Connection connection, List<FindingChange> changes, Instant now)
      throws SQLException;
}
