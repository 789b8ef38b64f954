package io.orderbridge.consistency;

import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What cannot be true at the same time, from {@code mappings/rules/contradictions.yaml}.
 *
 * @param id code of its findings
 * @param kind CONTRADICTION, or LINK for something that a system should have given
 * @param text what is wrong
 * @param within how long it may be so, since its first side was true
 * @param owner who is in charge, as a hint; may be empty
 * @param hints per cause class what to do, where it is not the usual
 * @param when it is so
 */
public record ContradictionRule(
    String id,
    Finding.Kind kind,
    Wording text,
    Level level,
    Duration within,
    String owner,
    Map<CauseClass, Wording> hints,
    Condition when) {
  public ContradictionRule {
    hints = new TreeMap<>(hints);
  }
}
