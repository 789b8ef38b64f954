package io.orderbridge.payment;

import static io.orderbridge.payment.Till.DAY;

import io.orderbridge.payment.World.Back;
import io.orderbridge.payment.World.Here;
import io.orderbridge.payment.World.Order;
import io.orderbridge.payment.World.Record;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The same verdicts by plain loops over lists, written from the page that describes them: slow, and
 * easy to believe.
 */
final class Oracle {
  private final World world;
  private final boolean last;
  private final Map<String, Order> orders = new HashMap<>();

  Oracle(World world, boolean last) {
    this.world = world;
    this.last = last;
    world.orders.forEach(order -> orders.put(order.number(), order));
  }

  /** Verdict by side, number of the order, payment and refund; and the count of what is left. */
  Map<String, Verdict> verdicts() {
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (Record record : world.records) {
      if (record.day().equals(DAY)) {
        Verdict verdict = record.refund().isEmpty() ? payment(record) : refund(record);
        verdicts.put(
            "there %s %s %s".formatted(record.number(), record.id(), record.refund()), verdict);
      }
    }
    for (Order order : world.orders) {
      for (Here here : order.payments()) {
        if (here.system().equals(Till.PSP) && day(here.at()).equals(DAY) && !told(order, here)) {
          verdicts.put("here %s %s".formatted(order.number(), here.id()), here(order, here));
        }
      }
      if (waits(order)) {
        verdicts.put("order " + order.number(), last ? Verdict.UNPAID : Verdict.AWAITED);
      }
    }
    return verdicts;
  }

  private static LocalDate day(Instant at) {
    return at.atZone(Till.ZONE).toLocalDate();
  }

  // Such a payment is judged with its record of the day.
  private boolean told(Order order, Here here) {
    return payments()
        .anyMatch(
            record ->
                record.day().equals(DAY)
                    && record.id().equals(here.id())
                    && record.number().equals(order.number()));
  }

  private java.util.stream.Stream<Record> payments() {
    return world.records.stream().filter(record -> record.refund().isEmpty());
  }

  private java.util.stream.Stream<Record> of(Order order) {
    return payments().filter(record -> record.number().equals(order.number()));
  }

  private boolean waits(Order order) {
    return order.created() != null
        && day(order.created()).equals(DAY)
        && order.paid() == null
        && order.cancelled() == null
        && order.payments().isEmpty()
        && of(order).findAny().isEmpty();
  }

  private static Here known(Order order, String payment) {
    return order == null
        ? null
        : order.payments().stream()
            .filter(here -> here.id().equals(payment))
            .findFirst()
            .orElse(null);
  }

  private Verdict payment(Record record) {
    Order order = orders.get(record.number());
    Here here = known(order, record.id());
    if (record.state().equals("UNPAID")) {
      return here == null ? Verdict.UNPAID : last ? Verdict.PAID_HERE_ONLY : Verdict.AWAITED;
    }
    if (record.state().equals("CLOSED") || record.state().equals("FAILED")) {
      return here == null ? Verdict.CLOSED : Verdict.CLOSED_THERE;
    }
    boolean elsewhere =
        world.orders.stream()
            .anyMatch(other -> other != order && known(other, record.id()) != null);
    if (here == null && elsewhere) {
      return Verdict.WRONG_ORDER;
    }
    if (here != null && !here.currency().equals(record.currency())) {
      return Verdict.CURRENCY_DIFFERS;
    }
    if (here != null && !same(here.amount(), record.amount())) {
      return Verdict.AMOUNT_DIFFERS;
    }
    BigDecimal back = back(record.id());
    if (record.state().equals("REFUNDED")) {
      boolean knownBack =
          order != null
              && order.refunds().stream()
                  .anyMatch(b -> !b.status().equals("REJECTED") && !b.status().equals("CLOSED"));
      return back != null || order == null || order.cancelled() != null || knownBack
          ? Verdict.REFUNDED
          : Verdict.REFUNDED_THERE;
    }
    if (back != null && here == null) {
      return Verdict.REFUNDED;
    }
    if (back != null && back.compareTo(dec(record.amount())) >= 0) {
      return Verdict.MATCHED;
    }
    if (order == null || order.created() == null && order.total() == null) {
      return Verdict.PAYMENT_WITHOUT_ORDER;
    }
    if (order.total() != null && !order.currency().equals(record.currency())) {
      return Verdict.CURRENCY_DIFFERS;
    }
    if (order.cancelled() != null && (here == null || record.at().isAfter(order.cancelled()))) {
      return Verdict.PAID_AFTER_CLOSE;
    }
    if (order.total() == null) {
      return here == null && !order.payments().isEmpty()
          ? Verdict.AWAITED
          : order.paid() != null ? Verdict.MATCHED : Verdict.LOST_CALLBACK;
    }
    return sum(record, order, here);
  }

  /** A payment of an order, whoever knows of it. */
  private record Live(String id, BigDecimal amount, boolean known, Instant at) {}

