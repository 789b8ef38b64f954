package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import io.orderbridge.kernel.Wording;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sets all of a key on one side against all of it on the other. What belongs to the period counts
 * first: a refund of a later month stays in its own, and is known by the same key.
 */
final class JudgePeriods {
  private final JudgeMeasure measure;
  private final JudgeVerdict verdict;
  private final Consumer<Item> items;
  private final JudgeAlone.Taking alone;

  JudgePeriods(
      JudgeMeasure measure, JudgeVerdict verdict, Consumer<Item> items, JudgeAlone.Taking alone) {
    this.measure = measure;
    this.verdict = verdict;
    this.items = items;
    this.alone = alone;
  }

  void judge(String key, List<Line> left, List<Line> right) {
    List<Line> outLeft = left.stream().filter(line -> !line.inPeriod()).toList();
    List<Line> outRight = right.stream().filter(line -> !line.inPeriod()).toList();
    if (outLeft.isEmpty() && outRight.isEmpty()) {
      together(key, left, right);
      return;
    }
    List<Line> inLeft = left.stream().filter(Line::inPeriod).toList();
    List<Line> inRight = right.stream().filter(Line::inPeriod).toList();
    if (agree(outLeft, outRight)) {
      notCounted(key, outLeft, outRight);
      together(key, inLeft, inRight);
    } else if (agree(inLeft, inRight)) {
      together(key, inLeft, inRight);
      notCounted(key, outLeft, outRight);
    } else {
      together(key, left, right);
    }
  }

  private boolean agree(List<Line> left, List<Line> right) {
    return !left.isEmpty() && !right.isEmpty() && measure.sums(left).equals(measure.sums(right));
  }

  private void together(String key, List<Line> left, List<Line> right) {
    if (!left.isEmpty() && !right.isEmpty()) {
      items.accept(verdict.judge(JudgeVerdict.By.KEY, key, left, right));
    } else if (!left.isEmpty()) {
      alone.take(true, false, left);
    } else if (!right.isEmpty()) {
      alone.take(false, false, right);
    }
  }

  private void notCounted(String key, List<Line> left, List<Line> right) {
    items.accept(
        new Item(
            Outcome.EXCLUDED,
            BreakClass.NOT_COUNTED,
            "period",
            key,
            left,
            right,
            false,
            Explain.by(new Wording("属于其他期间", "belongs to another period"), "period")));
  }
}
