package io.orderbridge.runtime;

import io.orderbridge.alert.Channel;
import io.orderbridge.alert.Channel.Budget;
import io.orderbridge.alert.Channel.Escalation;
import io.orderbridge.call.Limits;
import io.orderbridge.kernel.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The {@code alerts:} part of a connection file: a robot, or another way to tell people. */
final class AlertsSection {
  private static final Limits.Rate BUDGET_DEFAULT = new Limits.Rate(20, Duration.ofMinutes(1));
  private static final int TEXT_DEFAULT = 2_048;
  // Title, one sentence, what is left, and a link.
  private static final int TEXT_MIN = 512;
  // A mail has no limit of its own; beyond this nobody reads.
  private static final int TEXT_MAX = 65_536;
  private static final Duration AFTER_DEFAULT = Duration.ofMinutes(15);
  private static final String NAME = "[a-z0-9-]{1,60}";

  private AlertsSection() {}

  static Channel read(String connection, Section section) {
    section.allow(
        "pool",
        "levels",
        "budget",
        "text-limit",
        "mention",
        "escalate-after",
        "escalate-to",
        "escalate-owner");
    Limits.Rate budget = section.value("budget", BUDGET_DEFAULT, Notation::rate);
    List<Level> levels = section.values("levels", List.of(Level.values()), AlertsSection::level);
    if (levels.isEmpty()) {
      section.wrong("levels", "'alerts.levels' is empty; write [WARNING, BREACH]");
    }
    return new Channel(
        connection,
        section.value("pool", connection, AlertsSection::name),
        Set.copyOf(levels),
        new Budget(budget.times(), budget.per()),
        section.value("text-limit", TEXT_DEFAULT, AlertsSection::size),
        section.value("mention", true, Notation::yesOrNo),
        escalation(section));
  }

  private static Escalation escalation(Section section) {
    Duration after = section.value("escalate-after", AFTER_DEFAULT, Notation::wait);
    String owner = section.value("escalate-owner", "", AlertsSection::name);
    String to = section.value("escalate-to", "", AlertsSection::name);
    if (to.isEmpty() && (section.has("escalate-after") || section.has("escalate-owner"))) {
      section.wrong(
          "escalate-after", "'alerts' says when it is escalated and has no 'escalate-to'");
    }
    return to.isEmpty() ? null : new Escalation(after, to, owner);
  }

  private static int size(String text) {
    int size = Notation.size(text);
    if (size < TEXT_MIN || size > TEXT_MAX) {
      throw Notation.expected(text, "512B to 64KB");
    }
    return size;
  }

  static String name(String text) {
    if (!text.matches(NAME)) {
      throw Notation.expected(text, "small letters, digits and hyphens");
    }
    return text;
  }

  static Level level(String text) {
    return Arrays.stream(Level.values())
        .filter(level -> level.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Notation.expected(
                    text,
                    "one of "
                        + Arrays.stream(Level.values())
                            .map(Level::name)
                            .collect(Collectors.joining(", "))));
  }
}
