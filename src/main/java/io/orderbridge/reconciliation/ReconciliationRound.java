package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Round;
import io.orderbridge.reconciliation.Reconciliations.Loaded;
import io.orderbridge.store.Database;
import io.orderbridge.store.StoreRefused;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Watches the source calendar: the final run follows as soon as the last book of a period is there;
 * a period whose snapshots got another version is restated, and the days after it in their order.
 * What was final is restated by the rules of its run, everything else is run by those in force. At
 * night a first run is made by the schedule. Days before {@code back} are left to people.
 */
@Singleton
class ReconciliationRound implements Round {
  private static final Logger LOG = Logger.getLogger(ReconciliationRound.class);
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final Reconciliations reconciliations;
  private final Database database;
  private final Inputs inputs;
  private final Runs runs;
  private final Attempts attempts;
  private final RuleText rules;

  ReconciliationRound(
      Reconciliations reconciliations,
      Database database,
      Inputs inputs,
      Runs runs,
      Attempts attempts,
      RuleText rules) {
    this.reconciliations = reconciliations;
    this.database = database;
    this.inputs = inputs;
    this.runs = runs;
    this.attempts = attempts;
    this.rules = rules;
  }

  @Override
  public String name() {
    return "reconciliations";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    for (Loaded loaded : reconciliations.all()) {
      if (inputs.absent(loaded.reconciliation()).isEmpty()) {
        tryFollow(loaded, now);
      }
    }
  }

  private void tryFollow(Loaded loaded, Instant now) {
    try {
      follow(loaded, now);
    } catch (IllegalArgumentException e) {
      // A definition is gone, or a text that a run kept cannot be read any more: for a person.
      LOG.warnf(
          "reconciliation.waits name=%s why=%s", loaded.reconciliation().name(), e.getMessage());
    } catch (StoreRefused | ArithmeticException e) {
      LOG.errorf(e, "reconciliation.failed name=%s", loaded.reconciliation().name());
    }
  }

  private void follow(Loaded loaded, Instant now) {
    Reconciliation what = loaded.reconciliation();
    Set<LocalDate> failed = attempts.failedLately(what.name());
    LocalDate last = LocalDate.ofInstant(now, what.zone()).minusDays(1);
    List<Run.Of> periods =
        last.minusDays(loaded.care().back() - 1L)
            .datesUntil(last.plusDays(1))
            .map(day -> Inputs.period(what, day))
            .distinct()
            .filter(of -> !of.to().isAfter(last) && !failed.contains(of.from()))
            .toList();
    for (Run.Of of : periods) {
      Optional<Wish> due = database.inTransaction(connection -> due(connection, what, of, now));
      if (due.isPresent() && !run(due.get(), of, now)) {
        // The days after it carry from it.
        return;
      }
    }
  }

  /** A run to be made, by these rules. */
  private record Wish(Reconciliation what, String reason) {}

  private Optional<Wish> due(Connection connection, Reconciliation what, Run.Of of, Instant now)
      throws SQLException {
    Optional<Run> last = RunRows.last(connection, of);
    if (last.isEmpty()) {
      return Inputs.hasSnapshots(connection, what, of)
              && inputs.gather(connection, what, of, now).missing().isEmpty()
          ? Optional.of(new Wish(what, "calendar"))
          : Optional.empty();
    }
    Run run = last.get();
    Reconciliation by = run.isFinal() ? kept(what, run) : what;
    if (Inputs.handedOn(connection, by, run)) {
      return Optional.of(new Wish(by, "restated"));
    }
    boolean moved = Inputs.moved(connection, by, run);
    if (run.isFinal() && !moved) {
      return Optional.empty();
    }
    return inputs.gather(connection, by, of, now).missing().isEmpty()
        ? Optional.of(new Wish(by, run.isFinal() ? "restated" : "calendar"))
        : Optional.empty();
  }

  private Reconciliation kept(Reconciliation what, Run run) {
    return run.inputs().rules().equals(what.text())
        ? what
        : rules.read(what.name(), run.inputs().rules());
  }

  private boolean run(Wish wish, Run.Of of, Instant now) {
    try {
      runs.run(wish.what(), of.from(), wish.reason(), now);
      return true;
    } catch (Runs.NotConserved e) {
      // Told already; the other reconciliations go on.
      LOG.debugf("reconciliation.round goes on after %s %s", of.reconciliation(), of.from());
      return false;
    }
  }
}
