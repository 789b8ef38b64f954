package io.orderbridge.books;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which snapshots there are of some books. Joins the caller's transaction. */
public final class NewestSnapshots {
  private static final String NEWEST =
      """
      select id, source, day, version, encode(hash, 'hex')
        from (select distinct on (source, day) id, source, day, version, hash
                from books.snapshot
               where source = any (?) and day >= ? and day <= ?
               order by source, day, version desc) newest
       order by day, array_position(?, source)\
      """;
  private static final String NAMED =
      """
      select s.id, s.source, s.day, s.version, encode(s.hash, 'hex')
        from unnest(?) with ordinality as wanted (id, place)
        join books.snapshot s on s.id = wanted.id
       order by wanted.place\
      """;

  private NewestSnapshots() {}

  /**
   * @param hash in hexadecimal digits
   */
  public record Found(long id, String book, LocalDate day, int version, String hash) {}

  /** The newest version of each day, by day and then in the order of the books. */
  public static List<Found> of(
      Connection connection, List<String> books, LocalDate from, LocalDate to) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEWEST)) {
      query.setArray(1, connection.createArrayOf("text", books.toArray()));
      query.setObject(2, from);
      query.setObject(3, to);
      query.setArray(4, connection.createArrayOf("text", books.toArray()));
      return read(query);
    }
  }

  /** Snapshots by their numbers, in their order. */
  public static List<Found> named(Connection connection, Collection<Long> ids) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NAMED)) {
      query.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      return read(query);
    }
  }

  private static List<Found> read(PreparedStatement query) throws SQLException {
    List<Found> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(
            new Found(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, LocalDate.class),
                row.getInt(4),
                row.getString(5)));
      }
    }
    return found;
  }
}
