package io.orderbridge.score;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.store.Database;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells the metrics of order health, finds what is near or past its limit, and reads what was told.
 * Thread-safe; two processes may tell the same period at once.
 */
@Singleton
public class HealthMetrics {
  // A trend chart has at least a dozen points.
  static final int PERIODS_MIN = 12;
  private static final Logger LOG = Logger.getLogger(HealthMetrics.class);

  private final Database database;
  private final HealthRulesInForce rules;
  private final Findings findings;
  private final Map<Metric, Measured> measured = new EnumMap<>(Metric.class);

  @Inject
  HealthMetrics(
      Database database,
      HealthRulesInForce rules,
      Findings findings,
      @Any Instance<Measured> measured) {
    this(database, rules, findings, (Iterable<Measured>) measured);
  }

  HealthMetrics(
      Database database, HealthRulesInForce rules, Findings findings, Iterable<Measured> measured) {
    this.database = database;
    this.rules = rules;
    this.findings = findings;
    measured.forEach(one -> this.measured.put(one.metric(), one));
  }

  /**
   * Tells the metrics of these periods' length: of each period that is over and not too long ago,
   * and of the month that runs. What did not change makes no new version, so that it may be called
   * again. What is near or past its limit is a finding of its period.
   *
   * @return how many versions were made
   */
  public int tell(Every every, Instant now) {
    HealthRules current = rules.now();
    int made = 0;
    for (Metric metric : Metric.values()) {
      Rule rule = current.metrics().get(metric);
      if (metric.every() == every && rule != null) {
        made += tell(rule, current, now);
      }
    }
    return made;
  }

  private int tell(Rule rule, HealthRules current, Instant now) {
    Metric metric = rule.metric();
    LocalDate today = LocalDate.ofInstant(now, current.zone());
    int made = 0;
    for (int back = metric.back(); back >= 0; back--) {
      Period period = metric.every().of(today).back(back);
      boolean over = !period.to().isAfter(today);
      // A running day or week has no share yet; a month that runs can still be saved.
      if (over || metric.every() == Every.MONTH) {
        made += tell(rule, current, period, now) ? 1 : 0;
      }
    }
    database.run(connection -> settle(connection, rule, current, now));
    return made;
  }

  private boolean tell(Rule rule, HealthRules current, Period period, Instant now) {
    Optional<Measure> measure = measured.get(rule.metric()).measure(period, current, now);
    if (measure.isEmpty()) {
      return false;
    }
    Value value =
        new Value(
            rule.metric(),
            period,
            0,
            measure.get(),
            rule.judge(measure.get()),
            rule.limit(),
            current.version(),
            !period.to().isAfter(LocalDate.ofInstant(now, current.zone())),
            now);
    boolean told = database.inTransaction(connection -> ValueRows.tell(connection, value));
    if (told) {
      LOG.infof(
          "health.told metric=%s period=%s numerator=%s denominator=%s verdict=%s",
          rule.metric().word(),
          period.key(),
          measure.get().numerator().toPlainString(),
          measure.get().denominator().toPlainString(),
          value.verdict());
    }
    return told;
  }

  private void settle(Connection connection, Rule rule, HealthRules current, Instant now)
      throws SQLException {
    Series series = series(connection, rule, current, PERIODS_MIN, now);
    List<Finding> found = new ArrayList<>();
    int first = Math.max(0, series.points().size() - 1 - rule.metric().back());
    for (Series.Point point : series.points().subList(first, series.points().size())) {
      if (point.value() != null) {
        HealthFindings.of(rule, point.value()).ifPresent(found::add);
      }
    }
    HealthFindings.projected(series).ifPresent(found::add);
    Findings.add(connection, found);
    findings.settle(connection, "health:" + rule.metric().word(), now);
  }

  /** A metric over its last periods; empty when it is not measured. */
  Optional<Series> series(Metric metric, int periods, Instant now) {
    HealthRules current = rules.now();
    return current
        .of(metric)
        .map(
            rule ->
                database.inTransaction(
                    connection -> series(connection, rule, current, periods, now)));
  }

  private static Series series(
      Connection connection, Rule rule, HealthRules current, int periods, Instant now)
      throws SQLException {
    Period running = rule.metric().every().of(LocalDate.ofInstant(now, current.zone()));
    Period last = rule.metric().every() == Every.MONTH ? running : running.back(1);
    int span = Math.max(periods, current.projecting().over() + 1);
    List<Value> told =
        ValueRows.newest(connection, rule.metric(), last.back(span - 1).from(), last.to());
    return Series.of(rule, last, span, told, current.projecting());
  }

  /** All that was told of a period. */
  List<Value> versions(Metric metric, Period period) {
    return database.inTransaction(connection -> ValueRows.versions(connection, metric, period));
  }

  HealthRules rules() {
    return rules.now();
  }
}
