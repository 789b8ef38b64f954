package io.orderbridge.console;

import io.orderbridge.score.HealthReads;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The four metrics of order health with their trends. The score of a month: {@link ScorePages}. */
@Path("/console/health")
public class HealthPages {
  // What fits on a chart: two weeks, a month, a quarter.
  private static final List<Integer> SPANS = List.of(14, 30, 90);
  private static final int MONTHS = 12;

  private final Pages pages;
  private final Visit visit;
  private final Assets assets;
  private final HealthReads health;
  private final HealthShown shown;

  HealthPages(Pages pages, Visit visit, Assets assets, HealthReads health, HealthShown shown) {
    this.pages = pages;
    this.visit = visit;
    this.assets = assets;
    this.health = health;
    this.shown = shown;
  }

  @GET
  @Operation(hidden = true)
  public Response metrics(@QueryParam("periods") @DefaultValue("14") int periods) {
    return pages.page(
        Rights.HEALTH,
        () -> {
          int span = SPANS.contains(periods) ? periods : SPANS.get(0);
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("title", Texts.say(visit.locale(), "nav_health"));
          model.put("rules", health.rules());
          model.put("charts", assets.charts());
          model.put("spans", SPANS.stream().map(one -> span(one, one == span)).toList());
          model.put("metrics", health.trends(span).stream().map(this::metric).toList());
          model.put("months", health.months(MONTHS).stream().map(this::month).toList());
          return pages.render("health", model);
        });
  }

  private Map<String, Object> span(int periods, boolean current) {
    return Map.of(
        "periods", periods,
        "name", Texts.say(visit.locale(), "health_span", periods),
        "current", current);
  }

  private Map<String, Object> metric(Map<String, Object> trend) {
    String key = Told.text(trend, "metric");
    boolean below = Told.text(trend, "passes").equals("below");
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("key", key);
    model.put("name", shown.title(trend));
    model.put("formula", Texts.say(visit.locale(), "healthformula_" + key));
    model.put("every", Texts.say(visit.locale(), "healthevery_" + trend.get("every")));
    model.put("below", below);
    String limit = Told.text(trend, "limit");
    String warns = Told.text(trend, "warnsAt");
    model.put("limit", limit);
    model.put("warns", warns);
    model.put(
        "limitWord", Texts.say(visit.locale(), below ? "health_below" : "health_least", limit));
    model.put("warnsWord", Texts.say(visit.locale(), "health_warns", warns));
    Map<String, Object> newest = Told.map(trend.get("value"));
    model.put("told", !newest.isEmpty());
    model.put("value", newest.isEmpty() ? Map.of() : shown.value(key, newest, below));
    model.put("verdict", Told.text(newest, "verdict"));
    model.put("rows", rows(key, trend, below));
    model.put("crosses", crosses(Told.text(trend, "crosses")));
    model.put("places", shown.places(key));
    return model;
  }

  private String crosses(String period) {
    return period.isEmpty() ? "" : Texts.say(visit.locale(), "health_crosses", period);
  }

  private List<Map<String, Object>> rows(String key, Map<String, Object> trend, boolean below) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> point : Told.list(trend.get("points"))) {
      Map<String, Object> row = shown.value(key, point, below);
      row.put("told", !Told.text(point, "version").isEmpty());
      row.put("ahead", false);
      rows.add(row);
    }
    for (Map<String, Object> point : Told.list(trend.get("projection"))) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("period", point.get("period"));
      row.put("percent", HealthShown.percent(point, "percent", below));
      row.put("verdict", "");
      row.put("running", false);
      row.put("ahead", true);
      rows.add(row);
    }
    return rows;
  }

  private Map<String, Object> month(Map<String, Object> told) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (String key : List.of("month", "score", "confidence", "verdict", "rules", "version")) {
      row.put(key, Told.text(told, key));
    }
    row.put("verdictName", Texts.say(visit.locale(), "health_" + told.get("verdict")));
    return row;
  }

  @GET
  @Path("/metrics/{name}/{period}")
  @Operation(hidden = true)
  public Response period(@PathParam("name") String name, @PathParam("period") String period) {
    return pages.page(
        Rights.HEALTH,
        () -> {
          List<Map<String, Object>> versions = versions(name, period);
          Map<String, Object> trend =
              health.trends(SPANS.get(0)).stream()
                  .filter(one -> name.equals(one.get("metric")))
                  .findFirst()
                  .orElse(Map.of());
          if (versions.isEmpty() || trend.isEmpty()) {
            return pages.problem(404, "problem_health", name, period);
          }
          boolean below = Told.text(trend, "passes").equals("below");
          List<Map<String, Object>> rows =
              versions.stream().map(told -> shown.value(name, told, below)).toList();
          Map<String, Object> model = new LinkedHashMap<>(rows.get(rows.size() - 1));
          model.put("title", shown.title(trend) + " " + period);
          model.put("name", shown.title(trend));
          model.put("formula", Texts.say(visit.locale(), "healthformula_" + name));
          model.put("versions", rows);
          model.put("places", shown.places(name));
          return pages.render("health-period", model);
        });
  }

  private List<Map<String, Object>> versions(String name, String period) {
    try {
      return health.versions(name, period);
    } catch (IllegalArgumentException e) {
      // An address that names no period is one that is not there.
      return List.of();
    }
  }
}
