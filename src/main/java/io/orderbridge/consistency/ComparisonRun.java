package io.orderbridge.consistency;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A comparison of one system with the order book, as it is stored.
 *
 * @param day on which it was asked for, in the zone of the pair
 * @param step what a running one does, in a word
 * @param rowsAt partition of its rows; null before it has any
 * @param ours orders of the order book that were looked at; null before
 * @param theirs states of the system that were looked at; null before
 * @param counts how many orders ended in each class
 * @param awaited readings that are missing, by name
 * @param problem why it failed, or null
 */
record ComparisonRun(
    long id,
    String system,
    LocalDate day,
    Instant from,
    Instant to,
    String askedBy,
    State state,
    String step,
    Instant askedAt,
    Instant startedAt,
    Instant endedAt,
    Instant rowsAt,
    Long ours,
    Long theirs,
    Map<String, Long> counts,
    List<Map<String, Object>> awaited,
    String problem) {

  static final String EQUAL = "EQUAL";

  /** Classes of what cannot be judged yet. */
  static final List<String> AWAITED = List.of("NOT_READ", "CHANGED_SINCE", "IN_FLIGHT");

  /** Classes of what is not compared at all. */
  static final List<String> NOT_COMPARED = List.of("NOT_EXPECTED", "OUTSIDE");

  enum State {
    ASKED,
    RUNNING,
    DONE,
    FAILED
  }

  long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  long differences() {
    long sum = 0;
    for (ComparisonClass difference : ComparisonClass.values()) {
      sum += count(difference.name());
    }
    return sum;
  }

  private long sum(List<String> names) {
    return names.stream().mapToLong(this::count).sum();
  }

  /** How many ended as what, largest parts first; every order is in one line. */
  Map<String, Long> summary() {
    Map<String, Long> summary = new LinkedHashMap<>();
    summary.put(EQUAL, count(EQUAL));
    for (ComparisonClass difference : ComparisonClass.values()) {
      summary.put(difference.name(), count(difference.name()));
    }
    summary.put("AWAITED", sum(AWAITED));
    summary.put("NOT_COMPARED", sum(NOT_COMPARED));
    return summary;
  }

  /** As the API shows it. */
  Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", id);
    view.put("system", system);
    view.put("day", day.toString());
    view.put("from", from.toString());
    view.put("to", to.toString());
    view.put("askedBy", askedBy);
    view.put("state", state.name());
    view.put("step", step.isEmpty() ? null : step);
    view.put("askedAt", askedAt.toString());
    view.put("startedAt", text(startedAt));
    view.put("endedAt", text(endedAt));
    view.put("ours", ours);
    view.put("theirs", theirs);
    if (state == State.DONE) {
      view.put("summary", summary());
      view.put("awaitedBy", parts(AWAITED));
      view.put("notComparedBy", parts(NOT_COMPARED));
      view.put("awaitedReadings", awaited);
      view.put("report", "/api/comparisons/" + id + "/report.html");
    }
    view.put("problem", problem);
    view.values().removeIf(Objects::isNull);
    return view;
  }

  private Map<String, Long> parts(List<String> names) {
    Map<String, Long> parts = new LinkedHashMap<>();
    for (String name : names) {
      if (count(name) > 0) {
        parts.put(name, count(name));
      }
    }
    return parts;
  }

  private static String text(Instant at) {
    return at == null ? null : at.toString();
  }

  /** A difference of a run. */
  record Row(
      String kind,
      String shop,
      String number,
      String cause,
      String ours,
      String theirs,
      String raw,
      Instant oursAt,
      Instant theirsAt,
      Instant readAt,
      boolean awaited) {

    ComparisonClass difference() {
      return ComparisonClass.valueOf(kind);
    }

    Map<String, Object> view() {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("class", kind);
      view.put("order", Map.of("shop", shop, "number", number));
      view.put("cause", cause);
      view.put("ours", ours);
      view.put("theirs", theirs);
      view.put("raw", raw);
      view.put("oursAt", text(oursAt));
      view.put("theirsAt", text(theirsAt));
      view.put("readAt", text(readAt));
      view.put("awaited", awaited ? Boolean.TRUE : null);
      view.values().removeIf(Objects::isNull);
      return view;
    }
  }

  /** Where to go on in the rows of a run. */
  record After(String kind, String shop, String number) {
    static final After START = new After("", "", "");

    static After of(List<Row> rows) {
      Row last = rows.get(rows.size() - 1);
      return new After(last.kind(), last.shop(), last.number());
    }
  }

  /** The rows of a run, a page at a time. */
  interface Rows {
    List<Row> after(After after);

    /** Gives all rows to the reader, one page in memory. */
    default void each(RowReader reader) throws IOException {
      for (List<Row> page = after(After.START); !page.isEmpty(); page = after(After.of(page))) {
        for (Row row : page) {
          reader.read(row);
        }
      }
    }
  }

  /** Takes a row. */
  interface RowReader {
    void read(Row row) throws IOException;
  }
}
