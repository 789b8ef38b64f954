package io.orderbridge.kernel;

import java.time.Duration;
import java.util.Optional;

/**
 * A piece of work cannot be done now, but the clock may help: a partner is away, busy, or asks for
 * a pause. Whoever owns the work tries it again by its schedule and gives up when it is too old.
 *
 * <p>The message is shown to operators; it carries no secret and no personal data.
 */
public class TryLater extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Cause why;
  private final transient Optional<Duration> asked;

  /**
   * @param why the kind of failure
   * @param asked the wait that the partner asked for; empty leaves it to the schedule
   * @param message what happened
   */
  public TryLater(Cause why, Optional<Duration> asked, String message) {
    this(why, asked, message, null);
  }

  public TryLater(Cause why, Optional<Duration> asked, String message, Throwable cause) {
    super(message, cause);
    this.why = why;
    this.asked = asked;
  }

  public Cause why() {
    return why;
  }

  /** The wait that the partner asked for. */
  public Optional<Duration> asked() {
    return asked;
  }
}
