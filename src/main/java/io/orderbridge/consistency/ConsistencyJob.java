package io.orderbridge.consistency;

import java.time.Instant;
import java.util.Map;

/** What a route may start as {@code consistency:<name>}: every CDI bean of this type. */
interface ConsistencyJob {
  /** Behind the colon, for example {@code compare}. */
  String name();

  /**
   * Does it, or has it done soon. Asked twice for the same it does the same once.
   *
   * @param asked what the route narrows it down by; empty for everything
   * @throws IllegalArgumentException when something is asked for that there is not
   */
  void run(Map<String, Object> asked, Instant now);
}
