package io.orderbridge.consistency;

import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Round;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Finds orders that are longer in a status than they may be (R13): one finding per order and
 * status, from four fifths of the limit on, a breach at the limit, gone when the order moves.
 */
@Singleton
class StuckRound implements Round {
  static final String SCOPE = "stuck";
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Findings findings;
  private final StuckLimitsInForce limits;

  StuckRound(Database database, Findings findings, StuckLimitsInForce limits) {
    this.database = database;
    this.findings = findings;
    this.limits = limits;
  }

  @Override
  public String name() {
    return SCOPE;
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    database.run(
        connection -> {
          if (Turn.take(connection, SCOPE)) {
            scan(connection, now);
          }
        });
  }

  private void scan(Connection connection, Instant now) throws SQLException {
    StuckLimits inForce = limits.now();
    Findings.gather(connection);
    for (String status : inForce.statuses()) {
      if (inForce.shortest(status).isPresent()) {
        StuckSql.find(connection, inForce, status, now);
      }
    }
    findings.settle(connection, SCOPE, now);
  }
}
