package io.orderbridge.reconciliation;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Every open break has one finding, and by the policy of tickets one ticket. The finding keeps the
 * class that it was opened with, so that a break that turns out to be of another class keeps its
 * ticket. What is unsettled is as it should be, and has none.
 */
@Singleton
class BreakFindings {
  // Explained, or a word alone: it may be left to the end of the week.
  private static final Set<BreakClass> MILD =
      EnumSet.of(
          BreakClass.CROSS_PERIOD,
          BreakClass.RETURN_NOT_OFFSET,
          BreakClass.STATUS,
          BreakClass.SPLIT);

  private final Findings findings;

  BreakFindings(Findings findings) {
    this.findings = findings;
  }

  /**
   * Makes the findings of a reconciliation what its open breaks are, in the caller's transaction.
   */
  void settle(Connection connection, String reconciliation, String owner, Instant now)
      throws SQLException {
    List<Finding> open = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(BreakSql.REPORTED)) {
      query.setString(1, reconciliation);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          open.add(finding(reconciliation, owner, row));
        }
      }
    }
    Findings.add(connection, open);
    findings.settle(connection, "books:" + reconciliation, now);
  }

  private static Finding finding(String reconciliation, String owner, ResultSet row)
      throws SQLException {
    BreakClass kind = BreakClass.valueOf(row.getString("class"));
    String currency = row.getString("currency");
    long gap = row.getLong("gap");
    Money amount = row.wasNull() ? null : new Money(gap, Money.currency(currency));
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("break", row.getLong("id"));
    evidence.put("run", row.getLong("run"));
    evidence.put("class", kind.name());
    evidence.put("rule", row.getString("rule"));
    evidence.put("since", row.getString("since"));
    evidence.put("owner", owner);
    evidence.put("shop", row.getString("shop"));
    evidence.put("left", decimal(row, "left_amount", currency));
    evidence.put("right", decimal(row, "right_amount", currency));
    evidence.put("pieces", row.getObject("quantity"));
    evidence.values().removeIf(Objects::isNull);
    return new Finding(
        Kind.BOOKS,
        row.getString("code"),
        reconciliation,
        row.getString("key"),
        MILD.contains(kind) ? Level.WARNING : Level.BREACH,
        amount,
        kind.name(),
        evidence,
        new Wording(row.getString("zh"), row.getString("en")));
  }

  private static String decimal(ResultSet row, String column, String currency) throws SQLException {
    long minor = row.getLong(column);
    return row.wasNull() || currency == null
        ? null
        : new Money(minor, Money.currency(currency)).toString();
  }
}
