package io.orderbridge.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bills of a counterpart: a link that is asked for, then the file behind it. The rows of a bill
 * stand in the list {@code bill-<kind>}, each with its {@code day}.
 */
final class Bills {
  private static final String ASK = "ask";
  private static final String DAY = "day";
  private static final String ROWS = "rows";

  private final Map<String, Map<String, Object>> links = new LinkedHashMap<>();

  /** Where the rows stand that an ask is about. */
  String list(Map<String, Object> ask) {
    return "bill-" + asked(ask).get("kind");
  }

  private Map<String, Object> asked(Map<String, Object> ask) {
    return links.getOrDefault(String.valueOf(ask.get("token")), ask);
  }

  /** Writes the name of a link, and what its file will be made of, into an answer; or a fault. */
  String link(Map<String, Object> ask, List<Map<String, Object>> all, Map<String, Object> answer) {
    List<Map<String, Object>> rows = ofDay(all, ask);
    if (rows.isEmpty()) {
      return "no-bill";
    }
    String name = "t" + (links.size() + 1);
    Map<String, Object> file = new LinkedHashMap<>(ask);
    file.put("do", "bill-file");
    links.put(name, file);
    answer.put(ROWS, rows);
    answer.put("link", name);
    answer.put("file", Map.of(ASK, file, "now", answer.get("now"), ROWS, rows));
    return null;
  }

  /** Writes what a file is made of into an answer; or a fault. */
  String file(Map<String, Object> ask, List<Map<String, Object>> all, Map<String, Object> answer) {
    Map<String, Object> file = asked(ask);
    if (file == ask) {
      return "link-expired";
    }
    answer.put(ASK, file);
    answer.put(ROWS, ofDay(all, file));
    return null;
  }

  private static List<Map<String, Object>> ofDay(
      List<Map<String, Object>> all, Map<String, Object> ask) {
    String day = String.valueOf(ask.get(DAY));
    return all.stream().filter(row -> day.equals(String.valueOf(row.get(DAY)))).toList();
  }
}
