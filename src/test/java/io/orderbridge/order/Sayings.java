package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Facts.Payment;
import io.orderbridge.order.Facts.Reached;
import io.orderbridge.order.Facts.RefundStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Random messages about one order: few times and few values, so that ties are frequent. */
final class Sayings {
  private static final Instant START = Instant.parse("2026-11-20T02:00:00Z");
  private static final List<String> SYSTEMS = List.of("shopify", "wechat-pay", "wms", "carrier");
  private static final int MESSAGES_MAX = 14;

  private final Random random;

  Sayings(Random random) {
    this.random = random;
  }

  /** One message: who says what. */
  record Saying(String system, Facts facts) {}

  /** Some milestones have one owner, some two, most none. */
  static Ownership ownership() {
    Ownership ownership = new Ownership();
    own(ownership);
    return ownership;
  }

  static void own(Ownership ownership) {
    ownership.replace("shopify", EnumSet.of(Milestone.CREATED, Milestone.PAID));
    ownership.replace("wechat-pay", EnumSet.of(Milestone.PAID));
    ownership.replace("wms", EnumSet.of(Milestone.PACKED, Milestone.TRACKING_ASSIGNED));
  }

  List<Saying> about(OrderKey key) {
    List<Saying> sayings = new ArrayList<>();
    int count = 2 + random.nextInt(MESSAGES_MAX);
    for (int i = 0; i < count; i++) {
      sayings.add(new Saying(one(SYSTEMS), facts(key)));
    }
    return sayings;
  }

  private Facts facts(OrderKey key) {
    List<Reached> reached = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      reached.add(reached());
    }
    List<RefundStep> refunds = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      refunds.add(
          new RefundStep(
              "R" + random.nextInt(2), one(List.of(RefundStatus.values())), amount(), time()));
    }
    return new Facts(
        key,
        time(),
        reached,
        refunds,
        random.nextBoolean() ? details() : null,
        random.nextInt(3) == 0 ? receiver() : null,
        random.nextBoolean() ? "code-" + random.nextInt(3) : null);
  }

  private Reached reached() {
    Milestone milestone = one(List.of(Milestone.values()));
    boolean parcel = milestone.perParcel();
    Payment payment =
        milestone == Milestone.PAID ? new Payment("P" + random.nextInt(2), amount()) : null;
    return new Reached(
        milestone,
        time(),
        parcel ? String.valueOf(1 + random.nextInt(2)) : "",
        payment,
        parcel && random.nextBoolean() ? one(List.of("SF", "JT")) : null,
        parcel && random.nextBoolean() ? "T" + random.nextInt(3) : null);
  }

  private Map<String, Object> details() {
    Map<String, Object> details = new TreeMap<>();
    details.put("currency", "CNY");
    details.put("total", random.nextInt(3) + ".00");
    details.put("lines", List.of());
    details.put("note", "note " + random.nextInt(3));
    return details;
  }

  private Map<String, Object> receiver() {
    return new TreeMap<>(Map.of("name", "CANARY-" + random.nextInt(3), "phone", "13800000000"));
  }

  private Money amount() {
    return Money.of(1 + random.nextInt(3) + ".00", "CNY");
  }

  private Instant time() {
    return START.plusSeconds(60L * random.nextInt(5));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** The messages in any order, each once or more often. */
  List<Saying> arrivals(List<Saying> sayings) {
    List<Saying> arrivals = new ArrayList<>(sayings);
    for (Saying saying : sayings) {
      if (random.nextInt(3) == 0) {
        arrivals.add(saying);
      }
    }
    java.util.Collections.shuffle(arrivals, random);
    return arrivals;
  }

  static void fold(OrderState state, Saying saying) {
    Fold.merge(state, saying.facts(), saying.system(), receiverHash(saying.facts()));
  }

  static OrderState fold(Iterable<Saying> sayings) {
    OrderState state = OrderState.empty();
    sayings.forEach(saying -> fold(state, saying));
    return state;
  }

  static String receiverHash(Facts facts) {
    return facts.receiver() == null
        ? null
        : Json.fingerprint(facts.order() + "|" + Json.text(facts.receiver()));
  }

  /** Ids of what happens once, whatever the way; updates depend on the way. */
  static boolean once(Happenings.Happening happening) {
    return !happening.type().equals(Happenings.UPDATED);
  }

  static Set<Milestone> all() {
    return EnumSet.allOf(Milestone.class);
  }
}
