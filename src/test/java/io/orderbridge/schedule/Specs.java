package io.orderbridge.schedule;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.schedule.Source.Daily;
import io.orderbridge.schedule.Source.Every;
import io.orderbridge.schedule.Source.Item;
import io.orderbridge.schedule.Source.Order;
import io.orderbridge.schedule.Source.Pages;
import io.orderbridge.schedule.Source.Rhythm;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** Sources as a connection file would make them. */
final class Specs {
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final int SIZE = 5;
  private static final List<Duration> RETRY =
      List.of(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

  private Specs() {}

  /** Windows of a quarter of an hour, the first one only. */
  static Source quarterly(Order order) {
    return of("orders", quarter(), pages(order), true);
  }

  static Every quarter() {
    Duration every = Duration.ofMinutes(15);
    return new Every(every, Duration.ofMinutes(5), Duration.ofMinutes(1), every);
  }

  static Source daily(String name, String due, DayOfWeek... rest) {
    return of(name, dailyDue(due, 1, Set.of(rest), Set.of()), pages(Order.WHOLE), false);
  }

  static Daily dailyDue(String due, int back, Set<DayOfWeek> rest, Set<LocalDate> holidays) {
    return new Daily(LocalTime.parse(due), 1, back, rest, holidays);
  }

  static Pages pages(Order order) {
    boolean total = order == Order.LAST_FIRST || order == Order.FIRST_LAST;
    return new Pages(
        order,
        SIZE,
        1,
        JsonPointer.compile("/rows"),
        total ? JsonPointer.compile("/total") : null,
        null,
        order == Order.CURSOR ? JsonPointer.compile("/next") : null,
        false);
  }

  static Source of(String name, Rhythm rhythm, Pages pages, boolean pushed) {
    return new Source(
        "shop",
        name,
        rhythm,
        SHANGHAI,
        pages,
        new Item(JsonPointer.compile("/id"), JsonPointer.compile("/version"), null),
        "order",
        pushed,
        "shop/" + name,
        RETRY,
        Duration.ofHours(2));
  }
}
