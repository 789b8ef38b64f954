package io.orderbridge.runtime;

import io.orderbridge.consistency.CauseClass;
import io.orderbridge.consistency.Condition;
import io.orderbridge.consistency.ContradictionRule;
import io.orderbridge.consistency.ContradictionRules;
import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import io.orderbridge.mapping.NearNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code mappings/rules/contradictions.yaml}. */
final class ContradictionsSection {
  private static final Map<String, Level> LEVELS =
      Map.of("WARNING", Level.WARNING, "BREACH", Level.BREACH);
  private static final Map<String, Finding.Kind> KINDS =
      Map.of("CONTRADICTION", Finding.Kind.CONTRADICTION, "LINK", Finding.Kind.LINK);

  private ContradictionsSection() {}

  static ContradictionRules read(Section root) {
    root.allow("systems", "by-hand", "terms", "rules");
    SystemNames systems = SystemNames.read(root);
    ConditionSection conditions = new ConditionSection(systems);
    root.section("terms").ifPresent(terms -> terms.each(conditions::define));
    List<ContradictionRule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Section rule : root.sections("rules")) {
      rules.add(rule(rule, conditions, ids));
    }
    List<String> byHand = new ArrayList<>();
    root.values("by-hand", List.of(), systems::named).forEach(byHand::addAll);
    return new ContradictionRules(byHand, rules);
  }

  private static ContradictionRule rule(
      Section rule, ConditionSection conditions, Set<String> ids) {
    rule.allow("id", "kind", "text", "level", "for", "owner", "hints", "when");
    rule.required("id");
    String id = rule.value("id", "", ContradictionsSection::id);
    if (!ids.add(id)) {
      rule.wrong("id", "'rules.id' %s stands twice".formatted(id));
    }
    if (!rule.has("when")) {
      rule.wrong("when", "the rule %s has no 'when'".formatted(id));
    }
    Condition when = rule.section("when").map(conditions::read).orElse(ConditionSection.NEVER);
    return new ContradictionRule(
        id,
        rule.value("kind", Finding.Kind.CONTRADICTION, text -> choice(text, KINDS)),
        text(rule, "text"),
        rule.value("level", Level.WARNING, text -> choice(text, LEVELS)),
        rule.value("for", Duration.ZERO, Notation::duration),
        rule.text("owner", ""),
        hints(rule),
        when);
  }

  private static String id(String text) {
    if (!text.matches("[A-Z][A-Z0-9_]{2,59}")) {
      throw Notation.expected(text, "3 to 60 capitals, digits and underscores, LIKE_THIS");
    }
    return text;
  }

  static <T> T choice(String text, Map<String, T> choices) {
    T chosen = choices.get(text);
    if (chosen == null) {
      throw Notation.expected(text, "one of " + NearNames.of(text, choices.keySet()));
    }
    return chosen;
  }

  private static Wording text(Section holder, String key) {
    if (!holder.has(key)) {
      holder.wrong(key, "a rule has no '%s'; write {zh: ..., en: ...}".formatted(key));
      return new Wording("-", "-");
    }
    return holder.section(key).map(ContradictionsSection::wording).orElseThrow();
  }

  private static Wording wording(Section text) {
    text.allow("zh", "en");
    String zh = text.required("zh");
    String en = text.required("en");
    return new Wording(zh.isBlank() ? "-" : zh, en.isBlank() ? "-" : en);
  }

  private static Map<CauseClass, Wording> hints(Section rule) {
    Map<CauseClass, Wording> hints = new EnumMap<>(CauseClass.class);
    rule.section("hints")
        .ifPresent(
            section -> {
              section.allow("NO_EVENT", "LATE_EVENT", "MANUAL_ENTRY");
              for (CauseClass cause : CauseClass.values()) {
                section.section(cause.name()).ifPresent(text -> hints.put(cause, wording(text)));
              }
            });
    return hints;
  }
}
