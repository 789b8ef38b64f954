package io.orderbridge.notice;

import jakarta.inject.Singleton;

/** The rules of notices that hold now, replaced while notices are sent. Thread-safe. */
@Singleton
public class NoticeRulesInForce {
  private volatile NoticeRules rules = NoticeRules.NONE;

  public void use(NoticeRules next) {
    this.rules = next;
  }

  /** Whether there are rules at all; without them nothing is decided, but waits. */
  boolean known() {
    return rules != NoticeRules.NONE;
  }

  /** Those that hold now; {@link NoticeRules#NONE} without a file. */
  public NoticeRules now() {
    return rules;
  }
}
