package io.orderbridge.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.kernel.Refusal;
import io.orderbridge.runtime.TableFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R45")
class SheetRecordsTest {
  private static final Table TABLE =
      TableFiles.table(
          """
          format: xlsx
          header: [订单号, 金额]
          required: [订单号]
          numbers: [金额]
          """);

  @Test
  void dates_are_iso_text_and_numbers_are_decimals() throws IOException {
    byte[] file =
        workbook(
            sheet -> {
              sheet.value(0, 0, "店铺导出");
              header(sheet, 2, "订单号", "金额", "下单日", "下单时间", "时刻", "件数", "费率");
              sheet.value(3, 0, "SO1");
              sheet.value(3, 1, new BigDecimal("1234.5"));
              sheet.value(3, 2, LocalDate.of(2026, 11, 20));
              sheet.style(3, 2).format("yyyy-mm-dd").set();
              sheet.value(3, 3, LocalDateTime.of(2026, 11, 20, 10, 34, 56));
              sheet.style(3, 3).format("[$-804]yyyy/m/d\\ h:mm;@").set();
              sheet.value(3, 4, new BigDecimal("0.5"));
              sheet.style(3, 4).format("h:mm").set();
              sheet.value(3, 5, 3);
              sheet.style(3, 5).format("0.00E+00;[Red]-0.00E+00").set();
              sheet.value(3, 6, 0.1 + 0.2);
              sheet.value(4, 0, "SO2");
              sheet.value(4, 1, "1,234.50");
            });

    assertThat(Rows.read(TABLE, file).rows())
        .containsExactly(
            Map.of(
                "订单号", "SO1",
                "金额", "1234.5",
                "下单日", "2026-11-20",
                "下单时间", "2026-11-20T10:34:56",
                "时刻", "12:00:00",
                "件数", "3",
                "费率", "0.3",
                "@line", "4"),
            Map.of(
                "订单号", "SO2", "金额", "1234.50", "下单日", "", "下单时间", "", "时刻", "", "件数", "", "费率", "",
                "@line", "5"));
  }

  @Test
  void a_date_format_that_the_file_names_by_number_only_is_a_date() throws IOException {
    byte[] file =
        workbook(
            sheet -> {
              header(sheet, 0, "订单号", "金额", "日");
              sheet.value(1, 0, "SO1");
              sheet.value(1, 2, new BigDecimal("46346"));
              sheet.style(1, 2).format("MARK").set();
            });
    byte[] numbered =
        changed(
            file,
            "xl/styles.xml",
            xml ->
                xml.replaceAll("<numFmts.*</numFmts>", "")
                    .replaceAll("numFmtId=\"1\\d\\d\"", "numFmtId=\"31\""));

    assertThat(Rows.read(TABLE, numbered).rows().get(0)).containsEntry("日", "2026-11-20");
  }

  @Test
  void a_number_that_has_lost_its_last_digits_puts_the_row_aside() throws IOException {
    byte[] file =
        workbook(
            sheet -> {
              header(sheet, 0, "订单号", "金额");
              sheet.value(1, 0, new BigDecimal("4200002026112000000"));
              sheet.value(2, 0, "4200002026112000000000000001");
              sheet.value(3, 1, "5.00");
              sheet.value(4, 0, "SO4");
              sheet.value(4, 1, "一百");
            });

    Rows.Result result = Rows.read(TABLE, file);

    assertThat(result.rows())
        .extracting(row -> row.get("订单号"))
        .hasSize(1)
        .first()
        .asString()
        .endsWith("0001");
    assertThat(result.refused())
        .containsExactly(
            Map.of(
                "line",
                2,
                "why",
                "cell A2 is a number of more than 15 digits, of which a spreadsheet keeps 15"),
            Map.of("line", 4, "why", "column '订单号' is empty"),
            Map.of("line", 5, "why", "column '金额' is no amount"));
  }

  @Test
  void errors_dates_that_are_none_and_numbers_beyond_reason_put_the_row_aside() throws IOException {
    byte[] file =
        workbook(
            sheet -> {
              header(sheet, 0, "订单号", "金额", "日");
              for (int row = 1; row < 5; row++) {
                sheet.value(row, 0, "SO" + row);
                sheet.value(row, 1, row * 111);
              }
              sheet.value(4, 2, new BigDecimal("-5"));
              sheet.style(4, 2).format("yyyy-mm-dd").set();
            });
    byte[] broken =
        changed(
            file,
            "xl/worksheets/sheet1.xml",
            xml ->
                xml.replace("<v>111</v>", "<v>1e999999999</v>")
                    .replace("<v>222</v>", "<v>1e-999999999</v>")
                    .replaceFirst(
                        "<c r=\"B4\"[^>]*><v>333</v>", "<c r=\"B4\" t=\"e\"><v>#N/A</v>"));

    Rows.Result result = Rows.read(TABLE, broken);

    assertThat(result.rows()).extracting(row -> row.get("金额")).containsExactly("0");
    assertThat(result.refused())
        .extracting(row -> row.get("why").toString())
        .anyMatch(why -> why.startsWith("cell B2 is a number of more than 15 digits"))
        .contains("cell B4 holds an error", "cell C5 is formatted as a date and is none");
  }

