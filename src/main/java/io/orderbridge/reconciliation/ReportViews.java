package io.orderbridge.reconciliation;

import io.orderbridge.books.Figures.Total;
import io.orderbridge.kernel.Wording;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports and definitions as the API shows them; amounts are exact decimal text. */
final class ReportViews {
  private ReportViews() {}

  static Map<String, Object> waterfalls(Reports.Told told) {
    ReportScope scope = told.scope();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("reconciliation", scope.what().name());
    view.put("title", words(scope.what().title()));
    view.put("from", scope.from().toString());
    view.put("to", scope.to().toString());
    view.put("final", scope.isFinal());
    view.put("daysWithoutRun", scope.missing().stream().map(Object::toString).toList());
    view.put("runs", scope.parts().stream().map(part -> run(part.run())).toList());
    view.put(
        "definitions", scope.definitions().stream().map(ReportViews::definitionState).toList());
    Map<String, Long> outcomes = new LinkedHashMap<>();
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome.name(), told.totals().outcomes().getOrDefault(outcome, 0L));
    }
    view.put("outcomes", outcomes);
    view.put(
        "waterfalls",
        told.totals().waterfalls().stream().map(one -> waterfall(scope.what(), one)).toList());
    return view;
  }

  private static Map<String, Object> run(Run run) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", run.id());
    view.put("from", run.of().from().toString());
    view.put("version", run.version());
    view.put("final", run.isFinal());
    view.put("root", run.root());
    return view;
  }

  private static Map<String, Object> waterfall(Reconciliation what, Waterfall waterfall) {
    Map<String, Object> view = new LinkedHashMap<>();
    String unit = waterfall.unit();
    view.put("currency", unit.isEmpty() ? null : unit);
    view.put("left", side(what.left(), decimal(waterfall.left(), unit)));
    view.put("right", side(what.right(), decimal(waterfall.right(), unit)));
    view.put("gap", decimal(waterfall.gap(), unit));
    view.put("percent", waterfall.percent() == null ? null : waterfall.percent().toPlainString());
    view.put("breach", waterfall.isBreach());
    view.put("remainder", decimal(waterfall.remainder(), unit));
    List<Map<String, Object>> bars = new ArrayList<>();
    for (Waterfall.Bar bar : waterfall.bars()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("id", bar.id());
      one.put("text", words(bar.text()));
      one.put("items", bar.items());
      one.put("gap", decimal(bar.gap(), unit));
      bars.add(one);
    }
    view.put("bars", bars);
    return view;
  }

  private static Map<String, Object> side(Reconciliation.Side side, String total) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("title", words(side.title()));
    view.put("total", total);
    return view;
  }

  static Map<String, Object> difference(Difference one) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("period", one.period().toString());
    view.put("item", one.no());
    view.put("outcome", one.outcome().name());
    view.put("class", one.kind().name());
    view.put("rule", one.rule());
    view.put("key", one.key());
    view.put("shop", one.shop());
    view.put("currency", one.unit().isEmpty() ? null : one.unit());
    view.put("left", one.left() == null ? null : decimal(one.left(), one.unit()));
    view.put("right", one.right() == null ? null : decimal(one.right(), one.unit()));
    view.put("gap", decimal(one.gap(), one.unit()));
    view.put("since", one.since().toString());
    view.put("age", one.age());
    view.put("why", words(one.why()));
    return view;
  }

  static String decimal(BigInteger minor, String unit) {
    return ReportTable.decimal(minor, unit).toPlainString();
  }

  static Map<String, String> words(Wording text) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("zh", text.zh());
    words.put("en", text.en());
    return words;
  }

  /** Name, version and whether it is agreed. */
  static Map<String, Object> definitionState(Definition definition) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", definition.name());
    view.put("version", definition.version());
    view.put("title", words(definition.title()));
    view.put("draft", definition.isDraft());
    view.put("unsigned", definition.unsigned().stream().map(Department::word).toList());
    return view;
  }

  /** Totals by unit. */
  static List<Map<String, Object>> totals(Map<String, Total> totals) {
    List<Map<String, Object>> views = new ArrayList<>();
    totals.forEach((unit, total) -> views.add(total(unit, total)));
    return views;
  }

  static Map<String, Object> total(String unit, Total total) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("currency", unit.isEmpty() ? null : unit);
    view.put("total", decimal(total.value(), unit));
    view.put("entries", total.entries());
    return view;
  }
}
