package io.orderbridge.ticket;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.finding.FindingChange;
import io.orderbridge.finding.FindingChange.How;
import io.orderbridge.finding.FindingListener;
import io.orderbridge.ticket.Duty.Plan;
import io.orderbridge.ticket.TicketRows.Opening;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes work of what is found. Every open finding that the policy wants has one ticket; a finding
 * that comes back opens the same ticket again, unless that is open; one that is cleared closes it.
 *
 * <p>All of it joins the transaction of the check: a ticket stands if and only if its finding does.
 * The same change told twice, by two processes or after a crash, changes nothing.
 */
@Singleton
public class FindingTickets implements FindingListener {
  private final PolicyInForce policy;

  public FindingTickets(PolicyInForce policy) {
    this.policy = policy;
  }

  @Override
  public void followed(Connection connection, List<FindingChange> changes, Instant now)
      throws SQLException {
    TicketPolicy rules = policy.current();
    Map<String, Plan> plans = new HashMap<>();
    List<Opening> opened = new ArrayList<>();
    List<FindingChange> again = new ArrayList<>();
    List<FindingChange> cleared = new ArrayList<>();
    for (FindingChange change : changes) {
      if (change.how() == How.CLEARED) {
        cleared.add(change);
        continue;
      }
      if (change.how() == How.REOPENED) {
        again.add(change);
      }
      rules
          .decide(change.finding())
          .ifPresent(
              rule ->
                  opened.add(
                      new Opening(
                          change,
                          rule.name(),
                          plans.computeIfAbsent(
                              rule.name(), name -> rule.duty().plan(now, rules.calendar())))));
    }
    foundAgain(connection, again, now);
    open(connection, opened, now);
    close(connection, cleared, now);
  }

  private static void open(Connection connection, List<Opening> opened, Instant now)
      throws SQLException {
    if (!opened.isEmpty()) {
      try (PreparedStatement insert = connection.prepareStatement(TicketSql.OPEN)) {
        TicketRows.openings(connection, insert, opened, now);
        insert.executeUpdate();
      }
    }
  }

  private static void foundAgain(Connection connection, List<FindingChange> again, Instant now)
      throws SQLException {
    if (!again.isEmpty()) {
      try (PreparedStatement update = connection.prepareStatement(TicketSql.FOUND_AGAIN)) {
        update.setArray(1, array(connection, "bigint", again, FindingChange::id));
        update.setArray(2, array(connection, "integer", again, FindingChange::episode));
        update.setTimestamp(3, Timestamp.from(now));
        update.executeUpdate();
      }
    }
  }

  private static void close(Connection connection, List<FindingChange> cleared, Instant now)
      throws SQLException {
    if (!cleared.isEmpty()) {
      try (PreparedStatement update = connection.prepareStatement(TicketSql.CLEAR)) {
        update.setTimestamp(1, Timestamp.from(now));
        TicketRows.clearings(connection, update, cleared);
        update.executeUpdate();
      }
    }
  }
}
