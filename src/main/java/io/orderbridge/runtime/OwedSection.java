package io.orderbridge.runtime;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.outbox.Target;
import io.orderbridge.outbox.Target.Moot;
import io.orderbridge.outbox.Target.Retry;
import io.orderbridge.outbox.UploadDeadline;
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
  private static final int ANSWER_DEFAULT = 65_536;
  private static final Map<String, Moot> MOOT =
      Map.of("later-state", Moot.LATER_STATE, "never", Moot.NEVER);

  private OwedSection() {}

  static Target read(String connection, Section section, Set<String> eventTypes) {
    section.allow(
        "events",
        "shops",
        "needs",
        "personal",
        "order-by",
        "retry",
        "limits",
        "breaker",
        "moot",
        "answers",
        "upload-deadline");
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
        Set.copyOf(section.values("shops", List.of(), text -> text)),
        Set.copyOf(needs),
        section.value("personal", false, Notation::yesOrNo),
        section.value("order-by", Optional.<JsonPointer>empty(), OwedSection::orderBy).orElse(null),
        retry(section),
        LimitsSection.limits(section, IN_FLIGHT_DEFAULT, ANSWER_DEFAULT),
        LimitsSection.breaker(section),
        section.value("moot", Moot.LATER_STATE, text -> ReceivesSection.choice(text, MOOT)),
        AnswersSection.owed(section),
        section.section("upload-deadline").map(OwedSection::deadline).orElse(null));
  }

  private static UploadDeadline deadline(Section section) {
    section.allow("after", "within", "warn");
    Duration within = section.value("within", Duration.ofHours(48), Notation::wait);
    Duration warn = section.value("warn", within.dividedBy(4), Notation::wait);
    if (warn.compareTo(within) >= 0) {
      section.wrong("warn", "'owed.upload-deadline.warn' must be shorter than 'within'");
    }
    return new UploadDeadline(
        section.value("after", Milestone.PAID, OwedSection::milestone), within, warn);
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
}
