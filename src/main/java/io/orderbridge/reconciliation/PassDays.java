package io.orderbridge.reconciliation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts all of a day of one side together with all of a day of the other, when they add up to the
 * same, no other day does, and no entry of either is some of the other's: a finer answer that was
 * not clear is not hidden behind a coarse one.
 */
final class PassDays {
  private final JudgeLone lone;
  private final Reconciliation.Pass by;
  private final int number;
  private final PassFound found;

  private record Day(int currency, int shop, int day) {}

  private record Sum(int currency, long value) {}

  /** All of a day; its first member stands for it. */
  private record Whole(Day day, int[] members, long value) {
    int first() {
      return members[0];
    }
  }

  PassDays(JudgeLone lone, Reconciliation.Pass by, int number, PassFound found) {
    this.lone = lone;
    this.by = by;
    this.number = number;
    this.found = found;
  }

  void run() {
    PassPartners partners = new PassPartners(lone);
    Map<Integer, Whole> byFirst = new HashMap<>();
    Map<Sum, List<Whole>> right = new HashMap<>();
    for (Whole whole : wholes(false)) {
      byFirst.put(whole.first(), whole);
      right.computeIfAbsent(sum(whole), sum -> new ArrayList<>()).add(whole);
    }
    for (Whole whole : wholes(true)) {
      byFirst.put(whole.first(), whole);
      for (Whole other : right.getOrDefault(sum(whole), List.of())) {
        if (agree(whole, other)) {
          partners.candidates(whole.first(), other.first());
        }
      }
    }
    partners.tell(number, (left, other) -> take(byFirst.get(left[0]), byFirst.get(other[0])));
  }

  private void take(Whole left, Whole right) {
    if (isSome(left, right) || isSome(right, left)) {
      lone.doubt(left.first(), number);
      lone.doubt(right.first(), number);
    } else {
      found.take(left.members(), right.members());
    }
  }

  private List<Whole> wholes(boolean left) {
    int[] open = lone.open(left);
    PassOrder.sort(open, lone::compare);
    Map<Day, List<Integer>> days = new LinkedHashMap<>();
    for (int one : open) {
      if (lone.value(one) != 0 && lone.day(one) != JudgeLone.UNKNOWN) {
        Day day = new Day(lone.currency(one), lone.shop(one), lone.day(one));
        days.computeIfAbsent(day, d -> new ArrayList<>()).add(one);
      }
    }
    List<Whole> wholes = new ArrayList<>();
    days.forEach(
        (day, list) -> {
          if (list.size() > 1 && list.size() <= by.most()) {
            int[] members = list.stream().mapToInt(Integer::intValue).toArray();
            wholes.add(
                new Whole(day, members, Arrays.stream(members).mapToLong(lone::value).sum()));
          }
        });
    return wholes;
  }

  private static Sum sum(Whole whole) {
    return new Sum(whole.day().currency(), whole.value());
  }

  private boolean agree(Whole left, Whole right) {
    return Math.abs((long) left.day().day() - right.day().day()) <= by.within()
        && lone.shopsAgree(left.first(), right.first());
  }

  /** Whether one of an entry's side is the sum of some of the other's, as far as that is looked. */
  private boolean isSome(Whole one, Whole of) {
    long[] values = Arrays.stream(of.members()).mapToLong(lone::value).toArray();
    return Arrays.stream(one.members())
        .anyMatch(member -> SubsetSum.anyFits(values, lone.value(member)));
  }
}
