package io.orderbridge.rows;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads files of rows. A file is read as a stream, unpacked on the way; its rows are gathered or
 * given away one by one, bounded by the table's limits. Safe for any number of threads.
 */
public final class Rows {
  /** Name of the entry that says where in the file a row stands. */
  public static final String LINE = Row.LINE;

  // So many bad rows are no bad rows: the table describes another file.
  private static final int REFUSED_MAX = 1_000;

  private Rows() {}

  /**
   * What a file holds.
   *
   * @param rows column to text, in the order of the file; {@link #LINE} is the line
   * @param refused rows that were put aside: {@code line} and {@code why}, without their content
   * @param notes what a person may want to know of a file that was taken
   */
  public record Result(
      List<Map<String, String>> rows, List<Map<String, Object>> refused, List<String> notes) {}

  /** Takes what a file holds while it is read. What it throws ends the reading. */
  public interface Sink {
    /**
     * @param row column to text, {@link #LINE} included; a map of its own
     */
    void row(Map<String, String> row);

    /**
     * A row that needs no conversion, as bytes; a large file has little else.
     *
     * @return false when it is to come to {@link #row}
     */
    default boolean plain(PlainRow row) {
      return false;
    }

    /** A row that was put aside; the reason never repeats its content. */
    void refused(int line, String why);

    /** What a person may want to know of the file. */
    void note(String note);
  }

  /**
   * Reads one file.
   *
   * @throws io.orderbridge.kernel.Refusal FILE_REFUSED when it cannot be taken as a whole: another
   *     format or charset, too large, cut off, totals that do not fit
   */
  public static Result read(Table table, byte[] file) {
    InMemory all = new InMemory();
    try {
      read(table, Unpacked.of(table, file).open(), all);
    } catch (IOException e) {
      throw broken(table, e);
    }
    return new Result(List.copyOf(all.rows), List.copyOf(all.refused), List.copyOf(all.notes));
  }

  /**
   * Reads one file row by row; of a text that is not packed one row is in memory, of a packed one
   * its packed bytes as well. Whether the file is whole is known at its end: the sink has to drop
   * what it took when this throws.
   *
   * @param file is not closed
   * @throws io.orderbridge.kernel.Refusal as {@link #read}
   */
  public static void stream(Table table, InputStream file, Sink sink) {
    try {
      read(table, Unpacked.stream(table, file), sink);
    } catch (IOException e) {
      throw broken(table, e);
    }
  }

  private static void read(Table table, InputStream bytes, Sink sink) throws IOException {
    Gathered gathered = new Gathered(table, sink);
    try (InputStream in = bytes) {
      switch (table.format()) {
        case CSV -> new TableReader(table, gathered).read(new CsvRecords(table, in));
        case XLSX -> SheetRecords.read(table, in, new TableReader(table, gathered)::read);
        case MT940 -> new Mt940(table, gathered).read(new TextLines(table, in));
        case CAMT053 -> new Camt053(table, gathered).read(in);
      }
    }
  }

  private static FileRefused broken(Table table, IOException e) {
    // Messages of packers speak of positions and sizes, never of content.
    return FileRefused.of(
        table, "the file is damaged or cut off (%s); ask for it again".formatted(e.getMessage()));
  }

  /** Keeps everything. */
  private static final class InMemory implements Sink {
    private final List<Map<String, String>> rows = new ArrayList<>();
    private final List<Map<String, Object>> refused = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @Override
    public void row(Map<String, String> row) {
      rows.add(row);
    }

    @Override
    public void refused(int line, String why) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("line", line);
      told.put("why", why);
      refused.add(told);
    }

    @Override
    public void note(String note) {
      notes.add(note);
    }
  }

  /** Passes on what was read, within the limits of the table. */
  static final class Gathered {
    private final Table table;
    private final Sink sink;
    private int rows;
    private int refused;

    Gathered(Table table, Sink sink) {
      this.table = table;
      this.sink = sink;
    }

    void row(Map<String, String> row) {
      if (rows >= table.limits().rowsMax()) {
        throw FileRefused.of(
            table,
            "has more than %d rows; raise rows-max, or split the file"
                .formatted(table.limits().rowsMax()));
      }
      rows++;
      sink.row(row);
    }

    /** Whether the row was taken; one too many goes the way that says so. */
    boolean plain(PlainRow row) {
      boolean taken = rows < table.limits().rowsMax() && sink.plain(row);
      rows += taken ? 1 : 0;
      return taken;
    }

    void refuse(int line, String why) {
      if (refused >= REFUSED_MAX) {
        throw FileRefused.at(
            table,
            line,
            "more than %d rows cannot be read, this one because: %s".formatted(REFUSED_MAX, why));
      }
      refused++;
      sink.refused(line, why);
    }

    void note(String note) {
      sink.note(note);
    }

    int refusedRows() {
      return refused;
    }
  }
}
