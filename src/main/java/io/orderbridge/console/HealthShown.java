package io.orderbridge.console;

import io.orderbridge.kernel.Money;
import io.orderbridge.passport.PassportViews;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What was told of order health, as a page shows it: in words, amounts with their decimals. */
@Singleton
class HealthShown {
  private static final int DIGITS = 3;
  private static final Pattern ORDER = Pattern.compile("[^/\\s]+/[^/\\s]+");
  // Where the rows behind a metric are worked on.
  private static final Map<String, List<Place>> PLACES =
      Map.of(
          "sync-delay",
          List.of(Place.of(Section.BOARD), Place.of(Section.LETTERS)),
          "notice-reach",
          List.of(Place.of(Section.NOTICES)),
          "book-difference",
          List.of(new Place(Section.BOOKS, "/console/books/breaks"), Place.of(Section.BOOKS)),
          "hand-work",
          List.of(Place.of(Section.TICKETS), Place.of(Section.LETTERS)));

  private final Visit visit;
  private final PassportViews views;

  HealthShown(Visit visit, PassportViews views) {
    this.visit = visit;
    this.views = views;
  }

  /** A page with the rows. */
  private record Place(Section section, String path) {
    static Place of(Section section) {
      return new Place(section, section.path());
    }
  }

  private String say(String key, Object... values) {
    return Texts.say(visit.locale(), key, values);
  }

  /** The name of a metric, as the rules have it. */
  String title(Map<String, Object> view) {
    return Told.text(
        Told.map(view.get("title")), visit.locale().equals(Locale.CHINESE) ? "zh" : "en");
  }

  /** A share with three decimals, never better than it is; empty for none. */
  static String percent(Map<String, Object> view, String key, boolean below) {
    String told = Told.text(view, key);
    return told.isEmpty()
        ? ""
        : new BigDecimal(told)
            .setScale(DIGITS, below ? RoundingMode.UP : RoundingMode.DOWN)
            .toPlainString();
  }

  /** A count, or an amount of a currency. */
  private static String number(String told, String unit) {
    return unit.isEmpty() || told.isEmpty()
        ? told
        : new Money(new BigDecimal(told).longValueExact(), Money.currency(unit)).toString();
  }

  /** What was told of a period; the rows behind it too. */
  Map<String, Object> value(String metric, Map<String, Object> told, boolean below) {
    Map<String, Object> row = judged(told, below);
    String unit = Told.text(told, "unit");
    row.put("period", Told.text(told, "period"));
    row.put("version", Told.text(told, "version"));
    row.put("restated", !Told.text(told, "version").matches("|1"));
    row.put("running", Boolean.FALSE.equals(told.get("final")));
    row.put("limit", Told.text(told, "limit"));
    row.put("rules", Told.text(told, "rules"));
    String at = Told.text(told, "madeAt");
    row.put("at", at.isEmpty() ? "" : views.time(Instant.parse(at)));
    row.put("by", causes(Told.map(told.get("by")), unit));
    row.put("examples", examples(told.get("examples")));
    row.put("href", "/console/health/metrics/" + metric + "/" + Told.text(told, "period"));
    return row;
  }

  /** Share, verdict and what both are made of. */
  Map<String, Object> judged(Map<String, Object> told, boolean below) {
    Map<String, Object> row = new LinkedHashMap<>();
    String unit = Told.text(told, "unit");
    String verdict = Told.text(told, "verdict");
    row.put("percent", percent(told, "percent", below));
    row.put("verdict", verdict);
    row.put("verdictName", say("health_" + verdict));
    row.put("numerator", number(Told.text(told, "numerator"), unit));
    row.put("denominator", number(Told.text(told, "denominator"), unit));
    return row;
  }

  /** How much by which cause, the most first. */
  List<Map<String, Object>> causes(Map<String, Object> by, String unit) {
    return by.entrySet().stream()
        .sorted(
            (one, other) ->
                new BigDecimal(other.getValue().toString())
                    .compareTo(new BigDecimal(one.getValue().toString())))
        .map(
            one ->
                Map.<String, Object>of(
                    "words", words(one.getKey()),
                    "count", number(one.getValue().toString(), unit)))
        .toList();
  }

  // Names of systems stay what they are; what the product calls a cause is said in words.
  private List<Map<String, Object>> words(String name) {
    List<Map<String, Object>> words = new ArrayList<>();
    for (String word : name.split(" ")) {
      String said = Texts.in(visit.locale()).get("healthby_" + word);
      words.add(Map.of("text", said == null ? word : said, "said", said != null));
    }
    return words;
  }

  /** The worst rows, each with the way to its order where it names one. */
  List<Map<String, Object>> examples(Object told) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Object one : told instanceof List<?> list ? list : List.of()) {
      String[] parts = one.toString().split(" ", 2);
      boolean order = ORDER.matcher(parts[0]).matches();
      rows.add(
          Map.of(
              "order",
              order ? parts[0] : "",
              "words",
              words(order ? parts.length > 1 ? parts[1] : "" : one.toString())));
    }
    return rows;
  }

  /** Where the rows behind a metric are worked on, as far as this person may go there. */
  List<Map<String, Object>> places(String metric) {
    return PLACES.getOrDefault(metric, List.of()).stream()
        .filter(place -> visit.may(place.section().right()))
        .map(
            place ->
                Map.<String, Object>of(
                    "path",
                    place.path(),
                    "name",
                    say(
                        place.path().endsWith("/breaks")
                            ? "health_breaks"
                            : place.section().key())))
        .toList();
  }
}
