package io.orderbridge.repair;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.OrderKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The orders of a repair as somebody has listed them, as CSV or JSON. Whatever is not clear is told
 * with its line; then nothing is done.
 */
final class OrderList {
  private static final String SHOP = "shop";
  private static final String NUMBER = "number";
  // Ten thousand orders at fifty a second are three minutes, and a dry run of a few seconds; a
  // longer list is several repairs, each with an approval of its own.
  static final int LINES_MAX = 10_000;
  private static final int CELL_MAX = 1_000;

  private final Action action;
  private final Wish wish;
  private final List<Line> lines = new ArrayList<>();
  private final List<BadLine> bad = new ArrayList<>();
  private final Map<OrderKey, Integer> seen = new TreeMap<>();

  private OrderList(Action action, Wish wish) {
    this.action = action;
    this.wish = wish;
  }

  /**
   * Reads CSV whose first line names the columns: {@code shop}, {@code number}, and those that the
   * action knows.
   *
   * @throws Declined with every bad line
   */
  static List<Line> csv(String text, Action action, Wish wish) {
    OrderList list = new OrderList(action, wish);
    List<CsvText.Row> rows = CsvText.read(text);
    List<String> columns = rows.isEmpty() ? List.of() : rows.get(0).cells();
    String wrong = list.columns(columns);
    if (!wrong.isEmpty()) {
      list.bad.add(new BadLine(rows.isEmpty() ? 1 : rows.get(0).number(), wrong));
      return list.read();
    }
    for (CsvText.Row row : rows.subList(1, rows.size())) {
      if (!row.broken().isEmpty()) {
        list.bad.add(new BadLine(row.number(), row.broken()));
      } else if (row.cells().size() != columns.size()) {
        list.bad.add(
            new BadLine(
                row.number(),
                "has %d cells, expected %d".formatted(row.cells().size(), columns.size())));
      } else {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          fields.put(columns.get(i), row.cells().get(i));
        }
        list.add(row.number(), fields);
      }
    }
    return list.read();
  }

  /**
   * Reads orders as JSON objects.
   *
   * @throws Declined with every bad order; its line is its place in the list
   */
  static List<Line> of(List<Map<String, String>> orders, Action action, Wish wish) {
    OrderList list = new OrderList(action, wish);
    for (int i = 0; i < orders.size(); i++) {
      Map<String, String> order = orders.get(i);
      Set<String> unknown = new TreeSet<>(order == null ? Set.of() : order.keySet());
      unknown.removeAll(list.known());
      if (order == null || !unknown.isEmpty()) {
        list.bad.add(new BadLine(i + 1, "has %s; %s".formatted(unknown, list.expected())));
      } else {
        list.add(i + 1, order);
      }
    }
    return list.read();
  }

  private Set<String> known() {
    Set<String> known = new TreeSet<>(action.fields());
    known.add(SHOP);
    known.add(NUMBER);
    return known;
  }

  private String expected() {
    return "expected shop, number and, if wanted, "
        + String.join(", ", new TreeSet<>(action.fields()));
  }

  private String columns(List<String> columns) {
    Set<String> unknown = new TreeSet<>(columns);
    unknown.removeAll(known());
    boolean twice = new TreeSet<>(columns).size() < columns.size();
    boolean named = columns.contains(SHOP) && columns.contains(NUMBER);
    return named && unknown.isEmpty() && !twice
        ? ""
        : "the first line names the columns; " + expected();
  }

  private void add(int number, Map<String, String> given) {
    Map<String, String> fields = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          if (value != null && !value.isBlank()) {
            fields.put(name, value.strip());
          }
        });
    String wrong = "";
    if (lines.size() == LINES_MAX) {
      wrong = "is one more than the %d orders of a repair".formatted(LINES_MAX);
    } else if (fields.values().stream().anyMatch(OrderList::unfit)) {
      wrong = "has a cell of more than %d characters or a control character".formatted(CELL_MAX);
    } else {
      try {
        OrderKey order = new OrderKey(fields.remove(SHOP), fields.remove(NUMBER));
        Integer before = seen.putIfAbsent(order, number);
        Line line = new Line(lines.size() + 1, order, fields);
        wrong = before != null ? "names %s as line %d does".formatted(order, before) : "";
        wrong = wrong.isEmpty() ? action.wrong(wish, line) : wrong;
        lines.add(line);
      } catch (IllegalArgumentException e) {
        wrong = e.getMessage();
      }
    }
    if (!wrong.isEmpty()) {
      bad.add(new BadLine(number, wrong));
    }
  }

  private static boolean unfit(String cell) {
    return cell.length() > CELL_MAX || cell.chars().anyMatch(Character::isISOControl);
  }

  private List<Line> read() {
    if (bad.isEmpty() && lines.isEmpty()) {
      bad.add(new BadLine(1, "no order is named"));
    }
    if (!bad.isEmpty()) {
      BadLine first = bad.get(0);
      throw new Declined(
          Declined.Kind.WRONG,
          "line %d %s%s; nothing was done"
              .formatted(
                  first.line(),
                  first.what(),
                  bad.size() > 1 ? ", and %d more".formatted(bad.size() - 1) : ""),
          Map.of("lines", List.copyOf(bad)));
    }
    return List.copyOf(lines);
  }
}
