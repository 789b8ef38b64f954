package io.orderbridge.notice;

import jakarta.inject.Singleton;
import java.util.List;

/** The rules of notices in force, replaced while notices are sent. Thread-safe. */
@Singleton
public class NoticePolicy {
  private volatile Rules rules = Rules.NONE;

  /** What stands in {@code mappings/rules/notices.yaml} beside the gates. */
  public record Rules(ChannelRules channels, List<PersonalRule> personal, AuditRules audit) {
    public static final Rules NONE = new Rules(ChannelRules.NONE, List.of(), AuditRules.DEFAULT);
  }

  /** Puts rules in force; the next message is decided by them. */
  public void replace(Rules rules) {
    this.rules = rules;
  }

  public Rules current() {
    return rules;
  }

  public Guard guard() {
    return new Guard(rules.channels());
  }
}
