package io.orderbridge.reconciliation;

import io.orderbridge.books.NewestSnapshots;
import io.orderbridge.books.Progress;
import io.orderbridge.kernel.Wording;
import io.orderbridge.store.Database;
import io.orderbridge.store.StoreRefused;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Makes runs. A run, its items, what it does to breaks and findings are one transaction: a process
 * that dies leaves all of it or nothing. Runs of one reconciliation wait for each other, over all
 * processes; over inputs and rules that have a run already nothing is made. Thread-safe.
 */
@Singleton
public class Runs {
  private static final Logger LOG = Logger.getLogger(Runs.class);
  private static final int LOCK = 28_551;

  private final Database database;
  private final Reconciliations reconciliations;
  private final Inputs inputs;
  private final Comparing comparing;
  private final Counts counts;
  private final Attempts attempts;
  private final Breaks breaks;
  private final Map<String, Lock> turns = new ConcurrentHashMap<>();

  Runs(
      Database database,
      Reconciliations reconciliations,
      Inputs inputs,
      Comparing comparing,
      Counts counts,
      Attempts attempts,
      Breaks breaks) {
    this.database = database;
    this.reconciliations = reconciliations;
    this.inputs = inputs;
    this.comparing = comparing;
    this.counts = counts;
    this.attempts = attempts;
    this.breaks = breaks;
  }

  /**
   * What was asked for.
   *
   * @param run null when the reconciliation rests
   * @param made whether it was made now; otherwise it was there
   * @param absent books that no connection in force declares: it rests until they are there
   */
  public record Answer(Run run, boolean made, List<String> absent) {
    public boolean rests() {
      return run == null;
    }
  }

