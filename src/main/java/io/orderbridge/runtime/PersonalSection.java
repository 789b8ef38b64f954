package io.orderbridge.runtime;

import io.orderbridge.kernel.Money;
import io.orderbridge.notice.PersonalRule;
import io.orderbridge.notice.PersonalRule.Frequent;
import io.orderbridge.notice.PersonalRule.Group;
import io.orderbridge.notice.PersonalRule.Over;
import io.orderbridge.notice.PersonalRule.Stock;
import io.orderbridge.notice.PersonalRule.When;
import io.orderbridge.notice.TextTemplate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The {@code personal:} part of the rules of notices: blocks for customers by what they bought. */
final class PersonalSection {
  private static final String[] CONDITIONS = {
    "frequent-buyer", "stock-days", "first-order", "contains", "amount-over"
  };
  private static final int ORDERS_DEFAULT = 3;
  private static final Duration WITHIN_DEFAULT = Duration.ofDays(90);
  private static final Duration LESS_DEFAULT = Duration.ofDays(7);
  private static final int ORDERS_MAX = 1_000;
  private static final int PRIORITY_MAX = 1_000;
  private static final int RULES_MAX = 50;
  private static final int BLOCK_MAX = 200;
  private static final String OWN = "{{personal";

  private final Section section;
  private final Map<String, Group> groups = new TreeMap<>();

  private PersonalSection(Section section) {
    this.section = section;
  }

  static List<PersonalRule> read(Section section) {
    section.allow("groups", "rates", "rules");
    return new PersonalSection(section).rules();
  }

  private List<PersonalRule> rules() {
    section.named("groups").forEach((name, group) -> groups.put(name, group(name, group)));
    Map<String, Map<String, BigDecimal>> rates = rates();
    List<Section> rules = section.sections("rules");
    if (rules.size() > RULES_MAX) {
      section.wrong("rules", "'personal.rules' has more than %d rules".formatted(RULES_MAX));
    }
    Set<String> names = new HashSet<>();
    for (Section rule : rules) {
      if (!names.add(rule.text("name", ""))) {
        rule.wrong("name", "'%s' is there twice".formatted(rule.text("name", "")));
      }
    }
    return rules.stream().map(rule -> rule(rule, rates)).toList();
  }

  private static Group group(String name, Section group) {
    group.allow("skus", "titles");
    Set<String> skus = Set.copyOf(group.values("skus", List.of(), PersonalSection::filled));
    Set<String> titles = Set.copyOf(group.values("titles", List.of(), PersonalSection::filled));
    if (skus.isEmpty() && titles.isEmpty()) {
      group.wrong("skus", "group '%s' has neither 'skus' nor 'titles'".formatted(name));
    }
    return new Group(name, skus, titles);
  }

  private static String filled(String text) {
    if (text.replace("*", "").isBlank()) {
      throw Notation.expected(text, "a SKU, the beginning of one with *, or a word of a title");
    }
    return text;
  }

  // By the currency that is converted to.
  private Map<String, Map<String, BigDecimal>> rates() {
    Map<String, Map<String, BigDecimal>> rates = new LinkedHashMap<>();
    section
        .section("rates")
        .ifPresent(
            to ->
                to.each(
                    (currency, all) -> {
                      Map<String, BigDecimal> from = new TreeMap<>();
                      checked(all, currency);
                      all.section(currency)
                          .ifPresent(
                              one ->
                                  one.each(
                                      (code, here) -> {
                                        checked(here, code);
                                        from.put(
                                            code,
                                            here.value(
                                                code, BigDecimal.ONE, PersonalSection::rate));
                                      }));
                      rates.put(currency, from);
                    }));
    return rates;
  }

  private static void checked(Section section, String currency) {
    try {
      Money.currency(currency);
    } catch (IllegalArgumentException e) {
      section.wrong(currency, "'%s' %s".formatted(currency, e.getMessage()));
    }
  }

