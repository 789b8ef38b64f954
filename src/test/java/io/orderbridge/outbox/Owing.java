package io.orderbridge.outbox;

import io.orderbridge.Heart;
import io.orderbridge.call.Breaker;
import io.orderbridge.call.Limits;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.Debts;
import io.orderbridge.outbox.Target.Moot;
import io.orderbridge.outbox.Target.Retry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The debts of a heart, and targets with the defaults of connection files. */
public final class Owing {
  static final Retry RETRY =
      new Retry(
          List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(6)),
          Duration.ofHours(72));
  static final Limits LIMITS = new Limits(8, Limits.Rate.NONE, Duration.ofSeconds(10), 65_536);
  static final Breaker BREAKER = new Breaker(3, Duration.ofSeconds(30));

  private Owing() {}

  public static Debts debts(Heart heart) {
    return new OrderDebts(heart.targets, heart.queue, new Deadlines(heart.database));
  }

  /** The component that delivers what a heart owes. */
  public static OutboxComponent component(Heart heart, Clock clock) {
    return new OutboxComponent(heart.targets, heart.events, heart.queue, heart.settlements, clock);
  }

  public static Target target(String name, List<String> events, Set<Milestone> needs) {
    return new Target(
        name,
        events,
        Set.of(),
        needs,
        false,
        null,
        RETRY,
        LIMITS,
        BREAKER,
        Moot.LATER_STATE,
        List.of(),
        null);
  }
}
