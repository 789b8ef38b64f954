package io.orderbridge.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.rows.Tables;
import io.orderbridge.runtime.DescribedBooks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The books of the shipped connection files take what the partners' documents show. */
@Tag("R43")
@Tag("R45")
@Tag("R74")
class ShippedBooksDbTest {
  private static final Path SAMPLES = Path.of("src/test/resources/rows");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

  private final Heart heart = Heart.fresh();
  private final Tables tables = new Tables();

  @AfterEach
  void end() {
    heart.close();
  }

  @Test
  void a_row_of_a_trade_bill_gives_the_payment_or_the_refund_and_its_fee() throws IOException {
    Snapshot taken = take("wechat-pay/trade-bill", "wechat-trade.all.csv");

    assertThat(entries(taken))
        .containsExactly(
            "SO20261120001 PAID 19900 CNY 2026-11-20 02:34:56+00",
            "SO20261120001 PAID FEE -119 CNY 2026-11-20 02:34:56+00",
            "SO20261120002 PAID 10000 CNY 2026-11-20 03:00:00+00",
            "SO20261120002 PAID FEE -60 CNY 2026-11-20 03:00:00+00",
            "SO20261120002 REFUNDED REFUND -3000 CNY 2026-11-20 07:00:00+00",
            "SO20261120002 REFUNDED FEE 18 CNY 2026-11-20 07:00:00+00");
    assertThat(taken.sums().totals()).hasToString("{CNY=26739}");
    assertThat(taken.sums().aside()).isZero();
    assertThat(heart.texts("select replace(ref, chr(31), '|') from " + table(taken) + PLACES))
        .first()
        .isEqualTo("4200002026112000000000000001||");
  }

  private static final String PLACES = " order by place";

  @ParameterizedTest
  @CsvSource({
    "wechat-pay/trade-bill, wechat-trade.all-gzip.csv.gz, 26739, 6",
    "wechat-pay/fund-bill, wechat-fund.basic.csv, 26739, 5",
    "alipay/trade-bill, alipay-trade.day.zip, 26739, 4",
    "bank/statement, bank-csv.day.csv, 52978, 3",
    "bank/statement-mt940, mt940.day.sta, 52978, 3",
    "bank/statement-camt053, camt053.day.xml, 52978, 3"
  })
  void a_sample_gives_its_entries_and_its_sum(String book, String sample, long sum, long entries)
      throws IOException {
    Snapshot taken = take(book, sample);

    assertThat(taken.sums().totals()).hasToString("{CNY=%d}".formatted(sum));
    assertThat(taken.sums().entries()).isEqualTo(entries);
    assertThat(heart.number("select count(distinct place) from " + table(taken)))
        .as("each has a place of its own, be all of the file one line")
        .isEqualTo(entries);
    assertThat(heart.texts("select why from books.aside")).isEmpty();
  }

  @Test
  void a_bank_statement_says_what_came_and_what_went() throws IOException {
    List<String> expected =
        List.of(
            "BK0001 PAYOUT 26739 CNY 2026-11-20 16:00:00+00",
            "BK0002 PAYOUT 26739 CNY 2026-11-20 16:00:00+00",
            "BK0003 OTHER -500 CNY 2026-11-20 16:00:00+00");

    assertThat(entries(take("bank/statement", "bank-csv.day.csv"))).isEqualTo(expected);
    assertThat(entries(take("bank/statement-mt940", "mt940.day.sta"))).isEqualTo(expected);
    assertThat(entries(take("bank/statement-camt053", "camt053.day.xml"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "wechat-pay/trade-bill, wechat-trade.truncated.csv",
    "wechat-pay/trade-bill, wechat-trade.sum-differs.csv",
    "wechat-pay/trade-bill, wechat-trade.row-lost.csv",
    "wechat-pay/fund-bill, wechat-fund.balance-breaks.csv",
    "alipay/trade-bill, alipay-trade.paid-differs.csv",
    "bank/statement-mt940, mt940.closing-differs.sta",
    "bank/statement-camt053, camt053.closing-differs.xml"
  })
  void a_file_that_is_cut_off_or_changed_leaves_nothing(String book, String sample) {
    assertThatThrownBy(() -> take(book, sample)).isInstanceOf(Refusal.class);

    assertThat(heart.number("select count(*) from books.snapshot")).isZero();
    assertThat(heart.texts("select relname from pg_class where relname ~ '^entry_[0-9]'"))
        .isEmpty();
  }

  private Snapshot take(String name, String sample) throws IOException {
    String connection = name.substring(0, name.indexOf('/'));
    DescribedBooks.Described shipped = DescribedBooks.shipped(connection);
    tables.replace(connection, shipped.tables());
    Books books = new Books(shipped.mappings()::codes);
    BookFiles files = new BookFiles(books, tables, new Snapshots(heart.database));
    byte[] bytes = Files.readAllBytes(SAMPLES.resolve(sample));
    return files.take(shipped.book(name), DAY, () -> new ByteArrayInputStream(bytes), NOW);
  }

  private List<String> entries(Snapshot snapshot) {
    return heart.texts(
        "select concat_ws(' ', key, nullif(status, ''), kind, amount, currency, settled_at at time"
            + " zone 'UTC' || '+00') from "
            + table(snapshot)
            + PLACES);
  }

  private static String table(Snapshot snapshot) {
    return SnapshotSql.table(snapshot.id());
  }
}
