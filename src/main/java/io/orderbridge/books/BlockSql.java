package io.orderbridge.books;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.util.ByteStreamWriter;

/** The statements on what a snapshot holds: its entries, and the rows that they came from. */
final class BlockSql {
  private static final String CELLS =
      """
      select string_agg(cells, '' order by part) from books.cells_%1$d
       where first_place in
             (select (select max(first_place) from books.cells_%1$d where first_place <= place)
                from unnest(?) place)
       group by first_place\
      """;

  private BlockSql() {}

  /**
   * Copies a block. Frozen: the table is of this transaction, so nobody can see it before, and
   * nobody has to come back to its rows.
   *
   * @return how many rows there are
   */
  private static long copyIn(Connection connection, String table, CopyBytes block)
      throws SQLException {
    CopyIn copy =
        copy(connection)
            .copyIn("copy %s from stdin with (format binary, freeze true)".formatted(table));
    try {
      copy.writeToCopy(CopyBytes.HEADER, 0, CopyBytes.HEADER.length);
      copy.writeToCopy(block.array(), 0, block.size());
      copy.writeToCopy(CopyBytes.TRAILER, 0, CopyBytes.TRAILER.length);
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** As above, of entries. */
  static long copyIn(Connection connection, long id, EntryBytes block) throws SQLException {
    return copyIn(
        connection, "%s (%s)".formatted(SnapshotSql.table(id), EntryBytes.COLUMNS), block);
  }

  /** As above, of the rows as they came. */
  static void copyCells(Connection connection, long id, CopyBytes block) throws SQLException {
    copyIn(connection, "books.cells_%d (%s)".formatted(id, CellBytes.COLUMNS), block);
  }

  /** The cells of some rows by place; those of a place that has none are not there. */
  static Map<Integer, String> cells(Connection connection, long id, Set<Integer> places)
      throws SQLException {
    Map<Integer, String> found = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(CELLS.formatted(id))) {
      query.setArray(1, connection.createArrayOf("integer", places.toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          CellBytes.find(row.getBytes(1), places, found);
        }
      }
    }
    return found;
  }

  static byte[] sha256(Connection connection, CopyBytes block) throws SQLException {
    try (PreparedStatement hash = connection.prepareStatement("select sha256(?)")) {
      // A stream of this length would go through a file first.
      hash.setObject(1, ByteStreamWriter.of(ByteBuffer.wrap(block.array(), 0, block.size())));
      try (ResultSet row = hash.executeQuery()) {
        row.next();
        return row.getBytes(1);
      }
    }
  }

  /** Writes the entries in the order of the file, a tuple at a time. */
  static void copyOut(Connection connection, long id, OutputStream to)
      throws SQLException, IOException {
    copyOut(
        connection,
        "select %s from %s order by place".formatted(EntryBytes.COLUMNS, SnapshotSql.table(id)),
        to);
  }

  /** As above, the rows as they came. */
  static void copyCellsOut(Connection connection, long id, OutputStream to)
      throws SQLException, IOException {
    copyOut(
        connection,
        "select %s from books.cells_%d order by first_place, part".formatted(CellBytes.COLUMNS, id),
        to);
  }

  private static void copyOut(Connection connection, String query, OutputStream to)
      throws SQLException, IOException {
    copy(connection).copyOut("copy (%s) to stdout with (format binary)".formatted(query), to);
  }

  private static CopyManager copy(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }
}
