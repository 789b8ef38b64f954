package io.orderbridge.call;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.orderbridge.call.TokenState.State;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Renews tokens in time, before a call is refused, and tells people of those that end without a
 * renewal. The caller's loop is not held up: partners are asked on a thread of their own.
 */
@Singleton
public class TokenWatch {
  private static final Logger LOG = Logger.getLogger(TokenWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration TOLD_EVERY = Duration.ofDays(1);
  // A renewal that fails while the token still lives is not pressed.
  private static final Duration FAILED_REST = Duration.ofMinutes(5);

  private final Tokens tokens;
  private final Clock clock;
  private final MultiGauge left;
  private final Map<String, Instant> told = new HashMap<>();
  private final Map<String, Instant> failed = new HashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "token-watch");
            made.setDaemon(true);
            return made;
          });
  private volatile long lookedAt = System.nanoTime() - EVERY.toNanos();

  public TokenWatch(Tokens tokens, MeterRegistry registry, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
    this.left =
        MultiGauge.builder("orderbridge.token.seconds.left")
            .description("Life left of a connection's access token; negative when it is over")
            .register(registry);
  }

  /**
   * Looks at all tokens every ten seconds and returns at once. One loop calls it, as often as it
   * likes.
   */
  public void round() {
    long now = System.nanoTime();
    if (now - lookedAt < EVERY.toNanos() || !looking.compareAndSet(false, true)) {
      return;
    }
    lookedAt = now;
    thread.execute(
        () -> {
          try {
            look();
          } catch (StoreUnavailable e) {
            LOG.debugf("token.look failed why=%s; next in %s", e.getMessage(), EVERY);
          } finally {
            looking.set(false);
          }
        });
  }

  /** One look at all tokens. */
  synchronized void look() {
    List<TokenState> states = tokens.states();
    states.stream().filter(tokens::isDue).forEach(this::renew);
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (TokenState token : tokens.states()) {
      if (token.expiresAt() != null) {
        long seconds = Duration.between(clock.instant(), token.expiresAt()).toSeconds();
        rows.add(MultiGauge.Row.of(Tags.of("connection", token.connection()), seconds));
      }
      if (token.state() == State.ALARM) {
        tell(token);
      }
    }
    left.register(rows, true);
  }

  private void renew(TokenState token) {
    Instant now = clock.instant();
    Instant last = failed.get(token.connection());
    if (last != null && now.isBefore(last.plus(FAILED_REST))) {
      return;
    }
    try {
      tokens.renewNow(token.connection());
      failed.remove(token.connection());
    } catch (TryLater | Refusal e) {
      // Told and kept by who renews; the next try comes by itself.
      failed.put(token.connection(), now);
    }
  }

  private void tell(TokenState token) {
    Instant now = clock.instant();
    Instant last = told.get(token.connection());
    if (last == null || !now.isBefore(last.plus(TOLD_EVERY))) {
      told.put(token.connection(), now);
      LOG.warnf(
          "token.alarm connection=%s expires=%s why=%s; see docs/runbook.md, TOKEN_EXPIRED",
          token.connection(), token.expiresAt(), token.failure());
    }
  }
}