  @Test
  void the_row_of_totals_is_checked_and_a_sheet_is_found_by_its_name() throws IOException {
    Table totals =
        TableFiles.table(
            """
            format: xlsx
            sheet: 订单
            header: [订单号, 金额]
            numbers: [金额]
            footer: {row: 合计}
            totals: [{label: 金额, sum: 金额}]
            """);

    assertThat(Rows.read(totals, totals("订单", "150.50")).rows()).hasSize(2);
    assertThatThrownBy(() -> Rows.read(totals, totals("订单", "150.51")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'金额' of the footer is 150.51, the rows give 150.5;");
    assertThatThrownBy(() -> Rows.read(totals, totals("Sheet1", "150.50")))
        .hasMessageContaining("there is no sheet '订单'; the workbook has [Sheet1]");
  }

  @Test
  void what_is_no_workbook_is_refused_with_what_it_is() throws IOException {
    byte[] good = totals("订单", "150.50");
    byte[] old = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0};
    Map<String, byte[]> files =
        Map.of(
            "an old spreadsheet (XLS)", old,
            "'format: csv'", "订单号,金额".getBytes(StandardCharsets.UTF_8),
            "cannot be read", changed(good, "xl/worksheets/sheet1.xml", xml -> "<sheet"),
            "damaged or cut off", java.util.Arrays.copyOf(good, good.length / 2),
            "mean", zip("orders.csv", "订单号,金额"));

    files.forEach(
        (told, file) ->
            assertThatThrownBy(() -> Rows.read(TABLE, file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(told.equals("mean") ? "this is no spreadsheet" : told));
    Table csv = TableFiles.table("format: csv\nheader: [订单号]\n");
    assertThatThrownBy(() -> Rows.read(csv, good)).hasMessageContaining("set 'format: xlsx'");
  }

  @Test
  @Tag("S11")
  void nothing_outside_the_workbook_is_read() throws IOException {
    byte[] file =
        changed(
            totals("订单", "150.50"),
            "xl/sharedStrings.xml",
            xml ->
                xml.replaceFirst(
                        "<sst", "<!DOCTYPE sst [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><sst")
                    .replace("SO1", "&x;"));

    assertThatThrownBy(() -> Rows.read(TABLE, file)).isInstanceOf(Refusal.class);
  }

  @Test
  void a_workbook_in_a_zip_is_taken() throws IOException {
    byte[] good = totals("订单", "150.50");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("orders.xlsx"));
      zip.write(good);
    }

    assertThat(Rows.read(TABLE, out.toByteArray()).rows()).hasSize(3);
  }

  private static void header(Worksheet sheet, int row, String... names) {
    for (int i = 0; i < names.length; i++) {
      sheet.value(row, i, names[i]);
    }
  }

  private static byte[] totals(String name, String total) throws IOException {
    return workbook(
        name,
        sheet -> {
          header(sheet, 0, "订单号", "金额");
          sheet.value(1, 0, "SO1");
          sheet.value(1, 1, new BigDecimal("100"));
          sheet.value(2, 0, "SO2");
          sheet.value(2, 1, new BigDecimal("50.5"));
          sheet.value(3, 0, "合计");
          sheet.value(3, 1, new BigDecimal(total));
        });
  }

  private static byte[] workbook(Consumer<Worksheet> fill) throws IOException {
    return workbook("Sheet1", fill);
  }

  private static byte[] workbook(String name, Consumer<Worksheet> fill) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "test", "1.0")) {
      fill.accept(book.newWorksheet(name));
    }
    return out.toByteArray();
  }

  private static byte[] zip(String name, String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] changed(byte[] workbook, String part, UnaryOperator<String> change)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> seen = new java.util.ArrayList<>();
    ZipEntries entries = new ZipEntries(workbook);
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (ZipEntries.Entry e : entries.all()) {
        String name = e.name(StandardCharsets.UTF_8);
        seen.add(name);
        zip.putNextEntry(new ZipEntry(name));
        byte[] bytes = entries.open(e).readAllBytes();
        if (name.equals(part)) {
          String text = new String(bytes, StandardCharsets.UTF_8);
          assertThat(change.apply(text)).isNotEqualTo(text);
          bytes = change.apply(text).getBytes(StandardCharsets.UTF_8);
        }
        zip.write(bytes);
      }
    }
    assertThat(seen).contains(part);
    return out.toByteArray();
  }
}
