package io.orderbridge.runtime;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.outbox.Target;
import io.orderbridge.outbox.Target.AnswerRule;
import io.orderbridge.outbox.Target.Breaker;
import io.orderbridge.outbox.Target.Limits;
import io.orderbridge.outbox.Target.Meaning;
import io.orderbridge.outbox.Target.Moot;
import io.orderbridge.outbox.Target.Retry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The {@code owed:} part of a connection file. */
final class OwedSection {
  private static final String ALL = "order.*";
  // Six steps to six hours, then every six hours: a weekend's outage is bridged (R: 72 h).
  private static final List<Duration> AFTER_DEFAULT =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(6));
  private static final Duration UNTIL_DEFAULT = Duration.ofHours(72);
  private static final int IN_FLIGHT_DEFAULT = 8;
  private static final int IN_FLIGHT_MAX = 256;
  private static final Duration DEADLINE_DEFAULT = Duration.ofSeconds(10);
  private static final int ANSWER_DEFAULT = 65_536;
  private static final int FAILURES_DEFAULT = 10;
  private static final int FAILURES_MAX = 1_000;
  private static final Duration PAUSE_DEFAULT = Duration.ofSeconds(30);
  private static final int STATUS_MIN = 100;
  private static final int STATUS_MAX = 599;
  private static final Map<String, Meaning> MEANINGS =
      Map.of("done", Meaning.DONE, "busy", Meaning.BUSY, "refused", Meaning.REFUSED);
  private static final Map<String, Moot> MOOT =
      Map.of("later-state", Moot.LATER_STATE, "never", Moot.NEVER);

  private OwedSection() {}

  static Target read(String connection, Section section, Set<String> eventTypes) {
    section.allow(
        "events", "needs", "personal", "order-by", "retry", "limits", "breaker", "moot", "answers");
    List<String> events = section.values("events", List.of(), text -> event(text, eventTypes));
    if (!section.has("events")) {
      section.wrong("events", "'owed' has no 'events'; write [order.paid, ...] or [\"order.*\"]");
    }
    List<Milestone> needs = section.values("needs", List.of(), OwedSection::milestone);
    for (Milestone need : needs) {
      if (!events.contains(ALL) && !events.contains(need.eventType())) {
        section.wrong(
            "needs",
            "'needs' has %s but 'events' has no %s: an order whose %s comes last is never told"
                .formatted(need, need.eventType(), need));
      }
    }
    return new Target(
        connection,
        events,
        Set.copyOf(needs),
        section.value("personal", false, Notation::yesOrNo),
        section.value("order-by", Optional.<JsonPointer>empty(), OwedSection::orderBy).orElse(null),
        retry(section),
        limits(section),
        breaker(section),
        section.value("moot", Moot.LATER_STATE, text -> ReceivesSection.choice(text, MOOT)),
        section.sections("answers").stream().map(OwedSection::answer).toList());
  }

  private static String event(String text, Set<String> eventTypes) {
    if (!text.equals(ALL) && !eventTypes.contains(text)) {
      throw Notation.expected(
          text, "one of " + ALL + ", " + String.join(", ", new TreeSet<>(eventTypes)));
    }
    return text;
  }

  private static Milestone milestone(String text) {
    List<String> ofOrders =
        Arrays.stream(Milestone.values())
            .filter(milestone -> !milestone.perParcel())
            .map(Milestone::name)
            .toList();
    if (!ofOrders.contains(text)) {
      throw Notation.expected(text, "one of " + String.join(", ", ofOrders));
    }
    return Milestone.valueOf(text);
  }

  private static Optional<JsonPointer> orderBy(String text) {
    if (text.equals("order")) {
      return Optional.empty();
    }
    if (!text.startsWith("event:/")) {
      throw Notation.expected(text, "order, or event:/<pointer>");
    }
    return Optional.of(JsonPointer.compile(text.substring("event:".length())));
  }

  private static Retry retry(Section section) {
    Optional<Section> retry = section.section("retry").map(s -> s.allow("after", "until"));
    List<Duration> after =
        retry.map(s -> s.values("after", AFTER_DEFAULT, Notation::wait)).orElse(AFTER_DEFAULT);
    Duration until =
        retry.map(s -> s.value("until", UNTIL_DEFAULT, Notation::wait)).orElse(UNTIL_DEFAULT);
    if (after.isEmpty()) {
      retry.ifPresent(s -> s.wrong("after", "'owed.retry.after' is empty; write [10s, 1m, 5m]"));
    }
    return new Retry(after, until);
  }

  private static Limits limits(Section section) {
    Optional<Section> limits =
        section.section("limits").map(s -> s.allow("in-flight", "rate", "deadline", "answer"));
    if (limits.isEmpty()) {
      return new Limits(IN_FLIGHT_DEFAULT, 0, DEADLINE_DEFAULT, ANSWER_DEFAULT);
    }
    Section s = limits.get();
    return new Limits(
        s.value("in-flight", IN_FLIGHT_DEFAULT, t -> (int) Notation.whole(t, 1, IN_FLIGHT_MAX)),
        s.value("rate", 0, Notation::rate),
        s.value("deadline", DEADLINE_DEFAULT, Notation::wait),
        s.value("answer", ANSWER_DEFAULT, Notation::size));
  }

  private static Breaker breaker(Section section) {
    Optional<Section> breaker = section.section("breaker").map(s -> s.allow("failures", "pause"));
    if (breaker.isEmpty()) {
      return new Breaker(FAILURES_DEFAULT, PAUSE_DEFAULT);
    }
    Section s = breaker.get();
    return new Breaker(
        s.value("failures", FAILURES_DEFAULT, t -> (int) Notation.whole(t, 1, FAILURES_MAX)),
        s.value("pause", PAUSE_DEFAULT, Notation::wait));
  }

  private static AnswerRule answer(Section rule) {
    rule.allow("status", "json", "equals", "then");
    if (rule.has("json") != rule.has("equals")) {
      rule.wrong("json", "'owed.answers' needs 'json' and 'equals' together");
    }
    if (!rule.has("then")) {
      rule.wrong("then", "'owed.answers' has no 'then'; write done, busy or refused");
    }
    if (!rule.has("status") && !rule.has("json")) {
      rule.wrong("status", "'owed.answers' matches every answer; give it a status or a json");
    }
    return new AnswerRule(
        rule.value("status", 0, t -> (int) Notation.whole(t, STATUS_MIN, STATUS_MAX)),
        rule.value("json", null, OwedSection::pointer),
        rule.text("equals", null),
        rule.value("then", Meaning.REFUSED, t -> ReceivesSection.choice(t, MEANINGS)));
  }

  private static JsonPointer pointer(String text) {
    if (!text.startsWith("/")) {
      throw Notation.expected(text, "a JSON pointer such as /success");
    }
    return JsonPointer.compile(text);
  }
}
