package io.orderbridge.reconciliation;

import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** Sets the entries of a key against each other one by one, those first that agree most. */
final class JudgePairs {
  private final JudgeMeasure measure;
  private final JudgeVerdict verdict;
  private final Consumer<Item> items;
  private final JudgeAlone.Taking alone;

  private record Same(EntryKind kind, String currency, long value, String sku) {}

  JudgePairs(
      JudgeMeasure measure, JudgeVerdict verdict, Consumer<Item> items, JudgeAlone.Taking alone) {
    this.measure = measure;
    this.verdict = verdict;
    this.items = items;
    this.alone = alone;
  }

  /** The sides in the order of the files. */
  void judge(String key, List<Line> left, List<Line> right) {
    if (left.isEmpty() || right.isEmpty()) {
      lone(true, left);
      lone(false, right);
      return;
    }
    List<Line> restLeft = new ArrayList<>(left);
    List<Line> restRight = new ArrayList<>(right);
    BiPredicate<Line, Line> value = this::sameValue;
    BiPredicate<Line, Line> kind = JudgePairs::sameKind;
    pair(key, restLeft, restRight, kind.and(value).and(JudgePairs::sameRest));
    pair(key, restLeft, restRight, kind.and(value));
    if (explainEachOther(restLeft, restRight)) {
      items.accept(verdict.judge(JudgeVerdict.By.KEY, key, restLeft, restRight));
      return;
    }
    pair(key, restLeft, restRight, kind);
    pair(key, restLeft, restRight, (here, there) -> true);
    surplus(true, left, restLeft);
    surplus(false, right, restRight);
  }

  private boolean sameValue(Line here, Line there) {
    return measure.of(here) == measure.of(there)
        && measure.currency(here).equals(measure.currency(there));
  }

  private static boolean sameKind(Line here, Line there) {
    return JudgeMeasure.kind(here) == JudgeMeasure.kind(there);
  }

  private static boolean sameRest(Line here, Line there) {
    return here.inPeriod() == there.inPeriod() && here.status().equals(there.status());
  }

  private void pair(
      String key, List<Line> left, List<Line> right, BiPredicate<Line, Line> together) {
    for (Line here : List.copyOf(left)) {
      for (Line there : right) {
        if (together.test(here, there)) {
          left.remove(here);
          right.remove(there);
          items.accept(verdict.judge(JudgeVerdict.By.KEY, key, List.of(here), List.of(there)));
          break;
        }
      }
    }
  }

  /** Whether a fee or refund beside them is just what the others differ by. */
  private boolean explainEachOther(List<Line> left, List<Line> right) {
    if (left.isEmpty() || right.isEmpty() || left.size() == right.size()) {
      return false;
    }
    Set<String> currencies = new HashSet<>();
    left.forEach(line -> currencies.add(measure.currency(line)));
    right.forEach(line -> currencies.add(measure.currency(line)));
    if (currencies.size() > 1) {
      return false;
    }
    Refunds.Net here = Refunds.of(measure, left);
    Refunds.Net there = Refunds.of(measure, right);
    boolean some = here.refunds() + here.fees() + there.refunds() + there.fees() != 0;
    if (some && here.net() == there.net()) {
      return true;
    }
    JudgeCause.Cause cause =
        some ? new JudgeCause(measure, currencies.iterator().next(), left, right).exact() : null;
    return cause != null && cause.kind() == BreakClass.FEE;
  }

  /** One side has more of a key: more of a kind that it has already is a duplicate. */
  private void surplus(boolean ofLeft, List<Line> all, List<Line> surplus) {
    for (Line line : surplus) {
      boolean again =
          JudgeMeasure.isPart(line)
              && all.stream().anyMatch(other -> other != line && sameKind(other, line));
      alone.take(ofLeft, again, List.of(line));
    }
  }

  private void lone(boolean ofLeft, List<Line> lines) {
    Set<Same> before = new HashSet<>();
    for (Line line : lines) {
      String sku = line.labels() == null ? null : line.labels().sku();
      Same same = new Same(JudgeMeasure.kind(line), measure.currency(line), measure.of(line), sku);
      alone.take(ofLeft, !before.add(same), List.of(line));
    }
  }
}
