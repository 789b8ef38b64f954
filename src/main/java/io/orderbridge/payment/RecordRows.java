package io.orderbridge.payment;

import io.orderbridge.kernel.Money;
import io.orderbridge.payment.Transaction.Kind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;

/** How a record lies in a row. */
final class RecordRows {
  private RecordRows() {}

  /** Thirteen columns from connection to message. */
  static Told told(ResultSet row, int first) throws SQLException {
    Transaction what =
        new Transaction(
            Kind.valueOf(row.getString(first + 1)),
            row.getString(first + 2),
            row.getString(first + 3),
            row.getString(first + 4),
            row.getString(first + 5),
            money(row.getString(first + 6), row.getString(first + 7)),
            row.getString(first + 8),
            row.getTimestamp(first + 9).toInstant());
    return new Told(
        row.getString(first),
        what,
        row.getObject(first + 10, LocalDate.class),
        row.getString(first + 11),
        row.getLong(first + 12));
  }

  static String currency(Told told) {
    return told.what().amount().currency().getCurrencyCode();
  }

  /** An amount of a numeric column, whatever zeros stand behind its decimals. */
  static Money money(String amount, String currency) {
    BigDecimal decimal = new BigDecimal(amount).stripTrailingZeros();
    return Money.of(
        (decimal.scale() < 0 ? decimal.setScale(0) : decimal).toPlainString(), currency);
  }
}
