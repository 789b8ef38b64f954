package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Snapshot;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The partners' sample day balances across all its files, by the shipped connections and
 * reconciliations: of each payment system 299.00 - 30.00 - 1.61 = 267.39, on the account and at the
 * bank.
 */
@Tag("R40")
@Tag("R43")
class SampleDayDbTest {
  private static final Path SAMPLES = Path.of("src/test/resources/rows");
  private static final Path RULES = Path.of("mappings/reconciliations");
  private static final String BANK = "payments-bank";
  private static final String STATEMENT = "bank/statement";
  private static final String PAYOUTS = "wechat-pay/payouts";
  private static final String WITHDRAWAL =
      "`2026-11-20 23:00:00,`4200002026112000000000000009,`4200002026112000000000000009,"
          + "`提现,`提现,`支出,`267.39,`1000.00,`system,`,`TX20261120001\n";
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final LocalDate NEXT = DAY.plusDays(1);
  private static final Instant MORNING = Instant.parse("2026-11-21T02:05:00Z");
  private static final Instant NEXT_MORNING = Instant.parse("2026-11-22T02:05:00Z");
  private static final Map<String, BigInteger> NET = Map.of("CNY", BigInteger.valueOf(267_39));
  private static final Map<String, BigInteger> BOTH = Map.of("CNY", BigInteger.valueOf(534_78));

  private static final String KIND = "coalesce(kind, 'SALE')";

  private final Nights nights = new Nights();
  private final Map<String, Snapshot> taken = new HashMap<>();

  @TempDir Path folder;

  @BeforeEach
  void take() throws IOException {
    for (String connection : List.of("wechat-pay", "alipay", "bank")) {
      nights.connect(connection);
    }
    for (String book : List.of("trade-bill", "trade-moves", "settlements")) {
      take("wechat-pay/" + book, DAY, "wechat-trade.all.csv");
    }
    for (String book : List.of("fund-bill", "payouts")) {
      take("wechat-pay/" + book, DAY, "wechat-fund.basic.csv");
    }
    for (String book : List.of("trade-bill", "settlements")) {
      take("alipay/" + book, DAY, "alipay-trade.day.zip");
    }
  }

  private void take(String book, LocalDate day, String sample) throws IOException {
    byte[] file = Files.readAllBytes(SAMPLES.resolve(sample));
    taken.put(book, nights.take(book, day, file, MORNING));
  }

  @AfterEach
  void end() {
    nights.close();
  }

  @Test
  void every_bill_says_what_was_sold_given_back_and_kept() {
    List<String> sold = List.of("FEE -161", "REFUND -3000", "SALE 29900");
    assertThat(sums("wechat-pay/trade-bill", KIND)).isEqualTo(sold);
    assertThat(sums("alipay/trade-bill", KIND)).isEqualTo(sold);
    assertThat(sums("wechat-pay/fund-bill", KIND))
        .as("the fee of a refund comes back within it")
        .containsExactly("FEE -179", "REFUND -2982", "SALE 29900");
    assertThat(sums("wechat-pay/settlements", "key"))
        .as("what is owed for the day, by the name that the bank writes")
        .containsExactly("1900000109 20261120 26739");
    assertThat(sums("alipay/settlements", "key"))
        .containsExactly("2088102122524333 20261120 26739");
    for (String book : List.of("wechat-pay/trade-moves", "wechat-pay/fund-bill")) {
      assertThat(sums(book, "currency")).as(book).containsExactly("CNY 26739");
    }
  }

  private List<String> sums(String book, String by) {
    return nights.rows(
        "select %1$s || ' ' || sum(amount) from %2$s group by %1$s order by 1"
            .formatted(by, table(book)));
  }

  private String table(String book) {
    return "books.entry_" + taken.get(book).id();
  }

