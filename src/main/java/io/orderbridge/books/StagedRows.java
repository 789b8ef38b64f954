package io.orderbridge.books;

import io.orderbridge.rows.Rows;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of a day, on their way from one table into another through a file. */
final class StagedRows implements AutoCloseable, Feed {
  // A file would have its header there.
  private static final int FIRST_LINE = 2;

  private final Spool spool;
  private final List<String> columns;

  private StagedRows(Spool spool, List<String> columns) {
    this.spool = spool;
    this.columns = columns;
  }

  static StagedRows of(Connection connection, StagingSql.Of of, List<String> columns)
      throws SQLException {
    try {
      StagedRows rows = new StagedRows(Spool.open(), columns);
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(rows.spool.write()))) {
        StagingSql.rows(connection, of, columns, cells -> write(out, cells));
      } catch (SQLException | IOException e) {
        rows.close();
        throw e;
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("the rows of %s".formatted(of), e);
    }
  }

  private static void write(DataOutputStream out, String[] cells) {
    try {
      for (String cell : cells) {
        byte[] text = (cell == null ? "" : cell).getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void give(Rows.Sink sink) throws IOException {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(spool.read()))) {
      for (int line = FIRST_LINE; ; line++) {
        Map<String, String> row = read(in);
        if (row == null) {
          return;
        }
        row.put(Rows.LINE, Integer.toString(line));
        sink.row(row);
      }
    }
  }

  private Map<String, String> read(DataInputStream in) throws IOException {
    Map<String, String> row = new LinkedHashMap<>();
    for (String column : columns) {
      int length;
      try {
        length = in.readInt();
      } catch (EOFException e) {
        return null;
      }
      row.put(column, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
    return row;
  }

  @Override
  public void close() {
    try {
      spool.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
