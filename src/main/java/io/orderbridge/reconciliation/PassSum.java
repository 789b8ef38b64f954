package io.orderbridge.reconciliation;

import io.orderbridge.reconciliation.Reconciliation.Pass.Many;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together what adds up: several entries of one side that make one of the other, as {@link
 * SubsetSum} finds them; then, when both sides may have several, all of a day on one side that make
 * all of a day on the other. Within some days, of one currency, and of one shop when both tell one.
 * An entry that two sums want is in neither.
 */
final class PassSum {
  // What ten thousand entries may cost: some hundred milliseconds. Whoever comes when it is used up
  // is not looked for in this run, in the order of time.
  static final long STEPS_PER_ENTRY = 5_000;
  private static final long STEPS_MAX = 2_000_000_000L;
  // What was ambiguous may be clear when others are gone. Each round takes some away, or is the
  // last.
  private static final int ROUNDS_MAX = 8;
  // Above it there are whole days, not sums of a few.
  private static final int CANDIDATES_MAX = 5_000;

  private final JudgeLone lone;
  private final Reconciliation.Pass by;
  private final int number;
  private final PassFound found;
  private long steps;

  PassSum(JudgeLone lone, Reconciliation.Pass by, int number, PassFound found) {
    this.lone = lone;
    this.by = by;
    this.number = number;
    this.found = found;
    this.steps = Math.min(STEPS_MAX, STEPS_PER_ENTRY * lone.size());
  }

  /** Returns how many steps it took; at most {@link #STEPS_PER_ENTRY} for each entry. */
  long run() {
    long all = steps;
    if (by.many() != Many.RIGHT) {
      oneSide(true);
    }
    if (by.many() != Many.LEFT) {
      oneSide(false);
    }
    if (by.many() == Many.BOTH) {
      new PassDays(lone, by, number, found).run();
    }
    return all - steps;
  }

  private void oneSide(boolean manyLeft) {
    for (int round = 0; round < ROUNDS_MAX && round(manyLeft) > 0; round++) {
      // The next round has fewer entries.
    }
  }

  private int round(boolean manyLeft) {
    Map<Integer, int[]> pools = pools(manyLeft);
    int[] wanted = comparable(lone.open(!manyLeft));
    PassOrder.sort(wanted, lone::compare);
    List<int[]> answers = new ArrayList<>();
    List<Integer> whose = new ArrayList<>();
    Map<Integer, Integer> wants = new HashMap<>();
    for (int one : wanted) {
      int[] members = find(one, pools.getOrDefault(lone.currency(one), new int[0]));
      if (members.length > 0) {
        answers.add(members);
        whose.add(one);
        Arrays.stream(members).forEach(member -> wants.merge(member, 1, Integer::sum));
      }
    }
    int taken = 0;
    for (int i = 0; i < answers.size(); i++) {
      if (Arrays.stream(answers.get(i)).allMatch(member -> wants.get(member) == 1)) {
        int[] one = {whose.get(i)};
        found.take(manyLeft ? answers.get(i) : one, manyLeft ? one : answers.get(i));
        taken++;
      } else {
        lone.doubt(whose.get(i), number);
      }
    }
    return taken;
  }

  /** Of one side, by currency, in the order of time. */
  private Map<Integer, int[]> pools(boolean left) {
    Map<Integer, List<Integer>> lists = new HashMap<>();
    int[] open = comparable(lone.open(left));
    PassOrder.sort(open, lone::compare);
    for (int one : open) {
      lists.computeIfAbsent(lone.currency(one), c -> new ArrayList<>()).add(one);
    }
    Map<Integer, int[]> pools = new HashMap<>();
    lists.forEach(
        (currency, list) ->
            pools.put(currency, list.stream().mapToInt(Integer::intValue).toArray()));
    return pools;
  }

  private int[] comparable(int[] some) {
    return Arrays.stream(some)
        .filter(one -> lone.value(one) != 0 && lone.day(one) != JudgeLone.UNKNOWN)
        .toArray();
  }

  private int[] find(int one, int[] pool) {
    int start = firstFrom(pool, (long) lone.day(one) - by.within());
    int end = firstFrom(pool, (long) lone.day(one) + by.within() + 1);
    steps -= end - start;
    if (steps <= 0 || end - start > CANDIDATES_MAX) {
      lone.doubt(one, number);
      return new int[0];
    }
    int[] candidates =
        Arrays.stream(pool, start, end).filter(other -> lone.shopsAgree(one, other)).toArray();
    SubsetSum.Answer answer = add(one, candidates);
    if (answer.members().length == 0 && !answer.several() && tellsNoShop(one)) {
      answer = addInOneShop(one, candidates);
    }
    if (answer.several()) {
      lone.doubt(one, number);
    }
    return answer.members();
  }

  private boolean tellsNoShop(int one) {
    return lone.shop(one) == JudgeLone.UNKNOWN;
  }

  // Who does not tell his shop may all the same have been paid for one of them alone.
  private SubsetSum.Answer addInOneShop(int one, int[] candidates) {
    SubsetSum.Answer found = SubsetSum.Answer.NO;
    int[] shops = Arrays.stream(candidates).map(lone::shop).distinct().toArray();
    for (int shop : shops) {
      if (shops.length > 1 && shop != JudgeLone.UNKNOWN) {
        found =
            found.or(
                add(one, Arrays.stream(candidates).filter(c -> lone.shop(c) == shop).toArray()));
      }
    }
    return found;
  }

  /** Its members are entries. */
  private SubsetSum.Answer add(int one, int[] candidates) {
    SubsetSum.Answer answer =
        new SubsetSum(
                Arrays.stream(candidates).mapToLong(lone::value).toArray(),
                Arrays.stream(candidates).map(lone::day).toArray(),
                lone.value(one),
                by.most())
            .find();
    steps -= answer.steps();
    return answer.of(candidates);
  }

  private int firstFrom(int[] pool, long day) {
    int low = 0;
    int high = pool.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lone.day(pool[middle]) < day) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
