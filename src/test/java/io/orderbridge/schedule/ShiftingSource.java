package io.orderbridge.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A partner's list that moves while it is read. Newest first for reading from the last page, oldest
 * first otherwise; by cursor in the order of ids.
 */
final class ShiftingSource implements PageRoute {
  /** A record of the window. */
  record Row(String id, int modified) {
    Map<String, Object> item() {
      return Map.of("id", id, "version", String.valueOf(modified), "note", "n".repeat(8));
    }
  }

  final List<Row> rows = new ArrayList<>();
  final List<Map<String, Object>> requests = new ArrayList<>();
  private final boolean newestFirst;
  private Runnable moves = () -> {};

  ShiftingSource(boolean newestFirst, int count) {
    this.newestFirst = newestFirst;
    IntStream.range(0, count).forEach(i -> rows.add(new Row("o%04d".formatted(i), i)));
  }

  /** What happens at the partner before each answer. */
  ShiftingSource moving(Runnable between) {
    moves = between;
    return this;
  }

  /** Cuts off before the answers that the rule names, counted from 1. */
  PageRoute failing(IntFunction<RuntimeException> rule) {
    return request -> {
      RuntimeException failure = rule.apply(requests.size() + 1);
      if (failure != null) {
        requests.add(request);
        throw failure;
      }
      return ask(request);
    };
  }

  List<String> ids() {
    return rows.stream().map(Row::id).sorted().toList();
  }

  /** Modified again: it leaves the window. */
  void remove(int index) {
    rows.remove(index);
  }

  /** Came late, but belongs to the window. */
  void add(Row row) {
    rows.add(row);
  }

  @Override
  public Answer ask(Map<String, Object> request) {
    requests.add(request);
    moves.run();
    Comparator<Row> order = Comparator.comparingInt(Row::modified);
    rows.sort(newestFirst ? order.reversed() : order);
    Map<String, Object> answer = new HashMap<>();
    answer.put("total", rows.size());
    if (!Boolean.TRUE.equals(request.get("count"))) {
      boolean byCursor = request.get("cursor") != null || "cursor".equals(request.get("by"));
      List<Row> page = byCursor ? after((String) request.get("cursor")) : page(request);
      answer.put("rows", page.stream().map(Row::item).toList());
      answer.put("next", page.size() < Specs.SIZE ? null : page.get(page.size() - 1).id());
    }
    return new Answer(answer, false);
  }

  private List<Row> page(Map<String, Object> request) {
    int from = Math.toIntExact((Long) request.get("offset"));
    List<Row> all = rows;
    return List.copyOf(
        all.subList(Math.min(from, all.size()), Math.min(from + Specs.SIZE, all.size())));
  }

  private List<Row> after(String id) {
    return rows.stream()
        .sorted(Comparator.comparing(Row::id))
        .filter(row -> row.id().compareTo(id) > 0)
        .limit(Specs.SIZE)
        .toList();
  }
}