  private static BigDecimal rate(String text) {
    if (!text.matches("\\d{1,9}(\\.\\d{1,10})?") || new BigDecimal(text).signum() == 0) {
      throw Notation.expected(text, "a plain decimal such as 7.1234");
    }
    return new BigDecimal(text);
  }

  private PersonalRule rule(Section rule, Map<String, Map<String, BigDecimal>> rates) {
    rule.allow("name", "priority", "when", "block");
    rule.required("name");
    rule.required("priority");
    return new PersonalRule(
        rule.value("name", "", AlertsSection::name),
        rule.value("priority", PRIORITY_MAX, text -> whole(text, PRIORITY_MAX)),
        when(rule, rates),
        blocks(rule));
  }

  private When when(Section rule, Map<String, Map<String, BigDecimal>> rates) {
    Section when = rule.section("when").map(one -> one.allow(CONDITIONS)).orElse(null);
    if (when == null || List.of(CONDITIONS).stream().noneMatch(when::has)) {
      rule.wrong("when", "a rule holds for everybody; give it one of " + List.of(CONDITIONS));
      return new When(null, null, false, null, null);
    }
    Money over = when.value("amount-over", null, PersonalSection::money);
    return new When(
        frequent(when),
        stock(when),
        when.value("first-order", false, Notation::yesOrNo),
        when.value("contains", null, this::group),
        over == null
            ? null
            : new Over(over, rates.getOrDefault(over.currency().getCurrencyCode(), Map.of())));
  }

  private static Frequent frequent(Section when) {
    return when.section("frequent-buyer")
        .map(section -> section.allow("orders", "within"))
        .map(
            section ->
                new Frequent(
                    section.value("orders", ORDERS_DEFAULT, text -> whole(text, ORDERS_MAX)),
                    section.value("within", WITHIN_DEFAULT, Notation::wait)))
        .orElse(null);
  }

  private Stock stock(Section when) {
    return when.section("stock-days")
        .map(section -> section.allow("of", "less"))
        .map(
            section -> {
              section.required("of");
              return new Stock(
                  section.value("of", new Group("", Set.of(), Set.of()), this::group),
                  section.value("less", LESS_DEFAULT, Notation::wait));
            })
        .orElse(null);
  }

  private Group group(String name) {
    if (!groups.containsKey(name)) {
      throw Notation.expected(name, "one of the groups " + groups.keySet());
    }
    return groups.get(name);
  }

  private static Map<String, TextTemplate> blocks(Section rule) {
    Map<String, TextTemplate> blocks = new LinkedHashMap<>();
    rule.section("block")
        .map(section -> section.allow("zh", "en"))
        .ifPresent(
            section ->
                section.each(
                    (language, here) ->
                        blocks.put(
                            language,
                            here.value(language, TextTemplate.of(""), PersonalSection::block))));
    if (blocks.isEmpty()) {
      rule.wrong("block", "a rule has no 'block'; write {zh: \"...\", en: \"...\"}");
      blocks.put("zh", TextTemplate.of(""));
    }
    return blocks;
  }

  private static TextTemplate block(String text) {
    if (text.isBlank() || text.length() > BLOCK_MAX || text.contains(OWN)) {
      throw Notation.expected(
          text, "1 to %d characters without {{personal}} itself".formatted(BLOCK_MAX));
    }
    return TextTemplate.of(text);
  }

  private static Money money(String text) {
    String[] parts = text.split(" ");
    try {
      if (parts.length == 2) {
        return Money.of(parts[0], parts[1]);
      }
    } catch (IllegalArgumentException e) {
      throw Notation.expected(text, "an amount such as 500.00 CNY: " + e.getMessage());
    }
    throw Notation.expected(text, "an amount and its currency such as 500.00 CNY");
  }

  private static int whole(String text, int max) {
    return (int) Notation.whole(text, 1, max);
  }
}
