package io.orderbridge.reconciliation;

import static io.orderbridge.reconciliation.ReportDbTest.FIRST;
import static io.orderbridge.reconciliation.ReportDbTest.LAST;
import static io.orderbridge.reconciliation.RunShelf.fen;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.alert.Alerts;
import io.orderbridge.alert.Channels;
import io.orderbridge.alert.Policies;
import io.orderbridge.books.BookDays.BookDay;
import io.orderbridge.books.Matchings;
import io.orderbridge.books.Tolerance;
import io.orderbridge.finding.Findings;
import io.orderbridge.reconciliation.Reconciliation.Compare;
import io.orderbridge.reconciliation.Reconciliation.Every;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The two gaps that people start from, from their files to the report, with nothing given. */
class GapDbTest {
  private static final String LEFT = "shop/orders";
  private static final String RIGHT = "pay/bill";

  @Test
  @Tag("R31")
  void three_million_eight_against_three_sixty_two_is_named_to_the_cent() {
    Reconciliation what = ReportDbTest.receipts(Every.MONTH);
    try (RunShelf shelf = new RunShelf(what)) {
      FIRST
          .datesUntil(LAST)
          .forEach(
              day -> {
                shelf.books.take(LEFT, day, "");
                shelf.books.take(RIGHT, day, "");
              });
      shelf.books.take(LEFT, LAST, orders());
      shelf.books.take(RIGHT, LAST, bill());
      Run run = runs(shelf, what).run(what.name(), FIRST, "schedule", RunShelf.MADE).run();
      Reports.Wanted wanted = shelf.reports.run(run.id()).orElseThrow();
      assertThat(run.isFinal()).isTrue();

      Waterfall waterfall = shelf.reports.totals(wanted).totals().footed().waterfalls().get(0);

      assertThat(waterfall.left()).isEqualTo(fen(380_000_000));
      assertThat(waterfall.right()).isEqualTo(fen(362_000_000));
      assertThat(waterfall.bars())
          .extracting(bar -> bar.id() + " " + bar.items() + " " + bar.gap())
          .containsExactly(
              "FEE 1 3260000",
              "UNSETTLED 1 6000000",
              "RETURN_NOT_OFFSET:refund 2 2500000",
              "CROSS_PERIOD 1 10000",
              "DUPLICATE 2 800000",
              "NOT_COUNTED 1 1234567",
              "AMOUNT 1 333333",
              "SPLIT 1 442100",
              "MISSING_LEFT 1 -60000",
              "MISSING_RIGHT 1 3479997",
              "WITHIN 1 3",
              "UNEXPLAINED 0 0");
      assertThat(waterfall.gap()).isEqualTo(fen(18_000_000));
      assertThat(waterfall.remainder()).isZero();
      assertThat(waterfall.percent()).isEqualByComparingTo("4.74");
      assertThat(waterfall.isBreach()).isTrue();
      ByteArrayOutputStream workbook = new ByteArrayOutputStream();
      shelf.reports.xlsx(wanted, Locale.CHINESE, workbook);
      assertThat(workbook.size()).isPositive();
    }
  }

  private static String orders() {
    return same()
        + sale("unsettled", "60000.00", "2026-10-30")
        + sale("cross", "25000.00", "2026-10-31")
        + sale("twice", "9900.00", "2026-10-10").repeat(2)
        + sale("again", "950.00", "2026-10-10")
        + line("closed", "SALE", "12345.67", "CANCELLED", "2026-10-10")
        + sale("amount", "13333.33", "2026-10-10")
        + sale("split", "5000.00", "2026-10-10")
        + sale("split", "4421.00", "2026-10-10")
        + sale("gone", "34799.97", "2026-10-10")
        + sale("close", "379.06", "2026-10-10")
        + sale("offset", "30000.00", "2026-10-10");
  }

  private static String bill() {
    return same()
        + sale("cross", "24900.00", "2026-11-01")
        + sale("twice", "9900.00", "2026-10-10")
        + sale("again", "950.00", "2026-10-10").repeat(3)
        + line("fee", "FEE", "-32600.00", "", "2026-10-12")
        + sale("amount", "10000.00", "2026-10-10")
        + sale("split", "5000.00", "2026-10-10")
        + sale("extra", "600.00", "2026-10-10")
        + sale("close", "379.03", "2026-10-10")
        + sale("offset", "30000.00", "2026-10-10")
        + line("offset", "REFUND", "-7000.00", "", "2026-10-12")
        + line("back", "REFUND", "-18000.00", "", "2026-10-12");
  }

  /** 3,593,970.97 that both sides have. */
  private static String same() {
    StringBuilder same = new StringBuilder(sale("S0", "3594.94", "2026-10-05"));
    for (int i = 1; i < 1_000; i++) {
      same.append(sale("S" + i, "3593.97", "2026-10-05"));
    }
    return same.toString();
  }

