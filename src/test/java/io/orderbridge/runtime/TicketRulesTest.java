package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.kernel.FileProblem;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R41")
@Tag("R82")
class TicketRulesTest {
  private static final Path SHIPPED = Path.of("mappings/rules/tickets.yaml");

  private TicketPolicy inForce;

  private List<FileProblem> read(String yaml) {
    RuleFiles files =
        new RuleFiles(
            List.of(
                new RuleFile<>(
                    "tickets", TicketRules::read, policy -> inForce = policy, TicketPolicy.NONE)),
            name -> null);
    return files
        .load(Map.of("rules/tickets.yaml", yaml.getBytes(StandardCharsets.UTF_8)), Set.of())
        .get("mappings/rules/tickets.yaml");
  }

  @Test
  void every_key_is_taken() {
    assertThat(
            read(
                """
                zone: Europe/Berlin
                day-ends: "17:30"
                rest: [FRIDAY]
                holidays: ["2026-12-25"]
                workdays: ["2026-12-26"]
                verify-after: 1h
                people: [alice]
                by-hand: {owner: cs, due: 1h, priority: LOW, escalate: [{to: alice, after: 2h}]}
                rules:
                  - name: large
                    when: {kind: [PAYMENT, STUCK], code: [PAID_*, TWICE], level: BREACH,
                           amount: [100.00 CNY, 2000 JPY], shop: [demo, other]}
                    owner: alice
                    due: 3 business days
                    priority: URGENT
                    escalate: [{to: ops, after: 30m}, {to: manager, after: 1 business day}]
                  - {name: rest, open: false}
                """))
        .isEmpty();

    Owner alice = new Owner("alice");
    assertThat(inForce)
        .isEqualTo(
            new TicketPolicy(
                new BusinessCalendar(
                    ZoneId.of("Europe/Berlin"),
                    LocalTime.of(17, 30),
                    Set.of(DayOfWeek.FRIDAY),
                    Set.of(LocalDate.of(2026, 12, 25)),
                    Set.of(LocalDate.of(2026, 12, 26))),
                Duration.ofHours(1),
                new Duty(
                    new Owner("cs"),
                    Term.parse("1h"),
                    Priority.LOW,
                    List.of(new Duty.Step(alice, Term.parse("2h")))),
                List.of(
                    new TicketRule(
                        "large",
                        new When(
                            Set.of(Kind.PAYMENT, Kind.STUCK),
                            List.of("PAID_*", "TWICE"),
                            Level.BREACH,
                            List.of(Money.of("100.00", "CNY"), Money.of("2000", "JPY")),
                            Set.of("demo", "other")),
                        new Duty(
                            alice,
                            Term.parse("3 business days"),
                            Priority.URGENT,
                            List.of(
                                new Duty.Step(new Owner("ops"), Term.parse("30m")),
                                new Duty.Step(
                                    new Owner("manager"), Term.parse("1 business day"))))),
                    new TicketRule("rest", When.ALWAYS, null))));
  }

