package io.orderbridge.runtime;

import io.orderbridge.alert.Policies;
import io.orderbridge.alert.Policy;
import io.orderbridge.alert.Policy.Quiet;
import io.orderbridge.alert.Policy.Rule;
import io.orderbridge.finding.Finding;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code mappings/rules/alerts.yaml}: who is told what. */
final class AlertRules {
  private static final Map<String, Locale> LANGUAGES =
      Map.of("zh", Locale.CHINESE, "en", Locale.ENGLISH);
  private static final List<String> CONDITIONS = List.of("kind", "code", "level", "cause");
  private static final int CAUSE_MAX = 120;

  private AlertRules() {}

  static RuleFile<Policy> file(Policies policies) {
    return new RuleFile<>("alerts", AlertRules::read, policies::replace, Policy.DEFAULT);
  }

  private static Policy read(Section root) {
    root.allow("language", "zone", "channels", "owner", "gather", "all-clear", "quiet", "rules");
    return new Policy(
        root.value("language", Locale.CHINESE, text -> ReceivesSection.choice(text, LANGUAGES)),
        root.value("zone", Policy.DEFAULT.zone(), AlertRules::zone),
        root.values("channels", List.of(), AlertsSection::name),
        root.value("owner", "", AlertsSection::name),
        root.value("gather", Policy.GATHER_DEFAULT, Notation::duration),
        root.value("all-clear", false, Notation::yesOrNo),
        root.section("quiet").map(AlertRules::quiet).orElse(null),
        root.sections("rules").stream().map(AlertRules::rule).toList());
  }

  private static Quiet quiet(Section section) {
    section.allow("from", "to");
    section.required("from");
    section.required("to");
    LocalTime from = section.value("from", LocalTime.MIDNIGHT, AlertRules::time);
    LocalTime to = section.value("to", LocalTime.NOON, AlertRules::time);
    if (from.equals(to)) {
      section.wrong("to", "'quiet' ends when it begins; leave it out for no quiet hours");
    }
    return new Quiet(from, to);
  }

  private static Rule rule(Section rule) {
    rule.allow(
        "kind",
        "code",
        "level",
        "cause",
        "tell",
        "channels",
        "owner",
        "as",
        "escalate-after",
        "all-clear");
    if (CONDITIONS.stream().noneMatch(rule::has)) {
      rule.wrong("tell", "a rule fits everything; give it one of " + String.join(", ", CONDITIONS));
    }
    return new Rule(
        rule.value("kind", null, AlertRules::kind),
        rule.text("code", null),
        rule.value("level", null, AlertsSection::level),
        rule.value("cause", null, AlertRules::pattern),
        rule.value("tell", null, Notation::yesOrNo),
        rule.has("channels") ? rule.values("channels", List.of(), AlertsSection::name) : null,
        rule.value("owner", null, AlertsSection::name),
        rule.value("as", null, AlertRules::cause),
        rule.<Duration>value("escalate-after", null, Notation::wait),
        rule.value("all-clear", null, Notation::yesOrNo));
  }

  private static Finding.Kind kind(String text) {
    return Arrays.stream(Finding.Kind.values())
        .filter(kind -> kind.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Notation.expected(
                    text,
                    "one of "
                        + Arrays.stream(Finding.Kind.values())
                            .map(Finding.Kind::name)
                            .collect(Collectors.joining(", "))));
  }

  // A star stands for anything.
  private static Pattern pattern(String text) {
    return Pattern.compile(
        Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  private static String cause(String text) {
    if (text.isBlank() || text.length() > CAUSE_MAX) {
      throw Notation.expected(text, "1 to %d characters".formatted(CAUSE_MAX));
    }
    return text;
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw Notation.expected(text, "a time such as \"22:00\"");
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw Notation.expected(text, "a zone such as Asia/Shanghai");
    }
  }
}
