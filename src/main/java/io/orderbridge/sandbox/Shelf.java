package io.orderbridge.sandbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries of a counterpart by the time of their last change, read in pages: by number, by offset,
 * or after the entry that a cursor names. An entry is a map with {@code modifiedAt} or {@code at},
 * and {@code number} or {@code id}.
 */
final class Shelf {
  static final String MODIFIED = "modifiedAt";
  private static final int SIZE_DEFAULT = 50;
  private static final String BETWEEN = "|";

  private final List<Map<String, Object>> fitting;
  private final Map<String, Object> ask;
  private final Comparator<Map<String, Object>> order;

  Shelf(List<Map<String, Object>> all, Map<String, Object> ask) {
    this.ask = ask;
    Comparator<Map<String, Object>> ascending =
        Comparator.<Map<String, Object>, Instant>comparing(Shelf::at).thenComparing(Shelf::name);
    this.order = Boolean.TRUE.equals(ask.get("descending")) ? ascending.reversed() : ascending;
    this.fitting = all.stream().filter(this::within).sorted(order).toList();
  }

  /** All that fit the question, the entries themselves. */
  List<Map<String, Object>> fitting() {
    return fitting;
  }

  /**
   * Writes a page into an answer: the copies of its entries, total, more, cursor.
   *
   * @param hidden so many of the last to come are not seen yet
   * @return how many are on the page
   */
  int page(String name, int hidden, Map<String, Object> answer) {
    List<Map<String, Object>> seen = seen(hidden);
    int size = Math.max(1, number(ask, "size", SIZE_DEFAULT));
    int offset = number(ask, "offset", (number(ask, "page", 1) - 1) * size);
    Object cursor = ask.get("cursor");
    int from = cursor == null ? offset : behind(seen, cursor.toString());
    int begin = Math.min(Math.max(from, 0), seen.size());
    int end = Math.min(begin + size, seen.size());
    boolean more = end < seen.size();
    answer.put("total", seen.size());
    answer.put("more", more);
    answer.put("cursor", more ? key(seen.get(end - 1)) : null);
    answer.put(name, seen.subList(begin, end).stream().map(LinkedHashMap::new).toList());
    return end - begin;
  }

  private List<Map<String, Object>> seen(int hidden) {
    Comparator<Map<String, Object>> byTime = Comparator.comparing(Shelf::at);
    List<Map<String, Object>> late =
        fitting.stream().sorted(byTime.reversed()).limit(hidden).toList();
    return fitting.stream().filter(entry -> late.stream().noneMatch(l -> l == entry)).toList();
  }

  // A cursor is the time and name of an entry, because rows come and go; or its bare id.
  private int behind(List<Map<String, Object>> seen, String cursor) {
    int cut = cursor.indexOf(BETWEEN);
    Map<String, Object> last = new LinkedHashMap<>();
    if (cut > 0) {
      last.put(MODIFIED, cursor.substring(0, cut));
      last.put("id", cursor.substring(cut + 1));
    } else {
      seen.stream().filter(entry -> name(entry).equals(cursor)).forEach(last::putAll);
    }
    int index = 0;
    while (index < seen.size() && order.compare(seen.get(index), last) <= 0) {
      index++;
    }
    return index;
  }

  private static String key(Map<String, Object> entry) {
    return at(entry) + BETWEEN + name(entry);
  }

  private boolean within(Map<String, Object> entry) {
    Instant at = at(entry);
    return (ask.get("from") == null || !at.isBefore(time(ask.get("from"))))
        && (ask.get("to") == null || at.isBefore(time(ask.get("to"))));
  }

  private static Instant at(Map<String, Object> entry) {
    Object time = entry.getOrDefault(MODIFIED, entry.get("at"));
    return time == null ? Instant.EPOCH : time(time);
  }

  private static Instant time(Object text) {
    return OffsetDateTime.parse(String.valueOf(text)).toInstant();
  }

  private static String name(Map<String, Object> entry) {
    return String.valueOf(entry.getOrDefault("number", entry.get("id")));
  }

  private static int number(Map<String, Object> ask, String key, int otherwise) {
    String text = ask.get(key) == null ? "" : String.valueOf(ask.get(key));
    return text.matches("-?\\d{1,9}") ? Integer.parseInt(text) : otherwise;
  }
}
