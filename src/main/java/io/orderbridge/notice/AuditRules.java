package io.orderbridge.notice;

import java.time.ZoneId;

/**
 * How notices are proved: {@code audit} of {@code mappings/rules/notices.yaml}.
 *
 * @param zone in which months are cut and times shown
 * @param sample customers who are called when nobody says how many
 */
public record AuditRules(ZoneId zone, int sample) {
  private static final int SAMPLE_DEFAULT = 50;

  public static final AuditRules DEFAULT =
      new AuditRules(ZoneId.of("Asia/Shanghai"), SAMPLE_DEFAULT);
}
