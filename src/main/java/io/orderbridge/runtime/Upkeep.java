package io.orderbridge.runtime;

import io.orderbridge.call.TokenWatch;
import io.orderbridge.health.Gauges;
import io.orderbridge.health.Pulse;
import io.orderbridge.order.Events;
import io.orderbridge.outbox.Deadlines;
import io.orderbridge.schedule.SourceGauges;
import io.orderbridge.store.Partitions;
import io.orderbridge.store.Partitions.Kept;
import io.orderbridge.store.RunningInstance;
import io.orderbridge.store.StoreUnavailable;
import io.orderbridge.work.Backlog;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * What has to be done every second or day so that the rest can work: the heartbeat among instances,
 * counts for health, partitions. One thread; a round that fails is told to health and made again.
 */
@Singleton
class Upkeep {
  private static final Logger LOG = Logger.getLogger(Upkeep.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  // Facts of an order are its history and outlive its messages; seen ids need no more than the
  // longest retry of a partner, which is a day.
  private static final int SEEN_DAYS = 62;

  private final RunningInstance instance;
  private final Partitions partitions;
  private final Events events;
  private final Backlog backlog;
  private final Deadlines deadlines;
  private final Gauges gauges;
  private final SourceGauges sources;
  private final TokenWatch tokens;
  private final Pulse pulse;
  private final Clock clock;
  private final List<Kept> tables;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "upkeep");
            thread.setDaemon(true);
            return thread;
          });
  private LocalDate partitionedFor;
  private boolean troubled;

  Upkeep(
      Parts parts,
      Clock clock,
      @ConfigProperty(name = "orderbridge.retention.messages-days", defaultValue = "35")
          int messages,
      @ConfigProperty(name = "orderbridge.retention.history-days", defaultValue = "400")
          int history) {
    this.instance = parts.instance();
    this.partitions = parts.partitions();
    this.events = parts.events();
    this.backlog = parts.backlog();
    this.deadlines = parts.deadlines();
    this.gauges = parts.gauges();
    this.sources = parts.sources();
    this.tokens = parts.tokens();
    this.pulse = parts.pulse();
    this.clock = clock;
    this.tables =
        List.of(
            new Kept("inbox_message", false, messages),
            new Kept("inbox_seen", true, SEEN_DAYS),
            new Kept("attempt", false, messages),
            new Kept("event", false, messages),
            new Kept("order_fact", true, history),
            new Kept("window_item", false, messages),
            new Kept("source_row", true, history),
            new Kept("comparison_row", true, history),
            new Kept("payment_record", true, history),
            new Kept("payment_result", true, history),
            new Kept("notice_receipt", true, history));
  }

  /** What is kept up. */
  @Singleton
  record Parts(
      RunningInstance instance,
      Partitions partitions,
      Events events,
      Backlog backlog,
      Deadlines deadlines,
      Gauges gauges,
      SourceGauges sources,
      TokenWatch tokens,
      Pulse pulse) {}

  /** Makes the first round, without which no message can be stored, and goes on by itself. */
  void start() {
    events.followRestore();
    round();
    timer.scheduleWithFixedDelay(
        this::tryRound, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the rounds and gives up what this instance claimed. */
  void stop() {
    timer.shutdownNow();
    instance.leave();
  }

  private void tryRound() {
    try {
      round();
      if (troubled) {
        LOG.infof("database.back");
      }
      troubled = false;
    } catch (StoreUnavailable e) {
      pulse.bad(e.getMessage());
      if (!troubled) {
        LOG.warnf("database.away why=%s; senders are answered 503 meanwhile", e.getMessage());
      }
      troubled = true;
      reviveOwn();
    } catch (RuntimeException e) {
      pulse.bad(e.getMessage());
      LOG.errorf(e, "upkeep.failed; next round in %s", EVERY);
    }
  }

  private void reviveOwn() {
    try {
      if (!timer.isShutdown()) {
        EmbeddedDatabase.revive();
      }
    } catch (UncheckedIOException e) {
      // Thrown on, it would end the rounds for good.
      LOG.errorf(e, "database.revive failed; next try in %s", EVERY);
    }
  }

  private void round() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (!today.equals(partitionedFor)) {
      partitions.keep(tables, today);
      partitionedFor = today;
    }
    instance.heartbeat();
    deadlines.round(clock.instant());
    backlog.refresh();
    gauges.refresh();
    sources.refresh();
    tokens.round();
    pulse.good();
  }
}
