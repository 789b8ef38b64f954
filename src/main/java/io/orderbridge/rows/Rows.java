package io.orderbridge.rows;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads files of rows. A file is read as a stream, unpacked on the way; what stays in memory are
 * its rows, bounded by the table's limits. Safe for any number of threads.
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

  /**
   * Reads one file.
   *
   * @throws io.orderbridge.kernel.Refusal FILE_REFUSED when it cannot be taken as a whole: another
   *     format or charset, too large, cut off, totals that do not fit
   */
  public static Result read(Table table, byte[] file) {
    Gathered gathered = new Gathered(table);
    try {
      read(table, file, gathered);
    } catch (IOException e) {
      throw broken(table, e);
    }
    return new Result(
        List.copyOf(gathered.rows), List.copyOf(gathered.refused), List.copyOf(gathered.notes));
  }

  private static void read(Table table, byte[] file, Gathered gathered) throws IOException {
    try (InputStream in = Unpacked.of(table, file).open()) {
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

  /** What has been read so far. */
  static final class Gathered {
    private final Table table;
    private final List<Map<String, String>> rows = new ArrayList<>();
    private final List<Map<String, Object>> refused = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Gathered(Table table) {
      this.table = table;
    }

    void row(Map<String, String> row) {
      if (rows.size() >= table.limits().rowsMax()) {
        throw FileRefused.of(
            table,
            "has more than %d rows; raise rows-max, or split the file"
                .formatted(table.limits().rowsMax()));
      }
      rows.add(row);
    }

    void refuse(int line, String why) {
      if (refused.size() >= REFUSED_MAX) {
        throw FileRefused.at(
            table,
            line,
            "more than %d rows cannot be read, this one because: %s".formatted(REFUSED_MAX, why));
      }
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("line", line);
      told.put("why", why);
      refused.add(told);
    }

    void note(String note) {
      notes.add(note);
    }

    int refusedRows() {
      return refused.size();
    }
  }
}
