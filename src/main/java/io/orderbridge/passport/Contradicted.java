package io.orderbridge.passport;

import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.order.OrderTrace.Claim;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Two systems say what cannot both be true. */
final class Contradicted implements Explanation {
  private static final Set<Kind> KINDS = EnumSet.of(Kind.CONTRADICTION, Kind.COMPARISON);
  // A word of one system usually comes minutes before that of the owner.
  private static final Duration PATIENCE = Duration.ofHours(2);

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    return passport
        .notes()
        .open()
        .filter(stored -> KINDS.contains(stored.finding().kind()))
        .findFirst()
        .map(stored -> FindingOpen.told(Reason.CONTRADICTION, stored))
        .or(() -> claimed(passport));
  }

  private static Optional<Diagnosis> claimed(Passport passport) {
    return passport
        .claims()
        .filter(claim -> !claim.decides() && !claim.reached())
        .filter(claim -> passport.isPast(claim.at(), PATIENCE))
        .min(java.util.Comparator.comparing(Claim::at))
        .map(
            claim ->
                Diagnosis.stuck(
                    Reason.CONTRADICTION,
                    Who.OPERATIONS,
                    claim.at(),
                    Sentence.of(
                        "%s 说“%s”，但有权确认的 %s 在 %s 后仍未这样报告。",
                        "%s says '%s', and %s, whose word decides, has not said so for %s.",
                        claim.system(),
                        claim.milestone().said(),
                        String.join(", ", passport.owners(claim.milestone())),
                        Spans.between(claim.at(), passport.now())),
                    Sentence.of(
                        "向 %s 核实；属实则补报，不属实则更正 %s。",
                        "Ask %s: if it is true it has to say so, if not %s has to be mended.",
                        String.join(", ", passport.owners(claim.milestone())),
                        claim.system())));
  }
}
