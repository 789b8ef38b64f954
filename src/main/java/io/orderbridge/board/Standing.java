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
 * @param firstAt when it was first heard of; null when that was before the feed
 * @param late whether the order book heard of one of its milestones later than the limit
 */
record Standing(OrderFlow flow, Instant firstAt, boolean late) {
  /** R63: delayed is what the order book hears of more than five minutes later, 300 s is not. */
  static final Duration LATE = Duration.ofMinutes(5);

  private static final Comparator<Map.Entry<Milestone, Instant>> BY_TIME =
      Map.Entry.<Milestone, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey());

  /** An order stayed at a milestone until it reached the next one. */
  record Stayed(Milestone node, Duration time, Instant until) {}

  /** An order of which the feed does not tell any more. */
  static Standing found(OrderFlow flow) {
    return new Standing(flow, null, false);
  }

  /**
   * The order after an event.
   *
   * @param before null when it was not known
   */
  static Standing after(Standing before, FlowFeed.Moment moment) {
    Instant firstAt = before == null ? null : before.firstAt();
    boolean late = before != null && before.late();
    Instant happened = moment.happenedAt();
    return new Standing(
        moment.flow(),
        firstAt == null && moment.first() ? moment.storedAt() : firstAt,
        late || happened != null && moment.storedAt().isAfter(happened.plus(LATE)));
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
