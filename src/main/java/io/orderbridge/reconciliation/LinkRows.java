package io.orderbridge.reconciliation;

import io.orderbridge.reconciliation.HandLink.Spot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The links that people made. A run honours a link when all of its entries come into the run.
 * Everything joins the caller's transaction.
 */
final class LinkRows {
  private static final String INSERT =
      """
      insert into book_link (reconciliation, made_by, made_at, reason, rule)
      values (?, ?, ?, ?, ?) returning id\
      """;
  private static final String ENTRY =
      "insert into book_link_entry (link, side, snapshot, place) values (?, ?, ?, ?)";
  private static final String STANDING =
      """
      select e.link, e.side::text, e.snapshot, e.place
        from book_link l join book_link_entry e on e.link = l.id
       where l.reconciliation = ?
         and not exists (select 1 from book_link_withdrawn w where w.link = l.id)
       order by e.link, e.side, e.snapshot, e.place\
      """;
  private static final String NAMED =
      """
      select link, side::text, snapshot, place from book_link_entry
       where link = any (?) order by link, side, snapshot, place\
      """;
  private static final String CARRIED =
      """
      select m.snapshot, m.place from books.member m
        join books.item i on i.run = m.run and i.no = m.item
       where m.run = ? and i.carried
         and (m.snapshot, m.place) in (
               select e.snapshot, e.place from book_link_entry e
                 join book_link l on l.id = e.link where l.reconciliation = ?)\
      """;

  private LinkRows() {}

  /**
   * @param rule the pass that it proposes, as a line of the file; null for none
   */
  record Made(String reconciliation, String by, Instant at, String reason, String rule) {}

  static long insert(Connection connection, Made made, Set<Spot> left, Set<Spot> right)
      throws SQLException {
    long id;
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, made.reconciliation());
      insert.setString(2, made.by());
      insert.setTimestamp(3, Timestamp.from(made.at()));
      insert.setString(4, made.reason());
      insert.setObject(5, made.rule(), Types.VARCHAR);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        id = row.getLong(1);
      }
    }
    try (PreparedStatement entry = connection.prepareStatement(ENTRY)) {
      add(entry, id, "L", left);
      add(entry, id, "R", right);
      entry.executeBatch();
    }
    return id;
  }

  private static void add(PreparedStatement entry, long link, String side, Set<Spot> spots)
      throws SQLException {
    for (Spot spot : spots) {
      entry.setLong(1, link);
      entry.setObject(2, side, Types.OTHER);
      entry.setLong(3, spot.snapshot());
      entry.setInt(4, spot.place());
      entry.addBatch();
    }
  }

  static void withdraw(Connection connection, long link, String who, String reason, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into book_link_withdrawn (link, who, at, reason) values (?, ?, ?, ?)
            on conflict (link) do nothing\
            """)) {
      insert.setLong(1, link);
      insert.setString(2, who);
      insert.setTimestamp(3, Timestamp.from(now));
      insert.setString(4, reason);
      insert.executeUpdate();
    }
  }

  /** All links of a reconciliation that were not withdrawn. */
  static List<HandLink> standing(Connection connection, String reconciliation) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(STANDING)) {
      query.setString(1, reconciliation);
      return read(query);
    }
  }

  static List<HandLink> named(Connection connection, List<Long> ids) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NAMED)) {
      query.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      return read(query);
    }
  }

  /** Those whose entries all come into a run, of its snapshots or carried. */
  static List<HandLink> applying(
      Connection connection, String reconciliation, Set<Long> snapshots, Long carriedFrom)
      throws SQLException {
    List<HandLink> standing = standing(connection, reconciliation);
    if (standing.isEmpty()) {
      return standing;
    }
    Set<Spot> carried = carried(connection, reconciliation, carriedFrom);
    return standing.stream()
        .filter(
            link ->
                link.all().stream()
                    .allMatch(
                        spot -> snapshots.contains(spot.snapshot()) || carried.contains(spot)))
        .toList();
  }

  private static Set<Spot> carried(Connection connection, String reconciliation, Long run)
      throws SQLException {
    Set<Spot> spots = new HashSet<>();
    if (run != null) {
      try (PreparedStatement query = connection.prepareStatement(CARRIED)) {
        query.setLong(1, run);
        query.setString(2, reconciliation);
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            spots.add(new Spot(row.getLong(1), row.getInt(2)));
          }
        }
      }
    }
    return spots;
  }

  private static List<HandLink> read(PreparedStatement query) throws SQLException {
    Map<Long, List<Set<Spot>>> links = new LinkedHashMap<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        List<Set<Spot>> sides =
            links.computeIfAbsent(row.getLong(1), id -> List.of(new HashSet<>(), new HashSet<>()));
        sides
            .get(row.getString(2).equals("L") ? 0 : 1)
            .add(new Spot(row.getLong(3), row.getInt(4)));
      }
    }
    List<HandLink> read = new ArrayList<>();
    links.forEach((id, sides) -> read.add(new HandLink(id, sides.get(0), sides.get(1))));
    return read;
  }
}
