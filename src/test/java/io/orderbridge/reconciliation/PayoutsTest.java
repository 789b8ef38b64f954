package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Line;
import io.orderbridge.books.Tolerance;
import io.orderbridge.reconciliation.Reconciliation.Pass;
import io.orderbridge.reconciliation.Reconciliation.Pass.By;
import io.orderbridge.reconciliation.Reconciliation.Pass.Many;
import io.orderbridge.reconciliation.Reconciliation.Tally;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Two hundred payouts of a month, which say nothing but a sum, among ten thousand entries: whole
 * days, days that end before midnight, weekends, and invoices that were paid together. Beside them
 * entries that nobody paid, and payments of nothing that is there.
 */
class PayoutsTest {
  private static final int SHOPS = 10;
  private static final int DAYS = 14;
  private static final int LINES = 10_000;
  private static final int MOST = 80;
  private static final int STRAY_PAYMENTS = 60;

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Set<Integer>> batches = new HashMap<>();
  private Random random;
  private int place;

  private Line sale(String shop, LocalDate day, int second, long fen, EntryKind kind) {
    place += 8;
    Line line =
        Court.left("o" + place)
            .place(place)
            .shop(shop)
            .kind(kind)
            .fen(fen)
            .at(day.atStartOfDay(Court.SHANGHAI).plusSeconds(second).toInstant())
            .line();
    lines.add(line);
    return line;
  }

  private void payout(String shop, LocalDate day, List<Line> batch, boolean tellsShop) {
    long sum = batch.stream().mapToLong(Line::minor).sum();
    String key = "p" + batches.size();
    place += 8;
    Court.Draft draft = Court.right(key).place(place).fen(sum).day(day);
    lines.add((tellsShop ? draft.shop(shop) : draft).line());
    Set<Integer> places = new HashSet<>();
    batch.forEach(line -> places.add(line.place()));
    batches.put(key, places);
  }

  /** A shop's sales with refunds and fees, paid the day after; some days close sooner. */
  private void shop(int number) {
    String shop = "shop" + number;
    List<Line> open = new ArrayList<>();
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = Court.FROM.plusDays(i);
      int sales = 40 + random.nextInt(20);
      List<Line> today = new ArrayList<>();
      for (int k = 0; k < sales; k++) {
        boolean back = random.nextInt(12) == 0;
        long fen = 990 + random.nextInt(60_000);
        int second = k * (86_000 / sales);
        today.add(sale(shop, day, second, back ? -fen : fen, back ? EntryKind.REFUND : null));
      }
      int late = number < 5 ? random.nextInt(4) : 0;
      open.addAll(today.subList(0, sales - late));
      payout(shop, day.plusDays(1), open, number % 2 == 0);
      open = new ArrayList<>(today.subList(sales - late, sales));
    }
  }

  /** Invoices between companies, some of them paid together. */
  private void company(int number) {
    String shop = "company" + number;
    List<Line> invoices = new ArrayList<>();
    for (int k = 0; k < 8; k++) {
      invoices.add(
          sale(shop, Court.FROM.plusDays(k / 3), 60 * k, random.nextInt(90_000_000), null));
    }
    List<Line> paid = new ArrayList<>(List.of(invoices.get(1), invoices.get(4)));
    if (random.nextBoolean()) {
      paid.add(invoices.get(6));
    }
    payout(shop, Court.FROM.plusDays(2), paid, true);
  }

  private void month(long seed) {
    random = new Random(seed);
    for (int i = 0; i < SHOPS; i++) {
      shop(i);
    }
    for (int i = 0; batches.size() < 200; i++) {
      company(i);
    }
    while (lines.size() < LINES - STRAY_PAYMENTS) {
      LocalDate late = Court.FROM.plusDays(20 + random.nextInt(8));
      sale(
          "shop" + random.nextInt(SHOPS), late, place % 80_000, 990 + random.nextInt(60_000), null);
    }
    while (lines.size() < LINES) {
      place += 8;
      LocalDate day = Court.FROM.plusDays(random.nextInt(28));
      lines.add(
          Court.right("x" + place).place(place).fen(random.nextInt(3_000_000)).day(day).line());
    }
  }

  @Test
  void payouts_are_told_apart_and_none_is_wrong() {
    int right = 0;
    int wrong = 0;
    int all = 0;
    for (long seed = 1; seed <= 3; seed++) {
      lines.clear();
      batches.clear();
      place = 0;
      month(20_261_135L + seed);
      assertThat(batches).hasSize(200);
      assertThat(lines).hasSize(LINES);
      all += batches.size();
      for (Item item : judged()) {
        if (item.rule().equals("payout")) {
          Set<Integer> places = new HashSet<>();
          item.left().forEach(line -> places.add(line.place()));
          boolean meant = places.equals(batches.get(item.key()));
          right += meant ? 1 : 0;
          wrong += meant ? 0 : 1;
        }
      }
    }
    System.out.printf("payouts: %d of %d found, %d wrong%n", right, all, wrong);

    assertThat(wrong).as("precision 100 %%").isZero();
    assertThat(right * 100).as("recall 95 %%").isGreaterThanOrEqualTo(all * 95);
  }

  private List<Item> judged() {
    Court court = new Court();
    court.tally = Tally.EACH;
    court.tolerance = Tolerance.NONE;
    court.passes = List.of(new Pass("payout", By.SUM, Many.LEFT, 2, MOST));
    return court.judge(lines);
  }

  @Test
  void ten_thousand_entries_take_a_bounded_number_of_steps() {
    month(20_261_135L);
    JudgeMeasure measure = new JudgeMeasure(false);
    JudgeLone lone = new JudgeLone(measure, JudgeDays.of(new Court().reconciliation()));
    lines.forEach(line -> lone.add(line.snapshot() == Court.LEFT, false, List.of(line)));
    Pass pass = new Pass("payout", By.SUM, Many.BOTH, 2, MOST);

    long steps =
        new PassSum(
                lone,
                pass,
                0,
                (left, right) -> {
                  for (int one : left) {
                    lone.take(one);
                  }
                  for (int one : right) {
                    lone.take(one);
                  }
                })
            .run();

    System.out.printf("payouts: %d steps for %d entries%n", steps, lines.size());
    assertThat(steps).isBetween(1L, PassSum.STEPS_PER_ENTRY * LINES);
  }
}