  @Test
  @Tag("R32")
  void twelve_thousand_shipments_against_eleven_eight_are_listed_one_by_one() {
    Reconciliation what =
        ReportDbTest.reconciliation(
            Every.DAY, Compare.QUANTITY, Tolerance.NONE, "shipped-quantity", "shipped-quantity");
    try (RunShelf shelf = new RunShelf(what)) {
      Runs runs = runs(shelf, what);
      LocalDate next = LAST.plusDays(1);
      shelf.books.take(LEFT, LAST, operations());
      shelf.books.take(RIGHT, LAST, warehouse());
      Run run = runs.run(what.name(), LAST, "schedule", RunShelf.MADE).run();
      Reports.Wanted wanted = shelf.reports.run(run.id()).orElseThrow();
      List<Difference> listed = new ArrayList<>();
      shelf.reports.differences(wanted, listed::add);

      Waterfall waterfall = shelf.reports.totals(wanted).totals().footed().waterfalls().get(0);

      assertThat(waterfall.left()).isEqualTo(fen(11_800));
      assertThat(waterfall.right()).isEqualTo(fen(12_000));
      assertThat(waterfall.bars())
          .extracting(bar -> bar.id() + " " + bar.items() + " " + bar.gap())
          .containsExactly(
              "DUPLICATE 50 -50", "SPLIT 120 -120", "MISSING_LEFT 30 -30", "UNEXPLAINED 0 0");
      assertThat(listed).hasSize(200).allSatisfy(one -> assertThat(one.gap()).isEqualTo(fen(-1)));
      assertThat(listed.stream().map(one -> one.key() + " " + one.kind()).sorted().toList())
          .isEqualTo(extra());

      shelf.books.take(LEFT, next, shipments("other", 30, 1));
      shelf.books.take(RIGHT, next, "");
      runs.run(what.name(), next, "schedule", RunShelf.MADE.plusSeconds(86_400));
      assertThat(open(shelf))
          .as("those of the other day have closed")
          .isEqualTo("{DUPLICATE=50, SPLIT=120}");
    }
  }

  private static List<String> extra() {
    List<String> extra = new ArrayList<>();
    keys("parcel", 120).forEach(key -> extra.add(key + " SPLIT"));
    keys("again", 50).forEach(key -> extra.add(key + " DUPLICATE"));
    keys("other", 30).forEach(key -> extra.add(key + " MISSING_LEFT"));
    return extra.stream().sorted().toList();
  }

  private static String open(RunShelf shelf) {
    Map<String, Long> open =
        shelf.books.heart.texts("select class from book_break where state = 'OPEN'").stream()
            .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
    return open.toString();
  }

  private static String operations() {
    return shipments("same", 11_510, 1) + shipments("parcel", 120, 2) + shipments("again", 50, 1);
  }

  /** Of some orders a further parcel, of some another one of the same, and some of the next day. */
  private static String warehouse() {
    return operations()
        + shipments("parcel", 120, 1)
        + shipments("again", 50, 1)
        + shipments("other", 30, 1);
  }

  private static String shipments(String name, int count, int pieces) {
    StringBuilder lines = new StringBuilder();
    String day = MonthShelf.noon("2026-10-31");
    keys(name, count)
        .forEach(
            key ->
                lines.append(
                    "%s,SALE,0.00,CNY,%d,SHIPPED,%s,%s,%s,%s,a,s1\n"
                        .formatted(key, pieces, day, day, day, day)));
    return lines.toString();
  }

  private static List<String> keys(String name, int count) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(name + "-" + i);
    }
    return keys;
  }

  private static String sale(String no, String amount, String day) {
    return line(no, "SALE", amount, "PAID", day);
  }

  private static String line(String no, String kind, String amount, String status, String day) {
    String noon = MonthShelf.noon(day);
    return "%s,%s,%s,CNY,1,%s,%s,%s,,%s,a,s1\n"
        .formatted(no, kind, amount, status, noon, noon, noon);
  }

  /** As the product makes them: engine, judge, breaks and their findings. */
  private static Runs runs(RunShelf shelf, Reconciliation what) {
    Reconciliations all = new Reconciliations();
    all.replace(what.name(), new Reconciliations.Loaded(what, Reconciliations.Care.DEFAULT));
    Findings findings = new Findings(shelf.books.heart.database, List.of());
    return new Runs(
        shelf.books.heart.database,
        all,
        new Inputs(new Complete(), shelf.counts),
        new BooksCompared(new Matchings(), shelf.counts),
        shelf.counts,
        new Attempts(shelf.books.heart.database),
        new Breaks(
            findings, new BreakFindings(findings), new Alerts(new Policies(), new Channels())));
  }

  private static final class Complete implements Standings {
    @Override
    public boolean declared(String book) {
      return true;
    }

    @Override
    public BookDay of(String book, LocalDate day, Instant now) {
      return new BookDay("COMPLETE", null, null, null);
    }
  }
}
