package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import io.orderbridge.kernel.Wording;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;

/** What becomes of entries that one side alone has, once nothing was found for them. */
final class JudgeAlone {
  private final Reconciliation what;
  private final JudgeMeasure measure;
  private final JudgeDays days;
  private final LocalDate end;

  /** Takes what one side alone has. */
  interface Taking {
    void take(boolean left, boolean repeated, List<Line> lines);
  }

  private record Verdict(
      Outcome outcome, BreakClass kind, String rule, boolean carried, Wording told) {}

  JudgeAlone(Reconciliation what, JudgeMeasure measure, JudgeDays days, LocalDate end) {
    this.what = what;
    this.measure = measure;
    this.days = days;
    this.end = end;
  }

  /**
   * @param repeated whether an earlier entry of the key says the same
   * @param doubt a pass that found no single answer; null when none did
   * @param lines of one key, in the order of the files
   */
  Item judge(boolean left, boolean repeated, String doubt, List<Line> lines) {
    LocalDate day = days.first(lines, left);
    SortedMap<String, Long> sums = measure.sums(lines);
    Verdict verdict = verdict(left, repeated, day, lines);
    Wording facts =
        left ? new Wording("仅左方有", "on the left alone") : new Wording("仅右方有", "on the right alone");
    if (sums.isEmpty()) {
      facts = Explain.and(facts, Wording.of("%s", "%s", Explain.value(currency(lines), 0)));
    }
    for (String currency : sums.keySet()) {
      facts =
          Explain.and(facts, Wording.of("%s", "%s", Explain.value(currency, sums.get(currency))));
    }
    if (day != null) {
      facts = Explain.and(facts, Wording.of("%s", "%s", day));
    }
    if (doubt != null) {
      facts =
          Explain.and(facts, Wording.of("规则 %s 未得出唯一答案", "pass '%s' gave no single answer", doubt));
    }
    return new Item(
        verdict.outcome(),
        verdict.kind(),
        verdict.rule(),
        lines.get(0).key(),
        left ? lines : List.of(),
        left ? List.of() : lines,
        verdict.carried(),
        Explain.then(facts, Explain.by(verdict.told(), verdict.rule())));
  }

  private String currency(List<Line> lines) {
    return measure.currency(lines.get(0));
  }

  private Verdict verdict(boolean left, boolean repeated, LocalDate day, List<Line> lines) {
    if (lines.stream().noneMatch(Line::inPeriod)) {
      return new Verdict(
          Outcome.EXCLUDED,
          BreakClass.NOT_COUNTED,
          "period",
          false,
          new Wording("属于其他期间", "belongs to another period"));
    }
    if (repeated) {
      return open(
          BreakClass.DUPLICATE,
          "duplicate",
          false,
          new Wording("同一单号已有相同的一笔", "its key has the same entry before"));
    }
    if (lines.stream().anyMatch(JudgeMeasure::isRefund)
        && lines.stream().noneMatch(JudgeMeasure::isPart)) {
      return open(
          BreakClass.RETURN_NOT_OFFSET,
          "refund",
          true,
          new Wording("对方未冲减这笔退款", "the other side has not taken off this refund"));
    }
    if (lines.stream().allMatch(JudgeMeasure::isFee)) {
      return open(
          BreakClass.FEE, "fee", true, new Wording("对方没有这笔费用", "the other side has no such fee"));
    }
    return left ? unsettledOrMissing(day) : missingLeft();
  }

  private static Verdict missingLeft() {
    return open(
        BreakClass.MISSING_LEFT, "missing-left", true, new Wording("左方没有", "the left has none"));
  }

  private Verdict unsettledOrMissing(LocalDate day) {
    if (day == null) {
      return open(
          BreakClass.MISSING_RIGHT,
          "missing-right",
          true,
          new Wording("右方没有,时间不明", "the right has none, and its time is not known"));
    }
    long age = ChronoUnit.DAYS.between(day, end);
    if (age < what.settles()) {
      return open(
          BreakClass.UNSETTLED,
          "settles",
          true,
          Wording.of(
              "已 %d 天,%d 天内到账", "%d days old, may come within %d days", age, what.settles()));
    }
    return open(
        BreakClass.MISSING_RIGHT,
        "missing-right",
        true,
        Wording.of(
            "已 %d 天,应在 %d 天内到账", "%d days old, was to come within %d days", age, what.settles()));
  }

  private static Verdict open(BreakClass kind, String rule, boolean carried, Wording told) {
    return new Verdict(
        Outcome.BREAK, kind, rule, carried, Explain.join(kind.text(), ":", ": ", told));
  }
}
