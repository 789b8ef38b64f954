package io.orderbridge.books;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * How fast work goes, for whoever asks and for the log, which hears of it every five seconds. Told
 * by one thread, asked by any.
 */
public final class Pace implements Progress {
  private static final Logger LOG = Logger.getLogger(Pace.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Clock clock;
  private final String work;
  private String step = "";
  private Instant begun;
  private Instant logged;
  private volatile Told told = new Told("", 0, 0, null);

  /**
   * @param rows so far in this step
   * @param perSecond rows; 0 in the first second
   * @param remaining of this step; null when it is not known
   */
  public record Told(String step, long rows, long perSecond, Duration remaining) {}

  /**
   * @param work what is done, without a blank, as the log names it
   */
  public Pace(Clock clock, String work) {
    this.clock = clock;
    this.work = work;
  }

  @Override
  public void at(String nowStep, long rows, long done, long all) {
    Instant now = clock.instant();
    if (!nowStep.equals(step)) {
      step = nowStep;
      begun = now;
      logged = now;
    }
    Duration took = Duration.between(begun, now);
    long perSecond = took.toSeconds() == 0 ? 0 : rows * 1_000 / took.toMillis();
    boolean known = done > 0 && done < all && perSecond > 0;
    Duration remaining =
        known ? Duration.ofMillis(took.toMillis() * ((all - done) * 1_000 / done) / 1_000) : null;
    told = new Told(step, rows, perSecond, remaining);
    if (!now.isBefore(logged.plus(EVERY))) {
      logged = now;
      LOG.infof(
          "books.progress work=%s step=%s rows=%d rows_per_s=%d remaining_s=%s",
          work, step, rows, perSecond, remaining == null ? "-" : remaining.toSeconds());
    }
  }

  /** As it was told last. */
  public Told told() {
    return told;
  }
}
