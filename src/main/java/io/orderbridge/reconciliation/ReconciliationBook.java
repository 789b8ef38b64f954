package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.Reconciliations.Loaded;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What reconciliations and their runs are asked for, as the API answers it: times in ISO text,
 * amounts exact decimal text, titles by language. Reads only. Thread-safe.
 */
@Singleton
public class ReconciliationBook {
  // A year of versions fits into an answer.
  private static final int DAYS_MAX = 366;
  private static final int DAYS_SHOWN = 31;

  private final Reconciliations reconciliations;
  private final Inputs inputs;
  private final RunReads reads;
  private final Attempts attempts;
  private final Clock clock;

  ReconciliationBook(
      Reconciliations reconciliations,
      Inputs inputs,
      RunReads reads,
      Attempts attempts,
      Clock clock) {
    this.reconciliations = reconciliations;
    this.inputs = inputs;
    this.reads = reads;
    this.attempts = attempts;
    this.clock = clock;
  }

  /** All by name, each with its newest run, what it waits for, and runs that are under way. */
  public List<Map<String, Object>> all() {
    return reconciliations.all().stream().map(this::shown).toList();
  }

  /** The titles of all by name, without looking at their runs. */
  public Map<String, Wording> names() {
    Map<String, Wording> names = new LinkedHashMap<>();
    reconciliations
        .all()
        .forEach(one -> names.put(one.reconciliation().name(), one.reconciliation().title()));
    return names;
  }

  /** The title of one by language; its name where the file is gone. */
  public Map<String, String> titleOf(String name) {
    Wording title = names().getOrDefault(name, new Wording(name, name));
    return ReportViews.words(title);
  }

  /**
   * One with its file.
   *
   * @throws Declined when there is none of this name
   */
  public Map<String, Object> one(String name) {
    Loaded loaded = known(name);
    Map<String, Object> view = shown(loaded);
    view.put("file", loaded.reconciliation().text());
    return view;
  }

  private Map<String, Object> shown(Loaded loaded) {
    Reconciliation what = loaded.reconciliation();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", what.name());
    view.put("title", ReportViews.words(what.title()));
    view.put("every", what.every().name());
    view.put("zone", what.zone().getId());
    view.put("left", what.left().books());
    view.put("right", what.right().books());
    view.put("compare", what.compare().name());
    view.put("tally", what.tally().name());
    view.put("owner", what.owner());
    List<String> absent = inputs.absent(what);
    view.put("rests", absent.isEmpty() ? null : absent);
    reads.last(what.name()).ifPresent(run -> view.put("last", waited(run, what)));
    List<Attempts.Attempt> tried = attempts.of(what.name());
    view.put("attempts", tried.isEmpty() ? null : tried.stream().map(RunView::of).toList());
    view.values().removeIf(Objects::isNull);
    return view;
  }

  // What is missing, and when it is due.
  private Map<String, Object> waited(Run run, Reconciliation what) {
    Map<String, Object> view = RunView.of(run);
    if (!run.isFinal()) {
      view.put(
          "awaits",
          inputs.standings(what, run.of(), clock.instant()).stream()
              .filter(one -> run.inputs().missing().contains(one.text()))
              .map(ReconciliationBook::awaited)
              .toList());
    }
    return view;
  }

  private static Map<String, Object> awaited(Inputs.Awaited one) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("book", one.book());
    view.put("day", one.day().toString());
    view.put("state", one.standing().word());
    view.put("dueAt", Objects.toString(one.standing().dueAt(), null));
    view.put("problem", one.standing().problem());
    view.values().removeIf(Objects::isNull);
    return view;
  }

  Loaded known(String name) {
    return reconciliations
        .find(name)
        .orElseThrow(
            () ->
                new Declined(
                    Kind.MISSING, Wording.of("没有对账“%s”", "there is no reconciliation '%s'", name)));
  }

  /**
   * Runs of a period in all versions, the newest first.
   *
   * @param from null for 31 days before {@code to}
   * @param to null for today in the zone of the reconciliation
   * @throws Declined when there is no such reconciliation, or no period of a year at most
   */
  public List<Map<String, Object>> runs(String name, LocalDate from, LocalDate to) {
    Reconciliation what = known(name).reconciliation();
    LocalDate last = to == null ? LocalDate.ofInstant(clock.instant(), what.zone()) : to;
    LocalDate first = from == null ? last.minusDays(DAYS_SHOWN) : from;
    if (first.isAfter(last) || first.plusDays(DAYS_MAX).isBefore(last)) {
      throw new Declined(
          Kind.WRONG,
          Wording.of(
              "起止日期不对：应为 1 至 %d 天", "'from' to 'to' is no period of 1 to %d days", DAYS_MAX));
    }
    return reads.list(name, first, last).stream().map(RunView::of).toList();
  }

  /**
   * A run that is kept, under way, or failed.
   *
   * @throws Declined when there is none of that number
   */
  public Map<String, Object> run(long id) {
    Optional<Map<String, Object>> view =
        reads.find(id).map(RunView::of).or(() -> attempts.find(id).map(RunView::of));
    return view.orElseThrow(() -> missing(id));
  }

  static Declined missing(long id) {
    return new Declined(Kind.MISSING, Wording.of("没有对账批次 %d", "there is no run %d", id));
  }

  Run known(long id) {
    return reads.find(id).orElseThrow(() -> missing(id));
  }

  /**
   * Which items of a run are wanted.
   *
   * @param kind null for any
   * @param outcome null for any
   * @param after number of the last one seen; 0 for the first
   */
  public record Wanted(BreakClass kind, Outcome outcome, int after) {
    RunReads.Filter filter() {
      return new RunReads.Filter(kind, outcome, after);
    }
  }

  /**
   * What did not simply match, by class and key.
   *
   * @throws Declined when there is no such run
   */
  public List<Map<String, Object>> items(long run, Wanted wanted, int most, Locale language) {
    known(run);
    return reads.items(run, wanted.filter(), most).stream()
        .map(row -> RunView.of(row, language))
        .toList();
  }

  /**
   * What became of a key, and why; of matched ones as well.
   *
   * @throws Declined when there is no such run, or the key did not come into it
   */
  public Map<String, Object> entry(long id, String key, Locale language) {
    Run run = known(id);
    RunReads.Explained explained = reads.explain(run, key);
    if (explained.left().isEmpty() && explained.right().isEmpty()) {
      throw new Declined(
          Kind.MISSING,
          Wording.of("单号“%s”没有进入批次 %d", "no entry of the key '%s' came into run %d", key, id));
    }
    return RunView.of(explained, run, language);
  }
}
