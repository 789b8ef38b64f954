package io.orderbridge.score;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Tells the score of a month from what was told of its metrics. Thread-safe. */
@Singleton
public class HealthScores {
  private static final Logger LOG = Logger.getLogger(HealthScores.class);

  private final Database database;
  private final HealthRulesInForce rules;

  HealthScores(Database database, HealthRulesInForce rules) {
    this.database = database;
    this.rules = rules;
  }

  /**
   * Tells the month before the one that runs. Told again it makes a version when something of it
   * changed, so that it may be called every night while late data comes.
   *
   * @return whether a version was made
   */
  public boolean tell(Instant now) {
    HealthRules current = rules.now();
    YearMonth month = YearMonth.from(LocalDate.ofInstant(now, current.zone())).minusMonths(1);
    return !current.metrics().isEmpty() && tell(month, current, now);
  }

  private boolean tell(YearMonth month, HealthRules current, Instant now) {
    return database.inTransaction(
        connection -> {
          Score score = score(connection, month, current);
          ScoreRows.Told told =
              new ScoreRows.Told(
                  0,
                  score.score(),
                  score.confidence(),
                  score.verdict(),
                  current.version(),
                  Causes.write(ScoreViews.body(score, current)),
                  now);
          boolean made = ScoreRows.tell(connection, month, told);
          if (made) {
            LOG.infof(
                "health.scored month=%s score=%s confidence=%s verdict=%s rules=%d",
                month, score.score(), score.confidence(), score.verdict(), current.version());
          }
          return made;
        });
  }

  private static Score score(Connection connection, YearMonth month, HealthRules current)
      throws SQLException {
    List<Part> parts = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      Rule rule = current.metrics().get(metric);
      if (rule != null) {
        List<Period> periods = periods(metric.every(), month);
        List<Value> told =
            ValueRows.newest(
                connection, metric, periods.get(0).from(), periods.get(periods.size() - 1).to());
        parts.add(Part.of(rule, periods.size(), told, current.scoring().curve()));
      }
    }
    return Score.of(parts, current.scoring().sure());
  }

  /** The periods that count for a month. */
  static List<Period> periods(Every every, YearMonth month) {
    List<Period> periods = new ArrayList<>();
    Period period = every.of(month.atDay(1));
    while (!period.month().isAfter(month)) {
      if (period.month().equals(month)) {
        periods.add(period);
      }
      period = period.back(-1);
    }
    return periods;
  }

  /** All that was told of a month, the oldest first. */
  List<ScoreRows.Told> versions(YearMonth month) {
    return database.inTransaction(connection -> ScoreRows.versions(connection, month));
  }

  /** The months that were told last, the newest first. */
  Map<YearMonth, ScoreRows.Told> months(int most) {
    return database.inTransaction(connection -> ScoreRows.months(connection, most));
  }
}
