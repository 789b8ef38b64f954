package io.orderbridge.passport;

import io.orderbridge.order.Forced;
import io.orderbridge.order.OrderTrace.ForcedWord;
import java.util.Comparator;
import java.util.Optional;

/** A person took back what a system says: nothing goes on until that word is withdrawn. */
final class ForcedBack implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    if (passport.order() == null) {
      return Optional.empty();
    }
    return passport.order().forced().stream()
        .filter(ForcedWord::overrules)
        .max(Comparator.comparing(word -> word.word().version()))
        .map(word -> diagnosis(passport, word.word()));
  }

  private static Diagnosis diagnosis(Passport passport, Forced word) {
    boolean back = word.says() == Forced.Says.NOT_REACHED;
    // A forced step forward holds nothing up; it only has to be known.
    return back
        ? Diagnosis.stuck(
            Reason.FORCED,
            Who.OPERATIONS,
            word.version(),
            Sentence.of(
                "系统已报告“%s”，但 %s 前有人强制改为未到达，订单因此停在这里。",
                "A system says '%s', but %s ago a person forced that it has not happened; that"
                    + " holds the order.",
                word.milestone().said(),
                Spans.between(word.version(), passport.now())),
            Sentence.of(
                "由操作人核实后撤销强制，或取消订单。",
                "Whoever forced it looks at it again, and withdraws the word or cancels the"
                    + " order."))
        : Diagnosis.fine(
            Reason.FORCED,
            Who.NOBODY,
            word.version(),
            Sentence.of(
                "“%s”是 %s 前由人工强制的，来源系统尚未这样报告。",
                "'%s' was forced by a person %s ago; the system itself has not said so.",
                word.milestone().said(),
                Spans.between(word.version(), passport.now())),
            Sentence.of("无需处理；来源系统报告后自然一致。", "Nothing; it agrees once the system says so itself."));
  }
}
