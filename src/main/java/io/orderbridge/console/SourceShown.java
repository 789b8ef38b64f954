package io.orderbridge.console;

import io.orderbridge.passport.PassportViews;
import io.orderbridge.schedule.SourceDesk;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sources and their windows as pages show them. */
@Singleton
class SourceShown {
  private final PassportViews views;

  SourceShown(PassportViews views) {
    this.views = views;
  }

  Map<String, Object> standing(SourceDesk.Standing source, Locale locale) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("source", source.source());
    view.put("path", "/console/sources/" + source.source());
    view.put("zoneOf", source.zone().getId());
    view.put("pushed", source.pushed());
    view.put("word", source.state());
    view.put("wordName", Texts.say(locale, "sources_state_" + source.state()));
    view.put("until", views.time(source.completeUntil()));
    view.put("awaited", source.awaited());
    view.put("due", source.due());
    view.put("late", source.late());
    view.put("unproved", source.unproved());
    view.put("dead", source.deadLetters());
    view.put("nextDue", views.time(source.nextDue()));
    problem(view, source.cause(), source.problem(), locale);
    return view;
  }

  // What went wrong in words of both languages; what the wire said stays as it was said.
  private static void problem(
      Map<String, Object> view, String cause, String problem, Locale locale) {
    view.put("cause", cause == null ? "" : cause);
    view.put("meaning", Texts.in(locale).getOrDefault("cause_" + cause, ""));
    view.put("problem", problem == null ? "" : problem);
  }

  Map<String, Object> state(String word, Locale locale) {
    return Map.of("word", word, "name", Texts.say(locale, "sources_state_" + word));
  }

  /** A window as the API tells it, in words. */
  Map<String, Object> window(Map<String, Object> window, Locale locale) {
    Map<String, Object> view = new LinkedHashMap<>();
    Instant from = (Instant) window.get("from");
    // A queue has one window without a period: it is asked for by any that holds its place.
    boolean queue = from.equals(Instant.EPOCH);
    view.put("queue", queue);
    view.put("from", views.time(from));
    view.put("to", views.time((Instant) window.get("to")));
    view.put("fromExact", (queue ? from.minusSeconds(1) : from).toString());
    view.put("toExact", (queue ? from.plusSeconds(1) : (Instant) window.get("to")).toString());
    view.put("word", window.get("state"));
    view.put("wordName", Texts.say(locale, "sources_state_" + window.get("state")));
    view.put("read", views.time((Instant) window.get("readAt")));
    view.put("proved", views.time((Instant) window.get("provedAt")));
    view.put("due", views.time((Instant) window.get("dueAt")));
    view.put("told", window.getOrDefault("told", ""));
    view.put("stored", window.getOrDefault("stored", ""));
    view.put("recovered", window.get("recovered"));
    view.put("attempts", window.get("attempts"));
    view.put("deadLetters", window.get("deadLetters"));
    view.put("dead", window.getOrDefault("dead", List.of()));
    view.put("again", !"AWAITED".equals(window.get("state")));
    problem(view, (String) window.get("cause"), (String) window.get("problem"), locale);
    return view;
  }

  /** An id of the source that should have been pushed; the search knows which order it is. */
  Map<String, Object> recovered(Map<String, Object> item) {
    String id = item.get("id").toString();
    return Map.of(
        "id",
        id,
        "message",
        item.get("message"),
        "window",
        views.time((Instant) item.get("window")),
        "search",
        "/console/orders?q=" + Fields.part(id));
  }

  /** What is missing for a day, and what is complete, as the API tells it. */
  void awaited(Map<String, Object> model, Map<String, Object> day, Locale locale) {
    model.put(
        "missing",
        ((List<?>) day.get("missing"))
            .stream().map(one -> missing((Map<?, ?>) one, locale)).toList());
    model.put("complete", day.get("complete"));
  }

  private Map<String, Object> missing(Map<?, ?> source, Locale locale) {
    Object windows = source.get("windows");
    return Map.of(
        "source", source.get("source"),
        "wordName", Texts.say(locale, "sources_state_" + source.get("state")),
        "windows", windows == null ? "" : windows,
        "due", views.time((Instant) source.get("dueAt")));
  }
}
