package io.orderbridge.reconciliation;

import static io.orderbridge.reconciliation.MonthShelf.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Figures.Total;
import io.orderbridge.reconciliation.DefinitionTotals.Asked;
import io.orderbridge.runtime.DefinitionTextFiles;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One set of orders, three departments, three totals: every reason between them to the cent. */
class BridgeDbTest {
  private static final String BOOK = "orderbridge/orders";
  private static final Asked OCTOBER =
      new Asked(List.of(BOOK), LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31), 31);

  private final MonthShelf shelf = new MonthShelf();
  private final DefinitionTotals totals = new DefinitionTotals(shelf.heart.database);
  private final Definition turnover = DefinitionTextFiles.shipped("turnover");

  @AfterEach
  void close() {
    shelf.close();
  }

  private void takeSevenOrders() {
    shelf.take(
        BOOK,
        LocalDate.of(2026, 9, 30),
        // Ordered in September: shipped and settled in October, or shipped at once.
        sale("A1", "100.00", "2026-09-30", "2026-10-01", "2026-10-05")
            + sale("A2", "200.00", "2026-09-29", "2026-09-30", "2026-10-03"));
    shelf.take(
        BOOK,
        LocalDate.of(2026, 10, 31),
        sale("B1", "1000.00", "2026-10-10", "2026-10-11", "2026-10-20")
            + sale("B2", "30.00", "2026-10-30", "2026-10-31", "2026-11-06")
            + sale("B3", "4.00", "2026-10-30", null, null)
            + sale("B4", "0.50", "2026-10-31", "2026-11-01", null)
            + "B5,SALE,7777.00,CNY,1,CANCELLED,2026-10-31 12:00:00,,,,shop-a,sku-1\n"
            + "B1,REFUND,-1.23,CNY,0,SHIPPED,2026-10-10 12:00:00,,2026-10-11 12:00:00,"
            + "2026-11-02 12:00:00,shop-a,sku-1\n");
  }

  @Test
  @Tag("R33")
  void three_bases_give_three_totals_and_switching_is_a_parameter() {
    takeSevenOrders();

    assertThat(totals.of(turnover, Department.FINANCE, OCTOBER))
        .isEqualTo(Map.of("CNY", total(3, 130_000)));
    assertThat(totals.of(turnover, Department.OPERATIONS, OCTOBER))
        .isEqualTo(Map.of("CNY", total(5, 103_327)));
    assertThat(totals.of(turnover, Department.WAREHOUSE, OCTOBER))
        .isEqualTo(Map.of("CNY", total(4, 112_877)));
  }

  @Test
  @Tag("R33")
  void each_reason_between_two_bases_is_a_line_and_nothing_remains() {
    takeSevenOrders();

    Bridge bridge = totals.bridges(turnover, Department.OPERATIONS, OCTOBER).bridges().get(0);

    assertThat(bridge.to()).isEqualTo(Department.FINANCE);
    Map<String, Total> lines = new TreeMap<>();
    bridge.lines().forEach(line -> lines.put(line.reason().id(), line.total()));
    assertThat(lines)
        .isEqualTo(
            Map.of(
                "ordered-here-settled-later", total(-2, -2_877),
                "ordered-here-settled-never", total(-2, -450),
                "settled-here-ordered-earlier", total(2, 30_000)));
    assertThat(bridge.lines().get(0).reason().text().zh()).isEqualTo("本期下单,尚未结算");
    assertThat(bridge.second().minus(bridge.first())).isEqualTo(total(-2, 26_673));
    assertThat(bridge.remainder()).isEqualTo(Total.NONE);
  }

  @Test
  @Tag("R33")
  void whatever_the_times_are_the_lines_add_up_to_the_cent() {
    Random random = new Random(20_261_031);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      lines.append(
          sale(
              "N" + random.nextInt(2_500),
              "%d.%02d".formatted(random.nextInt(1_000), random.nextInt(100)),
              day(random),
              day(random),
              day(random)));
    }
    shelf.take(BOOK, LocalDate.of(2026, 10, 15), lines.toString());

    for (String name : List.of("turnover", "valid-order", "shipped-quantity", "received")) {
      Definition definition = DefinitionTextFiles.shipped(name);
      for (Department from : Department.values()) {
        var table = totals.bridges(definition, from, OCTOBER);
        assertThat(table.bridges()).as(name).hasSize(2);
        for (Bridge bridge : table.bridges()) {
          assertThat(bridge.remainder()).as("%s %s", name, bridge).isEqualTo(Total.NONE);
          assertThat(bridge.lines()).as("%s %s", name, bridge).hasSize(6);
          // The total by itself is another statement than the cells of the bridge.
          assertThat(totals.of(definition, bridge.to(), OCTOBER))
              .isEqualTo(Map.of(bridge.unit(), bridge.second()));
        }
      }
    }
  }

  private static String day(Random random) {
    int day = random.nextInt(100);
    return day > 90 ? null : LocalDate.of(2026, 9, 1).plusDays(day).toString();
  }

  @Test
  @Tag("R36")
  void a_changed_definition_shows_whose_orders_change_sides_before_it_is_adopted() {
    takeSevenOrders();
    Definition proposed =
        DefinitionTextFiles.read(
            "turnover",
            turnover
                .text()
                .replace("version: 1", "version: 2")
                .replace("kinds: [SALE, REFUND]", "kinds: [SALE]")
                .replace("SHIPPED, IN_TRANSIT", "SHIPPED, CANCELLED, IN_TRANSIT"));

    DefinitionTotals.Effect effect =
        totals.effect(turnover, proposed, Department.OPERATIONS, OCTOBER);

    assertThat(effect.before().get(Department.OPERATIONS))
        .isEqualTo(Map.of("CNY", total(5, 103_327)));
    assertThat(effect.after().get(Department.OPERATIONS))
        .isEqualTo(Map.of("CNY", total(5, 881_150)));
    assertThat(effect.shift().keys()).isEqualTo(2);
    assertThat(effect.shift().first())
        .extracting(one -> one.key() + " " + one.before().value() + " " + one.after().value())
        .containsExactly("B1 99877 100000", "B5 0 777700");
  }

  private static Total total(long entries, long value) {
    return new Total(entries, BigInteger.valueOf(value));
  }
}
