package io.orderbridge.reconciliation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds the entries that add up to a sum, when there is one answer that is not there by chance.
 * Candidates come in the order of time. It looks for, and stops at the first that has an answer:
 *
 * <ol>
 *   <li>all of one day, or of several days one after the other;
 *   <li>the same when the other book closes its day a few entries sooner or later;
 *   <li>any few of them, smaller ones together with larger ones.
 * </ol>
 *
 * <p>Two answers are none, and so is a sum of several when a single entry fits as well. The second
 * and third are looked for only as far as fewer than one of {@link #RARE} sums out of nowhere would
 * have an answer: the number of possible sets, times that, must not be more than the values reach.
 * So the work is bounded too: {@link #SETS_MAX} sets at most.
 */
final class SubsetSum {
  static final int RARE = 1_000;
  static final int SETS_MAX = 200_000;

  private static final int SHIFT = 3;
  private static final int[] NONE = {};

  private final long[] values;
  private final int[] days;
  private final long sum;
  private final int most;
  private final long[] before;
  private final long[] sizes;
  private final long unit;
  private long steps;
  private final List<int[]> answers = new ArrayList<>();

  /**
   * @param members places of the candidates; none when there is no answer
   * @param several whether there are more answers than one
   * @param steps sets looked at
   */
  record Answer(int[] members, boolean several, long steps) {
    static final Answer NO = new Answer(NONE, false, 0);

    /** One of two questions has to have it alone. */
    Answer or(Answer other) {
      boolean both = members.length > 0 && other.members.length > 0;
      boolean many = several || other.several || both;
      int[] one = members.length > 0 ? members : other.members;
      return new Answer(many ? NONE : one, many, steps + other.steps);
    }

    /** The candidates that its members stand for. */
    Answer of(int[] candidates) {
      int[] those = Arrays.stream(members).map(i -> candidates[i]).toArray();
      return new Answer(those, several, steps);
    }
  }

  /**
   * @param values none is zero
   * @param days of the values, ascending
   * @param most so many members at most
   */
  SubsetSum(long[] values, int[] days, long sum, int most) {
    this.values = values;
    this.days = days;
    this.sum = sum;
    this.most = most;
    this.before = new long[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      before[i + 1] = Math.addExact(before[i], values[i]);
    }
    this.sizes = Arrays.stream(values).map(Math::abs).sorted().toArray();
    this.unit = Arrays.stream(sizes).reduce(Math.abs(sum), SubsetSum::divisor);
  }

  Answer find() {
    runs(0);
    if (answers.isEmpty() && rare(runsAtMost(), values.length)) {
      runs(SHIFT);
    }
    if (answers.isEmpty()) {
      int size = sizeAtMost(true);
      if (size > 0) {
        sets(new int[size], 0, 0, sum);
      }
    }
    if (answers.size() == 1 && answers.get(0).length > 1 && oneFits()) {
      answers.add(NONE);
    }
    boolean one = answers.size() == 1;
    return new Answer(one ? answers.get(0) : NONE, answers.size() > 1, steps);
  }

  /** Whether any of the sets that can be looked at adds up to it, by chance or not. */
  static boolean anyFits(long[] values, long sum) {
    SubsetSum any = new SubsetSum(values, new int[values.length], sum, values.length);
    any.sets(new int[any.sizeAtMost(false)], 0, 0, sum);
    return !any.answers.isEmpty();
  }

  private boolean oneFits() {
    return Arrays.stream(values).anyMatch(value -> value == sum);
  }

  /** All from one change of day to another one, both moved by some entries. */
  private void runs(int shift) {
    List<Integer> bounds = List.copyOf(bounds(shift));
    for (int i = 0; i < bounds.size(); i++) {
      for (int j = i + 1; j < bounds.size(); j++) {
        int start = bounds.get(i);
        int end = bounds.get(j);
        steps++;
        if (end - start > most) {
          break;
        }
        if (before[end] - before[start] == sum) {
          int[] run = new int[end - start];
          Arrays.setAll(run, k -> start + k);
          answers.add(run);
        }
      }
    }
  }

  private TreeSet<Integer> bounds(int shift) {
    TreeSet<Integer> bounds = new TreeSet<>();
    for (int i = 0; i <= days.length; i++) {
      if (i == 0 || i == days.length || days[i] != days[i - 1]) {
        for (int k = Math.max(0, i - shift); k <= Math.min(days.length, i + shift); k++) {
          bounds.add(k);
        }
      }
    }
    return bounds;
  }

  private long runsAtMost() {
    long bounds = bounds(SHIFT).size();
    return bounds * bounds / 2;
  }

  /** Of how many members sets can be looked at, and are too few to fit by chance; 0 for none. */
  private int sizeAtMost(boolean notByChance) {
    long sets = 0;
    long ofThisSize = 1;
    int size = 0;
    while (size < Math.min(most, values.length)) {
      ofThisSize = ofThisSize * (values.length - size) / (size + 1);
      sets += ofThisSize;
      if (sets > SETS_MAX || notByChance && !rare(sets, size + 1)) {
        return size;
      }
      size++;
    }
    return size;
  }

  /** Whether so many sets are few, beside the sums that so many members may have. */
  private boolean rare(long sets, int members) {
    long reach = 0;
    for (int i = Math.max(0, sizes.length - members); i < sizes.length; i++) {
      reach = Math.addExact(reach, sizes[i]);
    }
    return unit > 0 && sets <= reach / unit / RARE;
  }

  private static long divisor(long one, long other) {
    return other == 0 ? one : divisor(other, one % other);
  }

  /** Every set of at most as many members as fit, each once; stops when two are found. */
  private void sets(int[] members, int size, int from, long rest) {
    for (int i = from; i < values.length && answers.size() < 2; i++) {
      steps++;
      members[size] = i;
      long left = rest - values[i];
      if (left == 0) {
        answers.add(Arrays.copyOf(members, size + 1));
      }
      if (size + 1 < members.length) {
        sets(members, size + 1, i + 1, left);
      }
    }
  }
}
