package io.orderbridge.consistency;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.alert.Alert;
import io.orderbridge.consistency.ComparisonPair.By;
import io.orderbridge.finding.FindingChange;
import io.orderbridge.finding.Findings;
import io.orderbridge.schedule.Source;
import io.orderbridge.schedule.Sources;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One process that compares, cranked by hand; orders and readings are planted. */
public final class Comparing implements AutoCloseable {
  public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /** Two in the morning of the 21st in Shanghai: the night's reading is due. */
  static final Instant TWO = Instant.parse("2026-11-20T18:00:00Z");

  /** Three in the morning. */
  static final Instant THREE = Instant.parse("2026-11-20T19:00:00Z");

  static final String SHOP = "tmall-one";

  public final Heart heart;
  public final SteppedClock clock;
  final Sources sources;
  final Comparisons comparisons = new Comparisons();
  final ComparisonRuns runs;
  final ComparisonRound round;
  final ComparisonJob job;
  final StateReadings readings;
  final List<Alert> told = new ArrayList<>();
  final List<String> followed = new ArrayList<>();

  Comparing(Heart heart, SteppedClock clock, Sources sources) {
    this.heart = heart;
    this.clock = clock;
    this.sources = sources;
    this.runs = new ComparisonRuns(heart.database);
    this.job = new ComparisonJob(heart.database, comparisons);
    this.readings = new StateReadings(heart.database, sources, comparisons);
    Findings findings =
        new Findings(
            heart.database,
            List.of(
                (connection, changes, now) ->
                    changes.forEach(change -> followed.add(text(change)))));
    this.round =
        new ComparisonRound(
            heart.database,
            runs,
            comparisons,
            new ComparisonSets(sources),
            new ComparisonRound.Told(findings, (connection, alert, now) -> push(alert)));
  }

  static Comparing fresh() {
    return new Comparing(Heart.fresh(), new SteppedClock(THREE), new Sources());
  }

  /** Another process on the same database, with the same files. */
  Comparing another() {
    Comparing other = new Comparing(heart.another(), clock, sources);
    other.comparisons.replace(comparisons.all());
    return other;
  }

  // What the alert part does: once per key.
  private boolean push(Alert alert) {
    boolean first = told.stream().noneMatch(known -> known.key().equals(alert.key()));
    if (first) {
      told.add(alert);
    }
    return first;
  }

  private static String text(FindingChange change) {
    return "%s %s %s".formatted(change.how(), change.finding().code(), change.finding().subject());
  }

  /** A pair as its file would make it. */
  static ComparisonPair pair(String system) {
    return new ComparisonPair(
        system,
        system + "/states",
        By.CREATED,
        "ann",
        List.of(SHOP),
        30,
        SHANGHAI,
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        true,
        Map.of("IN_TRANSIT", List.of("SHIPPED")),
        Set.of("CREATED"),
        false);
  }

  /** Puts pairs in force, with a source of states for each. */
  Comparing with(ComparisonPair... pairs) {
    comparisons.replace(List.of(pairs));
    for (ComparisonPair pair : pairs) {
      sources.replace(pair.system(), List.of(source(pair.system())));
    }
    return this;
  }

  /** Read at two in the night, thirty days back, by pages. */
  static Source source(String system) {
    return new Source(
        system,
        "states",
        new Source.Daily(LocalTime.of(2, 0), 1, 1, Set.of(), Set.of(), Duration.ofDays(30)),
        SHANGHAI,
        new Source.Pages(
            Source.Order.CURSOR, 100, 1, JsonPointer.compile("/rows"), null, null, null, true),
        new Source.Item(JsonPointer.compile("/id"), JsonPointer.compile("/version"), null),
        "",
        false,
        system + "/states",
        List.of(Duration.ofMinutes(1)),
        Duration.ofHours(2));
  }

  /** As if the window of the day before {@link #TWO} had been read and proved. */
  void readAtTwo(String system) {
    read(system, TWO);
  }

  /** As if the window that is due at this time had been read and proved. */
  void read(String system, Instant due) {
    heart.execute(
        """
        insert into source_window (source, starts_at, ends_at, due_at, state, next_at, proved_at,
                                   read_at, stored, items_at, pass)
        values ('%s/states', timestamptz '%s' - interval '26 hours',
                timestamptz '%s' - interval '2 hours', '%s', 'PROVED', now(),
                timestamptz '%s' + interval '5 minutes', '%s', 1, now(), 1)\
        """
            .formatted(system, due, due, due, due, due));
    readings.run(due.plusSeconds(600));
  }

  /** An order of the order book that has not moved since noon of the 20th. */
  void order(String number, String status) {
    order(SHOP, number, status, "2026-11-20T04:00:00Z", "2026-11-20T04:00:00Z");
  }

  /** An order of the order book; {@code since} is when it came to its status and was written. */
  void order(String shop, String number, String status, String created, String since) {
    heart.execute(
        """
        insert into customer_order (shop, number, status, revision, state, created_on, since,
                                    updated_at)
        values ('%s', '%s', '%s', 1, '{}', '%s', '%s', '%s')
        on conflict (shop, number) do update
        set status = excluded.status, since = excluded.since, updated_at = excluded.updated_at\
        """
            .formatted(shop, number, status, created, since, since));
  }

  /** What the system shows, read at two in the night, since noon. */
  void state(String system, String number, String status) {
    state(system, SHOP, number, status, "2026-11-20T04:00:00Z", TWO.plusSeconds(60).toString());
  }

  /** What the system shows; without {@code at} it does not say since when. */
  void state(String system, String shop, String number, String status, String at, String readAt) {
    heart.execute(
        """
        insert into system_state (system, shop, number, status, raw, at, read_at, changed_at)
        values ('%s', '%s', '%s', '%s', 'raw-%s', %s, '%s', '%s')
        on conflict (system, shop, number) do update
        set status = excluded.status, at = excluded.at, read_at = excluded.read_at\
        """
            .formatted(
                system,
                shop,
                number,
                status,
                status,
                at == null ? "null" : "'" + at + "'",
                readAt,
                readAt));
  }

  /** As the nightly route does: asks, and lets the round make it; the newest run. */
  ComparisonRun compare(String system) {
    job.run(Map.of("system", system), clock.instant());
    round.run(clock.instant());
    return newest(system);
  }

  ComparisonRun newest(String system) {
    return runs.list(system, Long.MAX_VALUE, 1).get(0);
  }

  /** The differences of a run, a line each. */
  List<String> differences(ComparisonRun run) {
    return runs.rows(run, ComparisonRun.After.START, 10_000).stream()
        .map(
            row ->
                "%s %s %s%s"
                    .formatted(
                        row.kind(), row.number(), row.cause(), row.awaited() ? " awaited" : ""))
        .toList();
  }

  /** The open findings, a line each. */
  List<String> findings() {
    return heart.texts(
        "select code || ' ' || subject || ' ' || item from finding where state = 'OPEN'"
            + " order by code, subject");
  }

  @Override
  public void close() {
    heart.close();
  }
}
