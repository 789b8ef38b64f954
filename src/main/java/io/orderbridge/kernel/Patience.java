package io.orderbridge.kernel;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long who asks a partner can wait in its place instead of coming again: the reader of a window
 * would have to begin with its first page. Carried as the exchange property {@link
 * Carried#PATIENCE}; without it a call waits a second at most.
 *
 * @param atMost for one call, its repetitions included
 * @param ended tells that the waiting has to end at once, because the process stops
 */
public record Patience(Duration atMost, BooleanSupplier ended) {
  /** None. */
  public static final Patience NONE = new Patience(Duration.ZERO, () -> false);
}
