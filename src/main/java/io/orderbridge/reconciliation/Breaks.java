package io.orderbridge.reconciliation;

import io.orderbridge.alert.Alert;
import io.orderbridge.alert.Alerts;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Breaks live through runs: opened by the first that finds one, changed, cleared when a later one
 * does not find it, opened again in a new episode when it returns. Everything joins the transaction
 * of the run.
 */
@Singleton
class Breaks {
  private static final int LOCK = 28_552;
  static final String NOT_CONSERVED = "NOT_CONSERVED";

  private final Findings findings;
  private final BreakFindings told;
  private final Alerts alerts;

  Breaks(Findings findings, BreakFindings told, Alerts alerts) {
    this.findings = findings;
    this.told = told;
    this.alerts = alerts;
  }

  /** Makes the breaks what a run found, and the findings what the breaks are. */
  void follow(Connection connection, Reconciliation what, Run run, Instant now)
      throws SQLException {
    // Of a month nothing is looked for later.
    boolean daily = what.every() == Reconciliation.Every.DAY;
    lock(connection, what.name());
    boolean last = isLast(connection, run.of());
    gather(connection, what, run);
    if (daily && !last) {
      execute(connection, BreakSql.LATER);
    }
    if (!run.isFinal()) {
      touch(connection, run, now);
      execute(connection, BreakSql.WAITING);
    }
    found(connection, run, now);
    clear(connection, run, daily && last, now);
    execute(connection, BreakSql.DROP);
    told.settle(connection, what.name(), what.owner(), now);
    findings.settle(connection, scope(run.of()), now);
    if (run.isFinal()) {
      int opened = opened(connection, run);
      if (opened > 0) {
        alerts.raise(connection, alert(what, run, opened), now);
      }
    }
  }

  /** Who changes breaks of a reconciliation waits for who does at present; until the commit. */
  static void lock(Connection connection, String reconciliation) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))")) {
      lock.setInt(1, LOCK);
      lock.setString(2, reconciliation);
      lock.execute();
    }
  }

  private static void gather(Connection connection, Reconciliation what, Run run)
      throws SQLException {
    boolean pieces = what.compare() == Reconciliation.Compare.QUANTITY;
    try (PreparedStatement now =
        connection.prepareStatement(BreakSql.NOW.formatted(run.id(), pieces))) {
      now.setString(1, run.of().reconciliation());
      now.execute();
    }
    execute(connection, BreakSql.SEEN);
  }

  private static void touch(Connection connection, Run run, Instant now) throws SQLException {
    try (PreparedStatement touch = connection.prepareStatement(BreakSql.TOUCH)) {
      touch.setLong(1, run.id());
      touch.setTimestamp(2, Timestamp.from(now));
      touch.setString(3, run.of().reconciliation());
      touch.executeUpdate();
    }
  }

  private static void found(Connection connection, Run run, Instant now) throws SQLException {
    try (PreparedStatement found = connection.prepareStatement(BreakSql.FOUND)) {
      found.setString(1, run.of().reconciliation());
      found.setLong(2, run.id());
      found.setTimestamp(3, Timestamp.from(now));
      found.setTimestamp(4, Timestamp.from(now));
      found.executeUpdate();
    }
    try (PreparedStatement acts = connection.prepareStatement(BreakSql.ACTS)) {
      acts.setTimestamp(1, Timestamp.from(now));
      acts.setString(2, actor(run));
      acts.setString(3, run.of().reconciliation());
      acts.executeUpdate();
    }
  }

  private static String actor(Run run) {
    return "run:" + run.id();
  }

  private static void clear(Connection connection, Run run, boolean handedOn, Instant now)
      throws SQLException {
    try (PreparedStatement clear = connection.prepareStatement(BreakSql.CLEAR)) {
      clear.setTimestamp(1, Timestamp.from(now));
      clear.setString(2, run.of().reconciliation());
      clear.setObject(3, run.of().from());
      clear.setBoolean(4, handedOn);
      clear.setObject(5, run.of().from());
      clear.setTimestamp(6, Timestamp.from(now));
      clear.setString(7, actor(run));
      clear.executeUpdate();
    }
  }

  private static boolean isLast(Connection connection, Run.Of of) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BreakSql.IS_LAST)) {
      query.setString(1, of.reconciliation());
      query.setObject(2, of.from());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static int opened(Connection connection, Run run) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BreakSql.NEW)) {
      query.setLong(1, run.id());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static Alert alert(Reconciliation what, Run run, int opened) {
    return new Alert(
        "books:%s:%s:%d".formatted(what.name(), run.of().from(), run.version()),
        "books:" + what.name(),
        Level.BREACH,
        what.name(),
        what.owner(),
        Wording.of(
            "%1$s %2$s:新增 %4$d 笔差异,请在差异清单中逐笔处理。",
            "%3$s of %2$s: %4$d new breaks. Open the list and settle them one by one.",
            what.title().zh(),
            run.of().from(),
            what.title().en(),
            opened),
        opened,
        null,
        "/api/breaks?state=OPEN&reconciliation=" + what.name());
  }

  /** Tells that a run was not kept; cleared by the next that is. */
  void notConserved(Connection connection, Run.Of of, String why, Instant now) throws SQLException {
    Findings.add(
        connection,
        List.of(
            new Finding(
                Kind.BOOKS,
                NOT_CONSERVED,
                of.reconciliation(),
                of.from().toString(),
                Level.BREACH,
                null,
                "",
                Map.of("from", of.from().toString(), "to", of.to().toString(), "problem", why),
                Wording.of(
                    "%1$s %2$s 对账结果不守恒,未保存任何结果:%3$s 请按运行手册处理。",
                    "%1$s of %2$s does not add up, and nothing of it was kept: %3$s See the"
                        + " runbook.",
                    of.reconciliation(),
                    of.from(),
                    why))));
    findings.settle(connection, scope(of), now);
  }

  private static String scope(Run.Of of) {
    return "books-run:%s:%s".formatted(of.reconciliation(), of.from());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
