package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Tolerance;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A difference is nobody's work strictly below the tolerance; the percentage is of the left. */
@Tag("R38")
class JudgeToleranceTest {
  private static final long SEED = 20_261_130L;
  private static final int ROUNDS = 20_000;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Random random = new Random(SEED);

  private static Item judge(Tolerance tolerance, long left, long right) {
    Court court = new Court();
    court.tolerance = tolerance;
    List<Item> items =
        court.judge(
            List.of(
                Court.left("A").place(8).fen(left).line(),
                Court.right("A").place(8).fen(right).line()));
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  @Test
  void half_a_percent_is_the_first_that_is_not_normal() {
    Tolerance half = Tolerance.either(0, new BigDecimal("0.5"));

    for (int sign : new int[] {1, -1}) {
      assertThat(judge(half, 100_000, 100_000 + sign * 499).outcome()).isEqualTo(Outcome.TOLERATED);
      assertThat(judge(half, 100_000, 100_000 + sign * 500).outcome()).isEqualTo(Outcome.BREAK);
      assertThat(judge(half, 100_000, 100_000 + sign * 501).outcome()).isEqualTo(Outcome.BREAK);
    }
  }

  @Test
  void the_sentence_says_the_share_and_the_limit() {
    Tolerance half = Tolerance.either(0, new BigDecimal("0.5"));

    assertThat(judge(half, 100_000, 99_690).why().en())
        .isEqualTo(
            "key equal, amount 1000.00 CNY left, 996.90 CNY right (-3.10 CNY, -0.310 %);"
                + " tolerated by rule 'tolerance' (below 0.50 %)");
    assertThat(judge(half, 100_000, 99_690).why().zh())
        .isEqualTo(
            "单号相同,金额 左 1000.00 CNY、右 996.90 CNY(-3.10 CNY, -0.310 %);"
                + "在规则 tolerance 的容差内(低于 0.50 %)");
    assertThat(judge(half, 100_000, 99_500).why().en())
        .endsWith("(-5.00 CNY, -0.500 %); amount: not below 0.50 % (rule 'amount')");
  }

  @Test
  void the_base_is_the_left_amount() {
    Tolerance half = Tolerance.either(0, new BigDecimal("0.5"));

    // 1.00 is below 0.5 % of 200.01, and is not of 199.01.
    assertThat(judge(half, 20_001, 19_901).outcome()).isEqualTo(Outcome.TOLERATED);
    assertThat(judge(half, 19_901, 20_001).outcome()).isEqualTo(Outcome.BREAK);
  }

  @Test
  void a_limit_in_money_may_be_combined() {
    Tolerance either = Tolerance.either(5, new BigDecimal("0.5"));
    Tolerance both = Tolerance.both(5, new BigDecimal("0.5"));

    assertThat(judge(either, 100, 104).outcome()).isEqualTo(Outcome.TOLERATED);
    assertThat(judge(either, 100, 105).outcome()).isEqualTo(Outcome.BREAK);
    assertThat(judge(both, 100, 104).outcome()).isEqualTo(Outcome.BREAK);
    assertThat(judge(both, 100_000, 100_004).outcome()).isEqualTo(Outcome.TOLERATED);
    assertThat(judge(both, 100_000, 100_005).outcome()).isEqualTo(Outcome.BREAK);
    assertThat(judge(Tolerance.NONE, 100_000, 100_001).outcome()).isEqualTo(Outcome.BREAK);
  }

  @Test
  void around_the_limit_it_is_as_exact_decimals_say() {
    for (int round = 0; round < ROUNDS; round++) {
      BigDecimal percent = BigDecimal.valueOf(1 + random.nextInt(50_000), 4);
      long left = 1 + Math.floorMod(random.nextLong(), random.nextBoolean() ? 1_000 : 1L << 40);
      // Of a round amount the limit is a whole number, and can be met.
      left *= random.nextBoolean() ? 1_000_000 : 1;
      long limit =
          percent.multiply(BigDecimal.valueOf(left)).divide(HUNDRED).toBigInteger().longValue();
      long gap = Math.max(1, limit + random.nextInt(5) - 2);
      long right = random.nextBoolean() ? left + gap : left - gap;

      boolean below =
          BigDecimal.valueOf(gap)
                  .multiply(HUNDRED)
                  .compareTo(percent.multiply(BigDecimal.valueOf(left)))
              < 0;
      assertThat(judge(Tolerance.either(0, percent), left, right).outcome())
          .as("seed %d, round %d: %s of %d against %d", SEED, round, percent, left, right)
          .isEqualTo(below ? Outcome.TOLERATED : Outcome.BREAK);
    }
  }
}
