package io.orderbridge.ticket;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.FindingChange;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import io.orderbridge.ticket.Duty.Plan;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** How tickets lie in their rows. */
final class TicketRows {
  private TicketRows() {}

  /** The columns of {@code TicketSql.SELECT}. */
  static Ticket ticket(ResultSet row) throws SQLException {
    long finding = row.getLong(3);
    boolean byHand = row.wasNull();
    String nextTo = row.getString(19);
    return new Ticket(
        row.getLong(1),
        row.getLong(2),
        byHand ? null : finding,
        row.getInt(4),
        new Ticket.Matter(
            row.getString(5),
            row.getString(6),
            row.getString(7),
            row.getString(8),
            Level.valueOf(row.getString(9)),
            money(row.getString(10), row.getString(11)),
            new Wording(row.getString(12), row.getString(13))),
        new Ticket.Charge(
            row.getString(14),
            new Owner(row.getString(15)),
            Priority.valueOf(row.getString(16)),
            row.getTimestamp(17).toInstant(),
            row.getInt(18),
            nextTo == null
                ? null
                : new Ticket.Charge.Next(new Owner(nextTo), row.getTimestamp(20).toInstant())),
        TicketState.of(
            row.getString(21),
            row.getString(22),
            row.getTimestamp(23).toInstant(),
            row.getString(24)),
        row.getTimestamp(25).toInstant(),
        row.getTimestamp(26).toInstant());
  }

  // What a check wrote by SQL may have zeros behind the currency's decimals.
  static Money money(String amount, String currency) {
    if (amount == null) {
      return null;
    }
    BigDecimal decimal = new BigDecimal(amount).stripTrailingZeros();
    return Money.of(decimal.setScale(Math.max(0, decimal.scale())).toPlainString(), currency);
  }

  static BigDecimal amount(Money amount) {
    return amount == null ? null : new BigDecimal(amount.toDecimal());
  }

  static String currency(Money amount) {
    return amount == null ? null : amount.currency().getCurrencyCode();
  }

  /** A finding that is to have a ticket. */
  record Opening(FindingChange change, String rule, Plan plan) {
    Finding finding() {
      return change.finding();
    }
  }

  static void openings(
      Connection connection, PreparedStatement insert, List<Opening> all, Instant now)
      throws SQLException {
    insert.setArray(1, array(connection, "bigint", all, one -> one.change().id()));
    insert.setArray(2, array(connection, "integer", all, one -> one.change().episode()));
    insert.setArray(3, array(connection, "text", all, one -> one.finding().kind().name()));
    insert.setArray(4, array(connection, "text", all, one -> one.finding().code()));
    insert.setArray(5, array(connection, "text", all, one -> one.finding().subject()));
    insert.setArray(6, array(connection, "text", all, one -> one.finding().item()));
    insert.setArray(7, array(connection, "text", all, one -> one.finding().level().name()));
    insert.setArray(8, array(connection, "numeric", all, one -> amount(one.finding().amount())));
    insert.setArray(9, array(connection, "text", all, one -> currency(one.finding().amount())));
    insert.setArray(10, array(connection, "text", all, one -> one.finding().text().zh()));
    insert.setArray(11, array(connection, "text", all, one -> one.finding().text().en()));
    insert.setArray(12, array(connection, "text", all, Opening::rule));
    insert.setArray(13, array(connection, "text", all, one -> one.plan().priority().name()));
    insert.setArray(14, array(connection, "text", all, one -> one.plan().owner().name()));
    insert.setArray(
        15, array(connection, "timestamptz", all, one -> one.plan().dueAt().toString()));
    insert.setArray(16, array(connection, "text", all, one -> rungsTo(one.plan())));
    insert.setArray(17, array(connection, "text", all, one -> rungsAt(one.plan())));
    for (int place = 18; place <= 20; place++) {
      insert.setTimestamp(place, Timestamp.from(now));
    }
  }

  static void clearings(Connection connection, PreparedStatement update, List<FindingChange> all)
      throws SQLException {
    update.setArray(2, array(connection, "bigint", all, FindingChange::id));
    update.setArray(3, array(connection, "text", all, one -> one.finding().level().name()));
    update.setArray(4, array(connection, "numeric", all, one -> amount(one.finding().amount())));
    update.setArray(5, array(connection, "text", all, one -> currency(one.finding().amount())));
    update.setArray(6, array(connection, "text", all, one -> one.finding().text().zh()));
    update.setArray(7, array(connection, "text", all, one -> one.finding().text().en()));
  }

  // The statements split them again: an owner holds no comma.
  static String rungsTo(Plan plan) {
    return plan.ladder().stream().map(rung -> rung.to().name()).collect(Collectors.joining(","));
  }

  static String rungsAt(Plan plan) {
    return plan.ladder().stream()
        .map(rung -> rung.at().toString())
        .collect(Collectors.joining(","));
  }
}
