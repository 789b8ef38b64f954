package io.orderbridge.repair;

import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.order.OrderLook;
import io.orderbridge.order.OrderLook.Paid;
import io.orderbridge.order.OrderLook.Refunded;
import io.orderbridge.order.OrderLooks;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the payment system of an order to give money back, through {@code
 * direct:<connection>-refund}. Our number is the same on every attempt, so a refund is made once
 * however often it is asked for. Whether it was made is read back through {@code
 * direct:<connection>-refund-query}, where that route is there.
 */
@Singleton
class RefundAction implements Action {
  static final String NAME = "refund";

  private static final String ROUTE = "-refund";
  private static final String QUERY = "-refund-query";
  private static final String AMOUNT = "amount";
  private static final String CURRENCY = "currency";
  private static final String TRANSACTION = "transaction";
  private static final String CONNECTION = "connection";
  private static final String TOTAL = "total";
  private static final Why SECOND = new Why("要退款", "money goes back");
  private static final Set<String> GONE_BACK = Set.of("REFUNDING", "REFUNDED");
  private static final Set<String> ENDED = Set.of("CLOSED", "REJECTED");
  // Calls of at most half a minute each, one after the other: the lease holds for all of them.
  private static final int BATCH = 4;
  private static final Duration LEASE = Duration.ofMinutes(5);
  // Every payment system takes a number of 40 letters and digits.
  private static final int PRINT_LENGTH = 10;

  private final OrderLooks looks;
  private final RefundsInFlight inFlight;
  private final PartnerRoutes routes;
  private final DebtFates fates;

