package io.orderbridge.consistency;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Round;
import io.orderbridge.store.Database;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks each minute whether the links to all systems hold (R19): dead letters, old debts, breakers,
 * tokens, sources.
 */
@Singleton
class LinkRound implements Round {
  static final String SCOPE = "links";
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Findings findings;
  private final AwayCheck away;
  private final Iterable<LinkCheck> checks;

  @Inject
  LinkRound(Database database, Findings findings, AwayCheck away, Instance<LinkCheck> checks) {
    this(database, findings, away, (Iterable<LinkCheck>) checks);
  }

  /** For tests. */
  LinkRound(Database database, Findings findings, AwayCheck away, Iterable<LinkCheck> checks) {
    this.database = database;
    this.findings = findings;
    this.away = away;
    this.checks = checks;
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
    away.say(now);
    database.run(
        connection -> {
          if (Turn.take(connection, SCOPE)) {
            settle(connection, now);
          }
        });
  }

  // The checks read by connections of their own while this one holds the turn: a second one at
  // most.
  private void settle(Connection connection, Instant now) throws SQLException {
    List<Finding> found = new ArrayList<>();
    for (LinkCheck check : checks) {
      found.addAll(check.look(now));
    }
    Findings.add(connection, found);
    findings.settle(connection, SCOPE, now);
  }
}
