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
   * @param column gives the value of a row; null is SQL's null
   */
  public static <T> Array array(
      Connection connection, String type, Collection<T> rows, Function<T, ?> column)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(column).toArray());
  }
}
