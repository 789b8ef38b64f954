package io.orderbridge.consistency;

import io.orderbridge.alert.Alert;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Round;
import io.orderbridge.kernel.Wording;
import io.orderbridge.store.Database;
import io.orderbridge.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Makes the comparisons that were asked for: rows, findings and the message to the person in charge
 * are one transaction. One at a time per system over all processes; a run whose process died has
 * left nothing and is made again by whoever comes by.
 */
@Singleton
class ComparisonRound implements Round {
  private static final Logger LOG = Logger.getLogger(ComparisonRound.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int LOCK = 28529;

  private final Database database;
  private final ComparisonRuns runs;
  private final Comparisons comparisons;
  private final ComparisonSets sets;
  private final Told told;

  /** Who hears of what was found. */
  @Singleton
  record Told(Findings findings, ComparisonPush push) {}

  ComparisonRound(
      Database database,
      ComparisonRuns runs,
      Comparisons comparisons,
      ComparisonSets sets,
      Told told) {
    this.database = database;
    this.runs = runs;
    this.comparisons = comparisons;
    this.sets = sets;
    this.told = told;
  }

  @Override
  public String name() {
    return "comparisons";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    for (long run : runs.open()) {
      make(run, now);
    }
  }

  private void make(long run, Instant now) {
    long begun = System.nanoTime();
    try {
      database
          .inTransaction(connection -> locked(connection, run, now))
          .ifPresent(done -> tell(done, begun));
    } catch (StoreUnavailable e) {
      // Nothing was written: it is made when the database is back.
      throw e;
    } catch (RuntimeException e) {
      database.run(connection -> failed(connection, run, e, now));
      throw e;
    }
  }

  private static void tell(ComparisonRun done, long begun) {
    LOG.infof(
        "comparison.done run=%d system=%s ours=%d theirs=%d %s took_ms=%d",
        done.id(),
        done.system(),
        done.ours(),
        done.theirs(),
        done.summary().toString().replaceAll("[{},]", ""),
        Duration.ofNanos(System.nanoTime() - begun).toMillis());
  }

  // The lock goes with the transaction, and so with the process: a run that is open and not locked
  // is nobody's.
  private Optional<ComparisonRun> locked(Connection connection, long id, Instant now)
      throws SQLException {
    Optional<ComparisonRun> found = ComparisonRuns.find(connection, id);
    if (found.isEmpty() || !lock(connection, found.get().system())) {
      return Optional.empty();
    }
    ComparisonRun run = ComparisonRuns.find(connection, id).orElseThrow();
    if (run.state() == ComparisonRun.State.DONE || run.state() == ComparisonRun.State.FAILED) {
      return Optional.empty();
    }
    ComparisonPair pair =
        comparisons
            .find(run.system())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "mappings/rules/comparisons.yaml has no pair '%s'"
                            .formatted(run.system())));
    Optional<ComparisonRun> before = ComparisonRuns.last(connection, run.system());
    make(connection, new ComparisonSets.Asked(run, pair, before, time(connection), now));
    return ComparisonRuns.find(connection, id);
  }

  private static boolean lock(Connection connection, String system) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_try_advisory_xact_lock(?, hashtext(?))")) {
      lock.setInt(1, LOCK);
      lock.setString(2, system);
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  // Partitions are cut by the database's clock.
  private static Instant time(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select now()");
        ResultSet row = query.executeQuery()) {
      row.next();
      Timestamp now = row.getTimestamp(1);
      return now.toInstant();
    }
  }

  private void make(Connection connection, ComparisonSets.Asked asked) throws SQLException {
    ComparisonRun run = asked.run();
    String system = run.system();
    LOG.infof(
        "comparison.begun run=%d system=%s from=%s to=%s", run.id(), system, run.from(), run.to());
    // Steps are written on a connection of their own: this transaction is seen at its end only.
    runs.begin(run.id(), "comparing", asked.now());
    ComparisonResult result = sets.compare(connection, asked);
    runs.step(run.id(), "settling");
    LOG.infof(
        "comparison.compared run=%d system=%s ours=%d theirs=%d",
        run.id(), system, result.ours(), result.theirs());
    sets.find(connection, asked);
    told.findings().settle(connection, scope(system), asked.now());
    told.findings().settle(connection, failureScope(system), asked.now());
    ComparisonRuns.done(connection, run.id(), asked.runAt(), result, asked.now());
    ComparisonRun done = ComparisonRuns.find(connection, run.id()).orElseThrow();
    if (done.differences() > 0 || !asked.pair().differencesOnly()) {
      told.push().push(connection, alert(done, asked.pair()), asked.now());
    }
  }

  /** The findings of a pair. */
  static String scope(String system) {
    return "comparison:" + system;
  }

  private static String failureScope(String system) {
    return "comparison-run:" + system;
  }

  private static Alert alert(ComparisonRun run, ComparisonPair pair) {
    boolean breach = false;
    for (ComparisonClass difference : ComparisonClass.values()) {
      breach |= difference.level() == Level.BREACH && run.count(difference.name()) > 0;
    }
    return new Alert(
        scope(run.system()) + ":" + run.day(),
        scope(run.system()),
        breach ? Level.BREACH : Level.WARNING,
        run.system(),
        pair.owner(),
        ComparisonWords.message(run),
        Math.max(1, run.differences()),
        null,
        "/api/comparisons/" + run.id() + "/report.html");
  }

  private void failed(Connection connection, long id, RuntimeException failure, Instant now)
      throws SQLException {
    String why = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    ComparisonRuns.failed(connection, id, why, now);
    Optional<ComparisonRun> run = ComparisonRuns.find(connection, id);
    if (run.isPresent()) {
      String system = run.get().system();
      Findings.add(
          connection,
          List.of(
              new Finding(
                  Finding.Kind.COMPARISON,
                  "COMPARISON_FAILED",
                  system,
                  "",
                  Level.BREACH,
                  null,
                  "",
                  Map.of("run", id),
                  Wording.of(
                      "%1$s 的夜间比对没有完成，见 GET /api/comparisons/%2$d；排除原因后重新比对。",
                      "The comparison with %1$s was not made, see GET /api/comparisons/%2$d; mend"
                          + " the reason and ask for it again.",
                      system,
                      id))));
      told.findings().settle(connection, failureScope(system), now);
    }
  }
}
