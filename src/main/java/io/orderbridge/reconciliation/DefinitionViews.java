package io.orderbridge.reconciliation;

import io.orderbridge.books.Figures.Shifted;
import io.orderbridge.books.Figures.Total;
import io.orderbridge.books.Snapshot;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Definitions and what they come to, as the API shows them. */
final class DefinitionViews {
  private DefinitionViews() {}

  /** All of a definition, with the statement of a figure for some days. */
  static Map<String, Object> of(
      Definition definition, Department department, LocalDate from, LocalDate to) {
    Map<String, Object> view = ReportViews.definitionState(definition);
    view.put("says", ReportViews.words(definition.says()));
    view.put("of", definition.counting().of().name());
    view.put("statuses", names(definition.counting().counts().statuses()));
    view.put("kinds", names(definition.counting().counts().kinds()));
    view.put("known", names(definition.counting().counts().known()));
    Map<String, String> basis = new LinkedHashMap<>();
    for (Department one : Department.values()) {
      basis.put(one.word(), definition.basis().get(one).name());
    }
    view.put("basis", basis);
    view.put("zone", definition.zone().toString());
    view.put("hash", definition.hash());
    view.put("signed", definition.signed().stream().map(DefinitionViews::signed).toList());
    view.put("sql", DefinitionDocument.sql(definition, department, from, to));
    return view;
  }

  private static List<String> names(java.util.Collection<?> words) {
    return words.stream().map(Object::toString).sorted().toList();
  }

  private static Map<String, Object> signed(Definition.Signed signed) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("by", signed.by());
    view.put("role", signed.role().word());
    view.put("on", signed.on().toString());
    view.put("version", signed.version());
    return view;
  }

  static Map<String, Object> table(
      Definition definition, DefinitionTotals.Asked asked, DefinitionTotals.Table table) {
    Map<String, Object> view = asked(definition, asked, table.snapshots());
    view.put("totals", departments(table.totals()));
    view.put("bridges", table.bridges().stream().map(DefinitionViews::bridge).toList());
    return view;
  }

  private static Map<String, Object> bridge(Bridge bridge) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("from", bridge.from().word());
    view.put("to", bridge.to().word());
    view.put("first", ReportViews.total(bridge.unit(), bridge.first()));
    view.put("second", ReportViews.total(bridge.unit(), bridge.second()));
    view.put("difference", ReportViews.total(bridge.unit(), bridge.second().minus(bridge.first())));
    view.put(
        "lines",
        bridge.lines().stream()
            .map(
                line -> {
                  Map<String, Object> one = ReportViews.total(bridge.unit(), line.total());
                  one.put("reason", line.reason().id());
                  one.put("text", ReportViews.words(line.reason().text()));
                  return one;
                })
            .toList());
    view.put("remainder", ReportViews.total(bridge.unit(), bridge.remainder()));
    return view;
  }

  static Map<String, Object> effect(
      Definition now,
      Definition proposed,
      DefinitionTotals.Asked asked,
      DefinitionTotals.Effect effect) {
    Map<String, Object> view = asked(proposed, asked, effect.snapshots());
    view.put("before", version(now, effect.before()));
    view.put("after", version(proposed, effect.after()));
    view.put("changes", effect.shift().keys());
    view.put("first", effect.shift().first().stream().map(DefinitionViews::shifted).toList());
    return view;
  }

  private static Map<String, Object> version(
      Definition definition, Map<Department, Map<String, Total>> totals) {
    Map<String, Object> view = ReportViews.definitionState(definition);
    view.put("hash", definition.hash());
    view.put("totals", departments(totals));
    return view;
  }

  private static Map<String, Object> shifted(Shifted one) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("key", one.key());
    view.put("before", ReportViews.total(one.unit(), one.before()));
    view.put("after", ReportViews.total(one.unit(), one.after()));
    return view;
  }

  private static Map<String, Object> departments(Map<Department, Map<String, Total>> totals) {
    Map<String, Object> view = new LinkedHashMap<>();
    for (Department department : Department.values()) {
      view.put(department.word(), ReportViews.totals(totals.get(department)));
    }
    return view;
  }

  private static Map<String, Object> asked(
      Definition definition, DefinitionTotals.Asked asked, List<Snapshot> snapshots) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("definition", ReportViews.definitionState(definition));
    view.put("books", asked.books());
    view.put("from", asked.from().toString());
    view.put("to", asked.to().toString());
    view.put("snapshots", snapshots.stream().map(Snapshot::id).toList());
    return view;
  }
}
