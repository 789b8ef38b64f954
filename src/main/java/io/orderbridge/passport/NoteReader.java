package io.orderbridge.passport;

import io.orderbridge.finding.FindingTrace;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.outbox.OrderDeadlines;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads what checks and people noted of an order. */
@Singleton
class NoteReader {
  private final FindingTrace findings;
  private final OrderDeadlines deadlines;
  private final ShownRows shown;

  NoteReader(FindingTrace findings, OrderDeadlines deadlines, ShownRows shown) {
    this.findings = findings;
    this.deadlines = deadlines;
    this.shown = shown;
  }

  Notes read(Connection connection, OrderKey key) throws SQLException {
    return new Notes(
        findings.of(connection, key.toString()),
        deadlines.of(connection, key),
        shown.of(connection, key));
  }
}
