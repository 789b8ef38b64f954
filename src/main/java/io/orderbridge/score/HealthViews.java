package io.orderbridge.score;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Order health as the API shows it. */
final class HealthViews {
  private HealthViews() {}

  static Map<String, Object> metric(Series series) {
    Map<String, Object> view = rule(series.rule());
    Value newest = series.newest();
    view.put("value", newest == null ? null : value(series.rule(), newest));
    view.put("trend", "/api/health/metrics/%s/trend".formatted(series.rule().metric().word()));
    view.putAll(projection(series));
    return view;
  }

  static Map<String, Object> trend(Series series) {
    Map<String, Object> view = rule(series.rule());
    List<Map<String, Object>> points = new ArrayList<>();
    for (Series.Point point : series.points()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("period", point.period().key());
      if (point.value() == null) {
        one.put("percent", null);
        one.put("verdict", "MISSING");
      } else {
        one.putAll(value(series.rule(), point.value()));
      }
      points.add(one);
    }
    view.put("points", points);
    view.putAll(projection(series));
    return view;
  }

  private static Map<String, Object> rule(Rule rule) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("metric", rule.metric().word());
    view.put("title", Map.of("zh", rule.title().zh(), "en", rule.title().en()));
    view.put("every", rule.metric().every().name().toLowerCase(java.util.Locale.ROOT));
    view.put("passes", rule.metric().isBelow() ? "below" : "at least");
    view.put("limit", ScoreViews.text(rule.limit()));
    view.put("near", ScoreViews.text(rule.near()));
    view.put("warnsAt", ScoreViews.text(rule.warnsAt()));
    return view;
  }

  private static Map<String, Object> projection(Series series) {
    Map<String, Object> view = new LinkedHashMap<>();
    List<Map<String, Object>> ahead = new ArrayList<>();
    Period last = series.points().get(series.points().size() - 1).period();
    for (int step = 1; step <= series.trend().ahead().size(); step++) {
      ahead.add(
          Map.of(
              "period",
              last.back(-step).key(),
              "percent",
              ScoreViews.text(series.trend().ahead().get(step - 1))));
    }
    view.put("projection", ahead);
    view.put("crosses", series.crossing() == null ? null : series.crossing().key());
    return view;
  }

  static Map<String, Object> value(Rule rule, Value value) {
    Map<String, Object> view = new LinkedHashMap<>();
    Measure measure = value.measure();
    view.put("period", value.period().key());
    view.put("version", value.version());
    view.put("numerator", ScoreViews.text(measure.numerator()));
    view.put("denominator", ScoreViews.text(measure.denominator()));
    view.put("unit", measure.unit().isEmpty() ? null : measure.unit());
    view.put("percent", ScoreViews.text(rule.percent(measure)));
    view.put("verdict", value.verdict().name());
    view.put("limit", ScoreViews.text(value.limit()));
    view.put("rules", value.rules());
    view.put("final", value.isFinal());
    view.put("madeAt", value.madeAt().toString());
    Map<String, Object> by = new LinkedHashMap<>();
    measure.by().forEach((name, count) -> by.put(name, ScoreViews.text(count)));
    view.put("by", by);
    view.put("examples", measure.examples());
    view.put("links", Causes.links(value.metric(), value.period()));
    return view;
  }

  static Map<String, Object> score(YearMonth month, List<ScoreRows.Told> versions) {
    ScoreRows.Told newest = versions.get(versions.size() - 1);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("month", month.toString());
    view.putAll(told(newest));
    view.putAll(Causes.object(newest.body()));
    view.put("versions", versions.stream().map(HealthViews::told).toList());
    return view;
  }

  static Map<String, Object> told(ScoreRows.Told told) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("version", told.version());
    view.put("score", ScoreViews.text(told.score()));
    view.put("confidence", ScoreViews.text(told.confidence()));
    view.put("verdict", told.verdict().name());
    view.put("rules", told.rules());
    view.put("madeAt", told.madeAt().toString());
    return view;
  }
}
