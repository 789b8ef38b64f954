package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the order book knows of a period, line by line, for who compares books: what was paid and
 * given back, and what left. Reads all orders that changed since the period began, a page in
 * memory.
 */
@Singleton
public class OrderLines {
  // Whatever happened in a period was told after it began; no index, which every update would pay.
  private static final String CHANGED =
      """
      select shop, number, state from customer_order where updated_at >= ?
       order by shop, number\
      """;
  private static final int FETCH = 1_000;

  private final Database database;
  private final Ownership ownership;

  OrderLines(Database database, Ownership ownership) {
    this.database = database;
    this.ownership = ownership;
  }

  /**
   * Gives the lines of orders that were paid, and the refunds that were paid out, from {@code from}
   * until before {@code to}; by shop and number. Columns: {@code order}, {@code shop}, {@code
   * number}, {@code payment}, {@code kind} (SALE, REFUND), {@code sku}, {@code quantity}, {@code
   * total} of the whole order or refund, {@code worth} of the line by which it has a share in it,
   * {@code currency}, {@code ordered}, {@code paid} and {@code settled} in epoch milliseconds. What
   * is not known is empty.
   */
  public void paid(Instant from, Instant to, Consumer<Map<String, String>> each) {
    changed(
        from,
        order -> {
          order.sales(from, to).forEach(each);
          order.refunds(from, to).forEach(each);
        });
  }

  /**
   * Gives the lines of orders whose first parcel left within the period. Columns: {@code order},
   * {@code shop}, {@code number}, {@code payment}, {@code sku}, {@code quantity}, {@code ordered},
   * {@code shipped}.
   */
  public void shipped(Instant from, Instant to, Consumer<Map<String, String>> each) {
    changed(from, order -> order.shipped(from, to).forEach(each));
  }

  private void changed(Instant since, Consumer<Order> each) {
    database.run(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(CHANGED)) {
            query.setFetchSize(FETCH);
            query.setTimestamp(1, Timestamp.from(since));
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                OrderState state = Json.state(row.getString(3));
                each.accept(
                    new Order(
                        row.getString(1),
                        row.getString(2),
                        state,
                        new OrderView(state, ownership)));
              }
            }
          }
        });
  }

  /** One order, taken apart. */
  private record Order(String shop, String number, OrderState state, OrderView view) {
    List<Map<String, String>> sales(Instant from, Instant to) {
      Optional<Long> paid = view.at(Milestone.PAID.name());
      if (paid.isEmpty() || !within(paid.get(), from, to)) {
        return List.of();
      }
      Map<String, Object> details = details();
      String total = text(details.get("total"));
      String currency = text(details.get("currency"));
      if (total.isEmpty()) {
        // Nobody has told what it costs, so it is what was paid, while that is one currency.
        total = sum();
        currency = total.isEmpty() ? "" : state.payments().firstEntry().getValue().currency();
      }
      Map<String, String> row = named("SALE");
      row.put("total", total);
      row.put("currency", currency);
      row.put("paid", Long.toString(paid.get()));
      row.put("settled", Long.toString(paid.get()));
      return lines(row);
    }

    List<Map<String, String>> refunds(Instant from, Instant to) {
      List<Map<String, String>> rows = new ArrayList<>();
      state
          .refunds()
          .forEach(
              (id, refund) -> {
                Long at = refund.steps().get(RefundStatus.REFUNDED);
                if (at != null && within(at, from, to) && !refund.amount().isEmpty()) {
                  Map<String, String> row = named("REFUND");
                  // A refund is an order of its own when amounts are shared.
                  row.put("order", row.get("order") + "/" + id);
                  row.put("payment", id);
                  row.put("total", refund.amount());
                  row.put("currency", refund.currency());
                  row.put("paid", Long.toString(at));
                  row.put("settled", Long.toString(at));
                  row.put("sku", "");
                  row.put("quantity", "");
                  row.put("worth", "");
                  rows.add(row);
                }
              });
      return rows;
    }

    List<Map<String, String>> shipped(Instant from, Instant to) {
      Optional<Long> left =
          state.parcels().keySet().stream()
              .flatMap(parcel -> view.at(Milestone.OUTBOUND_SCANNED + "@" + parcel).stream())
              .min(Long::compare);
      if (left.isEmpty() || !within(left.get(), from, to)) {
        return List.of();
      }
      Map<String, String> row = named("SALE");
      row.put("shipped", Long.toString(left.get()));
      return lines(row);
    }

    private Map<String, String> named(String kind) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("order", shop + "/" + number);
      row.put("shop", shop);
      row.put("number", number);
      row.put("payment", state.payments().isEmpty() ? "" : state.payments().firstKey());
      row.put("kind", kind);
      row.put("ordered", view.at(Milestone.CREATED.name()).map(String::valueOf).orElse(""));
      return row;
    }

    private List<Map<String, String>> lines(Map<String, String> order) {
      List<Map<String, String>> rows = new ArrayList<>();
      if (details().get("lines") instanceof List<?> lines) {
        for (Object given : lines) {
          if (given instanceof Map<?, ?> line) {
            Map<String, String> row = new LinkedHashMap<>(order);
            row.put("sku", text(line.get("sku")));
            row.put("quantity", text(line.get("quantity")));
            row.put("worth", worth(line));
            rows.add(row);
          }
        }
      }
      if (rows.isEmpty()) {
        order.put("sku", "");
        order.put("quantity", "");
        order.put("worth", "");
        rows.add(order);
      }
      return rows;
    }

    private static String worth(Map<?, ?> line) {
      String price = text(line.get("price"));
      String quantity = text(line.get("quantity"));
      return price.isEmpty() || quantity.isEmpty()
          ? ""
          : new BigDecimal(price).multiply(new BigDecimal(quantity)).toPlainString();
    }

    private String sum() {
      boolean one =
          state.payments().values().stream()
                  .map(OrderState.PaymentState::currency)
                  .distinct()
                  .count()
              == 1;
      return one
          ? state.payments().values().stream()
              .map(payment -> new BigDecimal(payment.amount()))
              .reduce(BigDecimal.ZERO, BigDecimal::add)
              .toPlainString()
          : "";
    }

    private Map<String, Object> details() {
      OrderState.Versioned details = state.documents().get(OrderState.DETAILS);
      return details == null ? Map.of() : details.value();
    }

    private static String text(Object value) {
      return value == null ? "" : value.toString();
    }

    private static boolean within(long millis, Instant from, Instant to) {
      return millis >= from.toEpochMilli() && millis < to.toEpochMilli();
    }
  }
}
