package io.orderbridge.sandbox;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One partner that the sandbox plays: what it knows, what was done to it, which faults are switched
 * on. It speaks no dialect: the mappings {@code sandbox/<name>-ask} and {@code -tell} translate.
 * Thread-safe; forgets everything with the process.
 */
final class Counterpart {
  private static final int KEPT_MAX = 2_000;
  private static final int WAIT_SECONDS = 1;
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final String NUMBER = "number";
  private static final String ORDER = "order";
  private static final String STATUS = "status";
  private static final String TRACKING = "tracking";
  private static final String TIMES = "times";
  private static final String UNKNOWN = "unknown";
  private static final String DO = "do";
  private static final String EXISTS = "exists";
  // Words of an ask that write; asked twice for one order the second is told so.
  private static final Set<String> WRITES =
      Set.of("ship", "create", "cancel", "save", "submit", "push-orders", "subscribe", "send");
  // Asks whose answer is a list of another name.
  private static final Map<String, String> LISTS = Map.of("lease", "shipments", "routes", "scans");

  private final Clock clock;
  private final Faults faults = new Faults();
  private final Map<String, Map<String, Object>> orders = new LinkedHashMap<>();
  private final Map<String, List<Map<String, Object>>> lists = new TreeMap<>();
  private final Map<String, Map<String, Object>> effects = new LinkedHashMap<>();
  private final Bills bills = new Bills();
  private final Deque<Map<String, Object>> heard = new ArrayDeque<>();
  private int tokens;
  // The only one that is good; at first any is.
  private String token;

  Counterpart(Clock clock) {
    this.clock = clock;
  }

  Faults faults() {
    return faults;
  }

  Instant now() {
    return clock.instant();
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
    return orders.values().stream().map(Counterpart::copy).toList();
  }

  /** Adds to its other lists: refunds, messages, shipments, scans, payments, bills. */
  synchronized void add(String list, List<Map<String, Object>> entries) {
    lists.computeIfAbsent(list, name -> new ArrayList<>()).addAll(entries);
  }

  /** What was done to it, each thing once, with how often it was asked. */
  synchronized List<Map<String, Object>> effects() {
    return effects.values().stream().map(Counterpart::copy).toList();
  }

  synchronized void hear(Map<String, Object> request) {
    request.put("at", now().toString());
    heard.addLast(request);
    if (heard.size() > KEPT_MAX) {
      heard.removeFirst();
    }
  }

  synchronized List<Map<String, Object>> heard() {
    return List.copyOf(heard);
  }

  /** Whether what is asked changes something. */
  static boolean writes(Map<String, Object> ask) {
    return WRITES.contains(text(ask, DO)) || Refunds.MAKE.equals(text(ask, DO));
  }

