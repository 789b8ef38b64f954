package io.orderbridge.runtime;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.call.AnswerRule;
import io.orderbridge.call.AnswerRule.Condition;
import io.orderbridge.call.Meaning;
import io.orderbridge.kernel.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code answers:} part of what is owed and of each call. */
final class AnswersSection {
  private static final int STATUS_MIN = 100;
  private static final int STATUS_MAX = 599;
  private static final List<String> PLACES = List.of("json", "header", "text");
  private static final List<String> TESTS = List.of("equals", "in", "matches", "exists");

  private static final Map<String, Meaning> OWED =
      Map.of(
          "done", Meaning.DONE,
          "already", Meaning.ALREADY,
          "busy", Meaning.BUSY,
          "slow-down", Meaning.SLOW_DOWN,
          "refused", Meaning.REFUSED);

  // What a partner's code may tell beyond that it refuses; the other causes are ours to find.
  private static final Map<String, Cause> CAUSES =
      Stream.of(
              Cause.TARGET_REFUSED,
              Cause.NUMBER_INVALID,
              Cause.USER_BLOCKED,
              Cause.TEMPLATE_INVALID,
              Cause.CHANNEL_AUTH_EXPIRED,
              Cause.CHANNEL_QUOTA)
          .collect(Collectors.toMap(Cause::name, cause -> cause));

  private final Map<String, Meaning> meanings;

  private AnswersSection(Map<String, Meaning> meanings) {
    this.meanings = meanings;
  }

  /** Of a delivery, for which no token is renewed and of which there is always something. */
  static List<AnswerRule> owed(Section section) {
    return new AnswersSection(OWED).read(section);
  }

  /**
   * @param token whether the call has an access token, which an answer may say is over
   */
  static List<AnswerRule> call(Section section, boolean token) {
    Map<String, Meaning> meanings = new TreeMap<>(OWED);
    meanings.put("empty", Meaning.EMPTY);
    if (token) {
      meanings.put("refresh", Meaning.REFRESH);
    }
    return new AnswersSection(meanings).read(section);
  }

  private List<AnswerRule> read(Section section) {
    return section.sections("answers").stream().map(this::rule).toList();
  }

  private AnswerRule rule(Section rule) {
    rule.allow(
        "status",
        "json",
        "header",
        "text",
        "equals",
        "in",
        "matches",
        "exists",
        "then",
        "cause",
        "wait",
        "wait-json");
    if (!rule.has("then")) {
      rule.wrong(
          "then", "'answers' has no 'then'; write one of %s".formatted(String.join(", ", names())));
    }
    List<String> places = PLACES.stream().filter(rule::has).toList();
    if (!rule.has("status") && places.isEmpty()) {
      rule.wrong(
          "status", "'answers' matches every answer; give it a status, json, header or text");
    }
    if (places.size() > 1) {
      rule.wrong(places.get(1), "'answers' looks at one of json, header and text, not at several");
    }
    Meaning then =
        rule.value("then", Meaning.REFUSED, text -> ReceivesSection.choice(text, meanings));
    fits(rule, then);
    return new AnswerRule(
        rule.value("status", 0, t -> (int) Notation.whole(t, STATUS_MIN, STATUS_MAX)),
        condition(rule, places),
        then,
        rule.<Duration>value("wait", null, Notation::wait),
        rule.value("wait-json", null, AnswersSection::pointer),
        rule.value("cause", null, text -> ReceivesSection.choice(text, CAUSES)));
  }

  private static void fits(Section rule, Meaning then) {
    if (then != Meaning.BUSY && then != Meaning.SLOW_DOWN) {
      Stream.of("wait", "wait-json")
          .filter(rule::has)
          .forEach(key -> rule.wrong(key, "'%s' goes with 'then: slow-down'".formatted(key)));
    }
    if (then != Meaning.REFUSED && rule.has("cause")) {
      rule.wrong("cause", "'cause' goes with 'then: refused'");
    }
  }

  private Set<String> names() {
    return new TreeMap<>(meanings).keySet();
  }

  private static Condition condition(Section rule, List<String> places) {
    List<String> tests = TESTS.stream().filter(rule::has).toList();
    if (places.contains("text")) {
      tests.forEach(
          test ->
              rule.wrong(test, "'text' is the expression itself; leave '%s' out".formatted(test)));
      return new Condition(
          null, null, null, rule.value("text", null, AnswersSection::pattern), null);
    }
    if (places.isEmpty()) {
      tests.forEach(test -> rule.wrong(test, "'%s' needs a json or a header".formatted(test)));
      return null;
    }
    if (tests.size() != 1) {
      rule.wrong(
          places.get(0), "'%s' needs one of equals, in, matches, exists".formatted(places.get(0)));
    }
    String header = rule.text("header", null);
    return new Condition(
        rule.value("json", null, AnswersSection::pointer),
        header == null ? null : header.toLowerCase(Locale.ROOT),
        rule.has("equals")
            ? Set.of(rule.text("equals", ""))
            : rule.has("in") ? Set.copyOf(rule.values("in", List.of(), text -> text)) : null,
        rule.value("matches", null, AnswersSection::pattern),
        rule.has("exists") ? rule.value("exists", true, Notation::yesOrNo) : null);
  }

  static JsonPointer pointer(String text) {
    if (!text.startsWith("/")) {
      throw Notation.expected(text, "a JSON pointer such as /success");
    }
    return JsonPointer.compile(text);
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw Notation.expected(text, "a regular expression (%s)".formatted(e.getDescription()));
    }
  }
}
