package io.orderbridge.runtime;

import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Role;
import io.orderbridge.repair.RepairRules;
import io.orderbridge.repair.RepairRules.ReadBack;
import io.orderbridge.repair.RepairRules.Roles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code mappings/rules/repairs.yaml}; what is not named there is as by default. */
final class RepairRulesSection {
  // A list has ten thousand orders at most, so this is all of them.
  private static final int ORDERS_MAX = 10_000;
  private static final int RATE_MAX = 1_000;

  private RepairRulesSection() {}

  static RepairRules read(Section root) {
    root.allow("alone", "actions", "rate", "read-back");
    RepairRules none = RepairRules.DEFAULT;
    Section alone = root.section("alone").orElse(null);
    if (alone != null) {
      alone.allow("orders", "per", "amount");
    }
    return new RepairRules(
        alone == null ? none.orders() : orders(alone, none),
        alone == null ? none.per() : alone.value("per", none.per(), Notation::wait),
        alone == null ? none.amounts() : amounts(alone),
        actions(root),
        root.value("rate", none.rate(), RepairRulesSection::rate),
        root.section("read-back").map(RepairRulesSection::readBack).orElse(none.readBack()));
  }

  private static int orders(Section alone, RepairRules none) {
    return (int)
        (long) alone.value("orders", (long) none.orders(), t -> Notation.whole(t, 0, ORDERS_MAX));
  }

  private static int rate(String text) {
    if (!text.matches("\\d{1,4}/s")) {
      throw Notation.expected(text, "orders a second such as 50/s");
    }
    String number = text.substring(0, text.indexOf('/'));
    return (int) Notation.whole(number, 1, RATE_MAX);
  }

  private static List<Money> amounts(Section alone) {
    List<Money> amounts = new ArrayList<>();
    Map<String, String> texts = alone.texts("amount");
    alone
        .section("amount")
        .ifPresent(
            section ->
                texts.forEach(
                    (currency, amount) -> {
                      try {
                        amounts.add(Money.of(amount, currency));
                      } catch (IllegalArgumentException e) {
                        section.wrong(
                            currency,
                            "'alone.amount.%s' is '%s': %s; write CNY: \"20000.00\""
                                .formatted(currency, amount, e.getMessage()));
                      }
                    }));
    return amounts;
  }

  private static Map<String, Roles> actions(Section root) {
    Map<String, Roles> roles = new TreeMap<>(RepairRules.ROLES);
    root.section("actions")
        .ifPresent(actions -> actions.allow(new TreeSet<>(roles.keySet()).toArray(String[]::new)));
    root.named("actions")
        .forEach(
            (name, section) -> {
              Roles before = roles.get(name);
              section.allow("propose", "approve");
              if (before != null) {
                roles.put(
                    name,
                    new Roles(
                        roles(section, "propose", before.propose()),
                        roles(section, "approve", before.approve())));
              }
            });
    return roles;
  }

  private static Set<Role> roles(Section section, String key, Set<Role> otherwise) {
    List<Role> read = section.values(key, List.copyOf(otherwise), Role::of);
    if (read.isEmpty()) {
      section.wrong(key, "'%s' names nobody; write [manager, owner]".formatted(key));
      return otherwise;
    }
    return new TreeSet<>(read);
  }

  private static ReadBack readBack(Section section) {
    ReadBack none = RepairRules.DEFAULT.readBack();
    section.allow("after", "until");
    List<Duration> after = section.values("after", none.after(), Notation::wait);
    if (after.isEmpty()) {
      section.wrong("after", "'read-back.after' is empty; write [2s, 10s, 1m]");
      after = none.after();
    }
    return new ReadBack(after, section.value("until", none.until(), Notation::wait));
  }
}
