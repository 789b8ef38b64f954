package io.orderbridge.books;

import io.orderbridge.rows.Rows;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a day, on their way from one table into another through a file. The first one names
 * the columns. One thread.
 */
final class SpooledRows implements AutoCloseable, Feed {
  // A file would have its header above it.
  private static final int FIRST_LINE = 2;

  private final Spool spool;
  private final DataOutputStream out;
  private List<String> columns = List.of();
  private long rows;

  SpooledRows() {
    try {
      spool = Spool.open();
      out = new DataOutputStream(new BufferedOutputStream(spool.write()));
    } catch (IOException e) {
      throw new UncheckedIOException("a file for rows", e);
    }
  }

  /** Column to text, with the same columns in the same order as the first. */
  void add(Map<String, String> row) {
    if (rows == 0) {
      columns = List.copyOf(row.keySet());
    }
    if (row.size() != columns.size()) {
      throw new IllegalStateException(
          "a row has %d columns, the first has %d".formatted(row.size(), columns.size()));
    }
    try {
      for (String column : columns) {
        byte[] text = row.get(column).getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a file for rows", e);
    }
    rows++;
  }

  /** All of them are there. */
  void end() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a file for rows", e);
    }
  }

  @Override
  public void give(Rows.Sink sink) throws IOException {
    try (DataInputStream in = new DataInputStream(spool.read())) {
      for (long i = 0; i < rows; i++) {
        Map<String, String> row = new LinkedHashMap<>();
        for (String column : columns) {
          row.put(column, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
        }
        row.put(Rows.LINE, Long.toString(i + FIRST_LINE));
        sink.row(row);
      }
    }
  }

  @Override
  public void close() {
    // The file goes as well when the disk is full and its last bytes cannot be written.
    try (spool) {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a file for rows", e);
    }
  }
}
