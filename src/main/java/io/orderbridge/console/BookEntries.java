package io.orderbridge.console;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Entries of a book as pages show them, beside the rows that they came from. */
final class BookEntries {
  private BookEntries() {}

  // A row that gives several amounts is shown once, beside the first of them.
  static List<Map<String, Object>> rows(BookViews views, Object entries) {
    List<Map<String, Object>> rows = new ArrayList<>();
    Set<String> shown = new HashSet<>();
    for (Map<String, Object> one : Told.list(entries)) {
      Map<String, Object> row = row(views, one);
      if (!shown.add(one.get("snapshot") + "/" + one.get("line"))) {
        row.put("cells", List.of());
      }
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Object> row(BookViews views, Map<String, Object> one) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("snapshot", one.get("snapshot"));
    row.put("place", one.get("place"));
    row.put("line", one.get("line"));
    row.put("book", Told.text(one, "book"));
    row.put("day", Told.text(one, "day"));
    row.put("version", Told.text(one, "version"));
    row.put("kind", views.word("books_kind_", one.get("kind")));
    row.put("amount", views.gap(one, "amount"));
    row.put("status", Told.text(one, "status"));
    row.put("converted", Told.text(one, "converted"));
    List<Map<String, String>> times = new ArrayList<>();
    Told.map(one.get("times"))
        .forEach(
            (basis, at) ->
                times.add(
                    Map.of("name", views.word("books_basis_", basis), "value", views.time(at))));
    row.put("times", times);
    row.put("cells", cells(one.get("cells")));
    return row;
  }

  /** The cells of a row by column; empty ones are left out. */
  static List<Map<String, String>> cells(Object cells) {
    List<Map<String, String>> rows = new ArrayList<>();
    Told.map(cells)
        .forEach(
            (name, value) -> {
              String text = Objects.toString(value, "");
              if (!text.isBlank()) {
                rows.add(Map.of("name", name, "value", text));
              }
            });
    return rows;
  }
}
