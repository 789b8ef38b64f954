package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The run of the night, of one reconciliation or of all. One that fails does not stop the others.
 */
@Singleton
class NightRun {
  private static final Logger LOG = Logger.getLogger(NightRun.class);
  private static final String PLACE = "reconciliations:run";

  private final Reconciliations reconciliations;
  private final Runs runs;

  NightRun(Reconciliations reconciliations, Runs runs) {
    this.reconciliations = reconciliations;
    this.runs = runs;
  }

  /**
   * @param name null for all
   * @param day null for yesterday in the zone of each; of a month its last day counts
   * @return what became of each
   * @throws Refusal ROUTE_FAILED when there is no such reconciliation or day, or when one was not
   *     kept because it does not add up
   */
  List<Map<String, Object>> run(String name, String day, Instant now) {
    List<Reconciliation> wanted =
        reconciliations.all().stream()
            .map(Reconciliations.Loaded::reconciliation)
            .filter(one -> name == null || one.name().equals(name))
            .toList();
    if (name != null && wanted.isEmpty()) {
      throw new Refusal(
          Cause.ROUTE_FAILED, PLACE, "there is no reconciliation '%s'".formatted(name));
    }
    LocalDate named = day(day);
    List<Map<String, Object>> views = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (Reconciliation what : wanted) {
      LocalDate of = named == null ? LocalDate.ofInstant(now, what.zone()).minusDays(1) : named;
      views.add(run(what, of, now, failed));
    }
    if (!failed.isEmpty()) {
      throw new Refusal(Cause.ROUTE_FAILED, PLACE, String.join("; ", failed));
    }
    return views;
  }

  private Map<String, Object> run(
      Reconciliation what, LocalDate day, Instant now, List<String> failed) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("reconciliation", what.name());
    view.put("day", day.toString());
    if (Inputs.period(what, day).to().isAfter(day)) {
      view.put("waits", "its period ends on " + Inputs.period(what, day).to());
      return view;
    }
    try {
      Runs.Answer answer = runs.run(what, day, "schedule", now);
      if (answer.rests()) {
        view.put("rests", answer.absent());
      } else {
        view.put("run", answer.run().id());
        view.put("made", answer.made());
        view.put("final", answer.run().isFinal());
      }
    } catch (IllegalArgumentException e) {
      view.put("waits", e.getMessage());
    } catch (Runs.NotConserved e) {
      failed.add(e.getMessage());
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.errorf(e, "reconciliation.failed name=%s day=%s", what.name(), day);
      failed.add("%s of %s: %s".formatted(what.name(), day, e.getMessage()));
    }
    LOG.infof("reconciliation.night %s", view);
    return view;
  }

  private static LocalDate day(String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new Refusal(
          Cause.ROUTE_FAILED,
          PLACE,
          "'day' is '%s', expected a day such as 2026-11-20".formatted(text),
          e);
    }
  }
}
