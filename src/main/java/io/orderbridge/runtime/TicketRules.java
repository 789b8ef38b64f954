package io.orderbridge.runtime;

import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.ticket.BusinessCalendar;
import io.orderbridge.ticket.Duty;
import io.orderbridge.ticket.Owner;
import io.orderbridge.ticket.Priority;
import io.orderbridge.ticket.Term;
import io.orderbridge.ticket.TicketPolicy;
import io.orderbridge.ticket.TicketRule;
import io.orderbridge.ticket.TicketRule.When;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** {@code mappings/rules/tickets.yaml}: which finding becomes whose work, and until when. */
final class TicketRules {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
  private static final Pattern CODE = Pattern.compile("[\\w.:-]{1,100}\\*?");
  private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?) ([A-Z]{3})");
  // Up to the top of a company; a longer ladder tells everybody in the end.
  private static final int STEPS_MAX = 5;
  private static final int RULES_MAX = 200;
  private static final Duration VERIFY_MAX = Duration.ofDays(2);

  private TicketRules() {}

  static TicketPolicy read(Section root) {
    root.allow(
        "zone",
        "day-ends",
        "rest",
        "holidays",
        "workdays",
        "verify-after",
        "people",
        "by-hand",
        "rules");
    Set<String> people = new HashSet<>(root.values("people", List.of(), TicketRules::person));
    Duty byHand =
        root.section("by-hand")
            .map(
                section ->
                    duty(
                        section.allow("owner", "due", "priority", "escalate"),
                        people,
                        Duty.DEFAULT))
            .orElse(Duty.DEFAULT);
    return new TicketPolicy(
        calendar(root),
        root.value("verify-after", TicketPolicy.VERIFY_AFTER_DEFAULT, TicketRules::verifyAfter),
        byHand,
        rules(root, people));
  }

  private static BusinessCalendar calendar(Section root) {
    BusinessCalendar usual = BusinessCalendar.DEFAULT;
    Set<DayOfWeek> rest =
        new HashSet<>(root.values("rest", List.copyOf(usual.rest()), t -> one(t, DayOfWeek.class)));
    if (rest.size() == DayOfWeek.values().length) {
      root.wrong("rest", "'rest' names every day: nothing would ever be due");
      rest = usual.rest();
    }
    Set<LocalDate> holidays = new HashSet<>(root.values("holidays", List.of(), TicketRules::day));
    Set<LocalDate> workdays = new HashSet<>(root.values("workdays", List.of(), TicketRules::day));
    workdays.stream()
        .filter(holidays::contains)
        .sorted()
        .forEach(
            day ->
                root.wrong("workdays", "'workdays' has %s, and so has 'holidays'".formatted(day)));
    return new BusinessCalendar(
        root.value("zone", usual.zone(), text -> read(text, ZoneId::of, "a zone: Asia/Shanghai")),
        root.value(
            "day-ends",
            usual.dayEnds(),
            text -> read(text, LocalTime::parse, "a time of the day such as \"18:00\", in quotes")),
        rest,
        holidays,
        workdays);
  }

  private static List<TicketRule> rules(Section root, Set<String> people) {
    List<TicketRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Section> sections = root.sections("rules");
    if (sections.isEmpty() || sections.size() > RULES_MAX) {
      root.wrong("rules", "'rules' is a list of 1 to %d rules".formatted(RULES_MAX));
    }
    for (Section section : sections) {
      if (!rules.isEmpty() && rules.get(rules.size() - 1).when().isAlways()) {
        section.wrong("name", "no finding comes this far: the rule before it has no 'when'");
      }
      TicketRule rule = rule(section, people);
      if (!names.add(rule.name())) {
        section.wrong("name", "two rules are called '%s'".formatted(rule.name()));
      }
      rules.add(rule);
    }
    if (!rules.isEmpty() && !rules.get(rules.size() - 1).when().isAlways()) {
      sections
          .get(sections.size() - 1)
          .wrong(
              "when",
              "the last rule has a 'when': add one without, so that no finding is left undecided");
    }
    return rules;
  }

  private static TicketRule rule(Section section, Set<String> people) {
    section.allow("name", "when", "open", "owner", "due", "priority", "escalate");
    section.required("name");
    String name = section.value("name", "", TicketRules::name);
    When when = section.section("when").map(TicketRules::when).orElse(When.ALWAYS);
    if (section.has("when") && when.isAlways()) {
      section.wrong("when", "'when' has no condition; leave it out for every finding");
    }
    if (!section.value("open", true, Notation::yesOrNo)) {
      for (String key : List.of("owner", "due", "priority", "escalate")) {
        if (section.has(key)) {
          section.wrong(key, "'%s' has no meaning beside 'open: false'".formatted(key));
        }
      }
      return new TicketRule(name, when, null);
    }
    section.required("owner");
    section.required("due");
    return new TicketRule(name, when, duty(section, people, Duty.DEFAULT));
  }

  private static When when(Section section) {
    section.allow("kind", "code", "level", "amount", "shop");
    return new When(
        new HashSet<>(section.values("kind", List.of(), text -> one(text, Finding.Kind.class))),
        section.values(
            "code", List.of(), t -> matching(t, CODE, "a code such as PAID_TWICE or PAID_*")),
        section.value("level", null, text -> one(text, Level.class)),
        section.values("amount", List.of(), TicketRules::amount),
        new HashSet<>(section.values("shop", List.of(), TicketRules::shop)));
  }

  private static Duty duty(Section section, Set<String> people, Duty usual) {
    List<Duty.Step> ladder = new ArrayList<>();
    List<Section> steps = section.sections("escalate");
    if (steps.size() > STEPS_MAX) {
      section.wrong(
          "escalate", "'escalate' has %d steps, at most %d".formatted(steps.size(), STEPS_MAX));
    }
    for (Section step : steps) {
      step.allow("to", "after");
      step.required("to");
      step.required("after");
      Term after = step.value("after", usual.due(), Term::parse);
      if (!ladder.isEmpty() && !later(ladder.get(ladder.size() - 1).after(), after)) {
        step.wrong("after", "is not later than the step before it");
      }
      ladder.add(new Duty.Step(step.value("to", usual.owner(), t -> owner(t, people)), after));
    }
    return new Duty(
        section.value("owner", usual.owner(), text -> owner(text, people)),
        section.value("due", usual.due(), Term::parse),
        section.value("priority", usual.priority(), text -> one(text, Priority.class)),
        ladder);
  }

  // Hours and business days are compared when the day is known.
  private static boolean later(Term before, Term after) {
    if (before instanceof Term.Hours one && after instanceof Term.Hours two) {
      return one.time().compareTo(two.time()) < 0;
    }
    return !(before instanceof Term.BusinessDays one && after instanceof Term.BusinessDays two)
        || one.days() < two.days();
  }

  private static Owner owner(String text, Set<String> people) {
    if (!Owner.ROLES.contains(text) && !people.contains(text)) {
      throw Notation.expected(
          text, "one of " + String.join(", ", Owner.ROLES) + ", or a person named in 'people'");
    }
    return new Owner(text);
  }

  private static String person(String text) {
    try {
      return new Owner(text).name();
    } catch (IllegalArgumentException e) {
      throw Notation.expected(text, "a person's id of at most 64 letters, digits and ._@-");
    }
  }

  private static Duration verifyAfter(String text) {
    Duration after = Notation.duration(text);
    if (after.compareTo(VERIFY_MAX) > 0) {
      throw Notation.expected(text, "at most 2d");
    }
    return after;
  }

  private static Money amount(String text) {
    var parts = AMOUNT.matcher(text);
    if (!parts.matches()) {
      throw Notation.expected(text, "an amount with its currency such as 1000.00 CNY");
    }
    try {
      return Money.of(parts.group(1), parts.group(2));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is '%s': %s".formatted(text, e.getMessage()), e);
    }
  }

  private static String name(String text) {
    return matching(text, NAME, "small letters, digits and hyphens");
  }

  private static String shop(String text) {
    if (text.isBlank() || text.contains("/")) {
      throw Notation.expected(text, "a shop as it stands before the slash of a subject");
    }
    return text;
  }

  private static String matching(String text, Pattern pattern, String expected) {
    if (!pattern.matcher(text).matches()) {
      throw Notation.expected(text, expected);
    }
    return text;
  }

  private static <E extends Enum<E>> E one(String text, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().equals(text))
        .findFirst()
        .orElseThrow(
            () -> Notation.expected(text, "one of " + Arrays.toString(type.getEnumConstants())));
  }

  private static LocalDate day(String text) {
    return read(text, LocalDate::parse, "a day such as \"2026-10-01\", in quotes");
  }

  private static <T> T read(String text, Function<String, T> read, String expected) {
    try {
      return read.apply(text);
    } catch (DateTimeException e) {
      throw Notation.expected(text, expected);
    }
  }
}
