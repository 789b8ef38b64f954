package io.orderbridge.order;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.order.OrderState.PaymentState;
import io.orderbridge.order.OrderState.RefundState;
import io.orderbridge.order.OrderWriter.Entry;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Payments and refunds of orders as rows, for checks that join them in sets. Written with the fold;
 * only what has changed.
 */
final class OrderSets {
  private static final String PAYMENT =
      """
      insert into order_payment (order_id, payment_id, amount, currency, paid_at, system)
      select * from unnest(?::bigint[], ?::text[], ?::numeric[], ?::text[], ?::timestamptz[],
                           ?::text[])
      on conflict (order_id, payment_id) do update
         set amount = excluded.amount, currency = excluded.currency, paid_at = excluded.paid_at,
             system = excluded.system\
      """;
  private static final String REFUND =
      """
      insert into order_refund (order_id, refund_id, status, amount, currency, at)
      select * from unnest(?::bigint[], ?::text[], ?::text[], ?::numeric[], ?::text[],
                           ?::timestamptz[])
      on conflict (order_id, refund_id) do update
         set status = excluded.status, amount = excluded.amount, currency = excluded.currency,
             at = excluded.at\
      """;

  // What was once said is never forgotten: a customer may hold the older label.
  private static final String TRACKING =
      """
      insert into order_tracking (tracking_no, order_id)
      select distinct * from unnest(?::text[], ?::bigint[]) on conflict do nothing\
      """;

  private OrderSets() {}

  private record Paid(long order, String id, PaymentState payment) {}

  private record Refunded(long order, String id, RefundState refund) {}

  private record Tracked(String trackingNo, long order) {}

  /** Writes what differs from what was there when the orders were locked. */
  static void save(Connection connection, Collection<Entry> entries) throws SQLException {
    List<Paid> paid = new ArrayList<>();
    List<Refunded> refunded = new ArrayList<>();
    List<Tracked> tracked = new ArrayList<>();
    for (Entry entry : entries) {
      for (String number : trackingNumbers(entry.state)) {
        if (!entry.trackingBefore.contains(number)) {
          tracked.add(new Tracked(number, entry.id));
        }
      }
      entry
          .state
          .payments()
          .forEach(
              (id, payment) -> {
                if (!payment.equals(entry.paymentsBefore.get(id))) {
                  paid.add(new Paid(entry.id, id, payment));
                }
              });
      entry
          .state
          .refunds()
          .forEach(
              (id, refund) -> {
                if (!refund.equals(entry.refundsBefore.get(id))) {
                  refunded.add(new Refunded(entry.id, id, refund));
                }
              });
    }
    payments(connection, paid);
    refunds(connection, refunded);
    tracking(connection, tracked);
  }

  /** Every system's word on the tracking numbers of an order. */
  static Set<String> trackingNumbers(OrderState state) {
    Set<String> numbers = new TreeSet<>();
    state.parcels().values().stream()
        .flatMap(parcel -> parcel.trackingNo().values().stream())
        .map(OrderState.Word::text)
        .filter(number -> !number.isEmpty())
        .forEach(numbers::add);
    return numbers;
  }

  private static void tracking(Connection connection, List<Tracked> tracked) throws SQLException {
    if (tracked.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(TRACKING)) {
      insert.setArray(1, array(connection, "text", tracked, Tracked::trackingNo));
      insert.setArray(2, array(connection, "bigint", tracked, Tracked::order));
      insert.executeUpdate();
    }
  }

  private static void payments(Connection connection, List<Paid> paid) throws SQLException {
    if (paid.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(PAYMENT)) {
      insert.setArray(1, array(connection, "bigint", paid, Paid::order));
      insert.setArray(2, array(connection, "text", paid, Paid::id));
      insert.setArray(3, array(connection, "numeric", paid, p -> decimal(p.payment().amount())));
      insert.setArray(4, array(connection, "text", paid, p -> p.payment().currency()));
      insert.setArray(5, array(connection, "timestamptz", paid, p -> time(p.payment().at())));
      insert.setArray(6, array(connection, "text", paid, p -> p.payment().system()));
      insert.executeUpdate();
    }
  }

  private static void refunds(Connection connection, List<Refunded> refunded) throws SQLException {
    if (refunded.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(REFUND)) {
      insert.setArray(1, array(connection, "bigint", refunded, Refunded::order));
      insert.setArray(2, array(connection, "text", refunded, Refunded::id));
      insert.setArray(
          3, array(connection, "text", refunded, r -> OrderView.last(r.refund()).getKey().name()));
      insert.setArray(4, array(connection, "numeric", refunded, r -> decimal(r.refund().amount())));
      insert.setArray(5, array(connection, "text", refunded, r -> orNull(r.refund().currency())));
      insert.setArray(
          6,
          array(
              connection,
              "timestamptz",
              refunded,
              r -> time(OrderView.last(r.refund()).getValue())));
      insert.executeUpdate();
    }
  }

  private static BigDecimal decimal(String amount) {
    return amount.isEmpty() ? null : new BigDecimal(amount);
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
