package io.orderbridge.runtime;

import io.orderbridge.kernel.Money;
import io.orderbridge.payment.Outcome;
import io.orderbridge.payment.PaymentRules;
import io.orderbridge.payment.PaymentSource;
import io.orderbridge.payment.Playbook;
import io.orderbridge.payment.Verdict;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code mappings/rules/payments.yaml}: how payments are verified, and what is done then. */
final class PaymentsSection {
  // A quarter's days: each may be compared again whenever something of it changes.
  private static final int BACK_MAX = 92;
  private static final int BACK_DEFAULT = 7;
  private static final int THRESHOLD_MAX = 1_000_000;
  private static final Duration GRACE_MAX = Duration.ofHours(24);
  private static final Duration GRACE_DEFAULT = Duration.ofMinutes(5);

  private PaymentsSection() {}

  static PaymentRules read(Section root) {
    root.allow("zone", "back", "connections", "playbooks");
    ZoneId zone = root.value("zone", PaymentRules.NONE.zone(), ReadsSection::zone);
    int back = root.value("back", BACK_DEFAULT, text -> number(text, 1, BACK_MAX));
    Map<String, PaymentSource> sources = new LinkedHashMap<>();
    root.named("connections")
        .forEach((name, section) -> sources.put(name, source(name, section, zone)));
    return new PaymentRules(zone, back, sources, playbooks(root));
  }

  private static PaymentSource source(String name, Section section, ZoneId zone) {
    section.allow(
        "source", "zone", "threshold", "threshold-amount", "grace", "owner", "systems", "shops");
    String source = section.required("source");
    if (!source.isEmpty() && !source.matches("[a-z0-9-]{1,60}/[a-z0-9-]{1,60}")) {
      section.wrong(
          "source", "'source' is '%s', expected <connection>/<name in reads:>".formatted(source));
    }
    Set<String> systems =
        new HashSet<>(section.values("systems", List.of(name), PaymentsSection::connection));
    systems.add(name);
    return new PaymentSource(
        name,
        source,
        section.value("zone", zone, ReadsSection::zone),
        section.value("threshold", 0, text -> number(text, 0, THRESHOLD_MAX)),
        section.value("threshold-amount", null, PaymentsSection::money),
        grace(section),
        section.text("owner", ""),
        systems,
        Set.copyOf(section.values("shops", List.of(), text -> text)));
  }

  private static Duration grace(Section section) {
    Duration grace = section.value("grace", GRACE_DEFAULT, Notation::duration);
    if (grace.compareTo(GRACE_MAX) > 0) {
      section.wrong("grace", "'grace' is longer than 24h: nothing would be missing on its day");
    }
    return grace;
  }

  private static Map<Verdict, Playbook> playbooks(Section root) {
    Map<Verdict, Playbook> playbooks = new EnumMap<>(Verdict.class);
    root.section("playbooks")
        .ifPresent(
            section -> {
              String[] known =
                  Arrays.stream(Verdict.values())
                      .filter(Verdict::differs)
                      .map(Verdict::name)
                      .toArray(String[]::new);
              section.allow(known);
              for (String name : known) {
                section
                    .section(name)
                    .ifPresent(
                        one ->
                            playbooks.put(
                                Verdict.valueOf(name), playbook(Verdict.valueOf(name), one)));
              }
            });
    return playbooks;
  }

  private static Playbook playbook(Verdict verdict, Section section) {
    section.allow("do", "approval");
    Outcome outcome =
        section.value("do", verdict.playbook().outcome(), text -> outcome(verdict, text));
    boolean approval = section.value("approval", outcome.movesMoney(), Notation::yesOrNo);
    try {
      return new Playbook(outcome, approval);
    } catch (IllegalArgumentException e) {
      section.wrong("approval", "'playbooks.%s' %s".formatted(verdict, e.getMessage()));
      return verdict.playbook();
    }
  }

  private static Outcome outcome(Verdict verdict, String text) {
    return verdict.outcomes().stream()
        .filter(outcome -> outcome.word().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Notation.expected(
                    text,
                    "one of "
                        + verdict.outcomes().stream()
                            .map(Outcome::word)
                            .collect(Collectors.toCollection(TreeSet::new))
                        + " for "
                        + verdict));
  }

  private static String connection(String text) {
    if (!text.matches("[a-z0-9][a-z0-9-]{0,59}")) {
      throw Notation.expected(text, "the name of a folder below routes/");
    }
    return text;
  }

  private static int number(String text, int min, int max) {
    return (int) Notation.whole(text, min, max);
  }

  private static Money money(String text) {
    String[] parts = text.split(" ");
    try {
      if (parts.length == 2) {
        return Money.of(parts[0], parts[1]);
      }
    } catch (IllegalArgumentException e) {
      throw Notation.expected(text, "an amount such as 10000.00 CNY: " + e.getMessage());
    }
    throw Notation.expected(text, "an amount and its currency such as 10000.00 CNY");
  }
}
