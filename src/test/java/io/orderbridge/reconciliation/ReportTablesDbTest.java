package io.orderbridge.reconciliation;

import static io.orderbridge.reconciliation.ReportDbTest.FIRST;
import static io.orderbridge.reconciliation.ReportDbTest.LAST;
import static io.orderbridge.reconciliation.RunShelf.Decided.broken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.books.Snapshot;
import io.orderbridge.reconciliation.RunShelf.Decided;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sales summary, receipts detail and difference list, as files; they foot to the cent. */
class ReportTablesDbTest {
  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

  private final RunShelf shelf = new RunShelf(ReportDbTest.receipts(Reconciliation.Every.DAY));

  @AfterEach
  void close() {
    shelf.close();
  }

  private byte[] xlsx(Reports.Wanted wanted) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    shelf.reports.xlsx(wanted, Locale.CHINESE, out);
    return out.toByteArray();
  }

  private List<String[]> csv(Reports.Wanted wanted, ReportTable.Kind kind) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    shelf.reports.csv(wanted, kind, Locale.ENGLISH, out);
    return out.toString(StandardCharsets.UTF_8)
        .substring(1)
        .lines()
        .map(line -> line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
        .toList();
  }

  private static BigDecimal sum(List<String[]> rows, String heading) {
    int column = List.of(rows.get(0)).indexOf(heading);
    return rows.stream()
        .skip(1)
        .map(row -> row[column].isEmpty() ? BigDecimal.ZERO : new BigDecimal(row[column]))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private void foots(Reports.Wanted wanted, String sales, String receipts, String gap) {
    assertThat(sum(csv(wanted, ReportTable.Kind.SALES), "amount")).isEqualByComparingTo(sales);
    assertThat(sum(csv(wanted, ReportTable.Kind.RECEIPTS), "amount"))
        .isEqualByComparingTo(receipts);
    assertThat(sum(csv(wanted, ReportTable.Kind.DIFFERENCES), "gap")).isEqualByComparingTo(gap);
    assertThat(new BigDecimal(sales).subtract(new BigDecimal(receipts))).isEqualByComparingTo(gap);
  }

  @Test
  @Tag("R48")
  void sales_less_receipts_is_the_sum_of_the_difference_list() {
    Run run = ReportDbTest.month(shelf);
    Reports.Wanted wanted = shelf.reports.run(run.id()).orElseThrow();

    foots(wanted, "3800000.00", "3620000.00", "180000.00");
    assertThat(csv(wanted, ReportTable.Kind.DIFFERENCES).get(0))
        .contains("class", "rule", "key", "left", "right", "gap", "age in days", "why (zh)", "why");
  }

  private Run tenDays() {
    Run before = null;
    for (int day = 1; day <= 10; day++) {
      LocalDate at = FIRST.plusDays(day - 1);
      // Each day one order is received on the next day, and one more never.
      Snapshot left =
          shelf.books.take("shop/orders", at, sale("L" + day, day) + sale("N" + day, 1000));
      Snapshot right =
          shelf.books.take(
              "pay/bill", at, day == 1 ? sale("R0", 7) : sale("L" + (day - 1), day - 1));
      Decided late = broken(BreakClass.UNSETTLED, "L" + day, null).open();
      Decided never = broken(BreakClass.MISSING_RIGHT, day == 1 ? "N1" : "N" + day, null);
      Decided first =
          day == 1
              ? broken(BreakClass.MISSING_LEFT, null, "R0")
              : new Decided(
                  Outcome.MATCHED,
                  BreakClass.MATCHED,
                  "key",
                  "L" + (day - 1),
                  "L" + (day - 1),
                  false);
      before = shelf.run(at, at, List.of(left), List.of(right), before, late, never, first);
    }
    return before;
  }

  private static String sale(String no, int yuan) {
    return "%s,SALE,%d.00,CNY,1,PAID,2026-10-10 12:00:00,2026-10-10 12:00:00,,,a,s1\n"
        .formatted(no, yuan);
  }

  @Test
  @Tag("R48")
  void the_days_of_a_month_foot_together_and_what_was_carried_over_counts_once() {
    tenDays();
    Reports.Wanted month = shelf.reports.month("shop-receipts", OCTOBER).orElseThrow();

    // 10 x 1,000 never received, 10 of the last day still awaited, less 7 that nobody sold.
    foots(month, "10055.00", "52.00", "10003.00");
    assertThat(csv(month, ReportTable.Kind.DIFFERENCES)).hasSize(1 + 12);
  }

  @Test
  void a_day_that_does_not_go_on_from_the_one_before_is_no_month() {
    tenDays();
    Snapshot late = shelf.books.take("shop/orders", FIRST, sale("L1", 1));
    shelf.run(
        FIRST,
        FIRST,
        List.of(late),
        List.of(),
        null,
        broken(BreakClass.UNSETTLED, "L1", null).open());
    Reports.Wanted month = shelf.reports.month("shop-receipts", OCTOBER).orElseThrow();

    assertThatThrownBy(() -> xlsx(month))
        .isInstanceOf(ReportRefused.class)
        .hasMessageContaining("the run of 2026-10-02 does not go on from the newest of 2026-10-01");
  }

  @Test
  @Tag("R47")
  void sales_are_summed_by_day_of_order_shop_and_product() {
    String at = "2026-10-%s 12:00:00,2026-10-10 12:00:00,,,";
    Snapshot left =
        shelf.books.take(
            "shop/orders",
            LAST,
            ("A,SALE,10.01,CNY,1,PAID," + at + "a,s1\n").formatted("01")
                + ("A,SALE,5.00,CNY,2,PAID," + at + "a,s2\n").formatted("01")
                + ("B,SALE,0.99,CNY,3,PAID," + at + "a,s1\n").formatted("01")
                + ("B,REFUND,-0.50,CNY,-1,PAID," + at + "a,s1\n").formatted("02")
                + ("C,SALE,8.00,CNY,1,PAID," + at + "b,s1\n").formatted("01")
                + "D,SALE,1.00,USD,1,PAID,,,,,b,s1\n");
    Run run =
        shelf.run(
            LAST,
            LAST,
            List.of(left),
            List.of(),
            null,
            broken(BreakClass.MISSING_RIGHT, "A B C D", null));

    assertThat(csv(shelf.reports.run(run.id()).orElseThrow(), ReportTable.Kind.SALES))
        .extracting(row -> String.join(" ", row))
        .containsExactly(
            "day shop product currency entries pieces amount",
            " b s1 USD 1 1 1.00",
            "2026-10-01 a s1 CNY 2 4 11.00",
            "2026-10-01 a s2 CNY 1 2 5.00",
            "2026-10-01 b s1 CNY 1 1 8.00",
            "2026-10-02 a s1 CNY 1 -1 -0.50");
  }

  @Test
  void an_item_of_two_currencies_is_a_row_of_each() {
    Snapshot left = shelf.books.take("shop/orders", LAST, sale("A", 70));
    Snapshot right = shelf.books.take("pay/bill", LAST, sale("A", 10).replace("CNY", "USD"));
    Run run =
        shelf.run(
            LAST, LAST, List.of(left), List.of(right), null, broken(BreakClass.CURRENCY, "A", "A"));
    Reports.Wanted wanted = shelf.reports.run(run.id()).orElseThrow();

    assertThat(shelf.reports.totals(wanted).totals().footed().waterfalls())
        .extracting(one -> one.unit() + " " + one.gap() + " " + one.remainder())
        .containsExactly("CNY 7000 0", "USD -1000 0");
  }

  @Test
  @Tag("R77")
  void the_workbook_is_made_for_people_and_is_the_same_bytes_when_made_again() throws Exception {
    Run run = ReportDbTest.month(shelf);
    Reports.Wanted wanted = shelf.reports.run(run.id()).orElseThrow();

    byte[] first = xlsx(wanted);
    byte[] again = xlsx(wanted);

    assertThat(sha256(again)).isEqualTo(sha256(first));
    wellFormed(first);
    try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(first))) {
      assertThat(book.getSheets().map(Sheet::getName))
          .containsExactly("总览", "差异瀑布", "销售汇总", "实收明细", "差异清单");
      List<Row> overview = book.getSheet(0).orElseThrow().read();
      assertThat(overview.stream().map(row -> row.getCellText(0) + " " + row.getCellText(2)))
          .contains("差额 4.74 % 超出容差", "快照链根 root-of-2026-10-01")
          .anyMatch(line -> line.startsWith("口径 成交金额 草案,未经三方签字; SHA-256 "))
          .anyMatch(line -> line.startsWith("来源 pay/bill v1, 12, SHA-256 "));
      List<Row> rows = book.getSheet(4).orElseThrow().read();
      assertThat(
              rows.stream()
                  .skip(1)
                  .map(row -> row.getCellAsNumber(10).orElseThrow())
                  .reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo("180000.00");
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      out.write(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void wellFormed(byte[] workbook) throws Exception {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
      for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
        assertThat(part.getTimeLocal().getYear()).as(part.getName()).isEqualTo(1980);
        byte[] content = zip.readAllBytes();
        assertThat(
                DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(content))
                    .getDocumentElement())
            .as(part.getName())
            .isNotNull();
        if (part.getName().equals("docProps/core.xml")) {
          assertThat(new String(content, StandardCharsets.UTF_8))
              .contains(">" + RunShelf.MADE + "<");
        }
      }
    }
  }

  @Test
  void the_picture_is_drawn_in_both_languages_for_light_and_dark() throws IOException {
    Run run = ReportDbTest.month(shelf);
    Reports.Told told = shelf.reports.totals(shelf.reports.run(run.id()).orElseThrow());
    Waterfall waterfall = told.totals().waterfalls().get(0);

    String zh = WaterfallSvg.svg(told.scope().what(), waterfall, Locale.CHINESE);
    String en = WaterfallSvg.svg(told.scope().what(), waterfall, Locale.ENGLISH);

    assertThat(zh)
        .contains("店铺收款对账: 180,000.00 CNY (4.74 %)", "未解释", "prefers-color-scheme:dark")
        .contains("3,800,000.00", "3,620,000.00");
    assertThat(en).contains("missing on the right", "unexplained").doesNotContain("<script");
    java.nio.file.Files.createDirectories(java.nio.file.Path.of("target"));
    java.nio.file.Files.writeString(java.nio.file.Path.of("target/waterfall.svg"), en);
  }
}
