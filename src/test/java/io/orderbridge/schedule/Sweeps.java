package io.orderbridge.schedule;

import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.runtime.Intakes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One process that reads sources, cranked by hand. */
final class Sweeps implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-20T02:01:00Z");

  final Heart heart;
  final SteppedClock clock;
  final Windows windows;
  final WindowItems items;
  final SourceRows rows;
  final Intake intake;
  final SourceRound round;

  Sweeps(Heart heart, SteppedClock clock) {
    this.heart = heart;
    this.clock = clock;
    this.windows = new Windows(heart.database);
    this.items = new WindowItems(heart.database);
    this.rows = new SourceRows(heart.database);
    this.intake = Intakes.of(heart);
    this.round = new SourceRound(windows, items, intake);
  }

  static Sweeps fresh() {
    return new Sweeps(Heart.fresh(), new SteppedClock(NOW));
  }

  /** Another process on the same database. */
  Sweeps another() {
    return new Sweeps(heart.another(), clock);
  }

  /** One look, as the consumer's thread does it; whether something was done. */
  boolean look(Source source, PageRoute route) {
    Instant now = clock.instant();
    round.create(source, now);
    round.tellLate(source, now);
    return round.once(source, route, now, () -> false);
  }

  /** Looks until nothing is due. */
  void run(Source source, PageRoute route) {
    while (look(source, route)) {
      // Each look does one window.
    }
  }

  /** Steps the clock and runs. */
  void later(Duration by, Source source, PageRoute route) {
    clock.step(by);
    run(source, route);
  }

  /** As if all that waits in the inbox were applied. */
  void applyAll() {
    heart.execute("delete from work");
  }

  List<String> storedIds() {
    return heart.texts("select distinct item_id from window_item order by 1");
  }

  /** The states of the windows, in the order of time. */
  List<String> states() {
    return heart.texts("select state from source_window order by source, starts_at");
  }

  String problem() {
    return heart
        .texts("select cause || ': ' || problem from source_window where problem is not null")
        .get(0);
  }

  @Override
  public void close() {
    heart.close();
  }
}
