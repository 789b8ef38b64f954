package io.orderbridge.reconciliation;

import io.orderbridge.books.Counting;
import io.orderbridge.books.EntryKind;
import io.orderbridge.books.EntryPool;
import io.orderbridge.books.Figures.Total;
import io.orderbridge.books.Line;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.ReportPart.Hand;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Reads the differences of a report, in the same order each time. Of one transaction. */
final class ReportRows {
  // Of rows that came from the database and wait: some hundred KB.
  private static final int FETCHED = 1_000;
  private static final String ITEMS =
      """
      select no, outcome, class, rule, key, shop, currency, left_amount, right_amount,
             left_quantity, right_quantity, since, zh, en
        from books.item
       where run = ? and (not carried or ?)
       order by no\
      """;

  private final Connection connection;
  private final ReportScope scope;

  ReportRows(Connection connection, ReportScope scope) {
    this.connection = connection;
    this.scope = scope;
  }

  /** All that stands between the two sides: items, then what was left out, run by run. */
  void each(EntryPool.Each<Difference> each) throws SQLException {
    for (ReportPart part : scope.parts()) {
      items(part, each);
      for (Hand hand : Hand.values()) {
        leftOut(part, hand, each);
      }
    }
  }

  private void items(ReportPart part, EntryPool.Each<Difference> each) throws SQLException {
    Map<Hand, Map<Integer, Map<String, Total>>> mixed = new EnumMap<>(Hand.class);
    boolean money = part.measure() == Counting.Of.AMOUNT;
    if (money) {
      for (Hand hand : Hand.values()) {
        mixed.put(hand, part.pool(connection, hand).ofItems());
      }
    }
    try (PreparedStatement query = connection.prepareStatement(ITEMS)) {
      query.setLong(1, part.run().id());
      query.setBoolean(2, part.last());
      query.setFetchSize(FETCHED);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          if (!money) {
            each.take(item(part, row, "", number(row, 10), number(row, 11)));
          } else if (row.getString(7) != null) {
            each.take(item(part, row, row.getString(7), number(row, 8), number(row, 9)));
          } else {
            mixed(part, row, mixed, each);
          }
        }
      }
    }
  }

  // An item of several currencies is a row of each.
  private void mixed(
      ReportPart part,
      ResultSet row,
      Map<Hand, Map<Integer, Map<String, Total>>> mixed,
      EntryPool.Each<Difference> each)
      throws SQLException {
    Map<String, Total> left = mixed.get(Hand.LEFT).getOrDefault(row.getInt(1), Map.of());
    Map<String, Total> right = mixed.get(Hand.RIGHT).getOrDefault(row.getInt(1), Map.of());
    Set<String> units = new LinkedHashSet<>(left.keySet());
    units.addAll(right.keySet());
    for (String unit : units) {
      each.take(item(part, row, unit, value(left.get(unit)), value(right.get(unit))));
    }
  }

  private static BigInteger value(Total total) {
    return total == null ? null : total.value();
  }

  private Difference item(
      ReportPart part, ResultSet row, String unit, BigInteger left, BigInteger right)
      throws SQLException {
    LocalDate since = row.getObject(12, LocalDate.class);
    return new Difference(
        part.run().of().from(),
        row.getInt(1),
        Outcome.valueOf(row.getString(2)),
        BreakClass.valueOf(row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        unit,
        left,
        right,
        since,
        scope.age(since),
        new Wording(row.getString(13), row.getString(14)));
  }

  private void leftOut(ReportPart part, Hand hand, EntryPool.Each<Difference> each)
      throws SQLException {
    part.pool(connection, hand)
        .leftOut(part.cut(hand), told -> each.take(leftOut(part, hand, told.line())));
  }

  private Difference leftOut(ReportPart part, Hand hand, Line line) {
    boolean money = part.measure() == Counting.Of.AMOUNT;
    Long number = money ? line.minor() : line.quantity();
    BigInteger amount = BigInteger.valueOf(number == null ? 0 : number);
    Definition definition = part.definition(hand);
    LocalDate day = part.run().of().from();
    return new Difference(
        day,
        null,
        Outcome.EXCLUDED,
        Waterfall.leftOut(line.kind()),
        definition == null ? "period" : definition.id(),
        line.key(),
        line.labels().shop(),
        money && line.currency() != null ? line.currency() : "",
        hand == Hand.LEFT ? amount : null,
        hand == Hand.RIGHT ? amount : null,
        day,
        scope.age(day),
        why(definition, line));
  }

  private static Wording why(Definition definition, Line line) {
    String status = line.status().isEmpty() ? "" : " " + line.status();
    if (definition == null) {
      return new Wording("不属于本期", "belongs to another period");
    }
    return new Wording(
        "%s%s 不计入「%s」第 %d 版,或不属于本期"
            .formatted(
                kind(line.kind()).zh(), status, definition.title().zh(), definition.version()),
        "%s%s does not count as %s version %d, or belongs to another period"
            .formatted(
                kind(line.kind()).en(), status, definition.title().en(), definition.version()));
  }

  /** A kind of entry in words. */
  static Wording kind(EntryKind kind) {
    return switch (kind) {
      case SALE -> new Wording("销售", "sale");
      case REFUND -> new Wording("退款", "refund");
      case FEE -> new Wording("手续费", "fee");
      case PAYOUT -> new Wording("提现", "payout");
      case OTHER -> new Wording("其他", "other");
    };
  }

  private static BigInteger number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : BigInteger.valueOf(number);
  }
}
