package io.orderbridge.consistency;

import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import io.orderbridge.work.Backlog;
import io.orderbridge.work.OpenLetters;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A link is broken when a target's oldest debt waits for longer than it may. */
@Singleton
class OldDebtCheck implements LinkCheck {
  private final Backlog backlog;
  private final OpenLetters letters;
  private final LinkLimitsInForce limits;

  OldDebtCheck(Backlog backlog, OpenLetters letters, LinkLimitsInForce limits) {
    this.backlog = backlog;
    this.letters = letters;
    this.limits = limits;
  }

  @Override
  public List<Finding> look(Instant now) {
    LinkLimits inForce = limits.now();
    Map<String, Instant> before = new TreeMap<>();
    List<Finding> found = new ArrayList<>();
    backlog
        .queues()
        .forEach(
            (queue, waiting) -> {
              Duration limit = inForce.oldestDebt(LinkFinding.connection(queue));
              if (LinkFinding.isTarget(queue) && waiting.oldest().isBefore(now.minus(limit))) {
                before.put(queue, now.minus(limit));
                found.add(finding(queue, waiting, limit));
              }
            });
    letters.waiting(before, ORDERS_MAX).forEach(kept -> found.add(LinkFinding.ofOrder(kept)));
    return found;
  }

  private static Finding finding(String queue, Backlog.Waiting waiting, Duration limit) {
    String target = LinkFinding.connection(queue);
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("queue", queue);
    evidence.put("waiting", waiting.waiting());
    evidence.put("oldest", waiting.oldest().toString());
    evidence.put("limit", limit.toString());
    return LinkFinding.of(
        LinkFinding.BROKEN,
        target,
        queue + ":waiting",
        Level.BREACH,
        evidence,
        Wording.of(
            "发给 %s 的消息等待超过 %s 分钟：该系统不可用、太慢，或连接已停用。",
            "What %s is owed waits for over %s minutes: it is away or too slow, or its connection"
                + " is switched off.",
            target,
            limit.toMinutes()));
  }
}
