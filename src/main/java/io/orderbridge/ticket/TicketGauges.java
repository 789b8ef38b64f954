package io.orderbridge.ticket;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much work is not done, by role, as metrics. */
@Singleton
class TicketGauges {
  private final Database database;
  private final MultiGauge open;
  private volatile long overdue;

  TicketGauges(Database database, MeterRegistry registry) {
    this.database = database;
    this.open =
        MultiGauge.builder("orderbridge.tickets.open")
            .description("Tickets that are not closed, by role; those of persons under 'person'")
            .register(registry);
    Gauge.builder("orderbridge.tickets.overdue", () -> overdue)
        .description("Tickets past their due time")
        .register(registry);
  }

  void refresh(Instant now) {
    Map<String, Long> counts = database.inTransaction(connection -> count(connection, now));
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    counts.forEach((owner, count) -> rows.add(MultiGauge.Row.of(Tags.of("owner", owner), count)));
    open.register(rows, true);
  }

  private Map<String, Long> count(Connection connection, Instant now) throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    Owner.allCounted().forEach(owner -> counts.put(owner, 0L));
    long late = 0;
    try (PreparedStatement query = connection.prepareStatement(TicketSql.COUNTS)) {
      query.setTimestamp(1, Timestamp.from(now));
      query.setTimestamp(2, Timestamp.from(now.minus(Ticket.VERIFY_MAX)));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          counts.merge(new Owner(rows.getString(1)).counted(), rows.getLong(2), Long::sum);
          late += rows.getLong(3);
        }
      }
    }
    overdue = late;
    return counts;
  }
}
