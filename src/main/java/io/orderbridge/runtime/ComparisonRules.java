package io.orderbridge.runtime;

import io.orderbridge.consistency.ComparisonPair;
import io.orderbridge.consistency.ComparisonPair.By;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code mappings/rules/comparisons.yaml}: which systems are compared with the order book, how. */
final class ComparisonRules {
  private static final Pattern SOURCE = Pattern.compile("[a-z0-9-]{1,60}/[a-z0-9-]{1,60}");
  private static final int DAYS_DEFAULT = 30;
  private static final int DAYS_MAX = 400;
  private static final Duration SKEW_DEFAULT = Duration.ofMinutes(5);
  // Deliveries are tried again after 10 s, 1 min, 5 min: the third one has settled by then.
  private static final Duration SETTLE_DEFAULT = Duration.ofMinutes(30);
  private static final Map<String, By> BY = Map.of("created", By.CREATED, "changed", By.CHANGED);
  private static final Map<String, Boolean> TELL = Map.of("always", false, "differences", true);

  private ComparisonRules() {}

  static List<ComparisonPair> read(Section root) {
    List<ComparisonPair> pairs = new ArrayList<>();
    root.allow("pairs")
        .named("pairs")
        .forEach(
            (system, section) -> {
              ComparisonPair pair = pair(system, section);
              if (section.value("enabled", true, Notation::yesOrNo)) {
                pairs.add(pair);
              }
            });
    return pairs;
  }

  private static ComparisonPair pair(String system, Section section) {
    section.allow(
        "enabled",
        "source",
        "by",
        "owner",
        "shops",
        "days",
        "zone",
        "report",
        "skew",
        "settle",
        "times",
        "same",
        "unknown-there",
        "tell");
    // For people: what starts the comparison is a route from quartz:.
    section.value("report", LocalTime.MIDNIGHT, ComparisonRules::time);
    Duration settle = section.value("settle", SETTLE_DEFAULT, Notation::duration);
    if (settle.compareTo(Duration.ofDays(2)) > 0) {
      section.wrong("settle", "'settle' is longer than 2d: changes would never be compared");
    }
    return new ComparisonPair(
        system,
        section.value("source", system + "/states", ComparisonRules::source),
        section.value("by", By.CREATED, text -> ReceivesSection.choice(text, BY)),
        section.required("owner"),
        section.values("shops", List.of(), text -> text),
        section.value("days", DAYS_DEFAULT, text -> (int) Notation.whole(text, 1, DAYS_MAX)),
        section.value("zone", ZoneId.of("UTC"), ComparisonRules::zone),
        section.value("skew", SKEW_DEFAULT, Notation::duration),
        settle,
        section.value("times", true, Notation::yesOrNo),
        same(section),
        new HashSet<>(section.values("unknown-there", List.of(), ComparisonRules::status)),
        section.value("tell", false, text -> ReceivesSection.choice(text, TELL)));
  }

  private static Map<String, List<String>> same(Section section) {
    Map<String, List<String>> same = new HashMap<>();
    section
        .section("same")
        .ifPresent(
            statuses -> {
              statuses.allow(ComparisonPair.STATUSES.toArray(String[]::new));
              for (String ours : ComparisonPair.STATUSES) {
                if (statuses.has(ours)) {
                  same.put(ours, statuses.values(ours, List.of(), ComparisonRules::status));
                }
              }
            });
    return same;
  }

  private static String status(String text) {
    if (!ComparisonPair.STATUSES.contains(text)) {
      throw Notation.expected(text, "one of " + String.join(", ", ComparisonPair.STATUSES));
    }
    return text;
  }

  private static String source(String text) {
    if (!SOURCE.matcher(text).matches()) {
      throw Notation.expected(text, "a source: <folder below routes/>/<name in reads:>");
    }
    return text;
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw Notation.expected(text, "a time of the day such as \"03:00\", in quotes");
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw Notation.expected(text, "a zone such as Asia/Shanghai or UTC");
    }
  }
}
