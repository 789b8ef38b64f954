package io.orderbridge.passport;

import io.orderbridge.finding.Findings;
import java.util.Comparator;
import java.util.Optional;

/** A check has found something that no other explanation names: its own sentence is told. */
final class FindingOpen implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    return passport
        .notes()
        .open()
        .max(Comparator.comparing((Findings.Stored stored) -> stored.finding().level()))
        .map(
            stored ->
                Diagnosis.stuck(
                    Reason.FINDING_OPEN,
                    Who.OPERATIONS,
                    stored.openedAt(),
                    stored.finding().text(),
                    Sentence.of(
                        "按检查项 %s 的说明处理（发现编号 %d）。",
                        "Do what the check %s says (finding %d).",
                        stored.finding().code(),
                        stored.id())));
  }
}
