package io.orderbridge.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.rows.SheetWriter.Column;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R77")
class ReportFilesTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Instant AT = Instant.parse("2026-11-20T18:00:00Z");
  private static final List<Object> ROW =
      Arrays.asList(
          "0012",
          7L,
          new BigDecimal("-12.30"),
          AT,
          LocalDate.parse("2026-11-20"),
          null,
          new BigDecimal("1234567890123456.78"));
  private static final int MANY = 200_000;
  private static final int KEPT_MAX = 20_000_000;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private List<Row> sheet(int index) throws IOException {
    try (ReadableWorkbook book =
        new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
      return book.getSheet(index).orElseThrow().read();
    }
  }

  // By the directory at the end, as spreadsheets read it.
  private String part(String name) throws IOException {
    Path file = Files.write(folder.resolve("book.xlsx"), out.toByteArray());
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new String(
          zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void a_sheet_has_types_widths_and_a_heading_that_stays() throws IOException {
    try (SheetWriter writer = new SheetWriter(out, SHANGHAI)) {
      writer.sheet("totals", List.of(new Column("name", 20), new Column("number", 12)));
      writer.row(List.of("equal", 3L), false);
      writer.sheet("rows", ROW.stream().map(cell -> new Column("c", 18)).toList());
      writer.row(ROW, true);
    }

    assertThat(sheet(0).get(1).getCellText(0)).isEqualTo("equal");
    Row row = sheet(1).get(1);
    assertThat(row.getCell(0).getType()).isEqualTo(CellType.STRING);
    assertThat(row.getCellText(0)).isEqualTo("0012");
    assertThat(row.getCellAsNumber(1)).contains(new BigDecimal("7"));
    assertThat(row.getCellAsNumber(2).orElseThrow()).isEqualByComparingTo("-12.30");
    assertThat(row.getCellAsDate(3).orElseThrow()).hasToString("2026-11-21T02:00");
    assertThat(row.getCellAsDate(4).orElseThrow()).hasToString("2026-11-20T00:00");
    assertThat(row.getCell(6).getType())
        .as("more digits than it counts")
        .isEqualTo(CellType.STRING);
    assertThat(row.getCellText(6)).isEqualTo("1234567890123456.78");
    assertThat(part("xl/worksheets/sheet2.xml")).contains("state=\"frozen\"", "width=\"18.0\"");
    assertThat(part("xl/styles.xml")).contains("FFC7CE").contains("yyyy-mm-dd hh:mm:ss");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
  void a_text_that_a_spreadsheet_would_calculate_stays_text(String text) throws IOException {
    try (SheetWriter writer = new SheetWriter(out, SHANGHAI)) {
      writer.sheet("rows", List.of(new Column("c", 10)));
      writer.row(List.of(text), false);
    }
    assertThat(sheet(0).get(1).getCell(0).getType()).isEqualTo(CellType.STRING);
    assertThat(sheet(0).get(1).getCell(0).getFormula()).isNull();
    // Text by its format as well: it stays so when somebody edits the cell.
    assertThat(part("xl/styles.xml")).contains("formatCode=\"@\"");

    out.reset();
    try (CsvWriter writer = new CsvWriter(out, SHANGHAI)) {
      writer.row(List.of(text, "a"));
    }
    String csv = out.toString(StandardCharsets.UTF_8).substring(1).replace("\"", "");
    assertThat(csv).startsWith("'" + text).endsWith(",a\r\n");
  }

  @Test
  void csv_is_marked_as_utf8_and_quotes_what_has_to_be() throws IOException {
    List<Object> cells =
        Arrays.asList("订单,号", "say \"yes\"", "two\nlines", null, AT, new BigDecimal("-1.50"));
    try (CsvWriter writer = new CsvWriter(out, SHANGHAI)) {
      writer.row(cells);
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\uFEFF\"订单,号\",\"say \"\"yes\"\"\",\"two\nlines\",,2026-11-21 02:00:00,-1.50\r\n");
  }

  @Test
  void a_full_sheet_goes_on_in_the_next_one() throws IOException {
    try (SheetWriter writer = new SheetWriter(out, SHANGHAI, 3)) {
      writer.sheet("rows", List.of(new Column("c", 10)));
      for (int i = 0; i < 5; i++) {
        writer.row(List.of("r" + i), false);
      }
    }
    try (ReadableWorkbook book =
        new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
      assertThat(book.getSheets().map(Sheet::getName))
          .containsExactly("rows", "rows (2)", "rows (3)");
    }
    assertThat(sheet(2).get(1).getCellText(0)).isEqualTo("r4");
  }

  @Test
  void a_binary_number_is_refused() throws IOException {
    try (SheetWriter writer = new SheetWriter(out, SHANGHAI)) {
      writer.sheet("rows", List.of(new Column("c", 10)));
      assertThatThrownBy(() -> writer.row(List.of(0.1), false)).hasMessageContaining("not Double");
    }
  }

  @Test
  void rows_leave_memory_as_they_come() throws IOException {
    long before = used();
    try (SheetWriter writer = new SheetWriter(OutputStream.nullOutputStream(), SHANGHAI)) {
      writer.sheet("rows", ROW.stream().map(cell -> new Column("c", 18)).toList());
      for (int i = 0; i < MANY; i++) {
        writer.row(Arrays.asList("order-" + i, 1L, BigDecimal.ONE, AT, null, "text " + i), true);
      }
      assertThat(used() - before).as("bytes kept of %d rows", MANY).isLessThan(KEPT_MAX);
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
