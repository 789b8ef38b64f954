package io.orderbridge.monthend;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.orderbridge.monthend.Said.Kind;
import io.orderbridge.monthend.Said.Money;
import io.orderbridge.monthend.Said.Order;
import io.orderbridge.monthend.Said.State;
import io.orderbridge.monthend.Truth.Expected;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Differences of every class, planted into a month, and written down as they are planted. */
final class Planting {
  static final String BY_KEY = "month-platforms";
  static final String ONE_BY_ONE = "month-mini-shop";

  /** With the fees, of a platform that takes none for an ordinary order. */
  static final String WITH_FEES = "month-taobao";

  static final String DAILY = "day-platforms";
  static final String MINI_DAILY = "day-mini-shop";

  // What is no break of a day, or none in the end.
  private static final Set<String> BY_MONTH = Set.of("UNSETTLED", "CROSS_PERIOD", "WITHIN", "FEE");
  private static final long FEN_WITHIN = 3;
  private static final long BEYOND = 777;
  private static final int FRIDAY = 5;

  private final Month month;
  private final Rates rates;
  private final Map<Order, String> planted = new LinkedHashMap<>();

  private Planting(Month month, Rates rates) {
    this.month = month;
    this.rates = rates;
  }

  static Truth plant(Month month, Rates rates) {
    Planting planting = new Planting(month, rates);
    planting.noteUnsettled();
    planting.noteRounded();
    for (Platform platform : Platform.values()) {
      for (int i = 0; i < month.size.planted(); i++) {
        planting.oneOfEach(platform);
      }
    }
    return planting.truth();
  }

  /** What was settled after the month, and was not when it ended. */
  private void noteUnsettled() {
    Set<String> late =
        month.money.stream()
            .filter(one -> one.file().isAfter(month.size.last()))
            .map(Money::number)
            .collect(toSet());
    month.orders.stream()
        .filter(order -> late.contains(order.number()))
        .forEach(order -> planted.put(order, "UNSETTLED"));
  }

  /** Lines are converted one by one, and what is paid for them as a whole. */
  private void noteRounded() {
    Map<String, List<Money>> paid = month.money.stream().collect(groupingBy(Money::number));
    month.orders.stream()
        .filter(order -> order.items().size() > 1 && order.platform().isForeign())
        .filter(order -> order.paid() != null)
        .filter(order -> left(order) != right(paid.get(order.number())))
        .forEach(order -> planted.put(order, "WITHIN"));
  }

  private void oneOfEach(Platform platform) {
    missing(platform);
    amounts(platform);
    duplicates(platform);
    returns(platform);
    otherPeriod(platform);
    if (platform.isForeign()) {
      otherRate(platform);
    }
    if (platform == Platform.MINI_SHOP) {
      otherStatus(platform);
      otherStatus(platform);
    } else if (platform != Platform.AMAZON) {
      split(platform);
    }
    if (platform == Platform.JD) {
      otherCurrency(platform);
    }
    if (!platform.hasFees()) {
      fee(platform);
      fee(platform);
    }
  }

  private void missing(Platform platform) {
    listed(fresh(platform), "MISSING_RIGHT");
    Order unknown = fresh(platform);
    planted.put(unknown, "MISSING_LEFT");
    month.money.addAll(month.settled(unknown, 0));
  }

  private void amounts(Platform platform) {
    Money less = sale(listed(fresh(platform), "AMOUNT"));
    month.money.add(less.of(less.minor() - BEYOND));
    Order almost = listed(fresh(platform), "WITHIN");
    Money nearly = sale(almost);
    // A yen is worth more than the tolerance in fen, and less than its share of the amount.
    long by = almost.currency().equals("JPY") ? 1 : FEN_WITHIN;
    month.money.add(nearly.of(nearly.minor() - by));
  }

  private void duplicates(Platform platform) {
    Money first = sale(listed(fresh(platform), "DUPLICATE"));
    month.money.add(first);
    month.money.add(first.at(first.file(), first.at().plusMinutes(5)));
    // Exports that overlap: it stands in the list of the next day as well.
    Order twice = listed(fresh(platform), "DUPLICATE");
    month.orders.add(twice.in(twice.file().plusDays(1)));
    month.money.add(sale(twice));
    if (platform.hasLines()) {
      Order lines = listed(severalLines(platform), "DUPLICATE");
      month.orders.add(lines.in(lines.file().plusDays(1)));
      month.money.add(sale(lines));
    }
  }

  private void returns(Platform platform) {
    Order kept = listed(fresh(platform), "RETURN_NOT_OFFSET");
    month.money.addAll(month.settled(kept.refunded(kept.total() / 2, State.PAID), 0));
    // A list that shows what is left cannot tell a refund from another amount.
    if (!platform.offsets()) {
      Order order = fresh(platform);
      Order returned = order.refunded(order.total() / 2, State.PAID);
      month.money.add(sale(listed(returned, "RETURN_NOT_OFFSET")));
    }
  }

