package io.orderbridge.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One partner that the sandbox plays: what it knows, what was done to it, which faults are switched
 * on. It speaks no dialect: the mappings {@code sandbox/<name>-ask} and {@code -tell} translate.
 * Thread-safe; forgets everything with the process.
 */
final class Counterpart {
  private static final int KEPT_MAX = 2_000;
  private static final int SIZE_DEFAULT = 50;
  private static final int WAIT_SECONDS = 1;
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final String NUMBER = "number";
  private static final String MODIFIED = "modifiedAt";
  // Words of an ask that write; asked twice for one order the second is told so.
  private static final Set<String> WRITES =
      Set.of("ship", "create", "cancel", "save", "submit", "push-orders", "subscribe");

  private final Clock clock;
  private final Faults faults = new Faults();
  private final Map<String, Map<String, Object>> orders = new LinkedHashMap<>();
  private final Map<String, List<Map<String, Object>>> lists = new TreeMap<>();
  private final Map<String, Map<String, Object>> effects = new LinkedHashMap<>();
  private final Deque<Map<String, Object>> heard = new ArrayDeque<>();
  private int tokens = 1;
  private boolean tokenEnded;

  Counterpart(Clock clock) {
    this.clock = clock;
  }

  Faults faults() {
    return faults;
  }

  /** Puts or changes orders; what is not named of a known one stays. */
  synchronized void put(List<Map<String, Object>> changed) {
    for (Map<String, Object> order : changed) {
      orders
          .computeIfAbsent(String.valueOf(order.get(NUMBER)), number -> new LinkedHashMap<>())
          .putAll(order);
    }
  }

  synchronized List<Map<String, Object>> orders() {
    return orders.values().stream().map(Map::copyOf).toList();
  }

  /** Adds to its other lists: refunds, messages, shipments, scans, payments. */
  synchronized void add(String list, List<Map<String, Object>> entries) {
    lists.computeIfAbsent(list, name -> new ArrayList<>()).addAll(entries);
  }

  /** What was done to it, each thing once, with how often it was asked. */
  synchronized List<Map<String, Object>> effects() {
    return List.copyOf(effects.values());
  }

  synchronized void hear(Map<String, Object> request) {
    heard.addLast(request);
    if (heard.size() > KEPT_MAX) {
      heard.removeFirst();
    }
  }

  synchronized List<Map<String, Object>> heard() {
    return List.copyOf(heard);
  }

