package io.orderbridge.passport;

import io.orderbridge.kernel.Wording;
import java.time.Instant;

/**
 * One sentence on an order: why it stands where it stands, and who acts next.
 *
 * @param stuck whether somebody or something has to act before it goes on as it should
 * @param who {@code clock}, {@code nobody}, {@code partner}, or a role of {@link Who}
 * @param text the sentence; without personal data
 * @param since when it began; null when that cannot be told
 * @param next what to do
 */
record Diagnosis(
    boolean stuck, Reason cause, String who, Wording text, Instant since, Wording next) {

  static Diagnosis stuck(Reason cause, String who, Instant since, Wording text, Wording next) {
    return new Diagnosis(true, cause, who, text, since, next);
  }

  static Diagnosis fine(Reason cause, String who, Instant since, Wording text, Wording next) {
    return new Diagnosis(false, cause, who, text, since, next);
  }
}
