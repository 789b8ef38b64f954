package io.orderbridge.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.rows.Rows;
import io.orderbridge.rows.Table;
import io.orderbridge.rows.Tables;
import io.orderbridge.runtime.DescribedBooks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bills in the shapes that public repositories show, with invented numbers, through the shipped
 * connection files. The files are UTF-8 and lines end with LF; {@code as} says how they are sent.
 *
 * <p>Shapes: WeChat ALL, SUCCESS and REFUND of Wechat-Group/weixin-java-tools
 * (WxPayBillResultTest), of 24 columns as in WeChat's document 9.6, of 26 as in public tests of
 * service providers; funds as in document 9.18. Alipay of public tests with 25 and 13 columns of
 * trades, with 8, 12 and 16 of the account. MT940 as in wolph/mt940 (mt940_tests) and
 * sandermarechal/jejik-mt940 (Fixture/document). camt.053 as in genkgo/camt (test/data). Read
 * 2026-11-29.
 */
@Tag("R43")
@Tag("R45")
@Tag("R74")
class PublicBillsDbTest {
  private static final Path SAMPLES = Path.of("src/test/resources/books/public");
  private static final Charset GBK = Charset.forName("GBK");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

  private final Heart heart = Heart.fresh();
  private final Tables tables = new Tables();

