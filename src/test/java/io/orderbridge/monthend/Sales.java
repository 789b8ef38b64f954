package io.orderbridge.monthend;

import io.orderbridge.monthend.Said.Item;
import io.orderbridge.monthend.Said.Order;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the lists say by day, shop and product, worked out from the orders alone. */
final class Sales {
  private final Rates rates;
  private final Map<String, long[]> sold = new TreeMap<>();

  private Sales(Rates rates) {
    this.rates = rates;
  }

  /** Lines of day, shop, product, pieces and amount. */
  static List<String> of(Month month, Rates rates) {
    Sales sales = new Sales(rates);
    month.orders.stream().filter(Sales::counts).forEach(sales::add);
    return sales.sold.entrySet().stream()
        .map(
            one ->
                "%s,%d,%s"
                    .formatted(
                        one.getKey(),
                        one.getValue()[0],
                        BigDecimal.valueOf(one.getValue()[1], 2).toPlainString()))
        .sorted()
        .toList();
  }

  // The table says what the lists say; what of it does not count stands in the difference list.
  private static boolean counts(Order order) {
    return order.platform() != Platform.MINI_SHOP;
  }

  private void add(Order order) {
    // This list tells one time, which an order gets when it is paid.
    boolean untold = order.platform() == Platform.PINDUODUO && order.paid() == null;
    LocalDate day = order.ordered().toLocalDate();
    for (int i = 0; i < order.items().size(); i++) {
      Item item = order.items().get(i);
      String key =
          (untold ? "" : day) + "," + order.platform().shop(order.currency()) + "," + item.sku();
      long[] sums = sold.computeIfAbsent(key, one -> new long[2]);
      sums[0] += item.pieces();
      sums[1] += rates.fen(item.minor(), order.currency(), day);
      // What was paid back stands in the row of the first line.
      sums[1] -= i == 0 ? rates.fen(order.refund(), order.currency(), day) : 0;
    }
  }
}
