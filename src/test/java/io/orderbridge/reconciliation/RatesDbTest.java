package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.runtime.DefinitionTextFiles;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is open, of what was sold: below 0.3 %, and never at it. */
@Tag("R65")
class RatesDbTest {
  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
  private static final Instant NOVEMBER = Instant.parse("2026-11-03T01:00:00Z");
  private static final String BREAK =
      """
      insert into book_break (reconciliation, key, class, state, currency, gap, since, run, item,
                              carried, episode, opened_at, seen_at)
      values ('%s', '%s', '%s', 'OPEN', '%s', %d, date '%s', 1, 1, true, 1, now(), now())\
      """;

  private final MonthShelf shelf = new MonthShelf();
  private final Definitions definitions = new Definitions();
  private final Reconciliations reconciliations = new Reconciliations();
  private final Rates rates = new Rates(shelf.heart.database, definitions, reconciliations);

  @BeforeEach
  void sellForAMillion() {
    definitions.replace("turnover", DefinitionTextFiles.shipped("turnover"));
    reconciliations.replace(
        "shop-receipts",
        new Reconciliations.Loaded(
            ReportDbTest.receipts(Reconciliation.Every.DAY), Reconciliations.Care.DEFAULT));
    take("2026-10-03", "400000.00");
    take("2026-10-31", "600000.00");
    take("2026-11-01", "9999999.00");
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  private void take(String day, String amount) {
    shelf.take(
        "shop/orders",
        LocalDate.parse(day),
        MonthShelf.sale("S" + day, amount, day, null, null)
            + "F%s,FEE,-5000.00,CNY,0,PAID,,,,,a,s\n".formatted(day));
  }

  private void broken(String key, long gap) {
    broken(key, gap, "AMOUNT", "2026-10-20");
  }

  private void broken(String key, long gap, String kind, String since) {
    shelf.heart.execute(BREAK.formatted("shop-receipts", key, kind, "CNY", gap, since));
  }

  private Rate all() {
    Rate rate = rates.of(OCTOBER).get(0);
    assertThat(rate.of().reconciliation()).isEmpty();
    return rate;
  }

  @Test
  void just_below_three_in_a_thousand_passes_and_three_fails() {
    broken("A", 299_900);
    assertThat(all().turnover()).isEqualTo(BigInteger.valueOf(100_000_000));
    assertThat(all().passes()).isTrue();
    assertThat(all().percent()).isEqualByComparingTo("0.2999");

    broken("B", 100);
    assertThat(all().open()).isEqualTo(BigInteger.valueOf(300_000));
    assertThat(all().passes()).isFalse();
  }

  @Test
  void too_much_here_does_not_hide_too_little_there() {
    broken("A", 200_000);
    broken("B", -200_000);

    assertThat(all().open()).isEqualTo(BigInteger.valueOf(400_000));
    assertThat(all().passes()).isFalse();
  }

  @Test
  void a_break_that_is_closed_lowers_it() {
    broken("A", 200_000);
    broken("B", 100_000);
    assertThat(all().passes()).isFalse();

    shelf.heart.execute("update book_break set state = 'WRITTEN_OFF' where key = 'B'");

    assertThat(all().open()).isEqualTo(BigInteger.valueOf(200_000));
    assertThat(all().passes()).isTrue();
  }

  @Test
  void what_is_not_due_yet_and_what_began_in_another_month_is_not_in_it() {
    broken("A", 900_000, "UNSETTLED", "2026-10-31");
    broken("B", 900_000, "AMOUNT", "2026-11-01");
    broken("C", 900_000, "AMOUNT", "2026-09-30");

    assertThat(all().open()).isZero();
    assertThat(all().passes()).isTrue();
  }

  @Test
  void a_frozen_month_stays_as_it_was_told_with_its_snapshots() {
    broken("A", 200_000);
    List<Rate> told = rates.freeze(OCTOBER, "wang", NOVEMBER);
    assertThat(told.get(0).basis().snapshots()).hasSize(2);
    assertThat(told.get(0).basis().definition()).isEqualTo("turnover 1");

    broken("B", 900_000);
    take("2026-10-31", "1.00");

    assertThat(rates.of(OCTOBER)).isEqualTo(told);
    assertThat(rates.freeze(OCTOBER, "li", NOVEMBER.plusSeconds(60))).isEqualTo(told);
    assertThatThrownBy(() -> shelf.heart.execute("update books.rate set open = 0"))
        .hasMessageContaining("insert only");
  }

  @Test
  void a_month_that_runs_cannot_be_frozen() {
    assertThatThrownBy(() -> rates.freeze(YearMonth.of(2026, 11), "wang", NOVEMBER))
        .isInstanceOf(ReportRefused.class)
        .hasMessageContaining("is not over");
  }

  @Test
  void another_currency_has_a_rate_of_its_own_and_fails_when_nothing_was_sold_in_it() {
    shelf.heart.execute(BREAK.formatted("payouts", "U", "AMOUNT", "USD", -5, "2026-10-02"));

    assertThat(rates.of(OCTOBER))
        .extracting(
            rate ->
                "%s %s %s"
                    .formatted(rate.of().reconciliation(), rate.of().currency(), rate.passes()))
        .containsExactly(" CNY true", " USD false", "payouts CNY true", "payouts USD false");
  }
}
