package io.orderbridge.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;

/** Turns a list of rows into one array per column, for {@code unnest} in multi-row statements. */
public final class Columns {
  private Columns() {}

  /**
   * @param type PostgreSQL's name of the element type, for example {@code text}
   * @param column gives the value of a row; null is SQL's null. For {@code bytea} it gives {@code
   *     byte[]}; for {@code timestamptz} the text of an Instant, because the driver writes a
   *     Timestamp without its offset, which says two things in the hour in which summer time ends.
   */
  public static <T> Array array(
      Connection connection, String type, Collection<T> rows, Function<T, ?> column)
      throws SQLException {
    // The driver takes bytes only in an array of their own type.
    Object[] values =
        type.equals("bytea")
            ? rows.stream().map(column).toArray(byte[][]::new)
            : rows.stream().map(column).toArray();
    return connection.createArrayOf(type, values);
  }
}
