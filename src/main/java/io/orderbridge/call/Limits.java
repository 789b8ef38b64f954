package io.orderbridge.call;

import java.time.Duration;

/**
 * What a partner may take of us, and we of it.
 *
 * @param inFlight calls at the same time, 1 to 256
 * @param rate calls begun in a time
 * @param deadline for one call as a whole, connecting and reading included
 * @param answer bytes of an answer that are read
 */
public record Limits(int inFlight, Rate rate, Duration deadline, int answer) {
  /**
   * So many times in a period, spread over it: 10 in a minute is one every six seconds.
   *
   * @param times 0 means no limit
   */
  public record Rate(int times, Duration per) {
    public static final Rate NONE = new Rate(0, Duration.ofSeconds(1));

    public static Rate perSecond(int times) {
      return new Rate(times, Duration.ofSeconds(1));
    }

    public boolean isNone() {
      return times == 0;
    }
  }
}
