package io.orderbridge.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import io.orderbridge.ticket.TicketRule.When;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R41")
class TicketPolicyTest {
  private static final Duty DUTY = Duty.DEFAULT;

  private static TicketRule rule(String name, When when) {
    return new TicketRule(name, when, DUTY);
  }

  private static When kinds(Kind... kinds) {
    return new When(Set.of(kinds), List.of(), null, List.of(), Set.of());
  }

  private static When codes(String... codes) {
    return new When(Set.of(), List.of(codes), null, List.of(), Set.of());
  }

  private static When least(String... amounts) {
    return new When(
        Set.of(),
        List.of(),
        null,
        List.of(amounts).stream()
            .map(text -> Money.of(text.split(" ")[0], text.split(" ")[1]))
            .toList(),
        Set.of());
  }

  private static When shops(String... shops) {
    return new When(Set.of(), List.of(), null, List.of(), Set.of(shops));
  }

  private static Finding finding(Kind kind, String code, String subject, Money amount) {
    return new Finding(
        kind, code, subject, "", Level.BREACH, amount, "", Map.of(), new Wording("错", "Wrong."));
  }

  private static String decided(Finding finding, TicketRule... rules) {
    return Desk.policy(rules).decide(finding).map(TicketRule::name).orElse("none");
  }

  @Test
  void the_first_rule_that_matches_decides() {
    Finding stuck = finding(Kind.STUCK, "PAID", "demo/1", null);
    assertThat(
            decided(
                stuck,
                rule("payments", kinds(Kind.PAYMENT)),
                rule("two", kinds(Kind.UPLOAD, Kind.STUCK)),
                rule("all", When.ALWAYS)))
        .isEqualTo("two");
    assertThat(decided(stuck, new TicketRule("not", When.ALWAYS, null), rule("b", When.ALWAYS)))
        .as("no ticket, says the first")
        .isEqualTo("none");
    assertThat(decided(stuck, rule("payments", kinds(Kind.PAYMENT)))).isEqualTo("none");
  }

  @Test
  void a_code_matches_as_a_whole_or_by_its_begin() {
    Finding twice = finding(Kind.PAYMENT, "PAID_TWICE", "demo/1", null);
    assertThat(decided(twice, rule("a", codes("PAID")), rule("b", codes("PAID_TWICE"))))
        .isEqualTo("b");
    assertThat(decided(twice, rule("a", codes("REFUND_*", "PAID_*")))).isEqualTo("a");
    assertThat(decided(twice, rule("a", codes("UNPAID_*")))).isEqualTo("none");
  }

  @Test
  void a_level_matches_itself_only() {
    When warnings = new When(Set.of(), List.of(), Level.WARNING, List.of(), Set.of());
    assertThat(decided(finding(Kind.LINK, "A", "b", null), rule("w", warnings))).isEqualTo("none");
  }

  @Test
  void an_amount_reaches_the_least_of_its_own_currency_whatever_its_sign() {
    TicketRule large = rule("large", least("100.00 CNY", "2000 JPY"));
    assertThat(decided(payment(Money.of("100.00", "CNY")), large)).isEqualTo("large");
    assertThat(decided(payment(Money.of("-100.00", "CNY")), large)).isEqualTo("large");
    assertThat(decided(payment(Money.of("99.99", "CNY")), large)).isEqualTo("none");
    assertThat(decided(payment(Money.of("2000", "JPY")), large)).isEqualTo("large");
    assertThat(decided(payment(Money.of("500.00", "USD")), large)).isEqualTo("none");
    assertThat(decided(payment(null), large)).isEqualTo("none");
  }

  private static Finding payment(Money amount) {
    return finding(Kind.PAYMENT, "AMOUNT", "demo/1", amount);
  }

  @Test
  void a_shop_is_what_stands_before_the_slash() {
    TicketRule demo = rule("demo", shops("demo"));
    assertThat(decided(finding(Kind.STUCK, "A", "demo/1", null), demo)).isEqualTo("demo");
    assertThat(decided(finding(Kind.STUCK, "A", "demo-eu/1", null), demo)).isEqualTo("none");
    assertThat(decided(finding(Kind.LINK, "A", "demo", null), demo)).isEqualTo("demo");
  }

  @Test
  void a_step_is_never_before_the_one_below_it() {
    Duty duty =
        new Duty(
            new Owner("ops"),
            new Term.BusinessDays(1),
            Priority.HIGH,
            List.of(
                new Duty.Step(new Owner("manager"), new Term.BusinessDays(2)),
                new Duty.Step(new Owner("sre"), new Term.Hours(java.time.Duration.ofHours(30)))));

    // Due on Monday at 18:00: two business days are Wednesday, 30 hours are Tuesday night.
    assertThat(duty.plan(Desk.FRIDAY, BusinessCalendar.DEFAULT).ladder())
        .extracting(rung -> rung.at())
        .containsOnly(Instant.parse("2026-11-25T10:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a,b", "=1+1", "a b", "-x", "@alice"})
  void what_could_break_out_of_a_list_or_a_cell_is_no_owner(String name) {
    assertThatThrownBy(() -> new Owner(name))
        .hasMessageStartingWith("an owner is a role (ops, cs,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ops", "alice", "li.si", "李四", "a@example.com", "u-17_x"})
  void roles_and_ids_are_owners(String name) {
    assertThat(new Owner(name).isRole()).isEqualTo(name.equals("ops"));
    assertThat(Owner.allCounted()).contains(new Owner(name).counted());
  }
}
