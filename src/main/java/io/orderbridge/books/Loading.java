package io.orderbridge.books;

import io.orderbridge.books.SnapshotSql.Aside;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.rows.PlainRow;
import io.orderbridge.rows.Rows;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** Copies the rows of one file into the table of a new snapshot. One buffer is in memory. */
final class Loading implements Rows.Sink {
  // So many bad rows are no bad rows: the layout describes another file.
  private static final int ASIDE_MAX = 1_000;

  private final Connection connection;
  private final long id;
  private final LongConsumer told;
  private final EntryReader reader;
  private final EntryBytes bytes = new EntryBytes();
  private final Repeats repeats = new Repeats();
  private final MessageDigest content = Seals.digest();
  private final MessageDigest cells = Seals.digest();
  private final List<Aside> aside = new ArrayList<>();
  private final Map<String, Sum> sums = new TreeMap<>();
  private Sum sum = new Sum("");
  private String columns = "";
  // Of the columns of the file, which its first plain row tells; null when none is taken.
  private PlainEntries plain;
  private boolean plainIsKnown;
  private long entries;
  private long copied;

  /** Exact: an amount has 15 digits, and each thousand of them are added to the large number. */
  private static final class Sum {
    private final String currency;
    private BigInteger settled = BigInteger.ZERO;
    private long running;

    Sum(String currency) {
      this.currency = currency;
    }

    void add(long minor) {
      running += minor;
      if (running > Long.MAX_VALUE / 2 || running < Long.MIN_VALUE / 2) {
        settled = total();
        running = 0;
      }
    }

    BigInteger total() {
      return settled.add(BigInteger.valueOf(running));
    }
  }

  Loading(Connection connection, long id, EntryReader reader, LongConsumer told) {
    this.connection = connection;
    this.id = id;
    this.told = told;
    this.reader = reader;
  }

  /** What the database throws while rows come; it goes on as it was. */
  static final class CopyBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CopyBroken(SQLException cause) {
      super(cause);
    }

    @Override
    public synchronized SQLException getCause() {
      return (SQLException) super.getCause();
    }
  }

  @Override
  public void row(Map<String, String> row) {
    if (entries == 0) {
      columns = reader.columns(row);
    }
    try {
      for (Entry entry : reader.read(row)) {
        bytes.add(entry);
        entries++;
        if (entry.amount() != null) {
          sum(entry.amount().currency()).add(entry.amount().minor());
        }
      }
    } catch (EntryReader.NoEntry e) {
      refused(Integer.parseInt(row.get(Rows.LINE)), e.getMessage());
    }
    flushFull();
  }

  @Override
  public boolean plain(PlainRow row) {
    if (!plainIsKnown) {
      plain = reader.plain(row.columns());
      plainIsKnown = true;
    }
    if (plain == null || !plain.read(row)) {
      return false;
    }
    if (entries == 0) {
      columns = String.join(String.valueOf(EntryReader.SPLIT), row.columns());
    }
    for (int i = 0; i < plain.size(); i++) {
      bytes.add(plain, i);
      entries++;
      if (plain.hasAmounts()) {
        sum(plain.currency(i).text()).add(plain.minor(i));
      }
    }
    flushFull();
    return true;
  }

  private Sum sum(String currency) {
    if (!currency.equals(sum.currency)) {
      sum = sums.computeIfAbsent(currency, Sum::new);
    }
    return sum;
  }

  @Override
  public void refused(int line, String why) {
    if (aside.size() >= ASIDE_MAX) {
      throw new Refusal(
          Cause.FILE_REFUSED,
          "line " + line,
          "more than %d rows are no entries, this one because: %s".formatted(ASIDE_MAX, why));
    }
    aside.add(new Aside(line, why));
  }

  @Override
  public void note(String note) {
    // What is left open in the totals is told by the number of lines that were put aside.
  }

  private void flushFull() {
    if (bytes.isFull()) {
      flush();
    }
    if (bytes.cells().block().isFull()) {
      flushCells();
    }
  }

  private void flushCells() {
    try {
      CopyBytes block = bytes.cells().block();
      BlockSql.copyCells(connection, id, block);
      cells.update(BlockSql.sha256(connection, block));
      block.clear();
    } catch (SQLException e) {
      throw new CopyBroken(e);
    }
  }

  // The database hashes as well as it stores: with the first compiler alone a hash in Java costs
  // more than reading the file.
  private void flush() {
    bytes.mark(repeats);
    try {
      copied += BlockSql.copyIn(connection, id, bytes);
      content.update(BlockSql.sha256(connection, bytes));
      bytes.clear();
      told.accept(entries);
    } catch (SQLException e) {
      throw new CopyBroken(e);
    }
  }

  /** What was loaded, once the file is known to be whole. */
  record Loaded(Snapshot.Sums sums, List<Aside> aside, String content) {}

  Loaded finish() {
    if (bytes.size() > 0) {
      flush();
    }
    bytes.cells().endPage();
    if (bytes.cells().block().size() > 0) {
      flushCells();
    }
    if (copied != entries) {
      throw new IllegalStateException("of %d entries %d were copied".formatted(entries, copied));
    }
    content.update(cells.digest());
    aside.sort(Comparator.comparing(Aside::line).thenComparing(Aside::why));
    aside.forEach(one -> Seals.addAside(content, one.line(), one.why()));
    Map<String, BigInteger> totals = new TreeMap<>();
    sums.forEach((currency, one) -> totals.put(currency, one.total()));
    return new Loaded(
        new Snapshot.Sums(entries, aside.size(), columns, totals),
        aside,
        Seals.HEX.formatHex(content.digest()));
  }
}
