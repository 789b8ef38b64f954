package io.orderbridge.books;

/**
 * Why entries of two books do not match. Of several the first counts: what is wrong with money goes
 * before what is wrong with words.
 */
public enum DifferenceClass {
  /** Nothing of it belongs to the period. */
  OTHER_PERIOD(Outcome.EXCLUDED),
  /** The right book has it once more than the left one, or more often. */
  DUP_RIGHT(Outcome.BREAK),
  /** The left book has it once more than the right one, or more often. */
  DUP_LEFT(Outcome.BREAK),
  /** The right book alone has it. */
  MISSING_LEFT(Outcome.BREAK),
  /** The left book alone has it. */
  MISSING_RIGHT(Outcome.BREAK),
  /** Amounts of two currencies, which cannot be compared. */
  CURRENCY(Outcome.BREAK),
  /** The amounts differ, not below the tolerance. */
  AMOUNT_BEYOND(Outcome.BREAK),
  /** One side belongs to the period and the other does not. */
  CROSS_PERIOD(Outcome.BREAK),
  /** The statuses differ. */
  STATUS(Outcome.BREAK),
  /** The amounts differ by less than the tolerance. */
  AMOUNT_WITHIN(Outcome.TOLERATED);

  /** What an entry ends in; one that is in no difference is matched. */
  public enum Outcome {
    TOLERATED,
    BREAK,
    EXCLUDED
  }

  private final Outcome outcome;

  DifferenceClass(Outcome outcome) {
    this.outcome = outcome;
  }

  public Outcome outcome() {
    return outcome;
  }
}