  private Verdict sum(Record record, Order order, Here here) {
    BigDecimal total = dec(order.total());
    BigDecimal covered = BigDecimal.ZERO;
    BigDecimal counted = BigDecimal.ZERO;
    boolean extra = false;
    boolean surplus = false;
    for (Live live : live(order)) {
      boolean over = covered.signum() > 0 && covered.compareTo(total) >= 0;
      covered = covered.add(live.amount());
      counted = over ? counted : counted.add(live.amount());
      extra |= over && !live.known();
      surplus |= over && live.id().equals(record.id());
    }
    if (surplus) {
      return Verdict.PAID_TWICE;
    }
    int compared = counted.compareTo(total);
    if (compared > 0) {
      return Verdict.OVERPAID;
    }
    if (compared < 0) {
      return last ? Verdict.PARTIAL_PAYMENT : Verdict.AWAITED;
    }
    if (extra && here == null) {
      return Verdict.PAID_TWICE;
    }
    boolean paid = order.paid() != null && (here != null || order.payments().isEmpty());
    return order.cancelled() != null || paid ? Verdict.MATCHED : Verdict.LOST_CALLBACK;
  }

  private List<Live> live(Order order) {
    Map<String, Live> all = new HashMap<>();
    for (Here here : order.payments()) {
      all.put(
          here.id(),
          new Live(here.id(), in(order, here.amount(), here.currency()), true, here.at()));
    }
    of(order)
        .filter(record -> record.state().equals("PAID"))
        .forEach(
            record ->
                all.merge(
                    record.id(),
                    new Live(
                        record.id(),
                        in(order, record.amount(), record.currency()),
                        false,
                        record.at()),
                    (mine, theirs) ->
                        new Live(
                            mine.id(),
                            theirs.amount(),
                            true,
                            mine.at().isBefore(theirs.at()) ? mine.at() : theirs.at())));
    List<Live> live = new ArrayList<>(all.values());
    live.removeIf(
        one -> {
          BigDecimal back = back(one.id());
          return back != null && back.compareTo(whole(order, one.id())) >= 0;
        });
    live.sort(
        Comparator.comparing(Live::known)
            .reversed()
            .thenComparing(Live::at)
            .thenComparing(Live::id));
    return live;
  }

  private BigDecimal whole(Order order, String payment) {
    return of(order)
        .filter(record -> record.id().equals(payment) && record.state().equals("PAID"))
        .findFirst()
        .map(record -> dec(record.amount()))
        .orElseGet(() -> dec(known(order, payment).amount()));
  }

  private static BigDecimal in(Order order, String amount, String currency) {
    return currency.equals(order.currency()) ? dec(amount) : BigDecimal.ZERO;
  }

  /** What was given back of a payment there; null when nothing was. */
  private BigDecimal back(String payment) {
    return world.records.stream()
        .filter(record -> !record.refund().isEmpty() && record.id().equals(payment))
        .filter(record -> record.state().matches("REFUNDED|REFUNDING"))
        .map(record -> dec(record.amount()))
        .reduce(BigDecimal::add)
        .orElse(null);
  }

  private Verdict here(Order order, Here here) {
    Record record = payments().filter(r -> r.id().equals(here.id())).findFirst().orElse(null);
    if (record != null) {
      return record.number().equals(order.number()) ? Verdict.OTHER_DAY : Verdict.WRONG_ORDER;
    }
    boolean closed =
        of(order).anyMatch(r -> r.id().startsWith("#") && r.state().matches("CLOSED|FAILED"));
    boolean paid = of(order).anyMatch(r -> r.state().matches("PAID|REFUNDED"));
    return closed && !paid ? Verdict.CLOSED_THERE : last ? Verdict.PAID_HERE_ONLY : Verdict.AWAITED;
  }

  private Verdict refund(Record record) {
    Order order = orders.get(record.number());
    Back back =
        order == null
            ? null
            : order.refunds().stream()
                .filter(one -> one.id().equals(record.refund()))
                .findFirst()
                .orElse(null);
    boolean ended = record.state().equals("CLOSED");
    if (back != null) {
      return known(record, back, ended);
    }
    if (ended) {
      return Verdict.CLOSED;
    }
    if (order == null) {
      return Verdict.REFUNDED;
    }
    if (known(order, record.id()) != null || order.paid() != null && order.payments().isEmpty()) {
      return Verdict.REFUNDED_THERE;
    }
    return order.paid() != null || order.cancelled() != null || coveredToday(order)
        ? Verdict.REFUNDED
        : Verdict.REFUNDED_THERE;
  }

  private static Verdict known(Record record, Back back, boolean ended) {
    boolean differs =
        back.amount() != null
            && (!same(back.amount(), record.amount())
                || !back.currency().equals(record.currency()));
    boolean done = record.state().equals("REFUNDED");
    boolean given = back.status().equals("REFUNDED");
    boolean over = back.status().matches("REJECTED|CLOSED");
    if (differs || done && over || ended && given) {
      return Verdict.REFUND_DIFFERS;
    }
    return done && !given ? Verdict.REFUNDED_THERE : Verdict.MATCHED;
  }

  // Another payment of the day pays the order, or will as soon as its lost callback is recorded.
  private boolean coveredToday(Order order) {
    boolean today = of(order).anyMatch(r -> r.day().equals(DAY) && r.state().equals("PAID"));
    if (!today || order.total() == null) {
      return false;
    }
    BigDecimal total = dec(order.total());
    BigDecimal covered = BigDecimal.ZERO;
    BigDecimal counted = BigDecimal.ZERO;
    List<Live> live = live(order);
    for (Live one : live) {
      boolean over = covered.signum() > 0 && covered.compareTo(total) >= 0;
      covered = covered.add(one.amount());
      counted = over ? counted : counted.add(one.amount());
    }
    return !live.isEmpty() && counted.compareTo(total) >= 0;
  }

  private static boolean same(String one, String other) {
    return dec(one).compareTo(dec(other)) == 0;
  }

  private static BigDecimal dec(String amount) {
    return new BigDecimal(amount);
  }
}