  /** The answer to what was asked, both in the sandbox's own words. */
  synchronized Map<String, Object> answer(Map<String, Object> ask) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ask", ask);
    answer.put("now", time(clock.instant()));
    String what = text(ask, "do");
    String fault = fault(ask, what);
    if (fault == null && WRITES.contains(what)) {
      fault = write(ask, what, answer);
    } else if (fault == null) {
      read(ask, what, answer);
    }
    if (fault != null) {
      answer.put("fault", fault);
      answer.put("wait", WAIT_SECONDS);
    }
    return answer;
  }

  private String fault(Map<String, Object> ask, String what) {
    if ("token".equals(what)) {
      return null;
    }
    if (faults.strikes("expired-token")) {
      tokenEnded = true;
    }
    if (tokenEnded && !token().equals(text(ask, "token"))) {
      return "expired-token";
    }
    for (String word : List.of("limited", "busy", "refused", "unknown", "no-bill", "creating")) {
      if (faults.strikes(word)) {
        return word;
      }
    }
    return null;
  }

  private String token() {
    return "sandbox-token-" + tokens;
  }

  private String write(Map<String, Object> ask, String what, Map<String, Object> answer) {
    String key = what + ":" + text(ask, "order") + ":" + text(ask, "tracking");
    Map<String, Object> known = effects.get(key);
    if (known != null) {
      known.put("times", (int) known.get("times") + 1);
      answer.put("id", known.get("id"));
      return what.equals("ship") ? "already-shipped" : "exists";
    }
    Map<String, Object> effect = new LinkedHashMap<>(ask);
    effect.put("id", "S-" + (effects.size() + 1));
    effect.put("times", 1);
    effects.put(key, effect);
    answer.put("id", effect.get("id"));
    Map<String, Object> order = orders.get(text(ask, "order"));
    if (order != null) {
      answer.put("orders", List.of(order));
      if (what.equals("ship")) {
        order.put("status", "SHIPPED");
        order.put("tracking", ask.get("tracking"));
        order.put("carrier", ask.get("carrier"));
        order.put(MODIFIED, time(clock.instant()));
      }
    }
    return null;
  }

  private void read(Map<String, Object> ask, String what, Map<String, Object> answer) {
    switch (String.valueOf(what)) {
      case "token" -> {
        tokens++;
        tokenEnded = true;
        answer.put("token", Map.of("access", token(), "refresh", "r" + tokens, "expiresIn", 7200));
      }
      case "detail", "query" -> answer.put("orders", detail(ask));
      case "count", "list" -> page(ask, List.copyOf(orders.values()), "orders", answer);
      case "refunds" -> page(ask, lists.getOrDefault(what, List.of()), "refunds", answer);
      case "confirm", "ack" -> {
        List<?> ids = ask.get("ids") instanceof List<?> given ? given : List.of();
        lists.values().forEach(l -> l.removeIf(e -> ids.contains(String.valueOf(e.get("id")))));
      }
      default -> {
        String list = Map.of("lease", "shipments", "routes", "scans").getOrDefault(what, what);
        answer.put(list, List.copyOf(lists.getOrDefault(list, List.of())));
        // Whatever the partner calls it: what is asked of one order is the order.
        if (ask.get("order") != null) {
          answer.put("orders", detail(ask));
        }
      }
    }
  }

  private List<Map<String, Object>> detail(Map<String, Object> ask) {
    Map<String, Object> order = orders.get(text(ask, "order"));
    if (order == null) {
      return List.of();
    }
    Map<String, Object> shown = new LinkedHashMap<>(order);
    if (faults.strikes("late-echo")) {
      shown.put("status", "PAID");
      shown.remove("tracking");
    }
    return List.of(shown);
  }

  private void page(
      Map<String, Object> ask,
      List<Map<String, Object>> all,
      String name,
      Map<String, Object> answer) {
    boolean descending = Boolean.TRUE.equals(ask.get("descending"));
    Comparator<Map<String, Object>> byTime = Comparator.comparing(entry -> at(entry, MODIFIED));
    List<Map<String, Object>> fitting =
        all.stream()
            .filter(entry -> within(entry, ask))
            .sorted(descending ? byTime.reversed() : byTime)
            .toList();
    int size = Math.max(1, number(ask, "size", SIZE_DEFAULT));
    int offset = number(ask, "offset", (number(ask, "page", 1) - 1) * size);
    int begin = Math.min(Math.max(offset, 0), fitting.size());
    int end = Math.min(begin + size, fitting.size());
    answer.put("total", fitting.size());
    answer.put("more", end < fitting.size());
    answer.put("cursor", end < fitting.size() ? String.valueOf(end) : null);
    answer.put(name, fitting.subList(begin, end).stream().map(LinkedHashMap::new).toList());
    // One row of the page that was just read leaves the window: what follows moves up by one.
    if (end > begin && "list".equals(text(ask, "do")) && faults.strikes("shift")) {
      fitting.get(begin).put(MODIFIED, time(clock.instant()));
    }
  }

  private static boolean within(Map<String, Object> entry, Map<String, Object> ask) {
    Instant at = at(entry, MODIFIED);
    return (ask.get("from") == null || !at.isBefore(at(ask, "from")))
        && (ask.get("to") == null || at.isBefore(at(ask, "to")));
  }

  private static Instant at(Map<String, Object> entry, String key) {
    Object time = entry.get(key);
    return time == null ? Instant.EPOCH : OffsetDateTime.parse(String.valueOf(time)).toInstant();
  }

  private static String time(Instant at) {
    return OffsetDateTime.ofInstant(at, ZONE).withNano(0).toString();
  }

  private static int number(Map<String, Object> ask, String key, int otherwise) {
    String text = text(ask, key);
    return text == null || !text.matches("-?\\d{1,9}") ? otherwise : Integer.parseInt(text);
  }

  private static String text(Map<String, Object> from, String key) {
    Object value = from.get(key);
    return value == null ? null : String.valueOf(value);
  }
}