  /** Paid in the last minutes of the month before, and listed and settled on the first day. */
  private void otherPeriod(Platform platform) {
    LocalDate first = month.size.first();
    Order order = month.order(platform, first).ofOneLine();
    Money paid = sale(order);
    listed(
        order.at(first.minusDays(1).atTime(23, 50).plusSeconds(month.next(500))), "CROSS_PERIOD");
    month.money.add(paid.at(first, first.atTime(0, 20)));
  }

  /** The platform settles at the rate of the next working day. */
  private void otherRate(Platform platform) {
    LocalDate day = month.middle();
    while (day.getDayOfWeek().getValue() >= FRIDAY) {
      day = day.minusDays(1);
    }
    Order order = month.order(platform, day).ofOneLine();
    while (!Rates.move(order.currency())) {
      order = month.order(platform, day).ofOneLine();
    }
    Money paid = sale(listed(order, "CURRENCY"));
    month.money.add(paid.at(day.plusDays(1), paid.at().plusDays(1)));
  }

  /** One of its lines is not paid; or it is paid in parts, of which one does not come. */
  private void split(Platform platform) {
    Order order = severalLines(platform);
    Money whole = sale(listed(order, "SPLIT"));
    if (platform.hasLines()) {
      month.money.add(whole.of(order.items().get(0).minor()));
    } else {
      month.money.add(whole.of(order.total() / 2));
      month.money.add(whole.of(order.total() / 3).at(whole.file(), whole.at().plusMinutes(5)));
    }
  }

  private Order severalLines(Platform platform) {
    Order order = month.order(platform, month.middle());
    while (platform.hasLines() && order.items().size() == 1) {
      order = month.order(platform, month.middle());
    }
    return order;
  }

  /** Taken off what was settled, and nobody expected it. */
  private void fee(Platform platform) {
    month.money.add(sale(listed(fresh(platform), "FEE")).taking(BEYOND));
  }

  /** The same figure in another currency. */
  private void otherCurrency(Platform platform) {
    month.money.add(sale(listed(fresh(platform), "CURRENCY")).in("USD"));
  }

  private void otherStatus(Platform platform) {
    month.money.add(sale(listed(fresh(platform), "STATUS")).with(State.CANCELLED));
  }

  // Of one line: several lines of foreign money are rounded one by one.
  private Order fresh(Platform platform) {
    return month.order(platform, month.middle()).ofOneLine();
  }

  private Order listed(Order order, String kind) {
    planted.put(order, kind);
    month.orders.add(order);
    return order;
  }

  private Money sale(Order order) {
    return month.settled(order, 0).get(0);
  }

  private Truth truth() {
    Truth truth = new Truth();
    Map<String, List<Money>> paid = month.money.stream().collect(groupingBy(Money::number));
    Map<String, List<Order>> listed = month.orders.stream().collect(groupingBy(Order::number));
    planted.forEach(
        (order, kind) -> {
          List<Order> orders = listed.getOrDefault(order.number(), List.of());
          boolean none = kind.equals("MISSING_RIGHT") || kind.equals("UNSETTLED");
          long left = orders.stream().mapToLong(this::left).sum();
          long gap = left - (none ? 0 : right(paid.get(order.number())));
          boolean mini = order.platform() == Platform.MINI_SHOP;
          // Of two currencies there is no difference.
          long told = kind.equals("CURRENCY") && !order.platform().isForeign() ? 0 : gap;
          if (!order.platform().hasFees()) {
            long fees = kind.equals("FEE") ? BEYOND : 0;
            truth.add(new Expected(WITH_FEES, order.number(), kind, told + fees));
          }
          // Where fees do not count, that is no difference.
          if (!kind.equals("FEE")) {
            truth.add(new Expected(mini ? ONE_BY_ONE : BY_KEY, order.number(), kind, told));
          }
          if (!BY_MONTH.contains(kind)) {
            // Listed again on the day after it was settled, it is one more that nobody settles.
            String daily = orders.size() > 1 ? "MISSING_RIGHT" : kind;
            truth.add(new Expected(mini ? MINI_DAILY : DAILY, order.number(), daily, told));
          }
        });
    return truth;
  }

  /** What the list says of an order, in fen: its lines, and what went back. */
  long left(Order order) {
    LocalDate day = order.paid().toLocalDate();
    long sum = -rates.fen(order.refund(), order.currency(), day);
    for (Said.Item item : order.items()) {
      sum += rates.fen(item.minor(), order.currency(), day);
    }
    return sum;
  }

  // A row of another currency that its book does not convert is no yuan.
  private long fen(Money row) {
    return row.platform().isForeign() || row.currency().equals("CNY")
        ? rates.fen(row.minor(), row.currency(), row.at().toLocalDate())
        : 0;
  }

  private long right(List<Money> rows) {
    return rows.stream()
        .mapToLong(
            row -> {
              long fen = fen(row);
              return row.kind() == Kind.REFUND ? -fen : fen;
            })
        .sum();
  }
}
