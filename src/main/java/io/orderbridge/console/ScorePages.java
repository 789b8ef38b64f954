package io.orderbridge.console;

import io.orderbridge.passport.PassportViews;
import io.orderbridge.score.HealthReads;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The order health of a month on one sheet that can be printed. */
@Path("/console/health/scores")
public class ScorePages {
  // The one metric that has to reach its limit; the others have to stay below it.
  private static final String REACH = "notice-reach";
  private static final int WORST = 3;

  private final Pages pages;
  private final Visit visit;
  private final PassportViews views;
  private final HealthReads health;
  private final HealthShown shown;

  ScorePages(Pages pages, Visit visit, PassportViews views, HealthReads health, HealthShown shown) {
    this.pages = pages;
    this.visit = visit;
    this.views = views;
    this.health = health;
    this.shown = shown;
  }

  @GET
  @Path("/{month}")
  @Operation(hidden = true)
  public Response score(@PathParam("month") String month) {
    return pages.page(
        Rights.HEALTH,
        () ->
            month(month)
                .flatMap(health::score)
                .map(score -> pages.render("health-score", model(score)))
                .orElseGet(() -> pages.problem(404, "problem_score", month)));
  }

  private static Optional<YearMonth> month(String text) {
    try {
      return Optional.of(YearMonth.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Map<String, Object> model(Map<String, Object> score) {
    Map<String, Object> model = told(score);
    Map<String, Object> formula = Told.map(score.get("formula"));
    model.put("month", score.get("month"));
    model.put("title", Texts.say(visit.locale(), "score_title", score.get("month")));
    model.put("sure", Told.text(formula, "sure"));
    model.put("curve", curve(formula.get("curve")));
    model.put("parts", Told.list(score.get("parts")).stream().map(this::part).toList());
    List<Map<String, Object>> versions =
        new ArrayList<>(Told.list(score.get("versions")).stream().map(this::told).toList());
    model.put("restated", versions.size() > 1);
    model.put("versions", versions);
    return model;
  }

  private Map<String, Object> told(Map<String, Object> told) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (String key : List.of("score", "confidence", "verdict", "rules", "version")) {
      row.put(key, Told.text(told, key));
    }
    row.put("verdictName", Texts.say(visit.locale(), "health_" + told.get("verdict")));
    row.put("at", views.time(Instant.parse(Told.text(told, "madeAt"))));
    return row;
  }

  // "0 % 100, 80 % 80, ...": usage of the limit and the points for it.
  private List<Map<String, Object>> curve(Object corners) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Object corner : corners instanceof List<?> list ? list : List.of()) {
      List<?> pair = (List<?>) corner;
      rows.add(Map.of("usage", pair.get(0).toString(), "points", pair.get(1).toString()));
    }
    return rows;
  }

  private Map<String, Object> part(Map<String, Object> part) {
    String key = Told.text(part, "metric");
    boolean below = !key.equals(REACH);
    Map<String, Object> row = shown.judged(part, below);
    row.put("name", shown.title(part));
    row.put(
        "limitWord",
        Texts.say(
            visit.locale(), below ? "health_below" : "health_least", Told.text(part, "limit")));
    for (String each : List.of("weight", "points", "breaches", "warnings")) {
      row.put(each, Told.text(part, each));
    }
    row.put("measured", Told.text(part, "periodsMeasured"));
    row.put("expected", Told.text(part, "periodsExpected"));
    row.put("by", shown.causes(Told.map(part.get("worstCauses")), Told.text(part, "unit")));
    row.put(
        "worst",
        Told.list(part.get("worstPeriods")).stream()
            .limit(WORST)
            .map(period -> shown.value(key, period, below))
            .toList());
    return row;
  }
}