  /** Nothing of a run was kept, because an entry was lost or doubled. */
  public static final class NotConserved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotConserved(Run.Of of, IllegalStateException why) {
      super(
          "%s of %s does not add up and is not kept: %s"
              .formatted(of.reconciliation(), of.from(), why.getMessage()),
          why);
    }
  }

  /**
   * Runs a reconciliation over the period of a day by the rules in force.
   *
   * @param reason schedule, calendar, restated, or who asked; stands at the run
   * @throws IllegalArgumentException when there is no such reconciliation, its period is not over,
   *     or no book has a snapshot of it
   * @throws NotConserved when an entry was lost or doubled; told as a finding
   */
  public Answer run(String name, LocalDate day, String reason, Instant now) {
    return run(known(name), day, reason, now);
  }

  Answer run(Reconciliation what, LocalDate day, String reason, Instant now) {
    List<String> absent = inputs.absent(what);
    if (!absent.isEmpty()) {
      return new Answer(null, false, absent);
    }
    Run.Of of = Inputs.period(what, day);
    LocalDate today = LocalDate.ofInstant(now, what.zone());
    if (!of.to().isBefore(today)) {
      throw new NotRun(
          Wording.of(
              "所选日期 %s 不行：截至 %s 的账期在时区 %s 还没有结束，请选 %s 之前已结束的一天",
              "'day' is %s; the period to %s is not over in %s, the last that is ended before %s",
              day,
              of.to(),
              what.zone(),
              today));
    }
    Optional<Run> there = database.inTransaction(connection -> same(connection, what, of, now));
    return there
        .map(run -> new Answer(run, false, List.of()))
        .orElseGet(() -> inTurn(what, of, new Run.Made(reason, now), now));
  }

  private Reconciliation known(String name) {
    return reconciliations
        .find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no reconciliation '%s'; there are %s"
                        .formatted(
                            name,
                            reconciliations.all().stream()
                                .map(one -> one.reconciliation().name())
                                .toList())))
        .reconciliation();
  }

  // The newest run of the period, when nothing of what decides has changed since.
  private Optional<Run> same(Connection connection, Reconciliation what, Run.Of of, Instant now)
      throws SQLException {
    Run.Inputs wanted = inputs.gather(connection, what, of, now);
    return RunRows.last(connection, of).filter(last -> last.inputs().equals(wanted));
  }

  // Who waits for another run here does so without a connection, which that run needs.
  private Answer inTurn(Reconciliation what, Run.Of of, Run.Made made, Instant now) {
    Lock turn = turns.computeIfAbsent(of.reconciliation(), name -> new ReentrantLock());
    turn.lock();
    try {
      return make(what, of, made, now);
    } finally {
      turn.unlock();
    }
  }

  private Answer make(Reconciliation what, Run.Of of, Run.Made made, Instant now) {
    long id = database.inTransaction(RunRows::next);
    try {
      Answer answer = database.inTransaction(connection -> make(connection, id, what, of, made));
      if (answer.made()) {
        Run run = answer.run();
        LOG.infof(
            "reconciliation.run run=%d reconciliation=%s from=%s to=%s version=%d final=%s"
                + " reason=%s counts=%s hash=%s",
            run.id(),
            of.reconciliation(),
            of.from(),
            of.to(),
            run.version(),
            run.isFinal(),
            made.reason(),
            run.tally().counts(),
            run.hash());
      }
      return answer;
    } catch (IllegalStateException e) {
      attempts.failed(id, e.getMessage());
      NotConserved refused = new NotConserved(of, e);
      database.run(connection -> breaks.notConserved(connection, of, refused.getMessage(), now));
      throw refused;
    } catch (StoreRefused | ArithmeticException e) {
      attempts.failed(id, e.getMessage());
      throw e;
    }
  }

  private Answer make(Connection connection, long id, Reconciliation what, Run.Of of, Run.Made made)
      throws SQLException {
    lock(connection, of.reconciliation());
    Instant now = made.at();
    Optional<Run> there = same(connection, what, of, now);
    if (there.isPresent()) {
      Attempts.done(connection, of);
      return new Answer(there.get(), false, List.of());
    }
    attempts.begin(of, id);
    Run.Inputs wanted = inputs.gather(connection, what, of, now);
    int version = RunRows.last(connection, of).map(Run::version).orElse(0) + 1;
    Run open =
        new Run(
            id,
            of,
            version,
            new Run.Made(made.reason(), now.truncatedTo(ChronoUnit.MICROS)),
            wanted,
            Tally.Both.none(),
            RunHash.root(connection, wanted),
            "");
    Run run = compared(connection, what, open, attempts.progress(id));
    counts.keep(connection, what, now);
    RunRows.insert(connection, run);
    breaks.follow(connection, what, run, now);
    // Last: what is told from outside changes the row while the run is under way.
    Attempts.done(connection, of);
    return new Answer(run, true, List.of());
  }

  /** Compares and writes the items; the run itself is not written yet. */
  private Run compared(Connection connection, Reconciliation what, Run open, Progress progress)
      throws SQLException {
    Tally.Both items = Tally.Both.none();
    boolean pieces = what.compare() == Reconciliation.Compare.QUANTITY;
    ItemRows rows = new ItemRows(connection, open.id(), pieces, items);
    List<HandLink> links = LinkRows.named(connection, open.inputs().links());
    Waiting waiting = Waiting.of(what, open.inputs());
    Comparing.Task task =
        new Comparing.Task(what, open.of(), open.inputs(), links, open.made().at());
    Tally.Both came;
    try {
      came = comparing.compare(connection, task, item -> rows.accept(waiting.seen(item)), progress);
    } catch (ItemRows.Broken e) {
      throw e.getCause();
    }
    progress.at("writing", 0, 0);
    rows.finish();
    Tally.Both all = came.plus(items);
    all.left().conserved(what.left().title().en());
    all.right().conserved(what.right().title().en());
    Run counted =
        new Run(
            open.id(), open.of(), open.version(), open.made(), open.inputs(), all, open.root(), "");
    Long from = open.inputs().carriedFrom();
    String carried = from == null ? "" : RunRows.find(connection, from).orElseThrow().hash();
    return counted.hashed(RunHash.of(connection, counted, carried, links.toString()));
  }

  /**
   * A run made once more, by the rules and over the inputs that it had, and thrown away.
   *
   * @param hash of what came out now
   */
  public record Again(Run run, String hash) {
    public boolean isSame() {
      return run.hash().equals(hash);
    }
  }

  /**
   * Makes the run of a version again, to prove it.
   *
   * @param read reads the rules that the run kept
   * @throws IllegalArgumentException when there is no such run
   * @throws NotConserved when an entry was lost or doubled
   */
  public Again again(String name, LocalDate day, int version, RuleText read) {
    Run.Of of = Inputs.period(known(name), day);
    return database.inTransaction(
        connection -> {
          Run kept =
              RunRows.version(connection, of, version)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "'as-of' is %d; %s has no such version of %s"
                                  .formatted(version, name, of.from())));
          Reconciliation what = read.read(name, kept.inputs().rules());
          Run open = kept.numbered(RunRows.next(connection));
          try {
            String hash = compared(connection, what, open, Progress.NONE).hash();
            connection.rollback();
            return new Again(kept, hash);
          } catch (IllegalStateException e) {
            throw new NotConserved(of, e);
          }
        });
  }

  private static void lock(Connection connection, String name) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))")) {
      lock.setInt(1, LOCK);
      lock.setString(2, name);
      lock.execute();
    }
  }

  static List<Long> ids(List<NewestSnapshots.Found> found) {
    return found.stream().map(NewestSnapshots.Found::id).toList();
  }
}
