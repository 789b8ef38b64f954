package io.orderbridge.rows;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Whether each balance follows from the one before: it finds a row that is missing in the middle.
 * Files begin with the oldest row or with the newest; one of the two must hold throughout.
 */
final class BalanceChain {
  private static final int HOLDS = 0;

  private final Table table;
  private final Table.Balance rule;
  private BigDecimal last;
  private BigDecimal lastChange = BigDecimal.ZERO;
  private int oldestFirstBreaks = HOLDS;
  private int newestFirstBreaks = HOLDS;

  BalanceChain(Table table) {
    this.table = table;
    this.rule = table.ending().balance();
  }

  void add(Map<String, String> row, int line) {
    if (rule == null || !row.containsKey(rule.column()) || row.get(rule.column()).isEmpty()) {
      gap();
      return;
    }
    BigDecimal balance = Amounts.of(row.get(rule.column()));
    BigDecimal change = change(row);
    if (last != null) {
      if (oldestFirstBreaks == HOLDS && balance.compareTo(last.add(change)) != 0) {
        oldestFirstBreaks = line;
      }
      if (newestFirstBreaks == HOLDS && balance.compareTo(last.subtract(lastChange)) != 0) {
        newestFirstBreaks = line;
      }
    }
    last = balance;
    lastChange = change;
  }

  /** A row was put aside: the next one begins anew. */
  void gap() {
    last = null;
  }

  private BigDecimal change(Map<String, String> row) {
    BigDecimal plus = Amounts.of(row.get(rule.plus()));
    BigDecimal minus = rule.minus() == null ? BigDecimal.ZERO : Amounts.of(row.get(rule.minus()));
    if (rule.minusWhen().isEmpty()) {
      return plus.subtract(minus);
    }
    boolean takesOff = Totals.matches(rule.minusWhen(), row, true).orElse(false);
    return takesOff ? minus.negate() : plus;
  }

  void check() {
    if (oldestFirstBreaks != HOLDS && newestFirstBreaks != HOLDS) {
      int line = Math.max(oldestFirstBreaks, newestFirstBreaks);
      throw FileRefused.at(
          table,
          line,
          "'%s' does not follow from the row before; a row is missing, ask for the file again"
              .formatted(rule.column()));
    }
  }
}
