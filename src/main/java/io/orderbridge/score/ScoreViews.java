package io.orderbridge.score;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A score as it is kept and shown. Nothing in it depends on when it was made. */
final class ScoreViews {
  private static final int WORST = 5;

  private ScoreViews() {}

  static Map<String, Object> body(Score score, HealthRules rules) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("formula", formula(rules));
    List<Map<String, Object>> parts = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Part part : score.parts()) {
      parts.add(part(part));
      if (part.measure() == null) {
        missing.add(part.rule().metric().word());
      }
    }
    body.put("parts", parts);
    body.put("missing", missing);
    return body;
  }

  private static Map<String, Object> formula(HealthRules rules) {
    Map<String, Object> formula = new LinkedHashMap<>();
    formula.put("version", rules.version());
    formula.put(
        "points", "sum(weight * points) / sum(weight), over the metrics that were measured");
    formula.put(
        "curve",
        rules.scoring().curve().stream()
            .map(corner -> List.of(text(corner.usage()), text(corner.points())))
            .toList());
    formula.put("sure", text(rules.scoring().sure()));
    return formula;
  }

  private static Map<String, Object> part(Part part) {
    Map<String, Object> view = new LinkedHashMap<>();
    Rule rule = part.rule();
    view.put("metric", rule.metric().word());
    view.put("title", Map.of("zh", rule.title().zh(), "en", rule.title().en()));
    view.put("weight", rule.weight());
    view.put("limit", text(rule.limit()));
    view.put("periodsExpected", part.expected());
    view.put("periodsMeasured", part.periods().size());
    view.put("points", text(part.points()));
    view.put("verdict", part.verdict() == null ? "MISSING" : part.verdict().name());
    if (part.measure() != null) {
      view.put("numerator", text(part.measure().numerator()));
      view.put("denominator", text(part.measure().denominator()));
      view.put("unit", part.measure().unit());
      view.put("percent", text(rule.percent(part.measure())));
    }
    view.put("breaches", count(part, Verdict.BREACH));
    view.put("warnings", count(part, Verdict.WARNING));
    view.put(
        "worstPeriods", part.periods().stream().limit(WORST).map(v -> period(rule, v)).toList());
    Map<String, Object> worst = new LinkedHashMap<>();
    part.worst(WORST).forEach((name, count) -> worst.put(name, text(count)));
    view.put("worstCauses", worst);
    return view;
  }

  private static Map<String, Object> period(Rule rule, Value value) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("period", value.period().key());
    view.put("version", value.version());
    view.put("percent", text(rule.percent(value.measure())));
    view.put("verdict", value.verdict().name());
    view.put("examples", value.measure().examples().stream().limit(WORST).toList());
    view.putAll(Causes.links(value.metric(), value.period()));
    return view;
  }

  private static long count(Part part, Verdict verdict) {
    return part.periods().stream().filter(value -> value.verdict() == verdict).count();
  }

  static String text(BigDecimal number) {
    return number == null ? null : number.stripTrailingZeros().toPlainString();
  }
}
