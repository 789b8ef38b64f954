package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes the items of a run and their entries by COPY, a few thousand in memory at a time, and
 * counts what became of every entry. Items come in any order: they are numbered by class and key at
 * the end. Joins the caller's transaction; the connection may be read from in between.
 */
final class ItemRows implements Consumer<Item> {
  private static final int BATCH = 5_000;
  // Sorted by class and key, and then by the first entry, which is in no other item: the numbers
  // are
  // the same whenever the run is made again.
  private static final String NUMBERED =
      """
      create temporary table run_numbered on commit drop as
        select seq, row_number() over (
                 order by class collate "C", key collate "C", side, snapshot, place)::integer as no
          from run_item;
      create unique index on run_numbered (seq);
      analyze run_numbered;
      insert into books.item (run, no, outcome, class, rule, key, shop, currency, left_amount,
                              right_amount, left_quantity, right_quantity, since, carried, zh, en)
        select %1$d, n.no, i.outcome, i.class, i.rule, i.key, i.shop, i.currency, i.left_amount,
               i.right_amount, i.left_quantity, i.right_quantity,
               (select min(s.day) from books.snapshot s
                 where s.id = any (string_to_array(i.snapshots, ' ')::bigint[])),
               i.carried, i.zh, i.en
          from run_item i join run_numbered n using (seq) order by n.no;
      insert into books.member (run, item, side, snapshot, place)
        select %1$d, n.no, m.side, m.snapshot, m.place
          from run_member m join run_numbered n using (seq)
         order by n.no, m.side, m.snapshot, m.place;
      drop table run_item, run_member, run_numbered;
      """;
  private static final String GATHER =
      """
      create temporary table run_item (
        seq bigint, outcome text, class text, rule text, key text, shop text, currency text,
        left_amount bigint, right_amount bigint, left_quantity bigint, right_quantity bigint,
        snapshots text, side "char", snapshot bigint, place integer, carried boolean, zh text,
        en text) on commit drop;
      create temporary table run_member (
        seq bigint, side "char", snapshot bigint, place integer) on commit drop;
      """;
  private static final String CONTENT =
      """
      copy (select i.no, i.outcome, i.class, i.rule, i.key, i.shop, i.currency, i.left_amount,
                   i.right_amount, i.left_quantity, i.right_quantity, i.since, i.carried, i.zh,
                   i.en,
                   (select string_agg(m.side::text || ' ' || m.snapshot || ' ' || m.place, ','
                                      order by m.side, m.snapshot, m.place)
                      from books.member m where m.run = i.run and m.item = i.no)
              from books.item i where i.run = %d order by i.no) to stdout\
      """;
  private static final String NAMED =
      """
      select count(*), count(distinct (side, snapshot, place)) from books.member where run = %d\
      """;

  private final Connection connection;
  private final long run;
  private final boolean pieces;
  private final Tally.Both tally;
  private final StringBuilder items = new StringBuilder();
  private final StringBuilder members = new StringBuilder();
  private long written;

  /**
   * @param pieces whether pieces are counted, not money
   * @param tally gets what the items say of their entries
   */
  ItemRows(Connection connection, long run, boolean pieces, Tally.Both tally) throws SQLException {
    this.connection = connection;
    this.run = run;
    this.pieces = pieces;
    this.tally = tally;
    execute(GATHER);
  }

  /** The database refused what was written from within an answer. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(SQLException cause) {
      super(cause);
    }

    @Override
    public synchronized SQLException getCause() {
      return (SQLException) super.getCause();
    }
  }

  /**
   * Takes an item; written at the latest with {@link #finish}.
   *
   * @throws Broken when it cannot be written
   */
  @Override
  public void accept(Item item) {
    try {
      add(item);
    } catch (SQLException e) {
      throw new Broken(e);
    }
  }

