package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Against a judge that writes down all sets there are. */
class SubsetSumTest {
  private static final long SEED = 20_261_133L;
  private static final int ROUNDS = 3_000;

  private final Random random = new Random(SEED);

  private record Question(long[] values, int[] days, long sum, int most) {
    SubsetSum.Answer asked() {
      return new SubsetSum(values, days, sum, most).find();
    }

    long of(int mask) {
      long all = 0;
      for (int i = 0; i < values.length; i++) {
        all += (mask >> i & 1) == 1 ? values[i] : 0;
      }
      return all;
    }

    /** Sets of the first kind that has any, as masks. */
    List<Integer> answers() {
      List<Integer> found = matching(runs(0));
      if (found.isEmpty() && rare(bounds(3).size() * bounds(3).size() / 2, values.length)) {
        found = matching(runs(3));
      }
      if (found.isEmpty()) {
        found = matching(few());
      }
      boolean single = Arrays.stream(values).anyMatch(value -> value == sum);
      if (found.size() == 1 && Integer.bitCount(found.get(0)) > 1 && single) {
        return List.of();
      }
      return found.size() == 1 ? found : List.of();
    }

    private List<Integer> matching(List<Integer> masks) {
      return masks.stream()
          .filter(mask -> Integer.bitCount(mask) <= most && of(mask) == sum)
          .distinct()
          .toList();
    }

    private TreeSet<Integer> bounds(int shift) {
      TreeSet<Integer> bounds = new TreeSet<>();
      for (int i = 0; i <= values.length; i++) {
        if (i == 0 || i == values.length || days[i - 1] != days[i]) {
          for (int k = -shift; k <= shift; k++) {
            bounds.add(Math.min(values.length, Math.max(0, i + k)));
          }
        }
      }
      return bounds;
    }

    private List<Integer> runs(int shift) {
      List<Integer> masks = new ArrayList<>();
      for (int start : bounds(shift)) {
        for (int end : bounds(shift)) {
          if (end > start) {
            masks.add((1 << end) - (1 << start));
          }
        }
      }
      return masks;
    }

    private List<Integer> few() {
      int size = 0;
      while (size < Math.min(most, values.length) && rare(setsUpTo(size + 1), size + 1)) {
        size++;
      }
      List<Integer> masks = new ArrayList<>();
      for (int mask = 1; mask < 1 << values.length; mask++) {
        if (Integer.bitCount(mask) <= size) {
          masks.add(mask);
        }
      }
      return masks;
    }

    private long setsUpTo(int size) {
      long sets = 0;
      for (int mask = 1; mask < 1 << values.length; mask++) {
        sets += Integer.bitCount(mask) <= size ? 1 : 0;
      }
      return sets;
    }

    private boolean rare(long sets, int members) {
      long[] sizes = Arrays.stream(values).map(Math::abs).sorted().toArray();
      long reach = Arrays.stream(sizes).skip(Math.max(0, sizes.length - members)).sum();
      long unit = Math.abs(sum);
      for (long size : sizes) {
        unit = BigInteger.valueOf(unit).gcd(BigInteger.valueOf(size)).longValue();
      }
      return sets <= reach / unit / SubsetSum.RARE;
    }
  }

  @Test
  void it_finds_what_a_judge_finds_who_writes_down_all_sets() {
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Question question = question();
      List<Integer> answers = question.answers();
      SubsetSum.Answer asked = question.asked();

      int mask = Arrays.stream(asked.members()).map(i -> 1 << i).sum();
      assertThat(mask)
          .as("seed %d, round %d: %s", SEED, round, Arrays.toString(question.values()))
          .isEqualTo(answers.isEmpty() ? 0 : answers.get(0));
      found += answers.size();
    }
    assertThat(found).isBetween(ROUNDS / 4, ROUNDS);
  }

  private Question question() {
    int size = 1 + random.nextInt(11);
    long[] values = new long[size];
    int[] days = new int[size];
    int reach = random.nextBoolean() ? 30 : 50_000_000;
    int day = 0;
    for (int i = 0; i < size; i++) {
      values[i] = 1 + random.nextInt(reach);
      values[i] *= random.nextInt(6) == 0 ? -1 : 1;
      day += random.nextInt(2);
      days[i] = day;
    }
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += random.nextBoolean() ? values[i] : 0;
    }
    return new Question(values, days, sum == 0 ? 1 : sum, 1 + random.nextInt(size));
  }

  @Test
  void the_work_is_bounded_however_many_there_are() {
    for (int size : new int[] {24, 100, 1_000, 5_000}) {
      long[] values = random.longs(size, 1, 1L << 50).toArray();
      int[] days = new int[size];
      Arrays.setAll(days, i -> i / 10);

      SubsetSum.Answer asked = new SubsetSum(values, days, 1L << 51, 40).find();

      // Runs of some days: no more than 40 entries from each of seven places about a change of day.
      assertThat(asked.steps()).isLessThan(SubsetSum.SETS_MAX + 7L * 40 * size);
    }
  }

  @Test
  void what_fits_by_chance_is_not_taken() {
    int taken = 0;
    for (int round = 0; round < 1_000; round++) {
      long[] values = random.longs(30, 1_000, 50_000).toArray();
      int[] days = new int[30];
      Arrays.setAll(days, i -> i / 5);
      taken +=
          new SubsetSum(values, days, 20_000 + random.nextInt(400_000), 12).find().members().length
                  > 0
              ? 1
              : 0;
    }
    // Sums out of nowhere: one in a thousand may have an answer.
    assertThat(taken).isLessThanOrEqualTo(2);
  }
}
