package io.orderbridge.payment;

import io.orderbridge.kernel.Money;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * One payment system whose payments are verified.
 *
 * @param connection the folder below {@code routes/}
 * @param source whose windows, once proved, make a day final: {@code <connection>/<source>}
 * @param zone of its days
 * @param threshold more differences than this are told
 * @param most more money than this is told as well; null for no such limit
 * @param grace so fresh a payment lacks nothing yet
 * @param owner who is told
 * @param systems whose word on a payment is this system's: the connection, and who repeats it
 * @param shops whose waiting orders are counted; empty for those of the day's records
 */
public record PaymentSource(
    String connection,
    String source,
    ZoneId zone,
    int threshold,
    Money most,
    Duration grace,
    String owner,
    Set<String> systems,
    Set<String> shops) {
  public PaymentSource {
    systems = Set.copyOf(systems);
    shops = Set.copyOf(shops);
  }

  /** What holds for a connection of which the rules say nothing more. */
  public static PaymentSource of(String connection, String source, ZoneId zone) {
    return new PaymentSource(
        connection, source, zone, 0, null, Duration.ZERO, "", Set.of(connection), Set.of());
  }

  PaymentSource alerting(int count) {
    return new PaymentSource(connection, source, zone, count, most, grace, owner, systems, shops);
  }

  List<String> systemList() {
    return systems.stream().sorted().toList();
  }

  java.time.Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }
}
