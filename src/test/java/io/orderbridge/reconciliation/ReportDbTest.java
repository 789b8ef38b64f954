package io.orderbridge.reconciliation;

import static io.orderbridge.reconciliation.RunShelf.Decided.broken;
import static io.orderbridge.reconciliation.RunShelf.fen;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Snapshot;
import io.orderbridge.books.Tolerance;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.RunShelf.Decided;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every yuan between two books has a named cause. */
class ReportDbTest {
  static final LocalDate FIRST = LocalDate.of(2026, 10, 1);
  static final LocalDate LAST = LocalDate.of(2026, 10, 31);

  private RunShelf shelf;

  @AfterEach
  void close() {
    shelf.close();
  }

  static Reconciliation receipts(Reconciliation.Every every) {
    return reconciliation(every, Reconciliation.Compare.AMOUNT, "turnover", "received");
  }

  static Reconciliation reconciliation(
      Reconciliation.Every every, Reconciliation.Compare compare, String left, String right) {
    Tolerance tolerance = Tolerance.either(5, new BigDecimal("0.5"));
    return reconciliation(every, compare, tolerance, left, right);
  }

  static Reconciliation reconciliation(
      Reconciliation.Every every,
      Reconciliation.Compare compare,
      Tolerance tolerance,
      String left,
      String right) {
    return new Reconciliation(
        "shop-receipts",
        new Wording("店铺收款对账", "Shop orders against receipts"),
        every,
        MonthShelf.SHANGHAI,
        new Reconciliation.Side(
            new Wording("店铺订单", "shop orders"), List.of("shop/orders"), Basis.PAID, left),
        new Reconciliation.Side(
            new Wording("实收", "receipts"), List.of("pay/bill"), Basis.SETTLED, right),
        compare,
        Reconciliation.Tally.NET,
        tolerance,
        3,
        List.of(),
        "finance",
        "rules");
  }

  private static String line(String no, String kind, String amount, String status) {
    return "%s,%s,%s,CNY,1,%s,2026-10-10 12:00:00,2026-10-10 12:00:00,,2026-10-12 12:00:00,a,s1\n"
        .formatted(no, kind, amount, status);
  }

  private static String sale(String no, String amount) {
    return line(no, "SALE", amount, "PAID");
  }

  /** 3,800,000.00 against 3,620,000.00. */
  static Run month(RunShelf shelf) {
    Snapshot left =
        shelf.books.take(
            "shop/orders",
            LAST,
            sale("same", "3648920.97")
                + sale("unsettled", "60000.00")
                + sale("cross", "25000.00")
                + sale("twice", "9900.00")
                + sale("twice", "9900.00")
                + line("closed", "SALE", "12345.67", "CANCELLED")
                + sale("amount", "13333.33")
                + sale("rate", "4421.00")
                + sale("gone", "15799.97")
                + sale("close", "379.06"));
    Snapshot right =
        shelf.books.take(
            "pay/bill",
            LAST,
            sale("same", "3648920.97")
                + sale("twice", "9900.00")
                + sale("again", "950.00")
                + sale("again", "950.00")
                + sale("again", "950.00")
                + line("fee", "FEE", "-32600.00", "")
                + line("back", "REFUND", "-18000.00", "")
                + line("negative", "REFUND", "-7000.00", "")
                + sale("amount", "10000.00")
                + sale("rate", "4000.00")
                + sale("extra", "1550.00")
                + sale("close", "379.03"));
    return shelf.run(
        FIRST,
        LAST,
        List.of(left),
        List.of(right),
        null,
        broken(BreakClass.UNSETTLED, "unsettled", null).open(),
        broken(BreakClass.RETURN_NOT_OFFSET, null, "back").by("original"),
        broken(BreakClass.RETURN_NOT_OFFSET, null, "negative").by("negative-document"),
        broken(BreakClass.CROSS_PERIOD, "cross", null),
        broken(BreakClass.DUPLICATE, "twice#2", null),
        broken(BreakClass.DUPLICATE, null, "again#2 again#3"),
        broken(BreakClass.AMOUNT, "amount", "amount"),
        broken(BreakClass.CURRENCY, "rate", "rate"),
        broken(BreakClass.MISSING_LEFT, null, "extra again#1"),
        broken(BreakClass.MISSING_RIGHT, "gone", null),
        new Decided(Outcome.TOLERATED, BreakClass.WITHIN, "tolerance", "close", "close", false));
  }

