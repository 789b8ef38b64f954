package io.orderbridge.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run compares.
 *
 * @param run its number
 * @param last whether the source of the day is proved, so that what it does not name is missing
 * @param decides whether the connection's word makes an order paid
 */
record Scope(
    long run,
    PaymentSource source,
    LocalDate day,
    boolean last,
    boolean decides,
    PaymentRules rules) {

  /** The values of the statements, by name. */
  Map<String, Object> values(Instant now) {
    Map<String, Object> values = new HashMap<>();
    values.put("run", run);
    values.put("connection", source.connection());
    values.put("day", day);
    values.put("from", source.start(day).atOffset(ZoneOffset.UTC));
    values.put("to", source.start(day.plusDays(1)).atOffset(ZoneOffset.UTC));
    values.put("systems", source.systemList());
    values.put("shops", source.shops().stream().sorted().toList());
    values.put("any_shop", source.shops().isEmpty());
    values.put("fresh", now.minus(source.grace()).atOffset(ZoneOffset.UTC));
    values.put("final", last);
    values.put("decides", decides);
    values.put("shown", ResultSql.SHOWN_MAX);
    playbooks(values);
    return values;
  }

  private void playbooks(Map<String, Object> values) {
    List<String> verdicts = new ArrayList<>();
    List<String> outcomes = new ArrayList<>();
    List<String> approvals = new ArrayList<>();
    List<String> levels = new ArrayList<>();
    List<String> zh = new ArrayList<>();
    List<String> en = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      if (verdict.differs()) {
        Playbook playbook = rules.playbooks().get(verdict);
        verdicts.add(verdict.name());
        outcomes.add(playbook.outcome().name());
        approvals.add(Boolean.toString(playbook.approval()));
        levels.add(verdict.level().name());
        zh.add(verdict.text().zh());
        en.add(verdict.text().en());
      }
    }
    values.put("verdicts", verdicts);
    values.put("outcomes", outcomes);
    values.put("approvals", approvals);
    values.put("levels", levels);
    values.put("zh", zh);
    values.put("en", en);
  }

  /** Under which its findings stand. */
  String findings() {
    return "payment:" + source.connection() + ":" + day;
  }

  /** Under which it stands that the run itself failed. */
  String failure() {
    return "payment-run:" + source.connection() + ":" + day;
  }
}
