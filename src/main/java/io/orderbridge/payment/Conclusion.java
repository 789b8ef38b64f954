package io.orderbridge.payment;

import io.orderbridge.alert.Alert;
import io.orderbridge.alert.Alerts;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Wording;
import io.orderbridge.payment.Comparison.Compared;
import io.orderbridge.payment.Proposals.Proposal;
import io.orderbridge.store.Database;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run leaves behind, in one transaction with its end: findings, proposals to people, and one
 * alert for the day when there are too many differences.
 */
@Singleton
class Conclusion {
  private static final int BATCH = 1_000;

  private final Database database;
  private final Findings findings;
  private final Telling alerts;
  private final Iterable<Proposals> proposals;

  /** Raises an alert in the caller's transaction, once under its key. */
  @FunctionalInterface
  interface Telling {
    boolean raise(Connection connection, Alert alert, Instant now) throws SQLException;
  }

  @Inject
  Conclusion(Database database, Findings findings, Alerts alerts, Instance<Proposals> proposals) {
    this(database, findings, alerts::raise, proposals);
  }

  Conclusion(Database database, Findings findings, Telling alerts, Iterable<Proposals> proposals) {
    this.database = database;
    this.findings = findings;
    this.alerts = alerts;
    this.proposals = proposals;
  }

  /** Ends the run; all of it or nothing. */
  void draw(Scope scope, Compared compared, Instant now) {
    database.run(
        connection -> {
          Runs.extend(connection, scope.run());
          SetSql sql = new SetSql(connection, scope.values(now));
          Findings.gather(connection);
          sql.execute(ResultSql.FIND);
          findings.settle(connection, scope.findings(), now);
          // An earlier run of the day may have failed; this one has not.
          findings.settle(connection, scope.failure(), now);
          propose(connection, scope, now);
          tell(connection, scope, differences(sql), now);
          Runs.done(connection, scope.run(), compared, now);
        });
  }

  private void propose(Connection connection, Scope scope, Instant now) throws SQLException {
    long after = 0;
    while (true) {
      List<Proposal> batch = new ArrayList<>();
      try (PreparedStatement query = connection.prepareStatement(RunSql.PROPOSED)) {
        query.setLong(1, scope.run());
        query.setLong(2, after);
        query.setInt(3, BATCH);
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            after = rows.getLong(1);
            batch.add(proposal(scope, rows));
          }
        }
      }
      if (batch.isEmpty()) {
        return;
      }
      for (Proposals one : proposals) {
        one.propose(connection, batch, now);
      }
    }
  }

  private static Proposal proposal(Scope scope, ResultSet row) throws SQLException {
    Verdict verdict = Verdict.valueOf(row.getString(2));
    String number = row.getString(7);
    OrderKey order = number.isEmpty() ? null : new OrderKey(row.getString(6), number);
    Money whole = RecordRows.money(row.getString(8), row.getString(9));
    Proposals.Kind kind = kind(scope.rules().playbooks().get(verdict).outcome());
    Money amount = whole;
    if (kind == Proposals.Kind.REFUND && row.getString(10) != null) {
      // Never more than this payment brought.
      Money surplus = RecordRows.money(row.getString(10), row.getString(9));
      amount = surplus.minor() < whole.minor() ? surplus : whole;
    }
    return new Proposal(
        kind,
        scope.source().connection(),
        order,
        row.getString(4),
        amount,
        verdict.name(),
        Wording.of(
            verdict.text().zh(),
            verdict.text().en(),
            order == null ? "(-)" : order,
            row.getString(4),
            whole,
            scope.source().connection()));
  }

  private static Proposals.Kind kind(Outcome outcome) {
    return switch (outcome) {
      case REFUND_REQUEST -> Proposals.Kind.REFUND;
      case RESTORE -> Proposals.Kind.RESTORE;
      default -> Proposals.Kind.RECORD;
    };
  }

  /** The differences of a day in one currency. */
  private record Sum(String currency, long count, Money amount, long settled) {}

  private static List<Sum> differences(SetSql sql) throws SQLException {
    List<Sum> sums = new ArrayList<>();
    try (PreparedStatement query = sql.prepare(ResultSql.DIFFERENCES);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        String currency = rows.getString(1);
        long minor = minor(new BigDecimal(rows.getString(3)), currency);
        sums.add(
            new Sum(
                currency,
                rows.getLong(2),
                new Money(minor, Money.currency(currency)),
                rows.getLong(4)));
      }
    }
    return sums;
  }

  // A sum may be beyond what one order can cost, so it is not read like one.
  private static long minor(BigDecimal amount, String currency) {
    int digits = Money.currency(currency).getDefaultFractionDigits();
    return amount.movePointRight(digits).longValueExact();
  }

  private void tell(Connection connection, Scope scope, List<Sum> sums, Instant now)
      throws SQLException {
    PaymentSource source = scope.source();
    long count = sums.stream().mapToLong(Sum::count).sum();
    boolean many = count > source.threshold();
    boolean much =
        source.most() != null
            && sums.stream()
                .anyMatch(
                    sum ->
                        sum.amount().currency().equals(source.most().currency())
                            && sum.amount().minor() > source.most().minor());
    if (count == 0 || !many && !much) {
      return;
    }
    long settled = sums.stream().mapToLong(Sum::settled).sum();
    String amounts =
        sums.stream().map(sum -> sum.amount().toString()).collect(Collectors.joining(", "));
    alerts.raise(
        connection,
        new Alert(
            "payment:" + source.connection() + ":" + scope.day(),
            "payment:" + source.connection(),
            Level.BREACH,
            source.connection() + " " + scope.day(),
            source.owner(),
            text(scope, count, amounts, settled),
            count,
            sums.get(0).amount(),
            "/api/payments/runs/" + scope.run() + "/rows"),
        now);
  }

  private static Wording text(Scope scope, long count, String amounts, long settled) {
    return Wording.of(
        "%s %s 支付核验差异 %d 笔,金额 %s(阈值 %d):已自动补单 %d 笔,其余 %d 笔请按支付差异清单处理",
        "%s %s: %d payments differ, %s (more than %d are told): %d were repaired, look at the"
            + " other %d in the findings of kind PAYMENT",
        scope.source().connection(),
        scope.day(),
        count,
        amounts,
        scope.source().threshold(),
        settled,
        count - settled);
  }
}
