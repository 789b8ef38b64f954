package io.orderbridge.ticket;

import io.orderbridge.kernel.Wording;
import java.util.Optional;

/**
 * Why the product itself closed a ticket. Stored, and told by the API, as the English sentence;
 * people are told it in their language.
 */
public enum RunReason {
  /** The finding is gone; nobody had said that it is mended. */
  CLEARED(new Wording("后续检查已不再发现，自动关闭", "cleared by a later run")),
  /** Somebody had said that it is mended, and it is. */
  CONFIRMED(new Wording("后续检查确认已解决", "confirmed by a later run"));

  private static final String PRODUCT = "orderbridge";

  private final Wording wording;

  RunReason(Wording wording) {
    this.wording = wording;
  }

  /** For people. */
  public Wording wording() {
    return wording;
  }

  /** As a text of SQL; it has no apostrophe. */
  String sql() {
    return "'" + wording.en() + "'";
  }

  /** The reason that the product gave; empty when a person did, or there is none. */
  public static Optional<RunReason> of(String by, String stored) {
    for (RunReason one : values()) {
      if (by.equals(PRODUCT) && one.wording.en().equals(stored)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
