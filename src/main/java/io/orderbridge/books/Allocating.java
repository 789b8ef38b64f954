package io.orderbridge.books;

import io.orderbridge.books.EntryReader.NoEntry;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.rows.PlainRow;
import io.orderbridge.rows.Rows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Shares the amount of a whole order among its rows, before they become entries. The rows of an
 * order stand together; one order is in memory. Each row keeps its cells and gets one more; what a
 * later row leaves empty, amounts and pieces apart, is what the first one says.
 */
final class Allocating implements Rows.Sink {
  /** Behind the name of the column that is shared. */
  static final String SHARE = "@share";

  // An order of more rows is no order: the key is another column.
  private static final int ROWS_MAX = 10_000;

  private final Book book;
  private final Layout.Amount amount;
  private final AmountText text;
  private final Rows.Sink next;
  private final Set<String> amounts;
  private final String quantity;
  private final List<Map<String, String>> rows = new ArrayList<>();
  // By its key: the line on which an order ended. Some 100 bytes an order.
  private final Map<String, Integer> ended = new HashMap<>();
  private String key = "";

  Allocating(Book book, Layout layout, Rows.Sink next) {
    this.book = book;
    this.next = next;
    this.quantity = layout.quantity();
    this.amounts = layout.amounts().stream().map(Layout.Amount::column).collect(Collectors.toSet());
    Book.Allocate allocate = book.terms().allocate();
    this.amount =
        allocate == null
            ? null
            : layout.amounts().stream()
                .filter(one -> one.column().equals(allocate.column()))
                .findFirst()
                .orElseThrow();
    this.text = amount == null ? null : new AmountText(amount.minor());
  }

  /** The rows of a book, their amount shared where its terms say so. */
  static Feed of(Book book, Layout layout, Feed rows) {
    return sink -> {
      Allocating allocating = new Allocating(book, layout, sink);
      rows.give(allocating);
      allocating.finish();
    };
  }

  /** The layout that reads what this passes on. */
  static Layout layout(Book book, Layout layout) {
    Book.Allocate allocate = book.terms().allocate();
    return allocate == null
        ? layout
        : layout.withColumn(allocate.column(), allocate.column() + SHARE);
  }

  @Override
  public void row(Map<String, String> row) {
    if (amount == null) {
      next.row(row);
      return;
    }
    String own = row.getOrDefault(book.terms().allocate().by(), "");
    if (!own.equals(key) || own.isEmpty()) {
      pass();
      begin(own, row);
    }
    if (rows.size() == ROWS_MAX) {
      throw broken(line(row), "an order has more than %d rows".formatted(ROWS_MAX));
    }
    rows.add(row);
  }

  @Override
  public boolean plain(PlainRow row) {
    return amount == null && next.plain(row);
  }

  private void begin(String own, Map<String, String> row) {
    key = own;
    Integer before = own.isEmpty() ? null : ended.get(own);
    if (before != null) {
      throw broken(
          line(row),
          "the rows of an order stand apart: this one belongs to the order that ended on line %d;"
                  .formatted(before)
              + " sort the file by its orders, '%s' is shared among neighbours"
                  .formatted(amount.column()));
    }
  }

  private Refusal broken(int line, String why) {
    return new Refusal(
        Cause.FILE_REFUSED, "line " + line, "book %s: %s".formatted(book.name(), why));
  }

  private void pass() {
    if (rows.isEmpty()) {
      return;
    }
    if (!key.isEmpty()) {
      ended.put(key, line(rows.get(rows.size() - 1)));
    }
    try {
      List<String> shares = shares();
      for (int i = 0; i < rows.size(); i++) {
        next.row(with(rows.get(i), shares.get(i)));
      }
    } catch (NoEntry e) {
      rows.forEach(row -> next.refused(line(row), e.getMessage()));
    }
    rows.clear();
  }

  private List<String> shares() throws NoEntry {
    String column = amount.column();
    String told = EntryReader.cell(rows.get(0), column);
    List<BigDecimal> weights = new ArrayList<>();
    for (Map<String, String> row : rows) {
      String repeated = EntryReader.cell(row, column);
      if (!repeated.isEmpty() && !repeated.equals(told)) {
        throw new NoEntry(column, "is that of the whole order, and its rows say different ones");
      }
      weights.add(weight(row));
    }
    String currency = EntryReader.word(amount.currency(), rows.get(0), "");
    try {
      long[] shares = Allocation.shares(text.minor(told, currency), weights);
      int decimals = amount.minor() ? 0 : Money.currency(currency).getDefaultFractionDigits();
      List<String> texts = new ArrayList<>();
      for (long share : shares) {
        texts.add(BigDecimal.valueOf(share, decimals).toPlainString());
      }
      return texts;
    } catch (IllegalArgumentException e) {
      throw new NoEntry(column, e.getMessage());
    }
  }

  private BigDecimal weight(Map<String, String> row) throws NoEntry {
    String over = book.terms().allocate().over();
    String cell = EntryReader.cell(row, over);
    if (!cell.matches("-?\\d{1,15}(\\.\\d{1,8})?|")) {
      throw new NoEntry(over, "is no plain decimal, and the order is shared by it");
    }
    return cell.isEmpty() ? BigDecimal.ZERO : new BigDecimal(cell);
  }

  private Map<String, String> with(Map<String, String> row, String share) {
    Map<String, String> more = new LinkedHashMap<>(row);
    // What is of the order as a whole may stand in its first row alone.
    rows.get(0).forEach((column, cell) -> fill(more, column, cell));
    more.remove(Rows.LINE);
    more.put(amount.column() + SHARE, share);
    more.put(Rows.LINE, row.get(Rows.LINE));
    return more;
  }

  // Its amounts and pieces are its own: another row has none.
  private void fill(Map<String, String> row, String column, String cell) {
    boolean own = column.equals(quantity) || amounts.contains(column);
    if (!own && row.getOrDefault(column, "").isEmpty()) {
      row.put(column, cell);
    }
  }

  private static int line(Map<String, String> row) {
    return Integer.parseInt(row.get(Rows.LINE));
  }

  @Override
  public void refused(int line, String why) {
    next.refused(line, why);
  }

  @Override
  public void note(String note) {
    next.note(note);
  }

  /** The last order ends with the rows. */
  private void finish() {
    pass();
  }
}
