package io.orderbridge.board;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.FlowFeed;
import io.orderbridge.order.OrderFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the counts hold of one order.
 *
 * @param movedAt when the order book heard of its newest status; null when the feed did not tell
 * @param lateAt when it heard of the newest one that was late, see {@link
 *     io.orderbridge.order.Delays}; null when none was
 */
record Standing(OrderFlow flow, Instant movedAt, Instant lateAt) {
  private static final Comparator<Map.Entry<Milestone, Instant>> BY_TIME =
      Map.Entry.<Milestone, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey());

  /** An order stayed at a milestone until it reached the next one. */
  record Stayed(Milestone node, Duration time, Instant until) {}

  /** An order of which the feed does not tell any more. */
  static Standing found(OrderFlow flow) {
    return new Standing(flow, null, null);
  }

  /**
   * The order after an event.
   *
   * @param before null when it was not known
   */
  static Standing after(Standing before, FlowFeed.Moment moment) {
    Instant movedAt = before == null ? null : before.movedAt();
    Instant lateAt = before == null ? null : before.lateAt();
    return new Standing(
        moment.flow(),
        moment.moved() ? newer(movedAt, moment.storedAt()) : movedAt,
        moment.late() ? newer(lateAt, moment.storedAt()) : lateAt);
  }

  /**
   * The order when it turned out that a status was late.
   *
   * @param storedAt when the order book had heard of it
   */
  Standing late(Instant storedAt) {
    return new Standing(flow, movedAt, newer(lateAt, storedAt));
  }

  // Transactions that overlap write their events in another order than their times are in.
  private static Instant newer(Instant known, Instant at) {
    return known == null || at.isAfter(known) ? at : known;
  }

  /** The milestone it reached last; empty before the first. */
  String node() {
    return flow.reached().entrySet().stream()
        .max(BY_TIME)
        .map(last -> last.getKey().name())
        .orElse("");
  }

  /** How long it stayed where it has been, in the order of time. */
  List<Stayed> stays() {
    List<Map.Entry<Milestone, Instant>> steps =
        flow.reached().entrySet().stream().sorted(BY_TIME).toList();
    List<Stayed> stays = new ArrayList<>();
    for (int i = 1; i < steps.size(); i++) {
      Instant came = steps.get(i - 1).getValue();
      Instant left = steps.get(i).getValue();
      stays.add(new Stayed(steps.get(i - 1).getKey(), Duration.between(came, left), left));
    }
    return stays;
  }
}
