package io.orderbridge.notice;

import io.orderbridge.kernel.Round;
import io.orderbridge.notice.Notices.Due;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the clock does about notices: sends again what did not get through, decides anew what was
 * postponed, and gives up receipts that did not come in time. Its times stand in the database, so a
 * process that ends delays nothing.
 */
@Singleton
public class NoticeClock implements Round {
  private static final int BATCH = 500;
  private static final Duration EVERY = Duration.ofMillis(500);

  private final Database database;
  private final Notices notices;
  private final Receipts receipts;

  NoticeClock(Database database, Notices notices, Receipts receipts) {
    this.database = database;
    this.notices = notices;
    this.receipts = receipts;
  }

  @Override
  public String name() {
    return "notices-clock";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    // A receipt may be known that came before the vendor's answer; it counts before the clock does.
    receipts.recognise(now);
    while (database.inTransaction(connection -> due(connection, now)) == BATCH) {
      // The next batch.
    }
  }

  private int due(Connection connection, Instant now) throws SQLException {
    List<Due> due = notices.due(connection, now, BATCH);
    Map<String, List<Due>> byState = due.stream().collect(Collectors.groupingBy(Due::state));
    List<Due> planned = byState.getOrDefault("PLANNED", List.of());
    notices.queue(connection, planned.stream().filter(one -> one.tries() > 0).toList());
    notices.anew(connection, planned.stream().filter(one -> one.tries() == 0).toList());
    notices.unconfirmed(connection, byState.getOrDefault("ACCEPTED", List.of()));
    return due.size();
  }
}
