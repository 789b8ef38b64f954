package io.orderbridge.schedule;

import io.orderbridge.schedule.LivingShop.Record;
import io.orderbridge.schedule.LivingShop.Step;
import io.orderbridge.schedule.LivingShop.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * The buyers of all shops, and the post that carries their pushes: loses some, carries some late so
 * that others overtake them, and some twice. All of it from one seed.
 */
final class Crowd {
  private static final int LOST_PERCENT = 5;
  private static final int REORDERED_PERCENT = 5;
  private static final int DUPLICATED_PERCENT = 3;

  private final Random random;
  private final PriorityQueue<Due> ahead =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
  private final PriorityQueue<Push> underway =
      new PriorityQueue<>(Comparator.comparing(Push::at).thenComparingLong(Push::number));
  private final Map<String, Long> newest = new HashMap<>();
  private long numbers;

  /** When each word on each order was true in its shop: {@code <shop>/<id> <word>}. */
  final Map<String, Instant> happened = new HashMap<>();

  /** Orders for which a push was lost, by {@code <shop>/<id>}. */
  final Set<String> hurt = new HashSet<>();

  int pushes;
  int lost;
  int lostInOutage;
  int overtaken;
  int duplicated;

  private record Due(Instant at, long number, LivingShop shop, Record record, String word) {}

  /** A push on its way. */
  record Push(Instant at, long number, String shop, String id, Told told) {}

  Crowd(long seed) {
    random = new Random(seed);
  }

  /** Orders to come, spread over a time. */
  void order(List<LivingShop> shops, int count, Instant from, Duration over) {
    for (int i = 0; i < count; i++) {
      // The largest shop has four times the orders of the smallest.
      LivingShop shop = shops.get(Math.min(random.nextInt(10) / 2 % 5, random.nextInt(4)));
      Instant at = from.plusMillis((long) (random.nextDouble() * over.toMillis()));
      // Longer than 2^53, as some partners number.
      String id = "9%018d".formatted(20_261_111_000_000L + i);
      Record record = new Record(id, new ArrayList<>(LivingShop.life(random)));
      ahead.add(new Due(at, numbers++, shop, record, "created"));
    }
  }

  boolean isOver() {
    return ahead.isEmpty() && underway.isEmpty();
  }

  /** Lets happen what is due, at most so many changes. */
  void live(Instant now, int max) {
    for (int i = 0; i < max && !ahead.isEmpty() && !ahead.peek().at().isAfter(now); i++) {
      Due due = ahead.poll();
      Told told = due.shop().change(due.record(), due.word(), due.at());
      String order = due.shop().name + "/" + due.record().id;
      happened.put(order + " " + due.word(), due.at());
      send(due, told, order);
      if (!due.record().ahead.isEmpty()) {
        Step next = due.record().ahead.remove(0);
        Instant at = due.at().plus(next.after());
        ahead.add(new Due(at, numbers++, due.shop(), due.record(), next.word()));
      }
    }
  }

  private void send(Due due, Told told, String order) {
    pushes++;
    int luck = random.nextInt(100);
    if (luck < LOST_PERCENT) {
      lost++;
      hurt.add(order);
      return;
    }
    boolean late = luck < LOST_PERCENT + REORDERED_PERCENT;
    Instant at = due.at().plusMillis(late ? 20_000 + random.nextInt(160_000) : random.nextInt(900));
    long number = numbers++;
    Push push = new Push(at, number, due.shop().name, "n" + number, told);
    underway.add(push);
    if (luck >= 100 - DUPLICATED_PERCENT) {
      underway.add(
          new Push(at.plusSeconds(random.nextInt(60)), number, push.shop(), push.id(), told));
      duplicated++;
    }
  }

  /**
   * What arrives.
   *
   * @param outage nothing does, and it is lost for good
   */
  List<Push> arrivals(Instant now, boolean outage) {
    List<Push> arrivals = new ArrayList<>();
    while (!underway.isEmpty() && !underway.peek().at().isAfter(now)) {
      Push push = underway.poll();
      String order = push.shop() + "/" + push.told().id();
      if (outage) {
        lostInOutage++;
        hurt.add(order);
        continue;
      }
      long before = newest.merge(order, push.number(), Math::max);
      overtaken += before > push.number() ? 1 : 0;
      arrivals.add(push);
    }
    return arrivals;
  }
}
