package io.orderbridge.consistency;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the readings of a system cover: for which orders, by the time of their creation, its word is
 * known, and as of when. An order outside of it is awaited, and no difference.
 *
 * @param readings each reads orders created in its period, and nothing of it before its time
 * @param completeTo every change up to then was read; null when windows do not tell of changes
 * @param snapshots whether an order that a reading did not bring is not there any more
 */
record ComparisonCoverage(List<Reading> readings, Instant completeTo, boolean snapshots) {
  static final ComparisonCoverage NONE = new ComparisonCoverage(List.of(), null, false);

  /**
   * A proved reading.
   *
   * @param readFrom nothing of it was read before
   */
  record Reading(Instant from, Instant to, Instant readFrom) {}

  /**
   * Created near an edge an order may stand in the next window by the system's clock, and one that
   * was told of late is there with a later time of creation: the edges are left to that window.
   *
   * @param settle told of a change later than this, a system has missed it
   */
  ComparisonCoverage within(Duration skew, Duration settle) {
    return new ComparisonCoverage(
        merged().stream()
            .map(
                reading ->
                    new Reading(
                        reading.from().plus(skew),
                        reading.to().minus(skew).minus(settle),
                        reading.readFrom()))
            .filter(reading -> reading.from().isBefore(reading.to()))
            .toList(),
        completeTo,
        snapshots);
  }

  /** Periods that touch or overlap as one, with the time of the newest. */
  private List<Reading> merged() {
    List<Reading> merged = new ArrayList<>();
    for (Reading next : readings.stream().sorted(Comparator.comparing(Reading::from)).toList()) {
      Reading last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last == null || next.from().isAfter(last.to())) {
        merged.add(next);
        continue;
      }
      Instant to = next.to().isAfter(last.to()) ? next.to() : last.to();
      Instant read = next.readFrom().isAfter(last.readFrom()) ? next.readFrom() : last.readFrom();
      merged.set(merged.size() - 1, new Reading(last.from(), to, read));
    }
    return merged;
  }

  /** The newest reading alone. */
  ComparisonCoverage newest() {
    return new ComparisonCoverage(
        readings.stream().max(Comparator.comparing(Reading::readFrom)).stream().toList(),
        completeTo,
        snapshots);
  }

  /** As PostgreSQL writes sets of periods. */
  String periods() {
    return readings.stream()
        .map(reading -> "[%s,%s)".formatted(reading.from(), reading.to()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
