package io.orderbridge.repair;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.order.OrderBook;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What stands behind the routes: a payment system that gives back once for each number, and targets
 * that show what the test wants.
 */
final class PlayedPartners implements PartnerRoutes {
  static final String PAYS = "psp";

  /** Requests by refund number, as often as they came. */
  final Map<String, Integer> asked = new LinkedHashMap<>();

  /** Money that went back, by refund number. */
  final Map<String, Map<String, Object>> paidBack = new LinkedHashMap<>();

  /** What a target shows of orders, by {@code target/number}; what is missing is not shown. */
  final Map<String, String> shows = new LinkedHashMap<>();

  final Set<String> running = new HashSet<>(Set.of(PAYS + "-refund", PAYS + "-refund-query"));

  /** Thrown in the place of an answer, if it gives something. */
  Supplier<RuntimeException> fault = () -> null;

  /** Whether the fault comes after it was done: the answer is lost. */
  boolean doesFirst;

  /** What a refund is when it was asked for. */
  String status = "REFUNDED";

  private final Heart heart;
  private final OrderBook book;

  PlayedPartners(Heart heart, OrderBook book) {
    this.heart = heart;
    this.book = book;
  }

  @Override
  public boolean has(String name) {
    return running.contains(name);
  }

  @Override
  public Object ask(String name, Map<String, Object> body) {
    RuntimeException failure = fault.get();
    if (failure != null && !doesFirst) {
      throw failure;
    }
    Object answer = name.endsWith("-read-back") ? shown(name, body) : refund(name, body);
    if (failure != null) {
      throw failure;
    }
    return answer;
  }

  private Object refund(String name, Map<String, Object> body) {
    String number = (String) body.get("refund");
    if (name.endsWith("-refund")) {
      asked.merge(number, 1, Integer::sum);
      paidBack.putIfAbsent(number, body);
    }
    Map<String, Object> made = paidBack.get(number);
    if (made == null) {
      return List.of();
    }
    Map<String, Object> facts =
        Map.of(
            "order",
            Map.of("shop", body.get("shop"), "number", body.get("order")),
            "facts",
            List.of(
                Map.of(
                    "refund",
                    Map.of(
                        "id",
                        number,
                        "status",
                        status,
                        "amount",
                        made.get("amount"),
                        "currency",
                        made.get("currency")),
                    "at",
                    made.get("at"))));
    book.record(facts, PAYS, null, null).join();
    return facts;
  }

  private Object shown(String name, Map<String, Object> body) {
    String target = name.substring(0, name.length() - "-read-back".length());
    String status = shows.get(target + "/" + body.get("order"));
    if (status != null) {
      heart.execute(
          "insert into system_state values ('%s', '%s', '%s', '%s', 'raw', null, '%s')"
                  .formatted(target, body.get("shop"), body.get("order"), status, Instant.now())
              + " on conflict (system, shop, number) do update set status = excluded.status,"
              + " read_at = excluded.read_at");
    }
    return List.of();
  }

  static TryLater away() {
    return new TryLater(
        io.orderbridge.kernel.Cause.TARGET_UNREACHABLE, java.util.Optional.empty(), "away");
  }

  static Refusal no() {
    return new Refusal(io.orderbridge.kernel.Cause.TARGET_REFUSED, "call:psp/refund", "no");
  }
}
