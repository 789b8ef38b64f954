package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Money;
import io.orderbridge.notice.PersonalRule.Frequent;
import io.orderbridge.notice.PersonalRule.Group;
import io.orderbridge.notice.PersonalRule.Over;
import io.orderbridge.notice.PersonalRule.Stock;
import io.orderbridge.notice.PersonalRule.When;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which block a customer gets, at the boundaries. */
class PersonalTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Group MILK = new Group("milk-powder", Set.of("MILK-*"), Set.of("奶粉"));
  private static final Group KIT = new Group("starter-kit", Set.of("KIT-1"), Set.of("新手套装"));

  private static final PersonalRule REPLENISH =
      rule(
          "replenish",
          10,
          new When(
              new Frequent(3, DAY.multipliedBy(90)),
              new Stock(MILK, DAY.multipliedBy(7)),
              false,
              null,
              null));
  private static final PersonalRule FIRST_KIT =
      rule("first-kit", 20, new When(null, null, true, KIT, null));
  private static final PersonalRule HIGH =
      rule(
          "high-value",
          30,
          new When(
              null,
              null,
              false,
              null,
              new Over(Money.of("500.00", "CNY"), Map.of("USD", new BigDecimal("7.1000")))));
  private static final Personal RULES = new Personal(List.of(HIGH, FIRST_KIT, REPLENISH));

  private static PersonalRule rule(String name, int priority, When when) {
    return new PersonalRule(
        name,
        priority,
        when,
        Map.of(
            "zh", TextTemplate.of("您常买的{{product}}"), "en", TextTemplate.of("Your {{product}}")));
  }

  private static Purchase bought(Duration ago, String sku, long quantity) {
    return new Purchase(
        NOW.minus(ago), Money.of("10.00", "CNY"), List.of(new Purchase.Line(sku, "", quantity)));
  }

  private static CurrentOrder now(String total, String currency, String sku) {
    return new CurrentOrder(
        new Purchase(NOW, Money.of(total, currency), List.of(new Purchase.Line(sku, "x", 1))), NOW);
  }

  private static String match(List<Purchase> before, CurrentOrder order) {
    return RULES.match(new History(before), order).map(PersonalRule::name).orElse("none");
  }

  @ParameterizedTest
  @Tag("R28")
  @CsvSource({
    // 6 pieces in the 10 days before the last purchase, of which 12 then: they last 20 days.
    // 13.1 days later 6.9 are left, 13 days later 7.0.
    "PT314H24M, replenish",
    "PT312H, none",
    "PT312H0.001S, replenish",
    // It is used up already.
    "PT720H, replenish"
  })
  void who_buys_often_is_reminded_when_less_than_seven_days_are_left(
      Duration since, String expected) {
    List<Purchase> before =
        List.of(bought(since.plus(DAY.multipliedBy(10)), "MILK-1", 6), bought(since, "MILK-2", 12));
    assertThat(match(before, now("10.00", "CNY", "SOAP"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @Tag("R28")
  @CsvSource({"PT2160H, replenish", "PT2160H0.001S, none"})
  void three_orders_within_ninety_days_are_often(Duration first, String expected) {
    List<Purchase> before =
        List.of(bought(first, "MILK-1", 1), bought(DAY.multipliedBy(80), "MILK-1", 1));
    assertThat(match(before, now("10.00", "CNY", "SOAP"))).isEqualTo(expected);
  }

  @Test
  @Tag("R28")
  void who_does_not_buy_often_is_not_reminded_however_little_is_left() {
    List<Purchase> twice =
        List.of(
            bought(DAY.multipliedBy(100), "MILK-1", 1), bought(DAY.multipliedBy(95), "MILK-1", 1));
    assertThat(match(twice, now("10.00", "CNY", "SOAP"))).isEqualTo("none");
  }

  @Test
  @Tag("R28")
  void who_has_it_in_this_order_or_bought_it_once_is_not_reminded() {
    List<Purchase> low =
        List.of(
            bought(DAY.multipliedBy(40), "MILK-1", 1), bought(DAY.multipliedBy(30), "MILK-1", 1));
    assertThat(match(low, now("10.00", "CNY", "MILK-1"))).isEqualTo("none");
    List<Purchase> once =
        List.of(bought(DAY.multipliedBy(40), "MILK-1", 1), bought(DAY.multipliedBy(30), "SOAP", 1));
    assertThat(match(once, now("10.00", "CNY", "SOAP"))).isEqualTo("none");
    List<Purchase> sameTime =
        List.of(
            bought(DAY.multipliedBy(30), "MILK-1", 1), bought(DAY.multipliedBy(30), "MILK-1", 1));
    assertThat(match(sameTime, now("10.00", "CNY", "SOAP"))).isEqualTo("none");
  }

  @Test
  @Tag("R28")
  void nothing_overflows() {
    List<Purchase> huge =
        List.of(
            bought(DAY.multipliedBy(80), "MILK-1", Long.MAX_VALUE / 2),
            bought(DAY.multipliedBy(70), "MILK-1", Long.MAX_VALUE / 2));
    assertThat(match(huge, now("10.00", "CNY", "SOAP"))).isEqualTo("replenish");
  }

  @Test
  @Tag("R29")
  void a_first_order_with_a_starter_kit_gets_the_guide_a_second_or_one_without_does_not() {
    assertThat(match(List.of(), now("10.00", "CNY", "KIT-1"))).isEqualTo("first-kit");
    assertThat(match(List.of(bought(DAY, "SOAP", 1)), now("10.00", "CNY", "KIT-1")))
        .isEqualTo("none");
    assertThat(match(List.of(), now("10.00", "CNY", "SOAP"))).isEqualTo("none");
    // Not a kit that only begins the same, unless the group says so with a star.
    assertThat(match(List.of(), now("10.00", "CNY", "KIT-12"))).isEqualTo("none");
    CurrentOrder byTitle =
        new CurrentOrder(new Purchase(NOW, null, List.of(new Purchase.Line("", "新手套装A", 1))), NOW);
    assertThat(match(List.of(), byTitle)).isEqualTo("first-kit");
  }

  @ParameterizedTest
  @Tag("R30")
  @CsvSource({
    "500.00, CNY, none",
    "500.01, CNY, high-value",
    // 70.42 × 7.1 = 499.982, 70.43 × 7.1 = 500.053.
    "70.42, USD, none",
    "70.43, USD, high-value"
  })
  void more_than_five_hundred_yuan_books_an_adviser_foreign_money_converted_first(
      String total, String currency, String expected) {
    assertThat(match(List.of(), now(total, currency, "SOAP"))).isEqualTo(expected);
  }

  @Test
  @Tag("R30")
  void without_a_rate_or_a_total_the_rule_does_not_hold_and_says_so() {
    assertThat(why(now("99999.00", "EUR", "SOAP"))).isEqualTo("there is no rate from EUR to CNY");
    assertThat(why(new CurrentOrder(new Purchase(NOW, null, List.of()), NOW)))
        .isEqualTo("the total is not known");
  }

  private static String why(CurrentOrder order) {
    return RULES.looks(new History(List.of()), order).stream()
        .filter(look -> look.rule().equals(HIGH))
        .findFirst()
        .orElseThrow()
        .why();
  }

  @Test
  @Tag("R30")
  void of_several_rules_that_hold_the_declared_priority_decides() {
    assertThat(match(List.of(), now("500.01", "CNY", "KIT-1"))).isEqualTo("first-kit");
    List<Purchase> before = new ArrayList<>();
    before.add(bought(DAY.multipliedBy(40), "MILK-1", 1));
    before.add(bought(DAY.multipliedBy(30), "MILK-1", 1));
    assertThat(match(before, now("500.01", "CNY", "SOAP"))).isEqualTo("replenish");
  }

  @Test
  @Tag("R27")
  void the_block_is_told_in_the_language_and_with_the_product() {
    assertThat(HIGH.block("en", Map.of("product", "milk"))).isEqualTo("Your milk");
    assertThat(HIGH.block("fr", Map.of("product", "奶粉"))).isEqualTo("您常买的奶粉");
    Template sms = TemplateBody.read("shipped", "push", 1, Map.of("text", "已发货。{{personal}}"));
    assertThat(
            sms.render("v", 100, Map.of("personal", HIGH.block("zh", Map.of("product", "奶粉"))))
                .text())
        .isEqualTo("已发货。您常买的奶粉");
    assertThat(sms.render("v", 100, Map.of()).text()).isEqualTo("已发货。");
  }
}
