package io.orderbridge.rows;

import java.math.BigDecimal;
import java.util.List;

/**
 * A statement of an account while it is read: its movements become rows, and at its end the opening
 * balance and all movements must give the closing balance.
 */
final class Statement {
  /** The columns of every statement, whatever its format. */
  static final List<String> COLUMNS =
      List.of(
          "account",
          "statement",
          "sequence",
          "valueDate",
          "entryDate",
          "mark",
          "amount",
          "currency",
          "reference",
          "bankReference",
          "type",
          "details",
          "party",
          "movement",
          Row.LINE);

  private static final Row.Names NAMES = new Row.Names(COLUMNS);

  private final Table table;
  private final Rows.Gathered gathered;
  private final int line;
  private BigDecimal sum = BigDecimal.ZERO;
  private int movements;
  private int rows;

  String account = "";
  String number = "";
  String sequence = "";
  String currency = "";
  BigDecimal opening;
  BigDecimal closing;
  // What it says that its entries move; proves it where it has no balances.
  BigDecimal net;

  Statement(Table table, Rows.Gathered gathered, int line) {
    this.table = table;
    this.gathered = gathered;
    this.line = line;
  }

  /** One movement of money; texts are empty when the bank does not say them. */
  static final class Movement {
    final int line;
    String valueDate = "";
    String entryDate = "";
    String mark = "";
    BigDecimal amount = BigDecimal.ZERO;
    String currency = "";
    String reference = "";
    String bankReference = "";
    String type = "";
    String details = "";
    String party = "";

    Movement(int line) {
      this.line = line;
    }

    /** Marks: C and D, RC takes a credit back, RD a debit. */
    void signed(String mark, BigDecimal unsigned) {
      this.mark = mark;
      this.amount = mark.equals("C") || mark.equals("RD") ? unsigned : unsigned.negate();
    }
  }

  /** Counts what an entry moves; its rows may be several. */
  void moves(BigDecimal amount) {
    sum = sum.add(amount);
    movements++;
  }

  void row(Movement movement) {
    rows++;
    gathered.row(
        new Row(
            NAMES,
            new String[] {
              account,
              number,
              sequence,
              movement.valueDate,
              movement.entryDate,
              movement.mark,
              movement.amount.toPlainString(),
              movement.currency.isEmpty() ? currency : movement.currency,
              movement.reference,
              movement.bankReference,
              movement.type,
              movement.details,
              movement.party,
              // Many banks give no reference at all; this names the row in each copy of the file.
              String.join("/", account, number, sequence, Integer.toString(rows)),
              Integer.toString(movement.line)
            }));
  }

  private void checkNet() {
    if (net.compareTo(sum) != 0) {
      throw FileRefused.at(
          table,
          line,
          "the statement that begins here has no balances and says that its entries give %s, %d of"
                  .formatted(net.toPlainString(), movements)
              + " them give %s; ask for the file again".formatted(sum.toPlainString()));
    }
  }

  /** Refuses the file when the balances and the movements disagree. */
  void finish() {
    if (net != null && (opening == null || closing == null)) {
      checkNet();
      return;
    }
    if (opening == null || closing == null) {
      throw FileRefused.at(
          table,
          line,
          "the statement that begins here has no %s balance; it is cut off, ask for it again"
              .formatted(opening == null ? "opening" : "closing"));
    }
    BigDecimal found = opening.add(sum);
    if (found.compareTo(closing) != 0) {
      throw FileRefused.at(
          table,
          line,
          "the closing balance of the statement that begins here is %s, opening balance and %d"
                  .formatted(closing.toPlainString(), movements)
              + " movements give %s; ask for the file again".formatted(found.toPlainString()));
    }
  }
}
