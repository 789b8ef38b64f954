package io.orderbridge.runtime;

import io.orderbridge.store.StoreUnavailable;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps out of the log what Quartz says, with a stack trace every few seconds, while the database
 * is away: {@link Upkeep} tells of that once for all.
 */
@LoggingFilter(name = "away")
final class AwayFilter implements Filter {
  private static final String QUARTZ = "org.quartz.";

  @Override
  public boolean isLoggable(LogRecord line) {
    String from = line.getLoggerName();
    return from == null || !from.startsWith(QUARTZ) || !StoreUnavailable.isBehind(line.getThrown());
  }
}
