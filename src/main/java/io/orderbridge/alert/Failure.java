package io.orderbridge.alert;

import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import java.io.IOException;
import java.time.Duration;

/**
 * Why a message was not taken, by who acts next.
 *
 * @param refused a person has to act: nothing that this robot is sent will be taken
 * @param asked the wait that was asked for; null leaves it to the schedule
 * @param why for operators
 */
record Failure(boolean refused, Duration asked, String why) {
  // What is neither the robot's nor the network's fault hardly passes by itself.
  private static final int UNKNOWN_TRIES = 3;

  /**
   * @param before failures in a row before this one
   */
  static Failure of(Throwable thrown, int before) {
    Throwable root = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return new Failure(true, null, refusal.why() + ": " + refusal.getMessage());
      }
      if (cause instanceof TryLater later) {
        return new Failure(
            false, later.asked().orElse(null), later.why() + ": " + later.getMessage());
      }
      root = cause;
      if (cause instanceof IOException) {
        break;
      }
    }
    boolean network = root instanceof IOException;
    String why = root.getClass().getSimpleName() + ": " + root.getMessage();
    return new Failure(!network && before >= UNKNOWN_TRIES - 1, null, why);
  }

  /** Without what a library or a partner said: that may quote data. */
  String loggable() {
    int colon = why.indexOf(": ");
    return colon < 0 ? why : why.substring(0, colon);
  }
}
