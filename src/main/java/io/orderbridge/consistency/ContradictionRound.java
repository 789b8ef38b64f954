package io.orderbridge.consistency;

import io.orderbridge.consistency.ContradictionRulesInForce.Versioned;
import io.orderbridge.consistency.OrderWatch.Place;
import io.orderbridge.kernel.Round;
import io.orderbridge.order.ChangedOrders;
import io.orderbridge.order.OrderReadings;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Looks for contradictions: at every order that has changed, that a system was read to show
 * otherwise, or that the clock has made due; and, when the rules were edited and every night, at
 * all open orders. What is found commits with the place in the feed, so a process that dies in
 * between misses nothing. One process at a time looks; the others find nothing left.
 */
@Singleton
class ContradictionRound implements Round, ConsistencyJob {
  private static final Duration EVERY = Duration.ofSeconds(1);
  // A transaction of some 50 ms: the change feed of all others ends where the oldest one began.
  private static final int ORDERS_MAX = 500;
  // Ten thousand a second follow; what remains comes in the next round.
  private static final int STEPS_MAX = 20;
  // Of a walk, 2,000 orders a second: a million in eight minutes, with a tenth of a processor.
  private static final int WALK_STEPS = 4;
  // What was closed longer ago is past: who edits a rule does not want the history of the shop.
  private static final Duration CLOSED_MAX = Duration.ofDays(7);

  private final Database database;
  private final ChangedOrders changed;
  private final OrderReadings readings;
  private final OrderWatch watch;
  private final ContradictionLook look;
  private final ContradictionRulesInForce rules;

  ContradictionRound(
      Database database,
      From from,
      OrderWatch watch,
      ContradictionLook look,
      ContradictionRulesInForce rules) {
    this.database = database;
    this.changed = from.changed();
    this.readings = from.readings();
    this.watch = watch;
    this.look = look;
    this.rules = rules;
  }

  /** Where orders come from. */
  @Singleton
  record From(ChangedOrders changed, OrderReadings readings) {}

  /** What a step left to do. */
  private enum Left {
    NOTHING,
    A_WALK,
    /** More has changed or is due than one step takes. */
    MORE
  }

  @Override
  public String name() {
    return ContradictionLook.SCOPE;
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    int walked = 0;
    for (int i = 0; i < STEPS_MAX; i++) {
      boolean walks = walked < WALK_STEPS;
      Left left = step(walks, now);
      walked++;
      if (left == Left.NOTHING || left == Left.A_WALK && walked >= WALK_STEPS) {
        return;
      }
    }
  }

  /** Has all open orders looked at by the rounds that follow, beside what changes; no options. */
  @Override
  public void run(Map<String, Object> asked, Instant now) {
    database.run(watch::beginWalk);
  }

  private Left step(boolean walks, Instant now) {
    return database.inTransaction(
        connection -> {
          Optional<Place> place = watch.claim(connection);
          return place.isEmpty() ? Left.NOTHING : step(connection, place.get(), walks, now);
        });
  }

  private Left step(Connection connection, Place place, boolean walks, Instant now)
      throws SQLException {
    Versioned inForce = rules.now();
    if (place.feed() == null) {
      // An installation that has orders already: they are walked over.
      place = new Place(changed.end(connection), inForce.version(), 0L);
    } else if (!place.rules().equals(inForce.version())) {
      place = new Place(place.feed(), inForce.version(), 0L);
    }
    ChangedOrders.News news = changed.after(connection, place.feed(), ORDERS_MAX);
    List<Long> due = watch.due(connection, now, ORDERS_MAX);
    TreeSet<Long> orders = new TreeSet<>(news.orders());
    orders.addAll(due);
    look.at(connection, orders, inForce, false, now);
    Long walk = place.walk();
    if (walk != null && walks) {
      walk = walk(connection, walk, inForce, now);
    }
    watch.advance(connection, new Place(news.cursor(), place.rules(), walk));
    boolean more = news.full() || due.size() == ORDERS_MAX;
    return more ? Left.MORE : walk != null ? Left.A_WALK : Left.NOTHING;
  }

  private Long walk(Connection connection, long after, Versioned inForce, Instant now)
      throws SQLException {
    List<Long> page = readings.walk(connection, after, now.minus(CLOSED_MAX), ORDERS_MAX);
    boolean last = page.size() < ORDERS_MAX;
    long end = last ? Long.MAX_VALUE : page.get(page.size() - 1);
    TreeSet<Long> orders = new TreeSet<>(page);
    // Closed long ago, and still with a finding: it may be that of a rule that is gone.
    orders.addAll(watch.between(connection, after, end));
    look.at(connection, orders, inForce, true, now);
    return last ? null : end;
  }
}
