package io.orderbridge.schedule;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.schedule.Calendar.Span;
import io.orderbridge.schedule.Source.Every;
import io.orderbridge.schedule.Source.Order;
import io.orderbridge.schedule.Windows.Checked;
import io.orderbridge.schedule.Windows.Done;
import io.orderbridge.schedule.Windows.Lost;
import io.orderbridge.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * What is done for a source when its time has come: makes the windows that the calendar asks for,
 * then reads or proves one. Holds no thread and reads no clock. A window is never given up.
 */
@Singleton
class SourceRound {
  private static final Logger LOG = Logger.getLogger(SourceRound.class);
  // A year of quarters of an hour is 35,000 windows: made over some rounds.
  private static final int WINDOWS_AT_ONCE = 500;
  private static final int ROUNDS_OF_QUEUE = 200;
  private static final Set<String> QUOTING =
      Set.of(
          Cause.ROUTE_FAILED.name(),
          Cause.TARGET_REFUSED.name(),
          Cause.TARGET_BUSY.name(),
          Cause.TOKEN_EXPIRED.name(),
          Cause.ANSWER_FORGED.name(),
          Cause.ANSWER_BROKEN.name());
  private static final Duration ASKED_MAX = Duration.ofHours(24);

  private final Windows windows;
  private final WindowItems items;
  private final Intake intake;

  SourceRound(Windows windows, WindowItems items, Intake intake) {
    this.windows = windows;
    this.items = items;
    this.intake = intake;
  }

  /**
   * Makes the windows that are missing.
   *
   * @return when the next one opens
   */
  Instant create(Source source, Instant now) {
    String key = source.key();
    Instant last = windows.lastEnd(key);
    if (source.pages().order() == Order.QUEUE) {
      if (last == null) {
        windows.create(key, List.of(new Span(Instant.EPOCH, Instant.EPOCH, null, now)));
      }
      return Instant.MAX;
    }
    List<Span> spans = Calendar.missing(source, last, now, WINDOWS_AT_ONCE);
    if (!spans.isEmpty()) {
      windows.create(key, last == null ? dueNow(spans, now) : spans);
      last = spans.get(spans.size() - 1).end();
    }
    return last == null ? now : Calendar.nextOpens(source, last);
  }

  // What lies back at the first start was never promised for its own time: it is not late.
  private static List<Span> dueNow(List<Span> spans, Instant now) {
    return spans.stream().map(span -> span.due().isBefore(now) ? span.dueAt(now) : span).toList();
  }

  /** Marks what is late now, and tells each once. */
  void tellLate(Source source, Instant now) {
    for (Instant from : windows.tellLate(source.key(), now.minus(source.late()))) {
      LOG.warnf("window.late source=%s from=%s", source.key(), from);
    }
  }

  /**
   * Reads or proves the window that waits longest.
   *
   * @param route answers pages
   * @param stopping whether to give the window back before the next page
   * @return false when nothing is due, or another process is at it
   */
  boolean once(Source source, PageRoute route, Instant now, BooleanSupplier stopping) {
    Optional<Window> claimed = windows.claim(source.key(), now);
    claimed.ifPresent(window -> advance(source, window, route, now, stopping));
    return claimed.isPresent();
  }

  private void advance(
      Source source, Window window, PageRoute route, Instant now, BooleanSupplier stopping) {
    long begun = System.nanoTime();
    try {
      if (window.read()) {
        prove(source, window, now, stopping);
      } else {
        read(source, window, route, now, stopping);
      }
    } catch (Lost e) {
      LOG.infof("window.lost source=%s from=%s", window.source(), window.startsAt());
    } catch (Pass.Stopped e) {
      windows.giveBack(window);
    } catch (StoreUnavailable e) {
      // Nothing can be written now: the claim lapses, and the window is read again.
      throw e;
    } catch (RuntimeException e) {
      // A patient call may have taken longer than the wait: it counts from now, not from the begin.
      long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
      again(source, window, e, now.plusSeconds(seconds));
    }
  }

  private void read(
      Source source, Window window, PageRoute route, Instant now, BooleanSupplier stopping) {
    Pass pass = new Pass(new Pass.Parts(source, route, intake, items, stopping), window);
    Reading reading = new Reading(pass);
    if (source.pages().order() == Order.QUEUE) {
      long stored = reading.drain(ROUNDS_OF_QUEUE);
      windows.polled(window, stored, now, now.plus(((Every) source.rhythm()).every()));
      return;
    }
    Done done = reading.read();
    windows.read(window, done, now);
    LOG.infof(
        "window.read source=%s from=%s items=%d told=%s restarts=%d attempts=%d",
        window.source(),
        window.startsAt(),
        done.stored(),
        done.told(),
        done.restarts(),
        window.attempts());
  }

  private void prove(Source source, Window window, Instant now, BooleanSupplier stopping) {
    if (items.after(window, 0, 1).isEmpty()) {
      // It waited for its proof beyond the retention of its items.
      windows.unread(window, now);
      LOG.infof("window.unread source=%s from=%s", window.source(), window.startsAt());
      return;
    }
    Checked checked = new Proof(source, intake, windows, items, stopping).round(window, now);
    windows.checked(window, checked, now);
    if (checked.proved()) {
      LOG.infof(
          "window.proved source=%s from=%s recovered=%d",
          window.source(), window.startsAt(), checked.recovered());
    } else if (checked.problem() != null && window.problem() == null) {
      LOG.warnf(
          "window.unproved source=%s from=%s dead_letters=%d",
          window.source(), window.startsAt(), checked.dead());
    }
  }

  private void again(Source source, Window window, RuntimeException failure, Instant now) {
    String cause = Cause.ROUTE_FAILED.name();
    String why = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    Duration wait = source.waitAfter(Math.max(window.attempts(), 1));
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof TryLater later) {
        cause = later.why().name();
        why = later.getMessage();
        wait = later.asked().filter(asked -> asked.compareTo(ASKED_MAX) <= 0).orElse(wait);
        break;
      }
      if (t instanceof Refusal refusal) {
        cause = refusal.why().name();
        why = refusal.place().isEmpty() ? "" : refusal.place() + ": ";
        why += refusal.getMessage();
        break;
      }
    }
    try {
      windows.later(window, now.plus(wait), cause, why);
    } catch (Lost e) {
      LOG.infof("window.lost source=%s from=%s", window.source(), window.startsAt());
      return;
    }
    if (!Objects.equals(why, window.problem())) {
      LOG.warnf(
          "window.waits source=%s from=%s attempt=%d cause=%s why=%s next=%s",
          window.source(),
          window.startsAt(),
          window.attempts(),
          cause,
          loggable(cause, why),
          now.plus(wait));
    }
  }

  // What a library or a partner says may quote data: the row keeps it, the log keeps the kind.
  private static String loggable(String cause, String why) {
    int colon = QUOTING.contains(cause) ? why.indexOf(": ") : -1;
    return colon < 0 ? why : why.substring(0, colon);
  }
}