  RefundAction(OrderLooks looks, RefundsInFlight inFlight, PartnerRoutes routes, DebtFates fates) {
    this.looks = looks;
    this.inFlight = inFlight;
    this.routes = routes;
    this.fates = fates;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String act() {
    return "order.refund-asked";
  }

  @Override
  public Set<String> options() {
    return Set.of(CONNECTION, CURRENCY);
  }

  @Override
  public Set<String> fields() {
    return Set.of(AMOUNT, CURRENCY, TRANSACTION, CONNECTION, "reason");
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public Duration lease() {
    return LEASE;
  }

  @Override
  public void check(Wish wish) {
    String currency = wish.options().get(CURRENCY);
    if (currency != null) {
      Money.currency(currency);
    }
  }

  @Override
  public String wrong(Wish wish, Line line) {
    String amount = line.fields().get(AMOUNT);
    if (amount == null) {
      return "";
    }
    if (line.get(CURRENCY, wish) == null) {
      return "has an amount and no currency";
    }
    try {
      Money money = Money.of(amount, line.get(CURRENCY, wish));
      return money.minor() > 0 ? "" : "has an amount that is not above zero";
    } catch (IllegalArgumentException e) {
      return "has an " + e.getMessage();
    }
  }

  @Override
  public List<Effect> foresee(Connection connection, Wish wish, List<Line> lines, Instant now)
      throws SQLException {
    List<OrderKey> keys = lines.stream().map(Line::order).toList();
    Map<OrderKey, Why> asked = inFlight.of(connection, keys, wish);
    Map<OrderKey, OrderLook> orders = looks.look(connection, keys);
    List<Effect> effects = new ArrayList<>();
    for (Line line : lines) {
      OrderLook order = orders.get(line.order());
      Why busy = asked.get(line.order());
      if (order == null) {
        effects.add(Effect.refused("", Effect.UNNAMED));
      } else if (busy != null) {
        effects.add(Effect.refused(order.status(), busy));
      } else {
        effects.add(effect(order, wish, line));
      }
    }
    return effects;
  }

  private Effect effect(OrderLook order, Wish wish, Line line) {
    String wanted = line.fields().get(TRANSACTION);
    List<Paid> payments =
        order.payments().stream()
            .filter(paid -> wanted == null || paid.id().equals(wanted))
            .toList();
    if (payments.size() != 1) {
      return Effect.refused(
          order.status(),
          payments.isEmpty()
              ? new Why("没有系统报告过这笔支付", "nobody has told of that payment")
              : Why.of(
                  "它有 %d 笔支付，请指明支付流水号",
                  "it has %d payments; name the transaction", payments.size()));
    }
    Paid paid = payments.get(0);
    String connection = Optional.ofNullable(line.get(CONNECTION, wish)).orElse(paid.system());
    Currency currency = paid.amount().currency();
    Money back = new Money(goneBack(order, currency), currency);
    String before = "%s of %s refunded".formatted(back.toDecimal(), paid.amount());
    long left = Math.min(paid.amount().minor(), paidInAll(order, currency) - back.minor());
    Money amount =
        line.fields().containsKey(AMOUNT)
            ? Money.of(line.fields().get(AMOUNT), line.get(CURRENCY, wish))
            : new Money(left, currency);
    Why refusal = refusal(amount, currency, left, connection);
    if (!refusal.isEmpty()) {
      return Effect.refused(before, refusal);
    }
    Map<String, Object> work = new LinkedHashMap<>();
    work.put(CONNECTION, connection);
    work.put(TRANSACTION, paid.id());
    work.put(AMOUNT, amount.toDecimal());
    work.put(CURRENCY, currency.getCurrencyCode());
    work.put(TOTAL, paid.amount().toDecimal());
    Money then = new Money(back.minor() + amount.minor(), currency);
    String after = "%s of %s refunded".formatted(then.toDecimal(), paid.amount());
    return new Effect(
        before, after, List.of(), work, null, amount, SECOND, Effect.How.CHANGE, Why.NONE);
  }

  private Why refusal(Money amount, Currency currency, long left, String connection) {
    if (!amount.currency().equals(currency)) {
      return Why.of("支付币种是 %s", "it was paid in %s", currency.getCurrencyCode());
    }
    if (left <= 0 || amount.minor() > left) {
      return Why.of("最多还能退 %s", "%s can still be refunded", new Money(Math.max(left, 0), currency));
    }
    return routes.has(connection + ROUTE)
        ? Why.NONE
        : Why.of(
            "路由 direct:%s%s 没有运行；连接是否已启用？",
            "no route direct:%s%s runs; is the connection switched on?", connection, ROUTE);
  }

  private static long goneBack(OrderLook order, Currency currency) {
    return order.refunds().stream()
        .filter(refund -> GONE_BACK.contains(refund.status()) && refund.amount() != null)
        .filter(refund -> refund.amount().currency().equals(currency))
        .mapToLong(refund -> refund.amount().minor())
        .sum();
  }

  private static long paidInAll(OrderLook order, Currency currency) {
    return order.payments().stream()
        .filter(paid -> paid.amount().currency().equals(currency))
        .mapToLong(paid -> paid.amount().minor())
        .sum();
  }

  @Override
  public Marking apply(Task task) {
    Map<String, Object> work = task.work();
    String number = number(task);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("shop", task.order().shop());
    body.put("order", task.order().number());
    body.put("refund", number);
    body.put("reason", task.reason());
    body.put("at", task.repair().begun().at().toString());
    List.of(TRANSACTION, AMOUNT, CURRENCY, TOTAL).forEach(key -> body.put(key, work.get(key)));
    Object facts = routes.ask(work.get(CONNECTION) + ROUTE, body);
    String known = caseOf(facts).orElse(number);
    return connection -> {
      OrderLook order = looks.look(connection, List.of(task.order())).get(task.order());
      Currency currency = Money.currency((String) work.get(CURRENCY));
      Money back = new Money(goneBack(order, currency), currency);
      Shown asked = Shown.open((String) work.get(CONNECTION), List.of(known));
      String after =
          "%s of %s %s refunded"
              .formatted(back.toDecimal(), work.get(TOTAL), currency.getCurrencyCode());
      return new Marked(after, List.of(asked));
    };
  }

  // Made of what never changes, so that it is the same after every death; the repair's number alone
  // would come again in a database that was set up anew.
  private static String number(Task task) {
    String print =
        String.join(
            "|",
            task.order().toString(),
            (String) task.work().get(TRANSACTION),
            (String) task.work().get(AMOUNT),
            task.repair().wish().at().toString());
    return "OB%d-%d-%s"
        .formatted(
            task.repair().id(), task.item(), Json.fingerprint(print).substring(0, PRINT_LENGTH));
  }

  // Some payment systems name a refund themselves: the facts that were recorded know.
  private static Optional<String> caseOf(Object facts) {
    Object one = facts instanceof List<?> list && list.size() == 1 ? list.get(0) : facts;
    if (one instanceof Map<?, ?> map && map.get("facts") instanceof List<?> said) {
      for (Object fact : said) {
        if (fact instanceof Map<?, ?> step && step.get("refund") instanceof Map<?, ?> refund) {
          return Optional.of(String.valueOf(refund.get("id")));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public List<Shown> readBack(Task task, List<Shown> before, Instant now) {
    return before.stream().map(target -> look(task, target, now)).toList();
  }

  private Shown look(Task task, Shown target, Instant now) {
    String number = target.refs().get(0);
    boolean readable = routes.has(target.target() + QUERY);
    if (readable) {
      try {
        routes.ask(
            target.target() + QUERY,
            Map.of("shop", task.order().shop(), "order", task.order().number(), "refund", number));
      } catch (TryLater later) {
        return target.become(Shown.State.OPEN, Shown.unread(later.why()), now);
      } catch (Refusal refusal) {
        return target.become(Shown.State.FAILED, Shown.unread(refusal.why()), now);
      }
    }
    String status =
        fates.order(task.order()).refunds().stream()
            .filter(refund -> refund.id().equals(number))
            .map(Refunded::status)
            .findFirst()
            .orElse("not known yet");
    Why why = Why.of("退款 %s 的状态是 %s", "refund %s is %s", number, status);
    if (status.equals("REFUNDED")) {
      return target.become(readable ? Shown.State.VERIFIED : Shown.State.DELIVERED, why, now);
    }
    return target.become(ENDED.contains(status) ? Shown.State.FAILED : Shown.State.OPEN, why, now);
  }
}
