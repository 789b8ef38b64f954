package io.orderbridge.consistency;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Comparisons as people read them. Changes nothing. */
@Singleton
public class ComparisonView {
  private final ComparisonRuns runs;
  private final Comparisons comparisons;

  ComparisonView(ComparisonRuns runs, Comparisons comparisons) {
    this.runs = runs;
    this.comparisons = comparisons;
  }

  /** The systems that are compared. */
  public List<String> systems() {
    return comparisons.all().stream().map(ComparisonPair::system).toList();
  }

  /**
   * Runs as the API shows them, the newest first; {@code summary} is there when one is done.
   *
   * @param system empty for all
   * @param before only those with a lower number; null from the newest on
   */
  public List<Map<String, Object>> list(String system, Long before, int max) {
    return runs.list(system, before == null ? Long.MAX_VALUE : before, max).stream()
        .map(ComparisonRun::view)
        .toList();
  }

  /** What a part of the summary is called. */
  public static String part(String name, Locale locale) {
    return ComparisonWords.part(name).in(locale);
  }
}
