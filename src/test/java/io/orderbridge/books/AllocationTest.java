package io.orderbridge.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares are the amount again, to the minor unit. */
@Tag("R47")
class AllocationTest {
  private static final long SEED = 20_261_129L;

  @ParameterizedTest
  @CsvSource({
    "100, 1 1 1, 34 33 33",
    "-100, 1 1 1, -34 -33 -33",
    "100, 1 2, 33 67",
    "199, 99.50 99.50, 100 99",
    "1, 1 1 1 1, 1 0 0 0",
    "0, 3 4, 0 0",
    "500, 0 10 0, 0 500 0",
    "7, 0 0 0, 3 2 2",
    "100, 110 -10, 110 -10",
    "100, -1 -1 -1, 34 33 33",
    "10, 5 -5, 5 5",
    "1000, 0.001 0.002, 333 667"
  })
  void an_amount_is_shared_by_weight_and_the_largest_remainder(
      long minor, String weights, String expected) {
    assertThat(Allocation.shares(minor, weights(weights)))
        .containsExactly(Stream.of(expected.split(" ")).mapToLong(Long::parseLong).toArray());
  }

  private static List<BigDecimal> weights(String text) {
    return Stream.of(text.split(" ")).map(BigDecimal::new).toList();
  }

  @RepeatedTest(300)
  void whatever_is_shared_adds_up_and_no_share_is_a_unit_away_from_its_part(RepetitionInfo info) {
    long seed = SEED + info.getCurrentRepetition();
    Random random = new Random(seed);
    long minor = random.nextLong() % 100_000_000_000L;
    List<BigDecimal> weights = new ArrayList<>();
    int many = 1 + random.nextInt(30);
    for (int i = 0; i < many; i++) {
      weights.add(
          random.nextInt(4) == 0
              ? BigDecimal.ZERO
              : BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(4)));
    }
    weights.set(0, BigDecimal.ONE);

    long[] shares = Allocation.shares(minor, weights);

    BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(Arrays.stream(shares).sum()).as("seed %d", seed).isEqualTo(minor);
    for (int i = 0; i < many; i++) {
      // |share * sum - amount * weight| < sum
      BigDecimal apart =
          BigDecimal.valueOf(shares[i])
              .multiply(sum)
              .subtract(BigDecimal.valueOf(minor).multiply(weights.get(i)));
      assertThat(apart.abs()).as("seed %d, share %d", seed, i).isLessThan(sum);
    }
  }

  @RepeatedTest(100)
  void weights_below_zero_add_up_as_well_and_a_refund_undoes_what_it_refunds(RepetitionInfo info) {
    long seed = SEED - info.getCurrentRepetition();
    Random random = new Random(seed);
    long minor = random.nextInt(10_000_000);
    List<BigDecimal> weights = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(12); i++) {
      weights.add(BigDecimal.valueOf(random.nextInt(2_000) - 1_000, 2));
    }

    long[] shares = Allocation.shares(minor, weights);
    long[] refund = Allocation.shares(-minor, weights);

    assertThat(Arrays.stream(shares).sum()).as("seed %d", seed).isEqualTo(minor);
    assertThat(refund)
        .as("seed %d", seed)
        .containsExactly(Arrays.stream(shares).map(share -> -share).toArray());
  }

  @Test
  void one_row_takes_it_all() {
    assertThat(Allocation.shares(12_345, List.of(BigDecimal.ZERO))).containsExactly(12_345);
  }
}