  @Test
  @Tag("R31")
  void the_whole_gap_is_split_into_named_causes_without_remainder() {
    shelf = new RunShelf(receipts(Reconciliation.Every.DAY));
    Run run = month(shelf);

    Waterfall waterfall =
        shelf
            .reports
            .totals(shelf.reports.run(run.id()).orElseThrow())
            .totals()
            .waterfalls()
            .get(0);

    assertThat(waterfall.left()).isEqualTo(fen(380_000_000));
    assertThat(waterfall.right()).isEqualTo(fen(362_000_000));
    assertThat(waterfall.bars())
        .extracting(bar -> bar.id() + " " + bar.items() + " " + bar.gap())
        .containsExactly(
            "FEE 1 3260000",
            "UNSETTLED 1 6000000",
            "RETURN_NOT_OFFSET:negative-document 1 700000",
            "RETURN_NOT_OFFSET:original 1 1800000",
            "CROSS_PERIOD 1 2500000",
            "DUPLICATE 2 800000",
            "NOT_COUNTED 1 1234567",
            "AMOUNT 1 333333",
            "CURRENCY 1 42100",
            "MISSING_LEFT 1 -250000",
            "MISSING_RIGHT 1 1579997",
            "WITHIN 1 3",
            "UNEXPLAINED 0 0");
    assertThat(waterfall.bars().stream().map(Waterfall.Bar::gap).reduce(BigInteger::add))
        .contains(fen(18_000_000));
    assertThat(waterfall.remainder()).isZero();
    assertThat(waterfall.percent()).isEqualByComparingTo("4.74");
    assertThat(waterfall.isBreach()).isTrue();
  }

  @Test
  @Tag("R31")
  void each_bar_opens_to_its_items() {
    shelf = new RunShelf(receipts(Reconciliation.Every.DAY));
    Reports.Wanted wanted = shelf.reports.run(month(shelf).id()).orElseThrow();

    Map<String, BigInteger> sums = new HashMap<>();
    shelf.reports.differences(wanted, one -> sums.merge(one.bar(), one.gap(), BigInteger::add));

    shelf.reports.totals(wanted).totals().waterfalls().get(0).bars().stream()
        .filter(bar -> !bar.id().equals(Waterfall.UNEXPLAINED))
        .forEach(bar -> assertThat(sums).as(bar.id()).containsEntry(bar.id(), bar.gap()));
  }

  @Test
  @Tag("R31")
  void what_nothing_explains_is_shown_and_such_a_report_is_not_made() {
    shelf = new RunShelf(receipts(Reconciliation.Every.DAY));
    Snapshot left = shelf.books.take("shop/orders", LAST, sale("A", "10.00") + sale("B", "0.01"));
    Snapshot right = shelf.books.take("pay/bill", LAST, sale("A", "10.00"));
    Run run = shelf.run(FIRST, LAST, List.of(left), List.of(right), null);
    Reports.Wanted wanted = shelf.reports.run(run.id()).orElseThrow();

    assertThat(shelf.reports.totals(wanted).totals().waterfalls().get(0).remainder())
        .isEqualTo(fen(1));
    var out = new java.io.ByteArrayOutputStream();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> shelf.reports.xlsx(wanted, Locale.CHINESE, out))
        .isInstanceOf(ReportRefused.class)
        .hasMessageContaining("leave 1");
    assertThat(out.size()).isZero();
  }

  @Test
  @Tag("R32")
  void the_200_extra_shipments_are_listed_one_by_one_with_their_class() {
    shelf =
        new RunShelf(
            reconciliation(
                Reconciliation.Every.DAY,
                Reconciliation.Compare.QUANTITY,
                "shipped-quantity",
                "shipped-quantity"));
    StringBuilder both = new StringBuilder();
    for (int i = 0; i < 11_800; i++) {
      both.append(line("P" + i, "SALE", "0.00", "SHIPPED"));
    }
    StringBuilder warehouse = new StringBuilder(both);
    List<Decided> decided = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      warehouse.append(line("X" + i, "SALE", "0.00", "SHIPPED"));
      BreakClass kind =
          i < 120 ? BreakClass.SPLIT : i < 170 ? BreakClass.DUPLICATE : BreakClass.CROSS_PERIOD;
      decided.add(broken(kind, null, "X" + i).by(i < 120 ? "split-parcel" : "reshipment"));
    }
    Snapshot left = shelf.books.take("shop/orders", LAST, both.toString());
    Snapshot right = shelf.books.take("pay/bill", LAST, warehouse.toString());
    Run run =
        shelf.run(LAST, LAST, List.of(left), List.of(right), null, decided.toArray(new Decided[0]));
    Reports.Wanted wanted = shelf.reports.run(run.id()).orElseThrow();

    List<Difference> listed = new ArrayList<>();
    shelf.reports.differences(wanted, listed::add);

    assertThat(listed).hasSize(200).allSatisfy(one -> assertThat(one.gap()).isEqualTo(fen(-1)));
    Waterfall waterfall = shelf.reports.totals(wanted).totals().footed().waterfalls().get(0);
    assertThat(waterfall.left()).isEqualTo(fen(11_800));
    assertThat(waterfall.right()).isEqualTo(fen(12_000));
    assertThat(waterfall.bars())
        .extracting(bar -> bar.id() + " " + bar.gap())
        .containsExactly("CROSS_PERIOD -30", "DUPLICATE -50", "SPLIT -120", "UNEXPLAINED 0");
  }
}
