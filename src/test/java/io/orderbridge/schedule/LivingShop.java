package io.orderbridge.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.schedule.Source.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A shop whose orders live: each change moves {@code modified}, and with it the order's place in
 * the list that can be read. Times are of full seconds, as partners tell them.
 */
final class LivingShop {
  private static final ObjectMapper JSON = new ObjectMapper();

  final String name;
  final Order order;
  // Whether a push carries the whole order or only what changed.
  private final boolean tellsAll;
  final Map<String, Record> records = new TreeMap<>();
  // Lived through by hand; the counters tell that it really happened.
  int shifted;
  int sameSecond;
  private Instant readingFrom = Instant.MAX;
  private Instant readingTo = Instant.MAX;

  LivingShop(String name, Order order, boolean tellsAll) {
    this.name = name;
    this.order = order;
    this.tellsAll = tellsAll;
  }

  /** An order as the shop has it. */
  static final class Record {
    final String id;
    // What is still to come, the next one first.
    final List<Step> ahead;
    final Map<String, Instant> reached = new LinkedHashMap<>();
    String refund;
    Instant refundAt;
    Instant modified;

    Record(String id, List<Step> ahead) {
      this.id = id;
      this.ahead = ahead;
    }

    /** What there is to say of it now. */
    Set<String> words() {
      Set<String> words = new HashSet<>(reached.keySet());
      if (refund != null) {
        words.add("refund " + refund);
      }
      return words;
    }

    /** What the order book should say of it. */
    String state() {
      List<String> ways =
          List.of("cancelled", "completed", "delivered", "shipped", "paid", "created");
      String status = ways.stream().filter(reached::containsKey).findFirst().orElseThrow();
      return "%s %s refund=%s"
          .formatted(status.toUpperCase(java.util.Locale.ROOT), new TreeMap<>(reached), refund);
    }
  }

  /** A change that is to come, so long after the one before. */
  record Step(String word, Duration after) {}

  /** What is said of an order, by push or in the list. */
  record Told(String id, byte[] body, Set<String> words) {}

  /** The life that a new order will have. */
  static List<Step> life(Random random) {
    List<Step> life = new ArrayList<>();
    if (random.nextInt(100) < 12) {
      if (random.nextBoolean()) {
        life.add(new Step("cancelled", seconds(random, 200, 300)));
      }
      return life;
    }
    life.add(new Step("paid", seconds(random, 0, 120)));
    boolean refunded = random.nextInt(100) < 10;
    if (random.nextInt(100) < 85) {
      life.add(new Step("shipped", seconds(random, 30, 240)));
      if (random.nextInt(100) < 70) {
        life.add(new Step("delivered", seconds(random, 60, 240)));
        if (!refunded && random.nextInt(100) < 60) {
          life.add(new Step("completed", seconds(random, 30, 240)));
        }
      }
    }
    if (refunded) {
      life.add(new Step("refund REQUESTED", seconds(random, 20, 200)));
      life.add(new Step("refund REFUNDED", seconds(random, 20, 200)));
    }
    return life;
  }

  private static Duration seconds(Random random, int least, int most) {
    return Duration.ofSeconds(least + random.nextInt(most - least));
  }

  /** The order changes; the push that tells so. */
  Told change(Record record, String word, Instant now) {
    Instant at = now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    boolean listed = record.modified != null && isIn(record, readingFrom, readingTo);
    sameSecond += at.equals(record.modified) ? 1 : 0;
    record.modified = at;
    shifted += listed && !isIn(record, readingFrom, readingTo) ? 1 : 0;
    records.put(record.id, record);
    Set<String> words = new HashSet<>(Set.of(word));
    if (word.startsWith("refund ")) {
      record.refund = word.substring("refund ".length());
      record.refundAt = at;
    } else {
      record.reached.put(word, at);
    }
    return tellsAll ? whole(record) : new Told(record.id, json(item(record, words)), words);
  }

  private static Told whole(Record record) {
    return new Told(record.id, json(item(record, record.words())), record.words());
  }

  private static Map<String, Object> item(Record record, Set<String> words) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", record.id);
    item.put("version", record.modified.toString());
    record.reached.forEach(
        (word, at) -> {
          if (words.contains(word)) {
            item.put(word, at.toString());
          }
        });
    if (record.refund != null && words.contains("refund " + record.refund)) {
      item.put("refund", Map.of("status", record.refund, "at", record.refundAt.toString()));
    }
    return item;
  }

  private static boolean isIn(Record record, Instant from, Instant to) {
    return !record.modified.isBefore(from) && record.modified.isBefore(to);
  }

  /** The page that is asked for, and the orders on it. */
  record Listed(byte[] answer, List<Told> rows) {}

  Listed list(Map<?, ?> request) {
    readingFrom = Instant.ofEpochSecond((Long) request.get("fromEpoch"));
    readingTo = Instant.ofEpochSecond((Long) request.get("toEpoch"));
    Comparator<Record> oldest = Comparator.comparing(LivingShop::place);
    List<Record> all =
        records.values().stream()
            .filter(record -> isIn(record, readingFrom, readingTo))
            .sorted(order == Order.LAST_FIRST ? oldest.reversed() : oldest)
            .toList();
    Map<String, Object> answer = new HashMap<>();
    answer.put("total", all.size());
    List<Record> page = List.of();
    if (!Boolean.TRUE.equals(request.get("count"))) {
      page =
          order == Order.CURSOR ? after(all, (String) request.get("cursor")) : page(all, request);
      boolean full = page.size() == DoubleElevenDbTest.PAGE;
      answer.put("rows", page.stream().map(r -> item(r, r.words())).toList());
      answer.put("next", full ? place(page.get(page.size() - 1)) : null);
    }
    return new Listed(json(answer), page.stream().map(LivingShop::whole).toList());
  }

  private static String place(Record record) {
    return record.modified + " " + record.id;
  }

  private static List<Record> after(List<Record> all, String cursor) {
    return all.stream()
        .filter(record -> cursor == null || place(record).compareTo(cursor) > 0)
        .limit(DoubleElevenDbTest.PAGE)
        .toList();
  }

  private static List<Record> page(List<Record> all, Map<?, ?> request) {
    int from = Math.min(Math.toIntExact((Long) request.get("offset")), all.size());
    return all.subList(from, Math.min(from + DoubleElevenDbTest.PAGE, all.size()));
  }

  /** Nobody reads it now. */
  void leave() {
    readingFrom = Instant.MAX;
    readingTo = Instant.MAX;
  }

  private static byte[] json(Object tree) {
    try {
      return JSON.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps can be written", e);
    }
  }
}
