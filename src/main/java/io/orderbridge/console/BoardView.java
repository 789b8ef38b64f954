package io.orderbridge.console;

import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.passport.PassportViews;
import io.orderbridge.score.SyncLimit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The board as a page shows it: words, times people read, and the bars of its picture. */
final class BoardView {
  private static final int HIGH = 100;
  private static final int WIDE = 24;
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;
  private static final int DAY = 86_400;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private final Map<String, Object> board;
  private final PassportViews views;
  private final Locale locale;

  /**
   * @param board as {@link io.orderbridge.board.Board} tells it
   */
  BoardView(Map<String, Object> board, PassportViews views, Locale locale) {
    this.board = board;
    this.views = views;
    this.locale = locale;
  }

  /** A kind of findings, or {@code any}, in words. */
  static String kind(String kind, Locale locale) {
    return Texts.say(locale, "board_kind_" + kind.toLowerCase(Locale.ROOT));
  }

  /**
   * @param limit judges the sync delay rate by the rules of order health
   */
  Map<String, Object> model(SyncLimit limit) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("nodes", nodes());
    model.put("statuses", statuses());
    model.put("kinds", kinds());
    model.put("abnormal", part(board, "abnormal").get("orders"));
    model.putAll(sync(part(board, "sync"), limit));
    model.putAll(throughput());
    return model;
  }

  private static Map<String, Object> sync(Map<String, Object> sync, SyncLimit limit) {
    Object rate = sync.get("rate");
    BigDecimal value = rate == null ? null : new BigDecimal(rate.toString());
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("heard", sync.get("orders"));
    model.put("delayed", sync.get("delayed"));
    model.put("rate", value == null ? "" : percent(value));
    var judged =
        limit.judge(
            ((Number) sync.get("delayed")).longValue(), ((Number) sync.get("orders")).longValue());
    model.put("limit", judged.map(one -> one.percent() + " %").orElse(""));
    // Strict, and by whole orders: at the limit is past it. Without a limit nothing is judged.
    model.put("fails", judged.filter(SyncLimit.Judged::fails).isPresent());
    return model;
  }

  private static String percent(BigDecimal part) {
    return part.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }

  private List<Map<String, Object>> nodes() {
    Map<String, Object> now = part(part(board, "orders"), "byNode");
    Map<String, Map<String, Object>> times = new LinkedHashMap<>();
    list(board, "time").forEach(time -> times.put(time.get("node").toString(), time));
    List<Map<String, Object>> nodes = new ArrayList<>();
    for (Milestone milestone : Milestone.values()) {
      Map<String, Object> time = times.getOrDefault(milestone.name(), Map.of());
      Map<String, Object> node = new LinkedHashMap<>();
      node.put("node", milestone.name());
      node.put("name", views.milestone(milestone, locale));
      node.put("now", now.getOrDefault(milestone.name(), 0L));
      node.put("left", time.getOrDefault("orders", 0L));
      for (String percent : List.of("p50", "p90", "p99")) {
        node.put(percent, told(time.get(percent + "Seconds")));
      }
      nodes.add(node);
    }
    return nodes;
  }

  private List<Map<String, Object>> statuses() {
    List<Map<String, Object>> statuses = new ArrayList<>();
    part(part(board, "orders"), "byStatus")
        .forEach(
            (status, count) ->
                statuses.add(
                    Map.of(
                        "status", status, "name", views.status(status, locale), "count", count)));
    return statuses;
  }

  private List<Map<String, Object>> kinds() {
    List<Map<String, Object>> kinds = new ArrayList<>();
    Map<?, ?> counts = (Map<?, ?>) part(board, "abnormal").get("byKind");
    counts.entrySet().stream()
        .sorted(Comparator.comparing(one -> -((Number) one.getValue()).longValue()))
        .forEach(
            one ->
                kinds.add(
                    Map.of(
                        "kind", ((Kind) one.getKey()).name().toLowerCase(Locale.ROOT),
                        "name", kind(((Kind) one.getKey()).name(), locale),
                        "count", one.getValue())));
    return kinds;
  }

  // Orders that came and parcels that left, by hour: two bars each.
  private Map<String, Object> throughput() {
    List<Map<String, Object>> hours = new ArrayList<>();
    List<Map<String, Object>> read = list(board, "throughput");
    long most =
        Math.max(
            1,
            read.stream()
                .mapToLong(
                    hour -> Math.max(count(hour, "CREATED"), count(hour, "OUTBOUND_SCANNED")))
                .max()
                .orElse(1));
    ZoneId zone = views.zone();
    for (Map<String, Object> hour : read) {
      Map<String, Object> row = new LinkedHashMap<>();
      long came = count(hour, "CREATED");
      long left = count(hour, "OUTBOUND_SCANNED");
      row.put("from", CLOCK.format(Instant.parse(hour.get("from").toString()).atZone(zone)));
      row.put("came", came);
      row.put("left", left);
      row.put("x", hours.size() * WIDE);
      row.put("cameHigh", came * HIGH / most);
      row.put("leftHigh", left * HIGH / most);
      row.put("cameTop", HIGH - came * HIGH / most);
      row.put("leftTop", HIGH - left * HIGH / most);
      hours.add(row);
    }
    return Map.of("hours", hours, "wide", Math.max(1, hours.size()) * WIDE);
  }

  private static long count(Map<String, Object> hour, String node) {
    return ((Number) part(hour, "reached").getOrDefault(node, 0L)).longValue();
  }

  private String told(Object seconds) {
    if (seconds == null) {
      return "";
    }
    long all = ((Number) seconds).longValue();
    if (all < MINUTE) {
      return Texts.say(locale, "board_seconds", all);
    }
    if (all < HOUR) {
      return Texts.say(locale, "board_minutes", all / MINUTE);
    }
    return all < DAY
        ? Texts.say(locale, "board_hours", all / HOUR, all % HOUR / MINUTE)
        : Texts.say(locale, "board_days", all / DAY, all % DAY / HOUR);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> part(Map<String, Object> whole, String name) {
    return (Map<String, Object>) whole.get(name);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> whole, String name) {
    return (List<Map<String, Object>>) whole.get(name);
  }
}
