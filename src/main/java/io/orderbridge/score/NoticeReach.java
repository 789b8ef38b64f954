package io.orderbridge.score;

import io.orderbridge.notice.Days;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * 发货通知触达率: notices that reached somebody by receipt, of all that the gates made on that day, sent
 * or not. The days are those of the notices.
 */
@Singleton
class NoticeReach implements Measured {
  private final Days days;

  NoticeReach(Days days) {
    this.days = days;
  }

  @Override
  public Metric metric() {
    return Metric.NOTICE_REACH;
  }

  @Override
  public Optional<Measure> measure(Period period, HealthRules rules, Instant now) {
    Map<String, BigDecimal> by = new TreeMap<>();
    long due = 0;
    long reached = 0;
    for (Days.Day day : days.between(period.from(), period.from())) {
      if (rules.gates().isEmpty() || rules.gates().contains(day.gate())) {
        due += day.due();
        reached += day.reached();
        add(by, day.gate() + " failed", day.failed());
        add(by, day.gate() + " unconfirmed", day.unconfirmed());
        add(by, day.gate() + " suppressed", day.suppressed());
        add(by, day.gate() + " open", day.open());
      }
    }
    return Optional.of(
        new Measure(BigDecimal.valueOf(reached), BigDecimal.valueOf(due), "", by, List.of()));
  }

  private static void add(Map<String, BigDecimal> by, String name, long count) {
    if (count > 0) {
      by.put(name, BigDecimal.valueOf(count));
    }
  }
}
