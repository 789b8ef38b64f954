package io.orderbridge.consistency;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.RawString;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The report of a run as a page that needs nothing else: no script, no file of another place.
 * Everything that comes from outside is escaped. Thread-safe.
 */
@Singleton
class ComparisonPage {
  // A page is read by eye, and is in memory as a whole; the files hold all rows.
  static final int ROWS_MAX = 500;
  private static final String FOLDER = "/comparison/";

  private final Template template;
  private final String style;

  ComparisonPage() {
    this.style = text("report.css");
    this.template =
        Engine.builder()
            .addDefaults()
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build()
            .parse(text("report.html"), Variant.forContentType(Variant.TEXT_HTML));
  }

  private static String text(String name) {
    try (InputStream in = ComparisonPage.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the product lacks its own " + FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only style that the page may use, as the header Content-Security-Policy names it. */
  String policy() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; %s"
          .formatted(Base64.getEncoder().encodeToString(hash), "frame-ancestors 'none'");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * @param first the first rows, one more than {@link #ROWS_MAX} when there are more
   * @param owner who is in charge of the pair
   */
  String html(
      ComparisonRun run, List<ComparisonRun.Row> first, String owner, ZoneId zone, Locale locale) {
    ComparisonReport report = new ComparisonReport(run, after -> List.of(), zone, locale);
    boolean more = first.size() > ROWS_MAX;
    return template
        .data("lang", locale.getLanguage())
        .data("style", new RawString(style))
        .data("title", ComparisonWords.title(run).in(locale))
        .data("words", words(locale))
        .data("facts", facts(run, owner, zone, locale))
        .data("parts", parts(run, locale))
        .data("readings", readings(run, zone, locale))
        .data("headings", report.headings())
        .data("rows", rows(first.subList(0, more ? ROWS_MAX : first.size()), report, zone))
        .data("more", more ? ComparisonWords.more(run, ROWS_MAX).in(locale) : "")
        .render();
  }

  private static Map<String, String> words(Locale locale) {
    return Map.of(
        "summary", ComparisonWords.SUMMARY.in(locale),
        "class", ComparisonWords.CLASS.in(locale),
        "number", ComparisonWords.NUMBER.in(locale),
        "readings", ComparisonWords.MISSING_READINGS.in(locale),
        "differences", ComparisonWords.DIFFERENCES.in(locale),
        "none", ComparisonWords.NO_DIFFERENCE.in(locale));
  }

  private static List<Map<String, String>> facts(
      ComparisonRun run, String owner, ZoneId zone, Locale locale) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(ComparisonWords.OWNER.in(locale), owner);
    facts.put(
        ComparisonWords.PERIOD.in(locale),
        "%s – %s (%s)"
            .formatted(
                ComparisonReport.text(run.from(), zone),
                ComparisonReport.text(run.to(), zone),
                zone));
    facts.put(ComparisonWords.MADE.in(locale), ComparisonReport.text(run.endedAt(), zone));
    facts.put(ComparisonWords.OURS.in(locale), String.valueOf(run.ours()));
    facts.put(ComparisonWords.THEIRS.in(locale), String.valueOf(run.theirs()));
    return facts.entrySet().stream()
        .map(fact -> Map.of("name", fact.getKey(), "value", fact.getValue()))
        .toList();
  }

  private static List<Map<String, Object>> parts(ComparisonRun run, Locale locale) {
    List<Map<String, Object>> parts = new ArrayList<>();
    run.summary()
        .forEach(
            (part, number) ->
                parts.add(
                    Map.of(
                        "name",
                        ComparisonWords.part(part).in(locale),
                        "number",
                        number,
                        "mark",
                        number > 0 && isDifference(part) ? "red" : "")));
    return parts;
  }

  private static boolean isDifference(String part) {
    return Arrays.stream(ComparisonClass.values()).anyMatch(one -> one.name().equals(part));
  }

  private static List<String> readings(ComparisonRun run, ZoneId zone, Locale locale) {
    List<String> readings = new ArrayList<>();
    for (Map<String, Object> reading : run.awaited()) {
      Object from = reading.get("from");
      readings.add(
          "%s %s %s"
              .formatted(
                  reading.get("source"),
                  from == null ? "" : ComparisonReport.text(Instant.parse(from.toString()), zone),
                  ComparisonWords.reading(reading.get("state"), locale)));
    }
    return readings;
  }

  private static List<Map<String, Object>> rows(
      List<ComparisonRun.Row> rows, ComparisonReport report, ZoneId zone) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (ComparisonRun.Row row : rows) {
      List<String> cells = new ArrayList<>();
      for (Object cell : report.cells(row)) {
        cells.add(
            cell instanceof Instant at
                ? ComparisonReport.text(at, zone)
                : cell == null ? "" : cell.toString());
      }
      shown.add(Map.of("mark", row.awaited() ? "awaited" : "red", "cells", cells));
    }
    return shown;
  }
}
