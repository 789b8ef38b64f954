package io.orderbridge.ticket;

import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Round;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * What happens to tickets without a person and without a check: those that a new policy wants,
 * those that were handed over and are not mended, those that are overdue.
 */
@Singleton
class TicketRound implements Round {
  private static final Logger LOG = Logger.getLogger(TicketRound.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Findings findings;
  private final FindingTickets opening;
  private final PolicyInForce policy;
  private final Told told;
  private TicketPolicy followed = TicketPolicy.NONE;

  TicketRound(
      Database database,
      Findings findings,
      FindingTickets opening,
      PolicyInForce policy,
      Told told) {
    this.database = database;
    this.findings = findings;
    this.opening = opening;
    this.policy = policy;
    this.told = told;
  }

  /** Who hears of what the round finds. */
  @Singleton
  record Told(Overdue overdue, TicketGauges gauges) {}

  @Override
  public String name() {
    return "tickets";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    followPolicy(now);
    int back = notMended(now);
    if (back > 0) {
      LOG.infof("tickets.not_mended count=%d", back);
    }
    told.gauges().refresh(now);
    told.overdue().escalate(now);
  }

  // What is open already has no ticket when its rule came later than the finding.
  private void followPolicy(Instant now) {
    TicketPolicy current = policy.current();
    if (current != followed) {
      findings.retell(opening, now);
      followed = current;
      LOG.infof("tickets.policy_followed rules=%d", current.rules().size());
    }
  }

  private int notMended(Instant now) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(TicketSql.NOT_MENDED)) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setLong(2, policy.current().verifyAfter().toSeconds());
            return update.executeUpdate();
          }
        });
  }
}
