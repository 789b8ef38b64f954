package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Snapshot;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the books hold and however they are judged, the report foots. */
@Tag("R48")
class ReportsFootDbTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 10, 1);
  private static final int DAYS = 6;
  private static final int LINES = 250;

  private final Random random = new Random(20_261_001);

  @Test
  void days_of_money_foot_one_by_one_and_as_a_month() {
    Reconciliation what =
        ReportDbTest.reconciliation(
            Reconciliation.Every.DAY, Reconciliation.Compare.AMOUNT, "turnover", "received");
    try (RunShelf shelf = new RunShelf(what)) {
      List<Run> runs = days(shelf);
      runs.forEach(run -> foots(shelf, shelf.reports.run(run.id()).orElseThrow()));
      foots(shelf, shelf.reports.month(what.name(), YearMonth.of(2026, 10)).orElseThrow());
    }
  }

  @Test
  void days_of_pieces_foot() {
    Reconciliation what =
        ReportDbTest.reconciliation(
            Reconciliation.Every.DAY, Reconciliation.Compare.QUANTITY, "shipped-quantity", null);
    try (RunShelf shelf = new RunShelf(what)) {
      List<Run> runs = days(shelf);
      runs.forEach(run -> foots(shelf, shelf.reports.run(run.id()).orElseThrow()));
      foots(shelf, shelf.reports.month(what.name(), YearMonth.of(2026, 10)).orElseThrow());
    }
  }

  @Test
  void a_month_that_is_cut_by_its_times_foots() {
    Reconciliation what =
        ReportDbTest.reconciliation(
            Reconciliation.Every.MONTH, Reconciliation.Compare.AMOUNT, "turnover", "received");
    try (RunShelf shelf = new RunShelf(what)) {
      List<Snapshot> left = new ArrayList<>();
      List<Snapshot> right = new ArrayList<>();
      for (int day = 0; day < DAYS; day++) {
        left.add(shelf.books.take("shop/orders", FIRST.plusDays(day), lines(day)));
        right.add(shelf.books.take("pay/bill", FIRST.plusDays(day), lines(day)));
      }
      Run run = shelf.judged(new RunShelf.Period(FIRST, FIRST.plusDays(30)), left, right, null);
      foots(shelf, shelf.reports.run(run.id()).orElseThrow());
    }
  }

  private List<Run> days(RunShelf shelf) {
    List<Run> runs = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      LocalDate at = FIRST.plusDays(day);
      runs.add(
          shelf.judged(
              new RunShelf.Period(at, at),
              List.of(shelf.books.take("shop/orders", at, lines(day))),
              List.of(shelf.books.take("pay/bill", at, lines(day))),
              day == 0 ? null : runs.get(day - 1)));
    }
    return runs;
  }

  private static void foots(RunShelf shelf, Reports.Wanted wanted) {
    Reports.Told told = shelf.reports.totals(wanted);
    assertThat(told.totals().waterfalls())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.remainder()).as(one.toString()).isZero())
        .anySatisfy(one -> assertThat(one.bars()).hasSizeGreaterThan(3));
    shelf.reports.xlsx(wanted, Locale.CHINESE, java.io.OutputStream.nullOutputStream());
  }

  private String lines(int day) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      String kind = one("SALE", "SALE", "SALE", "REFUND", "FEE", "PAYOUT");
      int minor = random.nextInt(3) * 1_000 + 5;
      lines.append(
          "K%d,%s,%s%d.%02d,%s,%d,%s,%s,%s,%s,%s,%s,s%d\n"
              .formatted(
                  day * 40 + random.nextInt(120),
                  kind,
                  kind.equals("SALE") ? "" : "-",
                  minor / 100,
                  minor % 100,
                  one("CNY", "CNY", "CNY", "USD"),
                  random.nextInt(3),
                  one("PAID", "PAID", "SHIPPED", "CANCELLED", ""),
                  time(),
                  time(),
                  time(),
                  time(),
                  one("a", "b", ""),
                  random.nextInt(3)));
    }
    return lines.toString();
  }

  private String time() {
    int day = random.nextInt(50);
    return day > 40 ? "" : MonthShelf.noon(FIRST.minusDays(5).plusDays(day).toString());
  }

  private String one(String... words) {
    return words[random.nextInt(words.length)];
  }
}
