package io.orderbridge.monthend;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.reconciliation.Nights;
import io.orderbridge.reconciliation.Run;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Six platforms, a month, their files: the books are reconciled without a hand. */
class MonthEndDbTest {
  private static final Path RULES = Path.of("src/test/resources/monthend");
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);

  // To read why, to look it up, and to say what becomes of it.
  private static final long MINUTES_A_BREAK = 5;
  private static final Logger LOG = Logger.getLogger(MonthEndDbTest.class);

  private static final List<String> NAMES =
      List.of(Planting.BY_KEY, Planting.ONE_BY_ONE, Planting.WITH_FEES);
  private static final Set<String> CLASSES =
      Set.of(
          "UNSETTLED",
          "RETURN_NOT_OFFSET",
          "CROSS_PERIOD",
          "FEE",
          "AMOUNT",
          "STATUS",
          "DUPLICATE",
          "MISSING_LEFT",
          "MISSING_RIGHT",
          "CURRENCY",
          "SPLIT",
          "WITHIN");

  private final Nights nights = new Nights();

  @AfterEach
  void end() {
    nights.close();
  }

  @Test
  @Tag("R44")
  @Tag("R48")
  @Tag("R49")
  @Tag("R79")
  void every_planted_difference_of_the_month_is_found_and_nothing_else() {
    Month month =
        new Month(
            new Month.Size(FIRST, 30, Integer.getInteger("month.orders", 12), 2, 20_261_101L));
    Rates rates = new Rates(FIRST, month.size.end());
    Truth truth = Planting.plant(month, rates);
    NAMES.forEach(name -> nights.reconcile(RULES.resolve(name + ".yaml")));
    everyClassIsPlanted(truth);
    Files files = new Files(nights, month, rates);
    for (LocalDate day = FIRST; !day.isAfter(month.size.last()); day = day.plusDays(1)) {
      for (String time : List.of("02:00", "10:00", "15:00")) {
        files.arrive(day, LocalTime.parse(time));
      }
    }
    assertThat(nights.rows("select snapshot || ':' || line || ' ' || why from books.aside"))
        .isEmpty();

    for (String name : NAMES) {
      Run run = nights.night(name, month.size.last(), Files.at(month.size.end(), "02:00"));
      assertThat(run.isFinal()).isTrue();
      assertThat(found(name, run)).isEqualTo(truth.lines(name));
      threeTablesFoot(run);
      if (name.equals(Planting.BY_KEY)) {
        List<String> sold =
            cells(nights.table("SALES", run)).stream()
                .map(row -> String.join(",", row[0], row[1], row[2], row[5], row[6]))
                .sorted()
                .toList();
        assertThat(sold).isEqualTo(Sales.of(month, rates));
      }
    }
    lessWorkThanByHand(truth);
  }

  private static void everyClassIsPlanted(Truth truth) {
    Map<String, Long> counts = new TreeMap<>();
    NAMES.forEach(
        name -> truth.counts(name).forEach((kind, n) -> counts.merge(kind, n, Long::sum)));
    assertThat(counts).containsOnlyKeys(CLASSES);
    assertThat(counts.values()).allMatch(planted -> planted >= 3);
  }

  /**
   * By hand: three people, six working days of eight hours, for six platforms and two files a day
   * each. Here somebody looks at what is listed, and at nothing else.
   */
  private void lessWorkThanByHand(Truth truth) {
    long byHand = 3 * 6 * 8 * 60;
    long touches = truth.counts(Planting.WITH_FEES).get("FEE");
    for (String name : List.of(Planting.BY_KEY, Planting.ONE_BY_ONE)) {
      for (Map.Entry<String, Long> one : truth.counts(name).entrySet()) {
        boolean closesItself = one.getKey().equals("UNSETTLED") || one.getKey().equals("WITHIN");
        touches += closesItself ? 0 : one.getValue();
      }
    }
    long minutes = touches * MINUTES_A_BREAK;
    LOG.infof(
        "month.effort by_hand_min=%d breaks=%d minutes=%d saved_percent=%d",
        byHand, touches, minutes, 100 - 100 * minutes / byHand);
    assertThat(100 * minutes).isLessThan(30 * byHand);
  }

  /** Class and gap of every item that is not simply the same. */
  private List<String> found(String name, Run run) {
    return nights
        .rows(
            ("select concat_ws(',', '%s', key, class, coalesce(left_amount, 0)"
                    + " - coalesce(right_amount, 0)) from books.item where run = %d and outcome in"
                    + " ('BREAK', 'TOLERATED')")
                .formatted(name, run.id()))
        .stream()
        .sorted()
        .toList();
  }

  /** Sales less receipts is the sum of the differences, currency by currency. */
  private void threeTablesFoot(Run run) {
    Map<String, BigDecimal> rest = sums(nights.table("SALES", run), "currency", "amount");
    sums(nights.table("RECEIPTS", run), "currency", "amount")
        .forEach((code, sum) -> rest.merge(code, sum.negate(), BigDecimal::add));
    sums(nights.table("DIFFERENCES", run), "currency", "gap")
        .forEach((code, sum) -> rest.merge(code, sum.negate(), BigDecimal::add));
    assertThat(rest.values()).allMatch(left -> left.signum() == 0);
    assertThat(nights.workbook(run)).isEqualTo(nights.workbook(run));
  }

  private static Map<String, BigDecimal> sums(List<String> table, String code, String amount) {
    List<String> header = List.of(cells(table.get(0)));
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (String[] row : cells(table)) {
      String cell = row[header.indexOf(amount)];
      if (!cell.isEmpty()) {
        sums.merge(row[header.indexOf(code)], new BigDecimal(cell), BigDecimal::add);
      }
    }
    return sums;
  }

  private static List<String[]> cells(List<String> table) {
    return table.stream().skip(1).map(MonthEndDbTest::cells).toList();
  }

  private static String[] cells(String line) {
    return line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
  }
}
