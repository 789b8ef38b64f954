package io.orderbridge.notice;

import io.orderbridge.rows.CsvWriter;
import io.orderbridge.rows.SheetWriter;
import io.orderbridge.rows.SheetWriter.Column;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes notices as a file for spreadsheets, a row at a time. Text that a spreadsheet would
 * calculate stays text.
 */
final class NoticeFile implements Closeable {
  private static final List<String> HEADINGS =
      List.of(
          "id",
          "gate",
          "shop",
          "number",
          "parcel",
          "gate_at",
          "state",
          "channel",
          "vendor",
          "sent_at",
          "accepted_at",
          "delivered_at",
          "read_at",
          "cause",
          "template",
          "version",
          "tries",
          "phone_masked");
  private static final int WIDTH = 20;
  private static final String SHEET = "notices";

  private final CsvWriter csv;
  private final SheetWriter sheet;
  private long rows;

  /** How it is written. */
  enum Format {
    CSV("text/csv; charset=UTF-8"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String type;

    Format(String type) {
      this.type = type;
    }

    String type() {
      return type;
    }
  }

  /**
   * @param zone in which times are shown
   */
  NoticeFile(Format format, OutputStream out, ZoneId zone) throws IOException {
    this.csv = format == Format.CSV ? new CsvWriter(out, zone) : null;
    this.sheet = format == Format.CSV ? null : new SheetWriter(out, zone);
    if (csv != null) {
      csv.row(HEADINGS);
    } else {
      List<Column> columns = new ArrayList<>();
      HEADINGS.forEach(heading -> columns.add(new Column(heading, WIDTH)));
      sheet.sheet(SHEET, columns);
    }
  }

  /**
   * @throws UncheckedIOException when the file cannot be written
   */
  void row(NoticeRow row) {
    try {
      if (csv != null) {
        csv.row(cells(row));
      } else {
        sheet.row(cells(row), false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows++;
  }

  long rows() {
    return rows;
  }

  // Not List.of: times may be missing.
  private static List<Object> cells(NoticeRow row) {
    return Arrays.asList(
        row.id(),
        row.gate(),
        row.shop(),
        row.number(),
        row.parcel(),
        row.gateAt(),
        row.state(),
        row.channel(),
        row.vendor(),
        row.sentAt(),
        row.acceptedAt(),
        row.deliveredAt(),
        row.readAt(),
        row.cause(),
        row.template(),
        row.version(),
        row.tries(),
        row.phoneMasked());
  }

  @Override
  public void close() throws IOException {
    if (csv != null) {
      csv.close();
    } else {
      sheet.close();
    }
  }
}
