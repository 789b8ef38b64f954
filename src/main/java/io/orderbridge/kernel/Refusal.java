package io.orderbridge.kernel;

/**
 * A piece of work cannot be done as it is: a person has to mend the data, a file or the target.
 * Repeating it would give the same answer, so it goes to the dead letters at once.
 *
 * <p>The message is shown to operators and to integrators: it says what came and what is allowed,
 * and carries no secret and no personal data.
 */
public class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Cause why;
  private final String place;

  /**
   * @param why the kind of failure
   * @param place where: a file with line, a JSON pointer, a position; empty when there is none
   * @param message what is wrong and what is expected instead
   */
  public Refusal(Cause why, String place, String message) {
    this(why, place, message, null);
  }

  public Refusal(Cause why, String place, String message, Throwable cause) {
    super(message, cause);
    this.why = why;
    this.place = place;
  }

  public Cause why() {
    return why;
  }

  public String place() {
    return place;
  }
}
