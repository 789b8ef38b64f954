package io.orderbridge.board;

import io.orderbridge.board.BoardRows.Place;
import io.orderbridge.kernel.Round;
import io.orderbridge.order.FlowFeed;
import io.orderbridge.order.FlowFeed.Moment;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps the counts of the board: follows the change feed in batches, and the place in the feed
 * commits with the counts, so a process that dies counts nothing twice. One process at a time
 * follows; the others find nothing left. Orders whose events are past their retention are walked
 * over once, after the feed.
 */
@Singleton
class BoardRound implements Round {
  /** With the second in which it is told, an event is on the board in three seconds. */
  static final Duration EVERY = Duration.ofSeconds(1);

  /** Hours before are asked for by days alone, and half a million rows are enough. */
  static final Duration HOURS_KEPT = Duration.ofDays(35);

  // A transaction of some 50 ms: the change feed of all others ends where the oldest one began.
  private static final int EVENTS_MAX = 1_000;
  // Twenty thousand events a round, far more than a machine of this size takes in.
  private static final int STEPS_MAX = 20;
  private static final int WALK_MAX = 500;

  private final Database database;
  private final FlowFeed feed;
  private final BoardRows rows;
  private final BoardCounts counts;

  BoardRound(Database database, FlowFeed feed, BoardRows rows, BoardCounts counts) {
    this.database = database;
    this.feed = feed;
    this.rows = rows;
    this.counts = counts;
  }

  @Override
  public String name() {
    return "board";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    for (int i = 0; i < STEPS_MAX; i++) {
      if (!step(now)) {
        return;
      }
    }
  }

  private boolean step(Instant now) {
    return database.inTransaction(
        connection -> {
          Optional<Place> place = rows.claim(connection);
          return place.isPresent() && step(connection, place.get(), now);
        });
  }

  /** Whether more is to be done at once. */
  private boolean step(Connection connection, Place place, Instant now) throws SQLException {
    FlowFeed.Page page = feed.after(connection, place.feed(), EVENTS_MAX);
    Tally tally = new Tally(Tally.Grain.HOUR.start(now.minus(HOURS_KEPT)));
    follow(connection, page.moments(), tally);
    Long walk = place.walk();
    if (walk != null && !page.full()) {
      walk = walk(connection, walk, tally);
    }
    FlowFeed.Late late = feed.late(connection, place.over(), page.cursor(), now, EVENTS_MAX);
    over(connection, late.orders(), tally);
    counts.apply(connection, tally);
    Place next = new Place(page.cursor(), late.cursor(), walk);
    // A feed that stands still is not written down again each second.
    if (!next.equals(place)) {
      rows.advance(connection, next);
      counts.forget(connection, now.minus(HOURS_KEPT));
    }
    return page.full() || late.full() || walk != null;
  }

  private void follow(Connection connection, List<Moment> moments, Tally tally)
      throws SQLException {
    TreeSet<Long> orders = new TreeSet<>();
    moments.forEach(moment -> orders.add(moment.flow().order()));
    if (orders.isEmpty()) {
      return;
    }
    Map<Long, Standing> before = rows.load(connection, orders);
    Map<Long, Standing> after = new TreeMap<>(before);
    for (Moment moment : moments) {
      after.compute(moment.flow().order(), (order, was) -> Standing.after(was, moment));
    }
    List<Standing> changed = new ArrayList<>();
    after.forEach(
        (order, standing) -> {
          if (!standing.equals(before.get(order))) {
            changed.add(standing);
            tally.change(before.get(order), standing);
          }
        });
    rows.save(connection, changed);
  }

  private void over(Connection connection, Map<Long, Instant> late, Tally tally)
      throws SQLException {
    List<Standing> changed = new ArrayList<>();
    rows.load(connection, late.keySet())
        .forEach(
            (order, was) -> {
              Standing is = was.late(late.get(order));
              if (!is.equals(was)) {
                changed.add(is);
                tally.change(was, is);
              }
            });
    rows.save(connection, changed);
  }

  private Long walk(Connection connection, long after, Tally tally) throws SQLException {
    List<Long> page = feed.walk(connection, after, WALK_MAX);
    TreeSet<Long> unknown = new TreeSet<>(page);
    unknown.removeAll(rows.load(connection, page).keySet());
    List<Standing> found = feed.now(connection, unknown).stream().map(Standing::found).toList();
    found.forEach(standing -> tally.change(null, standing));
    rows.save(connection, found);
    return page.size() < WALK_MAX ? null : page.get(page.size() - 1);
  }
}
