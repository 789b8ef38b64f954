package io.orderbridge.rows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Sheet;

/** The rows of a sheet of an XLSX file. */
final class SheetRecords implements Records {
  private static final int ZIP_MAGIC = 0x504B;
  private static final int OLE_MAGIC = 0xD0CF;

  private final Iterator<org.dhatim.fastexcel.reader.Row> rows;
  private final CellTexts texts;

  /** What is done with the rows while the file is open. */
  interface Reading {
    void of(Records records) throws IOException;
  }

  private SheetRecords(Iterator<org.dhatim.fastexcel.reader.Row> rows, boolean from1904) {
    this.rows = rows;
    this.texts = new CellTexts(from1904);
  }

  static void read(Table table, InputStream file, Reading reading) throws IOException {
    byte[] workbook = rewritten(table, file);
    try (ReadableWorkbook book =
            new ReadableWorkbook(
                new ByteArrayInputStream(workbook), new ReadingOptions(true, true));
        Stream<org.dhatim.fastexcel.reader.Row> rows = sheet(table, book).openStream()) {
      reading.of(new SheetRecords(rows.iterator(), book.isDate1904()));
    } catch (FileRefused e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The reader answers a damaged workbook with whatever exception its parts throw.
      throw FileRefused.of(
          table,
          "the workbook cannot be read (%s); open it and save it again as XLSX"
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private static Sheet sheet(Table table, ReadableWorkbook book) {
    String wanted = table.text().sheet();
    if (wanted.isEmpty()) {
      return book.getFirstSheet();
    }
    return book.findSheet(wanted)
        .orElseThrow(
            () ->
                FileRefused.of(
                    table,
                    "there is no sheet '%s'; the workbook has %s"
                        .formatted(
                            wanted, book.getSheets().map(Sheet::getName).limit(20).toList())));
  }

  // The reader of sheets unpacks without a bound. It is given what was unpacked and counted here.
  private static byte[] rewritten(Table table, InputStream in) throws IOException {
    byte[] file = in.readAllBytes();
    int magic = file.length < 2 ? 0 : (file[0] & 0xff) << 8 | file[1] & 0xff;
    if (magic != ZIP_MAGIC) {
      throw FileRefused.of(
          table,
          magic == OLE_MAGIC
              ? "this is an old spreadsheet (XLS), or one with a password; save it as XLSX"
              : "this is no spreadsheet (XLSX); many exports named .xls are text: 'format: csv'");
    }
    ZipEntries parts = new ZipEntries(file);
    Bounds bounds = new Bounds(table, file.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream stored = new ZipOutputStream(out)) {
      stored.setLevel(Deflater.NO_COMPRESSION);
      for (ZipEntries.Entry part : parts.all()) {
        stored.putNextEntry(new ZipEntry(part.name(StandardCharsets.UTF_8)));
        try (InputStream content = bounds.on(parts.open(part))) {
          content.transferTo(stored);
        }
      }
    }
    return out.toByteArray();
  }

  @Override
  public Item next() {
    if (!rows.hasNext()) {
      return null;
    }
    org.dhatim.fastexcel.reader.Row row = rows.next();
    List<String> cells = new ArrayList<>();
    String wrong = null;
    String first = "";
    for (Cell cell : row) {
      CellTexts.Read read = cell == null ? CellTexts.EMPTY : texts.of(cell);
      cells.add(read.text());
      if (wrong == null && read.wrong() != null) {
        wrong = "cell %s %s".formatted(cell.getAddress(), read.wrong());
      }
      first = first.isEmpty() ? read.text().strip() : first;
    }
    return new Item(row.getRowNum(), first, cells, wrong);
  }
}