  @Test
  void the_trade_bill_agrees_with_the_fund_bill() {
    nights.reconcile(RULES.resolve("wechat-pay-bills.yaml"));

    Run run = nights.night("wechat-pay-bills", DAY, MORNING);

    assertThat(run.isFinal()).isTrue();
    assertMatched(run.tally().left(), 6, NET);
    assertMatched(run.tally().right(), 5, NET);
    assertThat(nights.rows("select en from books.item")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bank/statement, bank-csv.day.csv",
    "bank/statement-mt940, mt940.day.sta",
    "bank/statement-camt053, camt053.day.xml"
  })
  void what_was_owed_came_to_the_bank(String book, String sample) throws IOException {
    nights.reconcile(bankRules(STATEMENT, book));
    Run waiting = nights.night(BANK, DAY, MORNING);
    assertThat(nights.rows("select class || ' ' || left_amount from books.item"))
        .as("the bank has it on the next day")
        .containsExactly("UNSETTLED 26739", "UNSETTLED 26739");
    assertThat(waiting.tally().left().count(Tally.Part.BREAKS)).isEqualTo(10);
    take(book, NEXT, sample);

    Run run = nights.night(BANK, NEXT, NEXT_MORNING);

    assertMatched(run.tally().left(), 10, BOTH);
    assertMatched(run.tally().right(), 2, BOTH);
    assertThat(run.tally().right().sums(Tally.Part.EXCLUDED))
        .as("the bank's own charge")
        .isEqualTo(Map.of("CNY", BigInteger.valueOf(-5_00)));
    assertThat(
            nights.rows(
                "select i.class || ' ' || rule || ' ' || i.key || ' ' || left_amount || ' '"
                    + " || right_amount || ' ' || e.key from books.item i"
                    + " join books.member m on m.run = i.run and m.item = i.no and m.side = 'R'"
                    + " join "
                    + table(book)
                    + " e on e.place = m.place"
                    + " where i.outcome <> 'EXCLUDED' and i.run = "
                    + run.id()
                    + " order by i.key"))
        .as("the amounts are equal; each is found by the name that the bank's text has")
        .containsExactly(
            "MATCHED by-reference 1900000109 20261120 26739 26739 BK0001",
            "MATCHED by-reference 2088102122524333 20261120 26739 26739 BK0002");
    assertThat(nights.rows("select key from book_break where state <> 'CLEARED'")).isEmpty();
  }

  @Test
  void a_withdrawal_is_found_at_the_bank_as_well() throws IOException {
    String bill = Files.readString(SAMPLES.resolve("wechat-fund.basic.csv"));
    String withdrawn =
        bill.replace("资金流水总笔数", WITHDRAWAL + "资金流水总笔数")
            .replace("`5,`2,`299.00,`3,`31.61", "`6,`2,`299.00,`4,`299.00");
    taken.put(
        PAYOUTS, nights.take(PAYOUTS, DAY, withdrawn.getBytes(StandardCharsets.UTF_8), MORNING));
    assertThat(sums(PAYOUTS, KIND)).containsExactly("OTHER -26739", "PAYOUT 26739");
    nights.reconcile(bankRules("wechat-pay/settlements", PAYOUTS));
    nights.night(BANK, DAY, MORNING);
    take(STATEMENT, NEXT, "bank-csv.day.csv");

    Run run = nights.night(BANK, NEXT, NEXT_MORNING);

    assertMatched(run.tally().left(), 5, BOTH);
    assertMatched(run.tally().right(), 2, BOTH);
    assertThat(
            nights.rows(
                "select rule || ' ' || key from books.item where outcome = 'MATCHED' order by 1"))
        .containsExactly(
            "by-reference 2088102122524333 20261120", "same-amount 4200002026112000000000000009");
  }

  /** The shipped file, with another book in the place of one. */
  private Path bankRules(String shipped, String book) throws IOException {
    String rules = Files.readString(RULES.resolve(BANK + ".yaml"));
    assertThat(rules).contains(shipped);
    return Files.writeString(folder.resolve(BANK + ".yaml"), rules.replace(shipped, book));
  }

  private static void assertMatched(Tally side, long rows, Map<String, BigInteger> sums) {
    assertThat(side.count(Tally.Part.MATCHED)).isEqualTo(rows);
    assertThat(side.count(Tally.Part.BREAKS)).isZero();
    assertThat(side.count(Tally.Part.TOLERATED)).isZero();
    assertThat(side.sums(Tally.Part.MATCHED)).isEqualTo(sums);
  }
}