  @Test
  void what_is_left_out_is_the_week_of_china() {
    assertThat(read("rules: [{name: all, owner: ops, due: 4h}]")).isEmpty();
    assertThat(inForce.calendar()).isEqualTo(BusinessCalendar.DEFAULT);
    assertThat(inForce.verifyAfter()).isEqualTo(Duration.ofMinutes(15));
    assertThat(inForce.rules().get(0).duty().priority()).isEqualTo(Priority.NORMAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rulez: [] | unknown key 'rulez'",
        "zone: Peking | a zone: Asia/Shanghai",
        "day-ends: six | a time of the day such as \"18:00\"",
        "rest: [SAT] | one of [MONDAY, TUESDAY",
        "rest: [MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY] | names every day",
        "holidays: [soon] | a day such as \"2026-10-01\"",
        "`{holidays: ['2026-10-01'], workdays: ['2026-10-01']}` | and so has 'holidays'",
        "verify-after: 3d | at most 2d",
        "people: ['a b'] | a person's id of at most 64",
        "by-hand: {owner: finence} | one of ops, cs, warehouse, finance, sre, manager",
        "rules: [] | 'rules' is a list of 1 to 200 rules",
        "rules: [{owner: ops, due: 4h}] | has no 'name'",
        "rules: [{name: A, owner: ops, due: 4h}] | small letters, digits and hyphens",
        "rules: [{name: a, due: 4h}] | has no 'owner'",
        "rules: [{name: a, owner: ops}] | has no 'due'",
        "rules: [{name: a, owner: alice, due: 4h}] | or a person named in 'people'",
        "rules: [{name: a, owner: ops, due: 2d}] | expected 30m, 4h, 1 business day",
        "rules: [{name: a, owner: ops, due: 4h, priority: high}] | one of [LOW, NORMAL, HIGH",
        "rules: [{name: a, open: false, due: 4h}] | has no meaning beside 'open: false'",
        "rules: [{name: a, open: maybe}] | expected true or false",
        "rules: [{name: a, when: {}, open: false}] | 'when' has no condition",
        "rules: [{name: a, when: {kind: [MONEY]}, open: false}] | one of [PAYMENT, COMPARISON",
        "rules: [{name: a, when: {level: BAD}, open: false}] | one of [WARNING, BREACH]",
        "rules: [{name: a, when: {code: ['a b']}, open: false}] | a code such as PAID_TWICE",
        "rules: [{name: a, when: {amount: [100]}, open: false}] | such as 1000.00 CNY",
        "rules: [{name: a, when: {amount: [1.001 CNY]}, open: false}] | more than the 2 decimals",
        "rules: [{name: a, when: {shop: [a/b]}, open: false}] | before the slash",
        "rules: [{name: a, when: {level: BREACH}, open: false}] | no finding is left undecided",
        "rules: [{name: a, open: false}, {name: b, open: false}] | no finding comes this far",
        "rules: [{name: a, when: {level: BREACH}, open: false}, {name: a, open: false}] | two"
            + " rules",
        "rules: [{name: a, owner: ops, due: 4h, escalate: [{after: 1h}]}] | has no 'to'",
        "rules: [{name: a, owner: ops, due: 4h, escalate: [{to: sre}]}] | has no 'after'",
        "rules: [{name: a, owner: ops, due: 4h, escalate: [{to: sre, after: 2h}, {to: ops, after:"
            + " 2h}]}] | is not later than the step before it",
        "rules: [{name: a, owner: ops, due: 4h, escalate: [{to: sre, at: 2h}]}] | unknown key 'at'",
      })
  void what_is_wrong_is_refused_with_what_is_allowed(String yaml, String expected) {
    assertThat(read(yaml)).extracting(FileProblem::what).anyMatch(what -> what.contains(expected));
    assertThat(inForce).isNull();
  }

  @Test
  void the_shipped_policy_decides_on_every_kind_and_level() throws IOException {
    assertThat(read(Files.readString(SHIPPED))).isEmpty();

    Set<Kind> named = EnumSet.noneOf(Kind.class);
    inForce.rules().forEach(rule -> named.addAll(rule.when().kinds()));
    assertThat(named).isEqualTo(EnumSet.allOf(Kind.class));
    assertThat(inForce.rules().get(inForce.rules().size() - 1).when()).isEqualTo(When.ALWAYS);
    assertThat(inForce.rules())
        .filteredOn(rule -> rule.duty() == null)
        .as("kinds that are not work yet")
        .extracting(TicketRule::name)
        .containsExactly("link-orders", "stuck-near");
  }

  @Test
  void the_shipped_calendar_knows_the_holidays_and_make_up_days_of_2026() throws IOException {
    read(Files.readString(SHIPPED));
    BusinessCalendar calendar = inForce.calendar();
    // State Council's notice of 2025-11-04: 33 days off, 6 days worked.
    assertThat(calendar.holidays()).hasSize(33);
    assertThat(calendar.workdays()).hasSize(6);
    assertThat(calendar.isBusinessDay(LocalDate.of(2026, 2, 14))).isTrue();
    assertThat(calendar.isBusinessDay(LocalDate.of(2026, 2, 16))).isFalse();
    assertThat(calendar.isBusinessDay(LocalDate.of(2026, 2, 24))).isTrue();
    assertThat(calendar.isBusinessDay(LocalDate.of(2026, 10, 10))).isTrue();
    assertThat(calendar.isBusinessDay(LocalDate.of(2026, 10, 11))).isFalse();
  }
}
