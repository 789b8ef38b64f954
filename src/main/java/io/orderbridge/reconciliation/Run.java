package io.orderbridge.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A reconciliation over a period: what it compared, by which rules, and what came out. It never
 * changes; over other inputs or by other rules it is made again as the next version.
 *
 * @param version 1, 2, 3, ... of its period
 * @param root over the hashes of its snapshots: what a report prints
 * @param hash over rules, inputs, counts and items; the same inputs give the same hash
 */
public record Run(
    long id,
    Of of,
    int version,
    Made made,
    Inputs inputs,
    Tally.Both tally,
    String root,
    String hash) {

  /**
   * Which reconciliation and period.
   *
   * @param to the last day that belongs to it
   */
  public record Of(String reconciliation, LocalDate from, LocalDate to) {}

  /**
   * @param reason schedule, calendar, restated, or who asked
   */
  public record Made(String reason, Instant at) {}

  /**
   * All that decides what comes out.
   *
   * @param rules the file of the reconciliation as it was
   * @param definitions {@code turnover 3 valid-order 2}; empty when everything counts
   * @param left numbers of snapshots, by day and in the order of its books
   * @param carriedFrom the run whose open entries came in as well; null for none
   * @param links links made by hand that held
   * @param missing books that were not complete, as {@code stripe/payouts@2026-11-20}
   */
  public record Inputs(
      String rules,
      String definitions,
      List<Long> left,
      List<Long> right,
      Long carriedFrom,
      List<Long> links,
      List<String> missing) {
    public Inputs {
      left = List.copyOf(left);
      right = List.copyOf(right);
      links = List.copyOf(links);
      missing = List.copyOf(missing);
    }
  }

  /** Whether every book of the period was complete. */
  public boolean isFinal() {
    return inputs.missing().isEmpty();
  }

  Run hashed(String made) {
    return new Run(id, of, version, this.made, inputs, tally, root, made);
  }

  Run numbered(long other) {
    return new Run(other, of, version, made, inputs, Tally.Both.none(), root, "");
  }
}
