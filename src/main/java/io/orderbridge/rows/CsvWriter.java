package io.orderbridge.rows;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Writes rows as CSV by RFC 4180, UTF-8 with a mark by which spreadsheets know it. Text that a
 * spreadsheet would calculate gets an apostrophe before it. One row is in memory. One thread.
 */
public final class CsvWriter implements Closeable {
  private static final String END = "\r\n";
  private static final char MARK = '\uFEFF';
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Writer out;
  private final ZoneId zone;

  /**
   * @param out is closed with this
   * @param zone in which times are shown
   */
  public CsvWriter(OutputStream out, ZoneId zone) throws IOException {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.zone = zone;
    this.out.write(MARK);
  }

  /**
   * Writes a row: texts, whole and exact decimal numbers, days, Instants, null for an empty cell.
   *
   * @throws IllegalArgumentException for a value of another kind
   */
  public void row(List<?> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(text(Cells.of(cells.get(i), zone)));
    }
    out.write(END);
  }

  private static String text(Object cell) {
    if (cell == null) {
      return "";
    }
    if (cell instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (cell instanceof LocalDateTime time) {
      return TIME.format(time);
    }
    String text = cell.toString();
    text = Cells.isFormula(text) ? "'" + text : text;
    boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
