package io.orderbridge.score;

import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is near its limit, past it, each one finding of its period, or on its way there. */
final class HealthFindings {
  private static final String PROJECTED = "_PROJECTED";
  private static final int SHOWN = 3;

  private HealthFindings() {}

  static Optional<Finding> of(Rule rule, Value value) {
    if (value.verdict() != Verdict.WARNING && value.verdict() != Verdict.BREACH) {
      return Optional.empty();
    }
    boolean breach = value.verdict() == Verdict.BREACH;
    String percent = shown(rule, rule.percent(value.measure()));
    return Optional.of(
        new Finding(
            Finding.Kind.HEALTH,
            rule.metric().name(),
            rule.metric().word(),
            value.period().key(),
            breach ? Level.BREACH : Level.WARNING,
            null,
            "",
            evidence(rule, value),
            Wording.of(
                breach
                    ? "%1$s %3$s 为 %4$s，已越过 %5$s 的限值，请查看原因"
                    : "%1$s %3$s 为 %4$s，已接近 %5$s 的限值，请查看原因",
                breach
                    ? "%2$s of %3$s: %4$s, past the limit of %5$s; look at the causes"
                    : "%2$s of %3$s: %4$s, near the limit of %5$s; look at the causes",
                rule.title().zh(),
                rule.title().en(),
                value.period().key(),
                percent,
                limit(rule))));
  }

  // Nothing is said of what is coming when it is there already. One finding as long as the line
  // goes
  // there: a new one a day would be the same news again.
  static Optional<Finding> projected(Series series) {
    Rule rule = series.rule();
    Value newest = series.newest();
    Period crossing = series.crossing();
    if (crossing == null || newest == null || newest.verdict() == Verdict.BREACH) {
      return Optional.empty();
    }
    BigDecimal percent = series.trend().ahead().get(series.trend().crossesIn() - 1);
    Map<String, Object> evidence = evidence(rule, newest);
    evidence.put("crosses", crossing.key());
    evidence.put("projected", percent.toPlainString());
    return Optional.of(
        new Finding(
            Finding.Kind.HEALTH,
            rule.metric().name() + PROJECTED,
            rule.metric().word(),
            "",
            Level.WARNING,
            null,
            "",
            evidence,
            Wording.of(
                "按目前走势，%1$s 将在 %3$s 达到 %4$s，越过 %5$s 的限值，请及早处理",
                "%2$s is on its way past its limit: %4$s in %3$s against %5$s; act before it is",
                rule.title().zh(),
                rule.title().en(),
                crossing.key(),
                shown(rule, percent),
                limit(rule))));
  }

  private static Map<String, Object> evidence(Rule rule, Value value) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("period", value.period().key());
    evidence.put("version", value.version());
    evidence.put("numerator", value.measure().numerator().toPlainString());
    evidence.put("denominator", value.measure().denominator().toPlainString());
    evidence.put("unit", value.measure().unit());
    evidence.put("limit", limit(rule));
    evidence.put("by", value.measure().by());
    evidence.putAll(Causes.links(rule.metric(), value.period()));
    return evidence;
  }

  // 0.999 % must not read as 1 %, nor 97.996 % as 98 %.
  private static String shown(Rule rule, BigDecimal percent) {
    RoundingMode honest = rule.metric().isBelow() ? RoundingMode.UP : RoundingMode.DOWN;
    return percent == null ? "-" : percent.setScale(SHOWN, honest).toPlainString() + " %";
  }

  private static String limit(Rule rule) {
    return rule.limit().stripTrailingZeros().toPlainString() + " %";
  }
}
