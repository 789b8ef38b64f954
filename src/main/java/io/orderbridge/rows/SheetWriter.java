package io.orderbridge.rows;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.zip.Deflater;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes an XLSX workbook sheet by sheet, each with a frozen heading that is printed on every page.
 * Numbers, days and times are cells of their type; text stays text, even if it looks like a formula
 * and is edited later. Rows leave memory as they come; a sheet that is full goes on in the next
 * one. One thread.
 */
public final class SheetWriter implements Closeable {
  // Of the format: one sheet has no more rows, one cell no more characters, a name neither.
  private static final int ROWS_MAX = 1_048_576;
  private static final int TEXT_MAX = 32_767;
  private static final int NAME_MAX = 31;
  // Some hundred KB at a time.
  private static final int FLUSH_EVERY = 500;
  private static final String APPLICATION = "Orderbridge";
  private static final String VERSION = "1.0";
  private static final String AS_TEXT = "@";
  private static final String AS_AMOUNT = "#,##0.";
  private static final String AS_DAY = "yyyy-mm-dd";
  private static final String AS_TIME = "yyyy-mm-dd hh:mm:ss";
  private static final String HEADING_FILL = "D9E1F2";
  private static final String RED_FILL = "FFC7CE";
  private static final String RED_FONT = "9C0006";

  private final Workbook book;
  private final ZoneId zone;
  private final int rowsMax;
  private Worksheet sheet;
  private String name;
  private List<Column> columns;
  private int part;
  private int at;

  /**
   * A column of a sheet.
   *
   * @param width in characters
   */
  public record Column(String heading, int width) {}

  /**
   * @param out stays open; the workbook is whole after {@link #close}
   * @param zone in which times are shown
   */
  public SheetWriter(OutputStream out, ZoneId zone) {
    this(out, zone, ROWS_MAX);
  }

  /** A workbook that is packed once more: written quickly, not small. */
  public static SheetWriter draft(OutputStream out, ZoneId zone) {
    SheetWriter writer = new SheetWriter(out, zone);
    writer.book.setCompressionLevel(Deflater.BEST_SPEED);
    return writer;
  }

  SheetWriter(OutputStream out, ZoneId zone, int rowsMax) {
    this.book = new Workbook(out, APPLICATION, VERSION);
    this.zone = zone;
    this.rowsMax = rowsMax;
  }

  /** Begins a sheet; the one before it is finished. */
  public void sheet(String name, List<Column> columns) throws IOException {
    this.name = name;
    this.columns = columns;
    this.part = 1;
    open(name);
  }

  private void open(String title) throws IOException {
    finish();
    sheet = book.newWorksheet(title.length() > NAME_MAX ? title.substring(0, NAME_MAX) : title);
    for (int i = 0; i < columns.size(); i++) {
      sheet.width(i, columns.get(i).width());
      text(0, i, columns.get(i).heading());
      sheet.style(0, i).bold().fillColor(HEADING_FILL).format(AS_TEXT).set();
    }
    sheet.freezePane(0, 1);
    // Printed as wide as one page, over as many as it takes, each with the heading.
    sheet.pageOrientation("landscape");
    sheet.fitToWidth((short) 1);
    sheet.fitToHeight((short) 0);
    sheet.repeatRows(0);
    at = 1;
  }

  /**
   * Writes a row: texts, whole and exact decimal numbers, days, Instants, null for an empty cell.
   *
   * @param red whether it has to strike the eye
   * @throws IllegalArgumentException for a value of another kind
   * @throws IllegalStateException before the first sheet
   */
  public void row(List<?> cells, boolean red) throws IOException {
    if (sheet == null) {
      throw new IllegalStateException("a row comes after its sheet");
    }
    if (at == rowsMax) {
      part++;
      open("%s (%d)".formatted(name, part));
    }
    for (int i = 0; i < cells.size(); i++) {
      cell(i, Cells.of(cells.get(i), zone), red);
    }
    at++;
    if (at % FLUSH_EVERY == 0) {
      sheet.flush();
    }
  }

  private void cell(int column, Object cell, boolean red) {
    if (cell == null) {
      return;
    }
    String format = AS_TEXT;
    if (cell instanceof BigDecimal number) {
      sheet.value(at, column, number);
      // An amount shows the decimals that it has: 60.40, not 60.4.
      format = number.scale() > 0 ? AS_AMOUNT + "0".repeat(number.scale()) : null;
    } else if (cell instanceof LocalDateTime time) {
      sheet.value(at, column, time);
      format = AS_TIME;
    } else if (cell instanceof LocalDate day) {
      sheet.value(at, column, day);
      format = AS_DAY;
    } else {
      text(at, column, cell.toString());
    }
    var style = sheet.style(at, column);
    if (red) {
      style.fillColor(RED_FILL).fontColor(RED_FONT);
    }
    if (format != null) {
      style.format(format);
    }
    style.set();
  }

  // Inline: a table of all texts would grow with the rows.
  private void text(int row, int column, String text) {
    String cut = text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX - 1) + "…" : text;
    sheet.inlineString(row, column, cut);
  }

  private void finish() throws IOException {
    if (sheet != null) {
      sheet.finish();
      sheet = null;
    }
  }

  /** Ends the workbook; without a sheet it would be none, so at least one was begun. */
  @Override
  public void close() throws IOException {
    finish();
    book.finish();
  }
}
