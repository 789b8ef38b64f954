package io.orderbridge.outbox;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.outbox.Deadlines.Entry;
import io.orderbridge.store.Columns;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Until when the targets in force have to be told of one order, see {@link Deadlines}. */
@Singleton
public class OrderDeadlines {
  // By the primary key, which begins with the target.
  private static final String OF_ORDER =
      """
      select target, subject, due_at, state, warned_at, breached_at, met_at
        from upload_deadline where target = any (?) and subject = ? order by due_at\
      """;

  private final Targets targets;

  public OrderDeadlines(Targets targets) {
    this.targets = targets;
  }

  /** The earliest first; empty when nobody has to be told in time. Joins the transaction. */
  public List<Entry> of(Connection connection, OrderKey order) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(OF_ORDER)) {
      query.setArray(1, Columns.array(connection, "text", targets.all(), Target::name));
      query.setString(2, order.toString());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          entries.add(
              new Entry(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getTimestamp(3).toInstant(),
                  rows.getString(4),
                  instant(rows.getTimestamp(5)),
                  instant(rows.getTimestamp(6)),
                  instant(rows.getTimestamp(7))));
        }
      }
    }
    return entries;
  }

  private static Instant instant(Timestamp at) {
    return at == null ? null : at.toInstant();
  }
}