  /** The answer to what was asked, both in the sandbox's own words. */
  synchronized Map<String, Object> answer(Map<String, Object> ask) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ask", ask);
    answer.put("now", time(now()));
    String what = String.valueOf(text(ask, DO));
    String fault = fault(ask, what);
    if (fault == null && what.equals(Refunds.MAKE)) {
      fault = new Refunds(lists, effects).make(ask, time(now()), answer);
    } else if (fault == null) {
      fault = WRITES.contains(what) ? write(ask, what, answer) : read(ask, what, answer);
    }
    if (fault != null) {
      answer.put("fault", fault);
      answer.put("wait", WAIT_SECONDS);
    }
    return answer;
  }

  private String fault(Map<String, Object> ask, String what) {
    if ("token".equals(what) || Receipts.PUSH.equals(what)) {
      return null;
    }
    if (faults.strikes("expired-token", what)
        || faults.strikes("expired-token", what + ":" + text(ask, "page"))) {
      freshToken();
    }
    if (token != null && ask.get("token") != null && !token.equals(text(ask, "token"))) {
      return "expired-token";
    }
    return faults.word(what).orElse(null);
  }

  private void freshToken() {
    token = "sandbox-token-" + ++tokens;
  }

  private String write(Map<String, Object> ask, String what, Map<String, Object> answer) {
    String number = text(ask, ORDER);
    String key = what + ":" + number + ":" + text(ask, TRACKING);
    Map<String, Object> known = effects.get(key);
    Map<String, Object> order = orders.get(number);
    boolean shipped = what.equals("ship") && order != null && order.get(TRACKING) != null;
    boolean byUs = effects.keySet().stream().anyMatch(k -> k.startsWith(what + ":" + number + ":"));
    if (known != null) {
      known.put(TIMES, (int) known.get(TIMES) + 1);
      answer.put("id", known.get("id"));
    }
    if (known != null || shipped && !byUs) {
      return what.equals("ship") ? "already-shipped" : EXISTS;
    }
    Map<String, Object> effect = new LinkedHashMap<>(ask);
    effect.put("id", "S-" + (effects.size() + 1));
    effect.put(TIMES, 1);
    effects.put(key, effect);
    answer.put("id", effect.get("id"));
    if (what.equals(Receipts.SEND)) {
      Receipts.write(lists, effect, faults, time(now()));
    }
    become(ask, what).ifPresent(done -> answer.put("orders", List.of(copy(done))));
    return null;
  }

  // What an order is after it was written to.
  private Optional<Map<String, Object>> become(Map<String, Object> ask, String what) {
    String number = text(ask, ORDER);
    if (what.equals("save")) {
      orders.computeIfAbsent(
          number, any -> new LinkedHashMap<>(Map.of(NUMBER, number, STATUS, "CREATED")));
    }
    Map<String, Object> order = orders.get(number);
    if (order == null) {
      return Optional.empty();
    }
    order.put(Shelf.MODIFIED, time(now()));
    switch (what) {
      case "ship" -> {
        order.put(STATUS, "SHIPPED");
        order.put(TRACKING, ask.get(TRACKING));
        order.put("carrier", ask.get("carrier"));
      }
      case "submit" -> order.put(STATUS, "ACCEPTED");
      case "cancel" -> order.put(STATUS, "CANCELLED");
      default -> {
        // It knows of it, that is all.
      }
    }
    return Optional.of(order);
  }

  private String read(Map<String, Object> ask, String what, Map<String, Object> answer) {
    switch (what) {
      case "token" -> {
        freshToken();
        Map<String, Object> made =
            effects.computeIfAbsent(what, any -> new LinkedHashMap<>(Map.of(DO, what, TIMES, 0)));
        made.put(TIMES, (int) made.get(TIMES) + 1);
        answer.put("token", Map.of("access", token, "refresh", "r" + tokens, "expiresIn", 172_800));
      }
      case "count", "list" -> list(ask, what, answer);
      case "confirm", "ack" -> Receipts.forget(lists, ask.get("ids"));
      case "take", Receipts.PUSH -> Receipts.take(lists, answer);
      case "bill-link", "bill-file" -> {
        List<Map<String, Object>> rows = lists.getOrDefault(bills.list(ask), List.of());
        return what.equals("bill-link")
            ? bills.link(ask, rows, answer)
            : bills.file(ask, rows, answer);
      }
      default -> {
        return tell(ask, what, answer);
      }
    }
    return null;
  }

  private String tell(Map<String, Object> ask, String what, Map<String, Object> answer) {
    answer.put("orders", detail(ask));
    String name = LISTS.getOrDefault(what, what);
    List<Map<String, Object>> wanted =
        lists.getOrDefault(name, List.of()).stream()
            .filter(e -> ask.get("refund") == null || ask.get("refund").equals(e.get("id")))
            .toList();
    new Shelf(wanted, ask).page(name, 0, answer);
    if (!lists.containsKey("payments")) {
      return null;
    }
    Map<String, Object> refund = first("refunds", "id", ask.get("refund"));
    Map<String, Object> payment =
        refund != null
            ? first("payments", ORDER, refund.get(ORDER))
            : Optional.ofNullable(first("payments", "id", ask.get("payment")))
                .orElse(first("payments", ORDER, ask.get(ORDER)));
    if (payment == null) {
      return UNKNOWN;
    }
    answer.put("payment", payment);
    answer.put("refund", refund);
    return null;
  }

  private Map<String, Object> first(String list, String key, Object value) {
    return lists.getOrDefault(list, List.of()).stream()
        .filter(entry -> value != null && value.equals(entry.get(key)))
        .findFirst()
        .map(Counterpart::copy)
        .orElse(null);
  }

  private List<Map<String, Object>> detail(Map<String, Object> ask) {
    Map<String, Object> order = orders.get(text(ask, ORDER));
    return order == null ? List.of() : List.of(echo(order, "detail"));
  }

  // Its own pages lag behind what it was told.
  private Map<String, Object> echo(Map<String, Object> order, String what) {
    Map<String, Object> shown = copy(order);
    if (order.get(TRACKING) != null && faults.strikes("late-echo", what)) {
      shown.put(STATUS, "PAID");
      shown.remove(TRACKING);
    }
    return shown;
  }

  private void list(Map<String, Object> ask, String what, Map<String, Object> answer) {
    Object kind = ask.get("kind");
    Map<String, Object> asked = copy(ask);
    if (kind != null) {
      // What has kinds is a journal: the newest stands first.
      asked.putIfAbsent("descending", true);
    }
    List<Map<String, Object>> all =
        kind == null
            ? List.copyOf(orders.values())
            : lists.getOrDefault(kind.toString(), List.of());
    Shelf shelf = new Shelf(all, asked);
    int hidden = faults.strikes("late-row", what) ? 1 : 0;
    int shown = shelf.page(kind == null ? "orders" : "items", hidden, answer);
    // A row that was there leaves the window: what follows moves up by one.
    if (shown > 0 && "list".equals(what) && faults.strikes("shift", what)) {
      shelf.fitting().get(0).put(Shelf.MODIFIED, time(now()));
    }
  }

  private static Map<String, Object> copy(Map<String, Object> entry) {
    return new LinkedHashMap<>(entry);
  }

  private static String time(Instant at) {
    return ISO_OFFSET_DATE_TIME.format(OffsetDateTime.ofInstant(at, ZONE).withNano(0));
  }

  private static String text(Map<String, Object> from, String key) {
    Object value = from.get(key);
    return value == null ? null : String.valueOf(value);
  }
}
