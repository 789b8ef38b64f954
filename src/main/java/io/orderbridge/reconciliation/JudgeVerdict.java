package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import io.orderbridge.kernel.Wording;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** What becomes of entries of both sides that belong together. */
final class JudgeVerdict {
  private final Reconciliation what;
  private final JudgeMeasure measure;
  private final JudgeDays days;

  /**
   * By what the entries were found.
   *
   * @param rule of the item; null when the class decides it
   */
  record By(Explain.Found found, String rule) {
    static final By KEY = new By(Explain.Found.KEY, null);

    boolean hand() {
      return found == Explain.Found.HAND;
    }
  }

  private record Verdict(Outcome outcome, BreakClass kind, String rule, Wording told) {}

  JudgeVerdict(Reconciliation what, JudgeMeasure measure, JudgeDays days) {
    this.what = what;
    this.measure = measure;
    this.days = days;
  }

  /** Both sides have entries. */
  Item judge(By by, String key, List<Line> left, List<Line> right) {
    SortedMap<String, Long> sumsLeft = measure.sums(left);
    SortedMap<String, Long> sumsRight = measure.sums(right);
    Verdict verdict = verdict(by, left, right, sumsLeft, sumsRight);
    String rule = by.rule() == null ? verdict.rule() : by.rule();
    boolean open =
        what.tally() == Reconciliation.Tally.NET
            && verdict.outcome() == Outcome.BREAK
            && !sumsLeft.equals(sumsRight);
    Wording facts = Explain.and(by.found().text(), sums(sumsLeft, sumsRight));
    facts = Explain.and(facts, Explain.days(days.first(left, true), days.first(right, false)));
    Wording told =
        verdict.kind() == BreakClass.WITHIN ? verdict.told() : Explain.by(verdict.told(), rule);
    return new Item(
        verdict.outcome(), verdict.kind(), rule, key, left, right, open, Explain.then(facts, told));
  }

  private Wording sums(SortedMap<String, Long> left, SortedMap<String, Long> right) {
    Set<String> currencies = new TreeSet<>(left.keySet());
    currencies.addAll(right.keySet());
    Wording all = null;
    for (String currency : currencies) {
      Wording one =
          Explain.sums(
              measure, currency, left.getOrDefault(currency, 0L), right.getOrDefault(currency, 0L));
      all = all == null ? one : Explain.and(all, one);
    }
    return all == null ? Explain.sums(measure, "", 0, 0) : all;
  }

  private Verdict verdict(
      By by,
      List<Line> left,
      List<Line> right,
      SortedMap<String, Long> sumsLeft,
      SortedMap<String, Long> sumsRight) {
    boolean bothHaveMoney = !sumsLeft.isEmpty() && !sumsRight.isEmpty();
    if (bothHaveMoney && !sumsLeft.keySet().equals(sumsRight.keySet())) {
      return broken(BreakClass.CURRENCY, "currency", Wording.of("币种不同", "currencies differ"));
    }
    Set<String> differing = differing(sumsLeft, sumsRight);
    if (differing.size() > 1) {
      return broken(
          measure.quantity() ? BreakClass.QUANTITY : BreakClass.AMOUNT,
          "amount",
          Wording.of("%d 个币种都不符", "%d currencies differ", differing.size()));
    }
    boolean within = false;
    String currency = "";
    if (differing.size() == 1) {
      currency = differing.iterator().next();
      Verdict verdict = unequal(currency, left, right);
      if (verdict != null) {
        return verdict;
      }
      within = true;
    }
    Verdict other = by.hand() ? null : otherwise(left, right);
    if (other != null) {
      return other;
    }
    return within
        ? new Verdict(
            Outcome.TOLERATED,
            BreakClass.WITHIN,
            "tolerance",
            Explain.below(what.tolerance(), currency))
        : new Verdict(Outcome.MATCHED, BreakClass.MATCHED, "key", new Wording("一致", "agrees"));
  }

  private static Set<String> differing(
      SortedMap<String, Long> left, SortedMap<String, Long> right) {
    Set<String> differing = new HashSet<>(left.keySet());
    differing.addAll(right.keySet());
    differing.removeIf(one -> left.getOrDefault(one, 0L).equals(right.getOrDefault(one, 0L)));
    return differing;
  }

  /** Null when the difference is within the tolerance and nothing else explains it. */
  private Verdict unequal(String currency, List<Line> left, List<Line> right) {
    List<Line> here = of(currency, left);
    List<Line> there = of(currency, right);
    Wording rates = measure.quantity() ? null : JudgeRate.explain(currency, here, there);
    if (rates != null) {
      return what.tolerance().allows(measure.sum(here), measure.sum(there))
          ? null
          : broken(BreakClass.CURRENCY, "rate", rates);
    }
    JudgeCause cause = new JudgeCause(measure, currency, here, there);
    JudgeCause.Cause found = cause.exact();
    if (found == null && what.tolerance().allows(measure.sum(here), measure.sum(there))) {
      return null;
    }
    if (found == null) {
      found = cause.rest(Explain.notBelow(what.tolerance(), currency));
    }
    return broken(found.kind(), found.rule(), found.told());
  }

  private List<Line> of(String currency, List<Line> lines) {
    return lines.stream().filter(line -> measure.currency(line).equals(currency)).toList();
  }

  /** What may be wrong although the sums agree; null when nothing is. */
  private Verdict otherwise(List<Line> left, List<Line> right) {
    if (crossed(left, right)) {
      boolean inLeft = left.stream().anyMatch(Line::inPeriod);
      return broken(
          BreakClass.CROSS_PERIOD,
          "period",
          inLeft
              ? Wording.of("右方有属于其他期间的", "the right belongs to another period, or some of it")
              : Wording.of("左方属于其他期间", "the left belongs to another period"));
    }
    boolean one = left.size() == 1 && right.size() == 1;
    if (one && what.tally() == Reconciliation.Tally.EACH) {
      String here = left.get(0).status();
      String there = right.get(0).status();
      if (!here.isEmpty() && !there.isEmpty() && !here.equals(there)) {
        return broken(
            BreakClass.STATUS,
            "status",
            Wording.of("状态 %s 与 %s", "status %s left, %s right", here, there));
      }
    }
    return null;
  }

  private boolean crossed(List<Line> left, List<Line> right) {
    if (left.stream().allMatch(Line::inPeriod) && right.stream().allMatch(Line::inPeriod)) {
      return false;
    }
    List<Line> inLeft = left.stream().filter(Line::inPeriod).toList();
    List<Line> inRight = right.stream().filter(Line::inPeriod).toList();
    if (inLeft.isEmpty() != inRight.isEmpty()) {
      return true;
    }
    return !measure.sums(inLeft).equals(measure.sums(inRight))
        && !what.tolerance().allows(measure.sum(inLeft), measure.sum(inRight));
  }

  private static Verdict broken(BreakClass kind, String rule, Wording told) {
    return new Verdict(Outcome.BREAK, kind, rule, Explain.join(kind.text(), ":", ": ", told));
  }
}
