package io.orderbridge.monthend;

import io.orderbridge.monthend.Said.Item;
import io.orderbridge.monthend.Said.Kind;
import io.orderbridge.monthend.Said.Money;
import io.orderbridge.monthend.Said.Order;
import io.orderbridge.monthend.Said.State;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happened in a month at all platforms, and what their files say of it. From the same seed
 * comes the same month. Payments are settled on their day or up to two days later; what is settled
 * after the last day stands in files of the days that follow it.
 */
final class Month {
  private static final List<String> SKUS =
      List.of("TEE-S", "TEE-M", "TEE-L", "MUG-1", "MUG-2", "CAP-1", "BAG-1", "BAG-2", "SOCK-3");
  private static final int PERCENT = 100;
  private static final int REFUNDED = 5;
  private static final int UNPAID = 3;
  private static final int SETTLED_SAME_DAY = 70;
  private static final int SETTLED_NEXT_DAY = 90;
  private static final int LINES_MAX = 3;
  // No payment so late that its settlement, an hour later, or its refund, two hours, is on the
  // next.
  private static final int FIRST_MINUTE = 30;
  private static final int LAST_MINUTE = 21 * 60;
  private static final int FEE_PER_MILLE = 6;

  final Size size;
  final List<Order> orders = new ArrayList<>();
  final List<Money> money = new ArrayList<>();
  private final Random random;
  private int serial;

  /**
   * @param planted differences per class and platform
   */
  record Size(LocalDate first, int days, int ordersADay, int planted, long seed) {
    LocalDate last() {
      return first.plusDays(days - 1L);
    }

    /** The day after which nothing more is settled. */
    LocalDate end() {
      return last().plusDays(3);
    }
  }

  Month(Size size) {
    this.size = size;
    this.random = new Random(size.seed());
    for (Platform platform : Platform.values()) {
      for (int day = 0; day < size.days(); day++) {
        for (int i = 0; i < size.ordersADay(); i++) {
          ordinary(platform, size.first().plusDays(day));
        }
      }
    }
  }

  private void ordinary(Platform platform, LocalDate day) {
    Order order = order(platform, day);
    // What is paid back in the last days would be taken off after the month.
    boolean early = day.isBefore(size.last().minusDays(2));
    if (early && random.nextInt(PERCENT) < REFUNDED) {
      boolean whole = random.nextBoolean();
      long refund = whole ? order.total() : Math.max(1, order.total() / LINES_MAX);
      order = order.refunded(refund, whole ? State.CANCELLED : State.PAID);
    }
    orders.add(order);
    if (random.nextInt(PERCENT) < UNPAID) {
      orders.add(order(platform, day).unpaid());
    }
    int lot = random.nextInt(PERCENT);
    int lag = lot < SETTLED_SAME_DAY ? 0 : lot < SETTLED_NEXT_DAY ? 1 : 2;
    money.addAll(settled(order, platform.isSlow() ? lag : 0));
  }

  /** An order of that day that nobody has settled. */
  Order order(Platform platform, LocalDate day) {
    serial++;
    LocalTime time =
        LocalTime.MIN
            .plusMinutes(FIRST_MINUTE + random.nextInt(LAST_MINUTE - FIRST_MINUTE))
            .plusSeconds(random.nextInt(60));
    String currency = platform.currencies.get(random.nextInt(platform.currencies.size()));
    List<Item> items = new ArrayList<>();
    int lines = platform.hasLines() ? 1 + random.nextInt(LINES_MAX) : 1;
    int from = random.nextInt(SKUS.size());
    for (int i = 0; i < lines; i++) {
      int pieces = lines > 1 ? 1 : 1 + random.nextInt(LINES_MAX);
      long price = 1_000L + random.nextInt(30_000);
      items.add(new Item(SKUS.get((from + i) % SKUS.size()), pieces, pieces * price));
    }
    return new Order(
        platform,
        day,
        platform.number(serial, day),
        currency,
        List.copyOf(items),
        day.atTime(time),
        day.atTime(time).plusMinutes(2),
        0,
        State.PAID);
  }

  /** What the platform pays for an order, so many days later, and what it takes back. */
  List<Money> settled(Order order, int lag) {
    LocalDateTime at = order.paid().plusDays(lag).plusMinutes(60);
    LocalDate file = at.toLocalDate();
    List<Money> rows = new ArrayList<>();
    rows.add(row(order, Kind.SALE, order.total(), at, file));
    if (order.refund() > 0) {
      rows.add(row(order, Kind.REFUND, order.refund(), at.plusMinutes(60), file));
    }
    return rows;
  }

  private static Money row(Order order, Kind kind, long minor, LocalDateTime at, LocalDate file) {
    boolean taken = kind == Kind.SALE && order.platform().hasFees();
    long fee = taken ? minor * FEE_PER_MILLE / 1_000 : 0;
    return new Money(
        order.platform(), file, order.number(), order.currency(), kind, minor, fee, at, State.PAID);
  }

  /** A day of the middle of the month: what is settled three days later still belongs to it. */
  LocalDate middle() {
    return size.first().plusDays(2 + random.nextInt(size.days() - 7));
  }

  int next(int bound) {
    return random.nextInt(bound);
  }

  List<Order> orders(Platform platform, LocalDate day) {
    return orders.stream()
        .filter(one -> one.platform() == platform && one.file().equals(day))
        .toList();
  }

  List<Money> money(Platform platform, LocalDate day) {
    return money.stream()
        .filter(one -> one.platform() == platform && one.file().equals(day))
        .toList();
  }
}
