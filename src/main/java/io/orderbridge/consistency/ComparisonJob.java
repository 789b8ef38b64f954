package io.orderbridge.consistency;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code consistency:compare}: asks for the comparison of every pair, or of one. Key {@code system}
 * names the one, {@code days} how many days back instead of the pair's own.
 */
@Singleton
class ComparisonJob implements ConsistencyJob {
  private static final String CLOCK = "clock";
  private static final int DAYS_MAX = 400;

  private final Database database;
  private final Comparisons comparisons;

  ComparisonJob(Database database, Comparisons comparisons) {
    this.database = database;
    this.comparisons = comparisons;
  }

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public void run(Map<String, Object> asked, Instant now) {
    Integer days = days(asked.get("days"));
    List<ComparisonPeriod> periods = new ArrayList<>();
    for (ComparisonPair pair : pairs(asked.get("system"))) {
      periods.add(ComparisonPeriod.last(pair, days == null ? pair.days() : days, now));
    }
    database.run(
        connection -> {
          for (ComparisonPeriod period : periods) {
            ComparisonRuns.ask(connection, period, CLOCK, now);
          }
        });
  }

  private List<ComparisonPair> pairs(Object system) {
    if (system == null) {
      return comparisons.all();
    }
    return List.of(
        comparisons
            .find(String.valueOf(system))
            .orElseThrow(() -> new IllegalArgumentException(unknown(system, comparisons))));
  }

  static String unknown(Object system, Comparisons comparisons) {
    return "'system' is '%s', mappings/rules/comparisons.yaml has %s"
        .formatted(system, comparisons.all().stream().map(ComparisonPair::system).toList());
  }

  private static Integer days(Object days) {
    if (days == null) {
      return null;
    }
    String text = String.valueOf(days);
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1) {
      throw new IllegalArgumentException(
          "'days' is '%s', expected a whole number from 1 to %d".formatted(text, DAYS_MAX));
    }
    return Math.min(Integer.parseInt(text), DAYS_MAX);
  }
}
