package io.orderbridge.consistency;

import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import io.orderbridge.work.OpenLetters.Kept;
import java.util.LinkedHashMap;
import java.util.Map;

/** Findings of links. Of a link itself a breach; of an order that it keeps a warning, same code. */
final class LinkFinding {
  static final String BROKEN = "LINK_BROKEN";
  static final String AUTH_EXPIRED = "CHANNEL_AUTH_EXPIRED";
  static final String AUTH_ENDING = "CHANNEL_AUTH_ENDING";
  static final String BEHIND = "SOURCE_BEHIND";

  private static final String OUTBOX = "outbox:";

  private LinkFinding() {}

  static Finding of(
      String code,
      String subject,
      String item,
      Level level,
      Map<String, Object> evidence,
      Wording text) {
    return new Finding(Finding.Kind.LINK, code, subject, item, level, null, "", evidence, text);
  }

  /** The connection of a queue. */
  static String connection(String queue) {
    return queue.substring(queue.indexOf(':') + 1).split("/", 2)[0];
  }

  /** Whether a letter is dead because the other side does not let us in. */
  static boolean isAuth(Cause cause) {
    return cause == Cause.TOKEN_EXPIRED || cause == Cause.CHANNEL_AUTH_EXPIRED;
  }

  static boolean isTarget(String queue) {
    return queue.startsWith(OUTBOX);
  }

  static String queue(String target) {
    return OUTBOX + target;
  }

  /** What a target does not get of an order. */
  static Finding ofOrder(Kept kept) {
    String target = connection(kept.queue());
    boolean token = isAuth(kept.cause());
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("queue", kept.queue());
    evidence.put("since", kept.since().toString());
    if (kept.deadLetter() != null) {
      evidence.put("deadLetter", kept.deadLetter());
      evidence.put("because", kept.cause().name());
    }
    Wording text =
        kept.deadLetter() == null
            ? Wording.of(
                "发给 %s 的消息一直没有送达，仍在重试：先恢复该系统。",
                "What %s is owed of this order does not arrive and is tried again: get the system"
                    + " back first.",
                target)
            : Wording.of(
                "发给 %s 的消息在死信 %s（%s）：按手册处理后重放。",
                "What %s is owed of this order is dead letter %s (%s): mend it as the runbook says"
                    + " and replay it.",
                target,
                kept.deadLetter(),
                kept.cause());
    return of(token ? AUTH_EXPIRED : BROKEN, kept.order(), target, Level.WARNING, evidence, text);
  }
}
