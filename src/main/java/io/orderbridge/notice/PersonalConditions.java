package io.orderbridge.notice;

import io.orderbridge.kernel.Money;
import io.orderbridge.notice.PersonalRule.Frequent;
import io.orderbridge.notice.PersonalRule.Group;
import io.orderbridge.notice.PersonalRule.Over;
import io.orderbridge.notice.PersonalRule.Stock;
import io.orderbridge.notice.PersonalRule.When;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is true of one customer at the time of a notice. */
final class PersonalConditions {
  private final History history;
  private final CurrentOrder order;
  private final List<Purchase> all;

  PersonalConditions(History history, CurrentOrder order) {
    this.history = history;
    this.order = order;
    this.all = new ArrayList<>(history.purchases());
    this.all.add(order.purchase());
  }

  /** What does not hold; empty when everything does. */
  String missing(When when) {
    if (when.frequent() != null && !isFrequent(when.frequent())) {
      return "fewer than %d orders".formatted(when.frequent().orders());
    }
    if (when.firstOrder() && !history.purchases().isEmpty()) {
      return "not the first order";
    }
    if (when.contains() != null && !contains(when.contains())) {
      return "nothing of %s in the order".formatted(when.contains().name());
    }
    if (when.stock() != null && !isLow(when.stock())) {
      return "no low stock of %s is known".formatted(when.stock().group().name());
    }
    return when.over() == null ? "" : notOver(when.over());
  }

  private boolean isFrequent(Frequent frequent) {
    Instant since = order.now().minus(frequent.within());
    return all.stream().filter(purchase -> !purchase.at().isBefore(since)).count()
        >= frequent.orders();
  }

  private boolean contains(Group group) {
    return order.purchase().lines().stream().anyMatch(group::has);
  }

  /**
   * What was bought last, less what was used since, by the use between the last two purchases: the
   * earlier one was used up in between. In whole milliseconds and pieces, so that 7.0 days are not
   * less than 7.
   */
  private boolean isLow(Stock stock) {
    TreeMap<Instant, Long> bought = bought(stock.group());
    if (bought.size() < 2) {
      return false;
    }
    Map.Entry<Instant, Long> last = bought.lastEntry();
    Map.Entry<Instant, Long> before = bought.lowerEntry(last.getKey());
    BigInteger between = millis(before.getKey(), last.getKey());
    BigInteger since = millis(last.getKey(), order.now());
    // last / (before / between) - since < less, without a division.
    BigInteger lasts = BigInteger.valueOf(last.getValue()).multiply(between);
    BigInteger used =
        since
            .add(BigInteger.valueOf(stock.less().toMillis()))
            .multiply(BigInteger.valueOf(before.getValue()));
    return lasts.compareTo(used) < 0;
  }

  private TreeMap<Instant, Long> bought(Group group) {
    TreeMap<Instant, Long> bought = new TreeMap<>();
    for (Purchase purchase : all) {
      long quantity =
          purchase.lines().stream().filter(group::has).mapToLong(Purchase.Line::quantity).sum();
      if (quantity > 0 && !purchase.at().isAfter(order.now())) {
        bought.merge(purchase.at(), quantity, Long::sum);
      }
    }
    return bought;
  }

  private static BigInteger millis(Instant from, Instant to) {
    return BigInteger.valueOf(to.toEpochMilli() - from.toEpochMilli());
  }

  private String notOver(Over over) {
    Money total = order.purchase().total();
    if (total == null) {
      return "the total is not known";
    }
    String wanted = over.amount().currency().getCurrencyCode();
    String currency = total.currency().getCurrencyCode();
    BigDecimal rate = currency.equals(wanted) ? BigDecimal.ONE : over.rates().get(currency);
    if (rate == null) {
      return "there is no rate from %s to %s".formatted(currency, wanted);
    }
    BigDecimal converted = new BigDecimal(total.toDecimal()).multiply(rate);
    return converted.compareTo(new BigDecimal(over.amount().toDecimal())) > 0
        ? ""
        : "not more than " + over.amount();
  }
}
