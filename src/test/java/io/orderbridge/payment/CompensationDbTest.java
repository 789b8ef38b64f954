package io.orderbridge.payment;

import static io.orderbridge.payment.Till.DAY;
import static io.orderbridge.payment.Till.at;
import static io.orderbridge.payment.Till.payment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The outcome that the robot is bought for: the same faults over three days, with it and without.
 * Callbacks are lost, bills and orders come late, the process dies in the middle of a run.
 */
@Tag("R15")
class CompensationDbTest {
  private static final long SEED = 20_261_129L;
  private static final int DAYS = 3;
  private static final int ORDERS_A_DAY = 120;
  private static final int LOST_PERCENT = 35;
  private static final int LATE_ORDER_PERCENT = 10;
  private static final int UNPAID_PERCENT = 8;
  private static final int AIMED_PERCENT = 97;

  /**
   * How many orders that were paid still wait for their payment.
   *
   * @param lost callbacks that never came
   */
  private record Outcome(long lost, long stuck, long paid) {}

  @Test
  void similar_trouble_is_at_least_97_percent_less_and_nothing_is_stuck_after_three_days() {
    Outcome off = play(false);
    Outcome on = play(true);

    long reduction = (off.stuck() - on.stuck()) * 1_000 / off.stuck();
    System.out.printf(
        "R15: %d callbacks lost in %d days; stuck without compensation %d, with it %d: %d.%d %%"
            + " less%n",
        off.lost(), DAYS, off.stuck(), on.stuck(), reduction / 10, reduction % 10);
    assertThat(on.lost()).isEqualTo(off.lost());
    assertThat(off.stuck()).isEqualTo(off.lost()).isGreaterThan(50);
    assertThat(on.stuck()).isZero();
    assertThat(reduction).isGreaterThanOrEqualTo(AIMED_PERCENT * 10);
    assertThat(on.paid()).isEqualTo(off.paid() + off.stuck());
  }

  /** The fault script: the same orders, losses and delays whatever is switched on. */
  private static Outcome play(boolean compensated) {
    Random random = new Random(SEED);
    try (Till till = Till.open()) {
      long lost = 0;
      Set<String> paid = new HashSet<>();
      List<Runnable> late = new ArrayList<>();
      for (int day = 0; day < DAYS; day++) {
        LocalDate date = DAY.plusDays(day);
        List<Map<String, Object>> bill = new ArrayList<>();
        late.forEach(Runnable::run);
        late.clear();
        for (int i = 0; i < ORDERS_A_DAY; i++) {
          String number = "D%d-%d".formatted(day, i);
          Instant placed = at(date, "09:00").plusSeconds(i * 60L);
          Runnable told = () -> till.order(number, "199.00", placed);
          boolean comesLate = random.nextInt(100) < LATE_ORDER_PERCENT;
          boolean unpaid = random.nextInt(100) < UNPAID_PERCENT;
          boolean drop = random.nextInt(100) < LOST_PERCENT;
          if (comesLate) {
            late.add(told);
          } else {
            told.run();
          }
          if (unpaid) {
            continue;
          }
          Instant at = placed.plusSeconds(90);
          paid.add(number);
          bill.add(payment(number, "T-" + number, "199.00", "PAID", at));
          if (drop) {
            lost++;
          } else {
            till.callback(number, "T-" + number, "199.00", at);
          }
        }
        Collections.shuffle(bill, random);
        if (compensated) {
          night(till, date, bill);
        }
        till.clock.step(Duration.ofDays(1));
      }
      late.forEach(Runnable::run);
      if (compensated) {
        till.round.run(till.clock.instant());
      }
      return new Outcome(lost, stuck(till, paid), till.count("PAID"));
    }
  }

  // 02:00 without a bill; 10:00 with half of it; later the rest.
  private static void night(Till till, LocalDate date, List<Map<String, Object>> bill) {
    till.verify(date);
    List<Map<String, Object>> half = bill.subList(0, bill.size() / 2);
    till.there(half);
    till.clock.step(Duration.ofHours(8));
    till.proved(date);
    till.round.run(till.clock.instant());
    till.there(bill, "trade-bill", 91L);
    till.round.run(till.clock.instant());
    till.clock.step(Duration.ofHours(-8));
  }

  private static long stuck(Till till, Set<String> paid) {
    return till.heart.texts("select number from customer_order where status <> 'PAID'").stream()
        .filter(paid::contains)
        .count();
  }
}
