package io.orderbridge.runtime;

import io.orderbridge.call.Breaker;
import io.orderbridge.call.Limits;
import java.time.Duration;
import java.util.Optional;

/** The {@code limits:} and {@code breaker:} parts of what is owed and of each call. */
final class LimitsSection {
  private static final int IN_FLIGHT_MAX = 256;
  private static final Duration DEADLINE_DEFAULT = Duration.ofSeconds(10);
  private static final int FAILURES_DEFAULT = 10;
  private static final int FAILURES_MAX = 1_000;
  private static final Duration PAUSE_DEFAULT = Duration.ofSeconds(30);

  private LimitsSection() {}

  /**
   * @param inFlight when the file does not say it
   * @param answer when the file does not say it, bytes
   */
  static Limits limits(Section section, int inFlight, int answer) {
    Optional<Section> limits =
        section.section("limits").map(s -> s.allow("in-flight", "rate", "deadline", "answer"));
    if (limits.isEmpty()) {
      return new Limits(inFlight, Limits.Rate.NONE, DEADLINE_DEFAULT, answer);
    }
    Section s = limits.get();
    return new Limits(
        s.value("in-flight", inFlight, t -> (int) Notation.whole(t, 1, IN_FLIGHT_MAX)),
        s.value("rate", Limits.Rate.NONE, Notation::rate),
        s.value("deadline", DEADLINE_DEFAULT, Notation::wait),
        s.value("answer", answer, Notation::size));
  }

  static Breaker breaker(Section section) {
    Optional<Section> breaker = section.section("breaker").map(s -> s.allow("failures", "pause"));
    if (breaker.isEmpty()) {
      return new Breaker(FAILURES_DEFAULT, PAUSE_DEFAULT);
    }
    Section s = breaker.get();
    return new Breaker(
        s.value("failures", FAILURES_DEFAULT, t -> (int) Notation.whole(t, 1, FAILURES_MAX)),
        s.value("pause", PAUSE_DEFAULT, Notation::wait));
  }
}
