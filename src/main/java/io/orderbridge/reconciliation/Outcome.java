package io.orderbridge.reconciliation;

/** What every entry of a run ends in, exactly one of them. */
public enum Outcome {
  MATCHED,
  TOLERATED,
  BREAK,
  EXCLUDED
}
