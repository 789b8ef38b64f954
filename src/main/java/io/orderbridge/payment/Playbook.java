package io.orderbridge.payment;

/**
 * What is done about one class of differences.
 *
 * @param approval whether a person has to approve; always true for what moves money
 */
public record Playbook(Outcome outcome, boolean approval) {
  public Playbook {
    if (outcome.movesMoney() && !approval) {
      throw new IllegalArgumentException(
          "'%s' needs approval: money never moves without a person".formatted(outcome.word()));
    }
  }

  /** Whether it is only proposed to a person. */
  boolean proposes() {
    return approval && outcome != Outcome.TASK;
  }

  /** Whether the order book is given the fact by itself. */
  boolean records() {
    return !approval && (outcome == Outcome.RECORD || outcome == Outcome.HOLD);
  }
}
