package io.orderbridge.passport;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.work.Backlog;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The system whose word is awaited has spoken often, and its messages wait: it may be there. */
final class InboxBacklog implements Explanation {
  private static final Duration OLD = Duration.ofMinutes(5);

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    Set<String> awaited = passport.awaitedFrom();
    return passport.mail().backlog().entrySet().stream()
        .filter(queue -> awaited.contains(queue.getKey()))
        .filter(queue -> passport.isPast(queue.getValue().oldest(), OLD))
        .min(Comparator.comparing(queue -> queue.getValue().oldest()))
        .map(queue -> diagnosis(passport, queue));
  }

  private static Diagnosis diagnosis(Passport passport, Map.Entry<String, Backlog.Waiting> queue) {
    Milestone next = passport.awaited().iterator().next();
    return Diagnosis.stuck(
        Reason.MESSAGE_WAITING,
        Who.CLOCK,
        queue.getValue().oldest(),
        Sentence.of(
            "正在等待 %s 的“%s”，而 %s 有 %d 条消息在收件箱中积压，最早的已等待 %s，其中可能就有这一条。",
            "The word of %s on '%s' is awaited, and %s has %d messages waiting in the inbox, the"
                + " oldest for %s; it may be among them.",
            queue.getKey(),
            next.said(),
            queue.getKey(),
            queue.getValue().waiting(),
            Spans.between(queue.getValue().oldest(), passport.now())),
        MessageWaiting.next());
  }
}
