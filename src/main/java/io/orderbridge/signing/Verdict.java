package io.orderbridge.signing;

/**
 * The answer of a signature check.
 *
 * @param genuine whether the sender is who it says
 * @param reason why not, for our log only; empty when genuine. Never sent to the caller.
 */
public record Verdict(boolean genuine, String reason) {
  static final Verdict GENUINE = new Verdict(true, "");

  static Verdict forged(String reason) {
    return new Verdict(false, reason);
  }
}
