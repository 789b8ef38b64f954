package io.orderbridge.payment;

import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What payment systems say of one order. Answers join the caller's transaction. */
@Singleton
public class RecordsOfOrder {
  // Each payment and refund is one; who asks for an order with more looks at the payments.
  private static final int MAX = 100;

  private static final String OF_ORDER =
      """
      select connection, kind, transaction_id, refund_id, amount::text, currency, state, at, source
        from payment_record where shop = ? and number = ? order by at, id limit ?\
      """;

  /**
   * A payment or refund, as its payment system tells it.
   *
   * @param kind PAYMENT or REFUND
   * @param refund number of the refund; empty for a payment
   * @param at since when it is in its state, by the payment system's word
   * @param source kind of the message that says so
   */
  public record Record(
      String connection,
      String kind,
      String id,
      String refund,
      Money amount,
      String state,
      Instant at,
      String source) {
    /** Whether money came by it. */
    public boolean isPaid() {
      return kind.equals(Transaction.Kind.PAYMENT.name()) && Transaction.paid(state);
    }
  }

  /** The oldest first, at most a hundred. */
  public List<Record> of(Connection connection, OrderKey order) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OF_ORDER)) {
      query.setString(1, order.shop());
      query.setString(2, order.number());
      query.setInt(3, MAX);
      List<Record> records = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          records.add(
              new Record(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  RecordRows.money(rows.getString(5), rows.getString(6)),
                  rows.getString(7),
                  rows.getTimestamp(8).toInstant(),
                  rows.getString(9)));
        }
      }
      return records;
    }
  }
}
