package io.orderbridge.runtime;

import io.orderbridge.kernel.Wording;
import io.orderbridge.score.HealthRules;
import io.orderbridge.score.HealthRules.Corner;
import io.orderbridge.score.Metric;
import io.orderbridge.score.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code mappings/rules/health.yaml}: by what order health is judged. */
final class HealthSection {
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?) ?%");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,3}(?:\\.\\d{1,4})?");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal NEAR = BigDecimal.valueOf(80);
  private static final int VERSION_MAX = 1_000_000;
  private static final int OVER_MAX = 60;
  private static final int AHEAD_MAX = 12;
  private static final int CORNERS_MAX = 20;
  private static final String METRICS = "metrics";

  private HealthSection() {}

  static HealthRules read(Section root) {
    root.allow("version", "zone", "near", METRICS, "projection", "score");
    HealthRules none = HealthRules.NONE;
    if (!root.has("version")) {
      root.wrong("version", "there is no 'version'; write version: 1, and one more with each edit");
    }
    BigDecimal near = root.value("near", NEAR, HealthSection::percent);
    Map<Metric, Rule> metrics = new EnumMap<>(Metric.class);
    Map<String, Section> named = root.named(METRICS);
    named.forEach(
        (name, section) ->
            Metric.of(name)
                .ifPresentOrElse(
                    metric -> metrics.put(metric, rule(metric, section, near)),
                    () -> root.wrong(METRICS, unknown(name))));
    Section reach = named.get(Metric.NOTICE_REACH.word());
    return new HealthRules(
        root.value("version", 0, text -> (int) Notation.whole(text, 1, VERSION_MAX)),
        root.value("zone", none.zone(), ReadsSection::zone),
        metrics,
        reach == null ? List.of() : reach.values("gates", List.of(), text -> text),
        projecting(root, none.projecting()),
        scoring(root));
  }

  private static Rule rule(Metric metric, Section section, BigDecimal near) {
    String limit = metric == Metric.NOTICE_REACH ? "at-least" : "below";
    section.allow(
        metric == Metric.NOTICE_REACH
            ? new String[] {"title", limit, "weight", "gates"}
            : new String[] {"title", limit, "weight"});
    section.required(limit);
    Wording title =
        section
            .section("title")
            .map(
                text -> {
                  text.allow("zh", "en");
                  return wording(text.required("zh"), text.required("en"));
                })
            .orElse(new Wording(metric.word(), metric.word()));
    return new Rule(
        metric,
        title,
        section.value(limit, BigDecimal.ONE, HealthSection::limit),
        near,
        section.value("weight", 1, text -> (int) Notation.whole(text, 0, 100)));
  }

  private static Wording wording(String zh, String en) {
    return new Wording(zh.isBlank() ? "-" : zh, en.isBlank() ? "-" : en);
  }

  private static HealthRules.Projecting projecting(Section root, HealthRules.Projecting otherwise) {
    return root.section("projection")
        .map(
            section -> {
              section.allow("over", "ahead");
              return new HealthRules.Projecting(
                  section.value(
                      "over", otherwise.over(), text -> (int) Notation.whole(text, 4, OVER_MAX)),
                  section.value(
                      "ahead",
                      otherwise.ahead(),
                      text -> (int) Notation.whole(text, 1, AHEAD_MAX)));
            })
        .orElse(otherwise);
  }

  private static HealthRules.Scoring scoring(Section root) {
    Section section = root.section("score").orElse(null);
    if (section == null) {
      root.wrong("score", "there is no 'score'; write score: {sure: 80 %, curve: [...]}");
      return HealthRules.NONE.scoring();
    }
    section.allow("sure", "curve");
    List<Corner> curve = new ArrayList<>();
    for (Section corner : section.sections("curve")) {
      corner.allow("usage", "points");
      corner.required("usage");
      corner.required("points");
      Corner next =
          new Corner(
              corner.value("usage", BigDecimal.ZERO, HealthSection::number),
              corner.value("points", BigDecimal.ZERO, HealthSection::number));
      boolean grows =
          curve.isEmpty() || next.usage().compareTo(curve.get(curve.size() - 1).usage()) > 0;
      if (!grows || next.points().compareTo(HUNDRED) > 0) {
        corner.wrong("usage", "the corners of a curve go up in usage, with 0 to 100 points each");
      }
      curve.add(next);
    }
    if (curve.isEmpty() || curve.size() > CORNERS_MAX) {
      section.wrong("curve", "'score.curve' is a list of 1 to %d corners".formatted(CORNERS_MAX));
    }
    return new HealthRules.Scoring(curve, section.value("sure", NEAR, HealthSection::percent));
  }

  private static String unknown(String name) {
    return "'metrics.%s' is no metric, expected one of %s"
        .formatted(name, Arrays.stream(Metric.values()).map(Metric::word).toList());
  }

  private static BigDecimal limit(String text) {
    BigDecimal percent = percent(text);
    if (percent.signum() == 0 || percent.compareTo(HUNDRED) == 0) {
      throw Notation.expected(text, "a share between 0 % and 100 %");
    }
    return percent;
  }

  private static BigDecimal percent(String text) {
    Matcher number = PERCENT.matcher(text);
    if (number.matches() && new BigDecimal(number.group(1)).compareTo(HUNDRED) <= 0) {
      return new BigDecimal(number.group(1));
    }
    throw Notation.expected(text, "a percentage such as 0.3 %");
  }

  private static BigDecimal number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw Notation.expected(text, "a number such as 1 or 0.8");
    }
    return new BigDecimal(text);
  }
}
