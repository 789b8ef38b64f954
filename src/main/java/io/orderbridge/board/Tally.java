package io.orderbridge.board;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * By how much the counts change. What an order was is taken off, what it is now is added: most of
 * it cancels out, so that a batch of a thousand events changes some hundred rows.
 */
final class Tally {
  /** Whether a status or a milestone is counted. */
  enum What {
    STATUS,
    NODE
  }

  /** How finely the time of stays is kept: hours for a month, days for good. */
  enum Grain {
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Grain(ChronoUnit unit) {
      this.unit = unit;
    }

    /** The beginning of the hour, or of the day in UTC. */
    Instant start(Instant at) {
      return at.truncatedTo(unit);
    }
  }

  record Now(What what, String name) implements Comparable<Now> {
    @Override
    public int compareTo(Now other) {
      int byWhat = what.compareTo(other.what);
      return byWhat != 0 ? byWhat : name.compareTo(other.name);
    }
  }

  record Reached(Instant hour, String node) {}

  record Stayed(Grain grain, Instant startsAt, String node) {}

  /** Orders whose newest status, and whose newest late one, was heard of in an hour. */
  record Heard(long orders, long late) {
    Heard plus(Heard other) {
      return new Heard(orders + other.orders, late + other.late);
    }
  }

  final Map<Now, Long> now = new TreeMap<>();
  final Map<Reached, Long> reached = new java.util.HashMap<>();
  final Map<Stayed, Stay> stayed = new java.util.HashMap<>();
  final Map<Instant, Heard> heard = new TreeMap<>();

  private final Instant hoursFrom;

  /**
   * @param hoursFrom hours before are not kept any more, so nothing is taken off them
   */
  Tally(Instant hoursFrom) {
    this.hoursFrom = hoursFrom;
  }

  /**
   * @param before null when the order is counted for the first time
   */
  void change(Standing before, Standing after) {
    if (before != null) {
      count(before, -1);
    }
    count(after, 1);
  }

  private void count(Standing order, long by) {
    now.merge(new Now(What.STATUS, order.flow().status()), by, Long::sum);
    now.merge(new Now(What.NODE, order.node()), by, Long::sum);
    order
        .flow()
        .reached()
        .forEach(
            (node, at) ->
                reached.merge(new Reached(Grain.HOUR.start(at), node.name()), by, Long::sum));
    for (Standing.Stayed stay : order.stays()) {
      for (Grain grain : Grain.values()) {
        if (grain == Grain.DAY || !stay.until().isBefore(hoursFrom)) {
          stayed
              .computeIfAbsent(
                  new Stayed(grain, grain.start(stay.until()), stay.node().name()),
                  place -> new Stay())
              .add(Stay.bucket(stay.time()), by);
        }
      }
    }
    if (order.movedAt() != null) {
      heard.merge(Grain.HOUR.start(order.movedAt()), new Heard(by, 0), Heard::plus);
    }
    if (order.lateAt() != null) {
      heard.merge(Grain.HOUR.start(order.lateAt()), new Heard(0, by), Heard::plus);
    }
  }
}
