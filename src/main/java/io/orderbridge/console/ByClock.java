package io.orderbridge.console;

import io.orderbridge.call.TokenState;
import io.orderbridge.call.Tokens;
import io.orderbridge.outbox.Deadlines;
import io.orderbridge.outbox.UploadRisk;
import io.orderbridge.passport.PassportViews;
import io.orderbridge.schedule.ScheduleDesk;
import io.orderbridge.work.Backlog;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What else the clock decides on: schedules, tokens that end, uploads that are due, what waits. */
@Singleton
class ByClock {
  private static final List<String> STATES = List.of("at-risk", "breached", "open", "all");
  // The most pressing stand first; who has more than these has another problem than reading.
  private static final int SHOWN_MAX = 200;

  private final ScheduleDesk schedules;
  private final Tokens tokens;
  private final Uploads uploads;
  private final Backlog backlog;
  private final PassportViews views;

  /** Shops that have to be told in time. */
  @Singleton
  static class Uploads {
    private final Deadlines deadlines;
    private final UploadRisk risk;

    Uploads(Deadlines deadlines, UploadRisk risk) {
      this.deadlines = deadlines;
      this.risk = risk;
    }
  }

  ByClock(
      ScheduleDesk schedules,
      Tokens tokens,
      Uploads uploads,
      Backlog backlog,
      PassportViews views) {
    this.schedules = schedules;
    this.tokens = tokens;
    this.uploads = uploads;
    this.backlog = backlog;
    this.views = views;
  }

  /**
   * @param operator whether to show how the tokens stand
   */
  void model(Map<String, Object> model, boolean operator, Locale locale) {
    model.put("schedules", schedules.all().stream().map(one -> schedule(one, locale)).toList());
    model.put("seesTokens", operator);
    model.put(
        "tokens",
        operator ? tokens.states().stream().map(one -> token(one, locale)).toList() : List.of());
    List<Map<String, Object>> counts = new ArrayList<>();
    uploads
        .risk
        .counts()
        .forEach(
            (target, count) ->
                counts.add(
                    Map.of(
                        "target", target,
                        "atRisk", count.atRisk(),
                        "late", count.late(),
                        "breached", count.breached())));
    model.put("uploads", counts);
    model.put("queues", queues());
  }

  /** What waits, by queue. */
  List<Map<String, Object>> queues() {
    List<Map<String, Object>> queues = new ArrayList<>();
    new TreeMap<>(backlog.queues())
        .forEach(
            (queue, waiting) ->
                queues.add(
                    Map.of(
                        "queue", queue,
                        "count", waiting.waiting(),
                        "since", views.time(waiting.oldest()))));
    return queues;
  }

  private Map<String, Object> schedule(ScheduleDesk.Planned planned, Locale locale) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("schedule", planned.schedule());
    view.put("cron", planned.cron());
    view.put("zoneOf", planned.zone());
    view.put("next", views.time(planned.next()));
    ScheduleDesk.Fired last = planned.last();
    view.put("fired", last == null ? "" : views.time(last.firedAt()));
    view.put("failed", last != null && "FAILED".equals(last.outcome()));
    view.put("why", last == null || last.why() == null ? "" : last.why());
    view.put(
        "outcome",
        last == null
            ? ""
            : Texts.say(
                locale, "sources_fired_" + (last.outcome() == null ? "NONE" : last.outcome())));
    return view;
  }

  private Map<String, Object> token(TokenState token, Locale locale) {
    return Map.of(
        "connection", token.connection(),
        "bad", token.state() == TokenState.State.ALARM || token.state() == TokenState.State.FAILED,
        "state", Texts.say(locale, "sources_token_" + token.state().name()),
        "expires", views.time(token.expiresAt()),
        "renewed", views.time(token.renewedAt()),
        "failure", token.failure() == null ? "" : token.failure());
  }

  /**
   * The orders whose shop has to be told in time, the most pressing first.
   *
   * @param asked at-risk, breached, open or all; what is none of them is at-risk
   * @param target null or empty for all
   */
  void deadlines(Map<String, Object> model, String asked, String target, Locale locale) {
    String state = asked != null && STATES.contains(asked) ? asked : STATES.get(0);
    String of = target == null || target.isEmpty() ? null : target;
    List<Deadlines.Entry> found = uploads.deadlines.list(of, state, SHOWN_MAX + 1);
    model.put("state", state);
    model.put("target", of == null ? "" : of);
    model.put(
        "states",
        STATES.stream()
            .map(
                word -> Map.of("word", word, "name", Texts.say(locale, "sources_deadline_" + word)))
            .toList());
    model.put("cut", found.size() > SHOWN_MAX);
    model.put("rows", found.stream().limit(SHOWN_MAX).map(one -> row(one, locale)).toList());
  }

  private Map<String, Object> row(Deadlines.Entry entry, Locale locale) {
    return Map.of(
        "order", entry.order(),
        "path", OrderPages.pathOf(entry.order()),
        "target", entry.target(),
        "due", views.time(entry.dueAt()),
        "bad", "BREACHED".equals(entry.state()),
        "state", Texts.say(locale, "sources_upload_" + entry.state()),
        "met", views.time(entry.metAt()));
  }
}