  @AfterEach
  void end() {
    heart.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wechat-pay/trade-bill | wechat-all-27.csv | | FEE -2, REFUND -201, SALE 501",
        "wechat-pay/trade-bill | wechat-all-27.csv | bom crlf | FEE -2, REFUND -201, SALE 501",
        "wechat-pay/trade-bill | wechat-all-27-bare-totals.csv | | FEE -2, REFUND -201, SALE 501",
        "wechat-pay/trade-bill | wechat-success-20.csv | bom crlf | FEE -2, SALE 305",
        "wechat-pay/trade-bill | wechat-refund-29.csv | crlf | FEE 1, REFUND -202",
        "wechat-pay/trade-bill | wechat-all-24.csv | crlf | FEE -6, REFUND -250, SALE 1251",
        "wechat-pay/trade-bill | wechat-all-24-bare.csv | | FEE -6, REFUND -250, SALE 1251",
        "wechat-pay/trade-bill | wechat-refund-26.csv | | REFUND -3",
        "wechat-pay/trade-bill | wechat-no-business.csv | | ''",
        "wechat-pay/fund-bill | wechat-fund-basic.csv | bom crlf"
            + " | FEE -3, OTHER -100, PAYOUT -10000, REFUND -200, SALE 500",
        "wechat-pay/fund-bill | wechat-fund-fees.csv | | FEE -2",
        "alipay/trade-bill | alipay-trade-25.csv | gbk zip crlf | FEE -425, REFUND -9900, SALE"
            + " 30800",
        "alipay/trade-bill | alipay-trade-25.csv | gbk | FEE -425, REFUND -9900, SALE 30800",
        "alipay/trade-bill | alipay-trade-old-batch.csv | gbk | FEE -3, REFUND -400, SALE 900",
        "alipay/trade-bill | alipay-trade-13.csv | gbk | SALE 350",
        "alipay/account-bill | alipay-account-12.csv | gbk | FEE -1364, REFUND -39300, SALE 227400",
        "alipay/account-bill | alipay-account-16.csv | gbk | OTHER -4692, SALE 14692",
        "alipay/account-bill | alipay-account-8.csv | gbk | OTHER 8800",
        "bank/statement-mt940 | mt940-ing.sta | crlf | OTHER -2503, PAYOUT 13368",
        "bank/statement-mt940 | mt940-abn.sta | | OTHER -2400, PAYOUT 1159",
        "bank/statement-mt940 | mt940-commerzbank.sta | crlf | OTHER -1235, PAYOUT 29512",
        "bank/statement-mt940 | mt940-postfinance.sta | | OTHER -7970, PAYOUT 7970",
        "bank/statement-mt940 | mt940-rabobank.sta | crlf | OTHER -1000, PAYOUT 2500",
        "bank/statement-mt940 | mt940-chinese.sta | gbk | OTHER -500, PAYOUT 57539",
        "bank/statement-camt053 | camt053-v02-two-statements.xml | | OTHER -700, PAYOUT 885",
        "bank/statement-camt053 | camt053-v04-previous-balance.xml | | OTHER -70, PAYOUT 20000",
        "bank/statement-camt053 | camt053-v08-batch.xml | | PAYOUT 9900",
        "bank/statement-camt053 | camt053-v06-sums-only.xml | | OTHER -700, PAYOUT 885",
        "bank/statement | bank-portal-cmb.csv | gbk | OTHER -500, PAYOUT 26739",
      })
  void each_shape_becomes_its_entries_and_no_line_is_put_aside(
      String book, String sample, String as, String sums) throws IOException {
    Snapshot taken = take(book, sample, as);

    assertThat(heart.texts("select why from books.aside")).isEmpty();
    assertThat(
            heart.texts(
                "select coalesce(kind, 'SALE') || ' ' || sum(amount) from "
                    + SnapshotSql.table(taken.id())
                    + " group by kind order by 1"))
        .isEqualTo(sums.isEmpty() ? List.of() : List.of(sums.split(", ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wechat-pay/trade-bill | wechat-all-27-cut.csv" + " | of the footer is 48, the rows give 1",
        "wechat-pay/trade-bill | wechat-all-27-sum-differs.csv"
            + " | of the footer is 5.02, the rows give 5.01",
        "alipay/trade-bill | alipay-trade-25-differs.csv"
            + " | of the footer is 309.00, the rows give 308.00",
        "bank/statement-camt053 | camt053-v02-sums-differ.xml"
            + " | says that its entries give 1.84, 2 of them give 1.85",
        "bank/statement-camt053 | camt053-v02-no-balances.xml | has no opening balance",
      })
  void a_footer_that_disagrees_refuses_the_file(String book, String sample, String why) {
    String as = book.startsWith("alipay") ? "gbk" : "";

    assertThatThrownBy(() -> take(book, sample, as))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(why);
    assertThat(heart.number("select count(*) from books.snapshot")).isZero();
  }

  @Test
  void a_file_in_another_charset_says_which_setting_to_change() {
    assertThatThrownBy(() -> take("alipay/trade-bill", "alipay-trade-25.csv", ""))
        .hasMessageMatching("(?s).*(in another charset|set 'charset' of the table).*");
  }

  @Test
  void a_line_that_cannot_be_read_is_kept_aside_with_its_place_and_the_others_count()
      throws IOException {
    Snapshot taken = take("wechat-pay/trade-bill", "wechat-all-24-odd-time.csv", "");

    assertThat(heart.texts("select distinct line || ': ' || why from books.aside order by 1"))
        .containsExactly("2: column '交易时间' is no time as the layout describes it");
    assertThat(taken.sums().totals()).hasToString("{CNY=994}");
  }

  @Test
  void a_bank_that_gives_no_reference_has_its_rows_named_by_their_place() throws IOException {
    Snapshot taken = take("bank/statement-mt940", "mt940-rabobank.sta", "");

    assertThat(heart.texts("select key from " + SnapshotSql.table(taken.id()) + " order by place"))
        .containsExactly("NL71RABO0123456789/0//1", "NL71RABO0123456789/0//2");
  }

  @ParameterizedTest
  @CsvSource({
    "wechat-all-27.csv, 4",
    "wechat-success-20.csv, 2",
    "wechat-refund-29.csv, 2",
    "wechat-all-24.csv, 3",
    "wechat-refund-26.csv, 2"
  })
  void every_row_of_a_trade_bill_is_a_payment_or_a_refund_with_its_amount(String sample, int rows)
      throws IOException {
    DescribedBooks.Described shipped = DescribedBooks.shipped("wechat-pay");
    Table table = table(shipped, "wechat-pay/trade-bill");

    Rows.Result read = Rows.read(table, bytes(sample, ""));

    assertThat(read.rows()).hasSize(rows);
    for (Map<String, String> row : read.rows()) {
      Map<?, ?> told = (Map<?, ?>) shipped.mappings().apply("wechat-pay/bill-row", row, Map.of());
      String column = row.get("交易状态").equals("SUCCESS") ? "应结订单金额" : "退款金额";
      assertThat(told.get("kind")).isIn("PAYMENT", "REFUND");
      assertThat(new BigDecimal(told.get("amount").toString()))
          .isGreaterThanOrEqualTo(new BigDecimal(row.get(column)));
    }
  }

  private Snapshot take(String name, String sample, String as) throws IOException {
    String connection = name.substring(0, name.indexOf('/'));
    DescribedBooks.Described shipped = DescribedBooks.shipped(connection);
    tables.replace(connection, shipped.tables());
    Books books = new Books(shipped.mappings()::codes);
    BookFiles files = new BookFiles(books, tables, new Snapshots(heart.database));
    byte[] bytes = bytes(sample, as == null ? "" : as);
    return files.take(shipped.book(name), DAY, () -> new ByteArrayInputStream(bytes), NOW);
  }

  private static Table table(DescribedBooks.Described shipped, String name) {
    return shipped.tables().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] bytes(String sample, String as) throws IOException {
    byte[] detail = encoded(sample, as);
    if (!as.contains("zip")) {
      return detail;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(packed, GBK)) {
      zip.putNextEntry(new ZipEntry("20880000000000000156_20261120_业务明细(汇总).csv"));
      zip.write(encoded(sample.replace(".csv", "-summary.csv"), as));
      zip.putNextEntry(new ZipEntry("20880000000000000156_20261120_业务明细.csv"));
      zip.write(detail);
    }
    return packed.toByteArray();
  }

  private static byte[] encoded(String sample, String as) throws IOException {
    String text = Files.readString(SAMPLES.resolve(sample));
    text = as.contains("crlf") ? text.replace("\n", "\r\n") : text;
    text = as.contains("bom") ? "\uFEFF" + text : text;
    return text.getBytes(as.contains("gbk") ? GBK : StandardCharsets.UTF_8);
  }
}
