package io.orderbridge.passport;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A check has found something that no other explanation names: its own sentence is told. */
final class FindingOpen implements Explanation {
  private static final Map<Kind, String> OWNERS = new EnumMap<>(Kind.class);

  static {
    OWNERS.put(Kind.PAYMENT, Who.FINANCE);
    OWNERS.put(Kind.LINK, Who.INTEGRATOR);
    OWNERS.put(Kind.REPAIR, Who.INTEGRATOR);
    OWNERS.put(Kind.NOTICE, Who.SERVICE);
  }

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    return passport
        .notes()
        .open()
        .filter(FindingOpen::counts)
        .max(Comparator.comparing((Findings.Stored stored) -> stored.finding().level()))
        .map(stored -> told(Reason.FINDING_OPEN, stored));
  }

  // That a limit comes near holds nothing up.
  private static boolean counts(Findings.Stored stored) {
    Finding finding = stored.finding();
    boolean limit = finding.kind() == Kind.STUCK || finding.kind() == Kind.UPLOAD;
    return !limit || finding.level() == Level.BREACH;
  }

  /** A diagnosis in the words of a finding. */
  static Diagnosis told(Reason reason, Findings.Stored stored) {
    return Diagnosis.stuck(
        reason,
        owner(stored.finding()),
        stored.openedAt(),
        stored.finding().text(),
        Sentence.of(
            "按检查项 %s 的说明处理（发现编号 %d）。",
            "Do what the check %s says (finding %d).", stored.finding().code(), stored.id()));
  }

  // A rule may name who is in charge.
  private static String owner(Finding finding) {
    return finding.evidence().get("owner") instanceof String named
        ? named
        : OWNERS.getOrDefault(finding.kind(), Who.OPERATIONS);
  }
}
