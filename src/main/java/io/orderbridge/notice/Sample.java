package io.orderbridge.notice;

import io.orderbridge.notice.CallBack.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sample of a month's notices.
 *
 * @param size as it was asked for; a month with fewer notices has fewer call-backs
 * @param population of which it was drawn
 */
record Sample(
    long id,
    String month,
    String zone,
    String seed,
    int size,
    long population,
    String madeBy,
    Instant madeAt) {
  /** The sample with what came of its calls. */
  Map<String, Object> view(List<CallBack> calls) {
    long reached = count(calls, Outcome.REACHED);
    long not = count(calls, Outcome.NOT_REACHED);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", id);
    view.put("month", month);
    view.put("zone", zone);
    view.put("seed", seed);
    view.put("size", size);
    view.put("population", population);
    view.put("madeBy", madeBy);
    view.put("madeAt", madeAt.toString());
    view.put("reached", reached);
    view.put("notReached", not);
    view.put("noAnswer", count(calls, Outcome.NO_ANSWER));
    view.put("open", count(calls, null));
    // Of those who answered; and the least that is sure, if nobody who did not had been reached.
    view.put("reachRate", interval(Wilson.of(reached, reached + not)));
    view.put("reachRateOfAll", interval(Wilson.of(reached, calls.size())));
    return view;
  }

  private static long count(List<CallBack> calls, Outcome outcome) {
    return calls.stream().filter(call -> call.outcome() == outcome).count();
  }

  private static Map<String, Object> interval(Wilson wilson) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("rate", wilson.rate());
    view.put("low95", wilson.low());
    view.put("high95", wilson.high());
    return view;
  }
}
