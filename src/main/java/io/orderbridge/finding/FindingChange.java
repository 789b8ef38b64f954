package io.orderbridge.finding;

/**
 * A finding came, came again, changed in what rules decide by, or went.
 *
 * @param id number of the finding, the same for all its episodes
 * @param scope of the check that said so
 */
public record FindingChange(long id, How how, int episode, String scope, Finding finding) {
  /** What happened to it. */
  public enum How {
    OPENED,
    /** It was cleared, and is there again. */
    REOPENED,
    /** It is still there, with another level or amount: a warning became a breach, for example. */
    CHANGED,
    /** The check that found it does not find it any more. */
    CLEARED
  }
}
