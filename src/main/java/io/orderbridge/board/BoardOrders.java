package io.orderbridge.board;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.finding.Concerned;
import io.orderbridge.finding.Concerned.Found;
import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderReadings;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The orders behind each number of the board, page by page, each page by an index. */
@Singleton
public class BoardOrders {
  private static final String COLUMNS =
      "select b.order_id, %s, b.status, b.node, b.reached, b.late_at is not null from ";
  private static final int COLUMN_AFTER_SUBJECT = 2;

  private final Database database;
  private final Concerned concerned;

  BoardOrders(Database database, Concerned concerned) {
    this.database = database;
    this.concerned = concerned;
  }

  /**
   * Which orders; null stands for any.
   *
   * @param kinds with an open finding of one of these kinds
   * @param lateSince with a late status that was heard of since then
   */
  public record Filter(String status, String node, Set<Kind> kinds, Instant lateSince) {
    private static final Map<String, Set<Kind>> ABNORMAL = abnormal();

    private static Map<String, Set<Kind>> abnormal() {
      Map<String, Set<Kind>> abnormal = new TreeMap<>();
      Concerned.KINDS.forEach(
          kind -> abnormal.put(kind.name().toLowerCase(Locale.ROOT), Set.of(kind)));
      abnormal.put("contradictory", Set.of(Kind.CONTRADICTION));
      abnormal.put("any", Concerned.KINDS);
      return abnormal;
    }

    /**
     * As people ask; null or empty stands for any.
     *
     * @param node the milestone reached last
     * @param abnormal any, stuck, contradictory or another kind of a finding
     * @param lateHours the delayed ones of so many hours
     * @throws IllegalArgumentException naming what is allowed
     */
    public static Filter of(
        String status, String node, String abnormal, Integer lateHours, Instant now) {
      oneOf("status", status, OrderReadings.STATUSES);
      oneOf("node", node, Stream.of(Milestone.values()).map(Milestone::name).toList());
      oneOf("abnormal", abnormal, ABNORMAL.keySet());
      if (lateHours != null && !Board.isWindow(lateHours)) {
        throw new IllegalArgumentException("'hours' is 1 to " + Board.HOURS_MAX);
      }
      return new Filter(
          none(status),
          none(node),
          none(abnormal) == null ? null : ABNORMAL.get(abnormal),
          lateHours == null ? null : Board.Window.of(lateHours, now).from());
    }

    private static String none(String text) {
      return text == null || text.isEmpty() ? null : text;
    }

    private static void oneOf(String name, String asked, Collection<String> allowed) {
      if (none(asked) != null && !allowed.contains(asked)) {
        throw new IllegalArgumentException(
            "'%s' is one of %s".formatted(name, String.join(", ", allowed)));
      }
    }
  }

  /**
   * An order behind a number.
   *
   * @param status null when only a finding knows the order, as is the node
   * @param since when it reached the node
   */
  public record Row(
      String subject,
      String status,
      String node,
      Instant since,
      boolean late,
      List<Found> findings) {}

  /**
   * A page of rows.
   *
   * @param after where to go on; null at the end
   */
  public record Page(List<Row> rows, String after) {}

  /** A statement and its parameters, in their order. */
  record Query(String sql, List<Object> parameters) {}

  /**
   * @param after of the page before; null from the beginning
   * @throws IllegalArgumentException when it is none
   */
  public Page list(Filter filter, String after, int max) {
    Query query = query(filter, after, max + 1);
    return database.inTransaction(connection -> page(connection, filter, query, max));
  }

  static Query query(Filter filter, String after, int max) {
    List<Object> parameters = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    boolean found = filter.kinds() != null;
    if (found) {
      // By the open findings, which are few; each leads to its order.
      sql.append(COLUMNS.formatted("f.subject")).append(Concerned.SUBJECTS);
      sql.append(" f left join board_order b on b.subject = f.subject where true");
      parameters.add(filter.kinds());
      parameters.add(after == null ? "" : after);
    } else {
      sql.append(COLUMNS.formatted("b.subject")).append("board_order b where b.order_id < ?");
      parameters.add(after == null ? Long.MAX_VALUE : number(after));
    }
    if (filter.status() != null) {
      sql.append(" and b.status = ?");
      parameters.add(filter.status());
    }
    if (filter.node() != null) {
      sql.append(" and b.node = ?");
      parameters.add(filter.node());
    }
    if (filter.lateSince() != null) {
      sql.append(" and b.late_at >= ?");
      parameters.add(filter.lateSince());
    }
    sql.append(found ? " order by f.subject limit ?" : " order by b.order_id desc limit ?");
    parameters.add(max);
    return new Query(sql.toString(), parameters);
  }

  private static long number(String after) {
    try {
      return Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'after' is of another list; leave it out to begin, or give that of the last answer", e);
    }
  }

  private Page page(Connection connection, Filter filter, Query query, int max)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    String last = null;
    boolean more = false;
    try (PreparedStatement select = connection.prepareStatement(query.sql())) {
      bind(select, query.parameters());
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          if (rows.size() == max) {
            more = true;
            break;
          }
          rows.add(row(result));
          last = filter.kinds() == null ? result.getString(1) : result.getString(2);
        }
      }
    }
    Map<String, List<Found>> findings =
        concerned.of(connection, rows.stream().map(Row::subject).toList());
    rows.replaceAll(row -> with(row, findings.getOrDefault(row.subject(), List.of())));
    return new Page(rows, more ? last : null);
  }

  static void bind(PreparedStatement select, List<Object> parameters) throws SQLException {
    int place = 1;
    for (Object parameter : parameters) {
      if (parameter instanceof Set<?> kinds) {
        select.setArray(place++, array(select.getConnection(), "text", kinds, Object::toString));
      } else if (parameter instanceof Instant at) {
        select.setTimestamp(place++, Timestamp.from(at));
      } else {
        select.setObject(place++, parameter);
      }
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    int place = COLUMN_AFTER_SUBJECT;
    String subject = row.getString(place++);
    String status = row.getString(place++);
    String node = row.getString(place++);
    if (status == null) {
      return new Row(subject, null, null, null, false, List.of());
    }
    Map<Milestone, Instant> reached = BoardRows.reached(row.getArray(place++));
    Instant since = node.isEmpty() ? null : reached.get(Milestone.valueOf(node));
    boolean late = row.getBoolean(place);
    return new Row(subject, status, node.isEmpty() ? null : node, since, late, List.of());
  }

  private static Row with(Row row, List<Found> findings) {
    return new Row(row.subject(), row.status(), row.node(), row.since(), row.late(), findings);
  }
}
