package io.orderbridge.kernel;

import java.time.Duration;
import java.time.Instant;

/**
 * Work of a feature that comes again and again. Every CDI bean of this type gets a thread of its
 * own in each process; a test calls {@link #run} with the time it wants instead.
 */
public interface Round {
  /** For the log, for example {@code alerts}. */
  String name();

  /** How long the thread rests between two rounds. */
  Duration every();

  /**
   * Does what is due. Several processes run it at once, so it claims what it works on. What it
   * throws is logged, and the next round comes all the same.
   */
  void run(Instant now);
}