  private void add(Item item) throws SQLException {
    count(item.outcome(), item.left(), tally.left());
    count(item.outcome(), item.right(), tally.right());
    String currency = currency(item);
    Line first = (item.left().isEmpty() ? item.right() : item.left()).get(0);
    row(
        items,
        written,
        item.outcome(),
        item.kind(),
        item.rule(),
        item.key(),
        shop(item),
        currency,
        currency == null ? null : amount(item.left()),
        currency == null ? null : amount(item.right()),
        quantity(item.left()),
        quantity(item.right()),
        snapshots(item),
        item.left().isEmpty() ? "R" : "L",
        first.snapshot(),
        first.place(),
        item.carried(),
        item.why().zh(),
        item.why().en());
    item.left().forEach(line -> row(members, written, "L", line.snapshot(), line.place()));
    item.right().forEach(line -> row(members, written, "R", line.snapshot(), line.place()));
    written++;
    if (written % BATCH == 0) {
      flush();
    }
  }

  private void count(Outcome outcome, List<Line> lines, Tally tally) {
    Tally.Part part = Tally.Part.of(outcome);
    tally.count(part, lines.size());
    for (Line line : lines) {
      if (pieces && line.quantity() != null) {
        tally.add(part, "", BigInteger.valueOf(line.quantity()));
      } else if (!pieces && line.minor() != null) {
        tally.add(part, line.currency(), BigInteger.valueOf(line.minor()));
      }
    }
  }

  /**
   * Numbers what was taken, in the order of class and key.
   *
   * @return how many items there are
   * @throws IllegalStateException when an entry is in two items
   */
  long finish() throws SQLException {
    flush();
    execute(NUMBERED.formatted(run));
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(NAMED.formatted(run))) {
      row.next();
      if (row.getLong(1) != row.getLong(2)) {
        throw new IllegalStateException(
            "the items name %d entries, and %d of them once: an entry is in two"
                .formatted(row.getLong(1), row.getLong(2)));
      }
    }
    return written;
  }

  /** Writes the items of a run and their entries in their order: the same run, the same bytes. */
  static void content(Connection connection, long run, OutputStream to)
      throws SQLException, IOException {
    copy(connection).copyOut(CONTENT.formatted(run), to);
  }

  private void flush() throws SQLException {
    try {
      copy(connection).copyIn("copy run_item from stdin", new StringReader(items.toString()));
      copy(connection).copyIn("copy run_member from stdin", new StringReader(members.toString()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("reads from memory alone", e);
    }
    items.setLength(0);
    members.setLength(0);
  }

  private static CopyManager copy(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  // One currency of all lines, or none.
  private static String currency(Item item) {
    List<String> codes =
        Stream.concat(item.left().stream(), item.right().stream())
            .map(Line::currency)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return codes.size() == 1 ? codes.get(0) : null;
  }

  private static Long amount(List<Line> lines) {
    return lines.isEmpty()
        ? null
        : lines.stream().map(Line::minor).filter(Objects::nonNull).reduce(0L, Math::addExact);
  }

  private static Long quantity(List<Line> lines) {
    return lines.stream()
        .map(Line::quantity)
        .filter(Objects::nonNull)
        .reduce(Math::addExact)
        .orElse(null);
  }

  private static String shop(Item item) {
    return Stream.concat(item.left().stream(), item.right().stream())
        .map(Line::labels)
        .filter(Objects::nonNull)
        .map(Line.Labels::shop)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static String snapshots(Item item) {
    StringBuilder text = new StringBuilder();
    Stream.concat(item.left().stream(), item.right().stream())
        .mapToLong(Line::snapshot)
        .distinct()
        .sorted()
        .forEach(id -> text.append(text.length() == 0 ? "" : " ").append(id));
    return text.toString();
  }

  private static final Map<Character, String> ESCAPED = new HashMap<>();

  static {
    ESCAPED.put('\\', "\\\\");
    ESCAPED.put('\t', "\\t");
    ESCAPED.put('\n', "\\n");
    ESCAPED.put('\r', "\\r");
  }

  // The text format of COPY: a tab between columns, \N for null.
  private static void row(StringBuilder to, Object... columns) {
    for (int i = 0; i < columns.length; i++) {
      to.append(i == 0 ? "" : "\t");
      if (columns[i] == null) {
        to.append("\\N");
      } else {
        String text = columns[i].toString();
        for (int at = 0; at < text.length(); at++) {
          char one = text.charAt(at);
          String escaped = ESCAPED.get(one);
          if (escaped == null) {
            to.append(one);
          } else {
            to.append(escaped);
          }
        }
      }
    }
    to.append('\n');
  }
}
