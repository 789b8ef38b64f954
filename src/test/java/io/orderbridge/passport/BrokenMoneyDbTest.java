package io.orderbridge.passport;

import static io.orderbridge.passport.PassportStage.paid;
import static io.orderbridge.passport.PassportStage.reached;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.Forced;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Money that is missing, too much, or in the wrong place; and what people decided. */
class BrokenMoneyDbTest extends BrokenOrders {
  @Test
  @Tag("R13")
  void a_payment_that_the_payment_system_shows_and_the_order_book_does_not_was_lost() {
    ordered("20001", HOUR);
    stage.heart.execute(
        "insert into system_state values ('pay', 'demo', '20001', 'PAID', 'SUCCESS', now(),"
            + " now())");

    is("20001", Reason.PAYMENT_CALLBACK_LOST, Who.FINANCE);
  }

  @Test
  void a_payment_that_only_the_shop_claims_was_lost() {
    ordered("20002", HOUR);
    stage.says("shop", "20002", reached("PAID", stage.ago(HOUR)));

    is("20002", Reason.PAYMENT_CALLBACK_LOST, Who.FINANCE);
    assertThat(says("20002")).contains("shop shows", "the word of pay");
  }

  @Test
  void a_payment_of_another_amount_is_named_with_both_amounts() {
    ordered("20003", HOUR);
    stage.says("pay", "20003", paid(stage.ago(HOUR), "P3", "100.00"));

    is("20003", Reason.PAYMENT_DIFFERS, Who.FINANCE);
    assertThat(says("20003")).contains("100.00 CNY", "199.00 CNY");
  }

  @Test
  void an_order_paid_twice_says_so_until_one_of_them_is_paid_back() {
    orderedAndPaid("20004", HOUR);
    stage.says("pay", "20004", paid(stage.ago(MINUTE), "P4-again", "199.00"));
    is("20004", Reason.PAID_TWICE, Who.FINANCE);

    Map<String, Object> refund =
        Map.of("id", "R4", "status", "REFUNDED", "amount", "199.00", "currency", "CNY");
    stage.says("pay", "20004", Map.of("refund", refund, "at", stage.clock.instant().toString()));
    stage.delivered();
    fine("20004", Reason.NOT_PACKED_YET);
  }

  @Test
  void money_that_comes_after_the_cancellation_is_to_be_paid_back() {
    ordered("20005", Duration.ofHours(3));
    stage.says("shop", "20005", reached("CANCELLED", stage.ago(Duration.ofHours(2))));
    stage.says("pay", "20005", paid(stage.ago(HOUR), "P5", "199.00"));

    is("20005", Reason.PAID_AFTER_CANCEL, Who.FINANCE);
    assertThat(says("20005")).contains("199.00 CNY", "1 h");
  }

  @Test
  void an_open_refund_holds_what_has_not_left() {
    orderedAndPaid("20006", HOUR);
    Map<String, Object> refund =
        Map.of("id", "R6", "status", "REQUESTED", "amount", "199.00", "currency", "CNY");
    stage.says("shop", "20006", Map.of("refund", refund, "at", stage.ago(MINUTE).toString()));

    is("20006", Reason.REFUND_OPEN, Who.SERVICE);
  }

  @Test
  void an_order_that_the_shop_holds_is_held() {
    ordered("20007", HOUR, Map.of("hold", "risk"));
    stage.says("pay", "20007", paid(stage.ago(HOUR), "P7", "199.00"));

    is("20007", Reason.HOLD, Who.OPERATIONS);
    assertThat(stage.told("20007").first().text().zh()).contains("risk");
  }

  @Test
  void a_milestone_that_a_person_took_back_holds_the_order_until_it_is_withdrawn() {
    orderedAndPaid("30001", HOUR);
    force("30001", Forced.Says.NOT_REACHED);
    is("30001", Reason.FORCED, Who.OPERATIONS);

    stage.clock.step(MINUTE);
    force("30001", Forced.Says.WITHDRAWN);
    stage.delivered();
    fine("30001", Reason.NOT_PACKED_YET);
  }

  @Test
  void a_milestone_that_a_person_forced_forward_is_told_and_holds_nothing() {
    ordered("30002", HOUR);
    force("30002", Forced.Says.REACHED);
    stage.delivered();

    fine("30002", Reason.FORCED);
  }

  private void force(String number, Forced.Says says) {
    OrderKey key = new OrderKey("demo", number);
    Instant now = stage.clock.instant();
    Forced word = new Forced(key, Milestone.PAID, "", now, says, "ann", "by phone", now);
    stage.book.force(List.of(word)).join();
  }

  @Test
  @Tag("R06")
  void a_contradiction_that_a_rule_found_is_told_in_the_words_of_the_rule() {
    orderedAndPaid("30003", HOUR);
    stage.delivered();
    Wording text = new Wording("店铺显示已发货，仓库没有出库。", "The shop shows it as shipped.");
    Finding finding =
        new Finding(
            Finding.Kind.CONTRADICTION,
            "shipped-not-scanned",
            "demo/30003",
            "",
            Level.BREACH,
            null,
            "",
            Map.of(),
            text);
    settle("rules", List.of(finding));
    is("30003", Reason.CONTRADICTION, Who.OPERATIONS);
    assertThat(stage.told("30003").first().text()).isEqualTo(text);

    settle("rules", List.of());
    fine("30003", Reason.NOT_PACKED_YET);
  }

  private Findings.Settled settle(String scope, List<Finding> found) {
    return stage.heart.database.inTransaction(
        connection -> {
          Findings.add(connection, found);
          return stage.findings.settle(connection, scope, stage.clock.instant());
        });
  }

  @Test
  @Tag("R06")
  void a_claim_on_what_is_not_the_systems_own_is_a_contradiction_after_two_hours() {
    orderedAndPaid("30004", Duration.ofHours(4));
    stage.delivered();
    stage.says("carrier", "30004", reached("ACCEPTED", stage.ago(HOUR)));
    stage.delivered();
    fine("30004", Reason.NOT_PACKED_YET);

    stage.clock.step(Duration.ofHours(2));
    is("30004", Reason.CONTRADICTION, Who.OPERATIONS);
  }

  @Test
  void an_order_that_only_a_payment_names_is_unknown_to_its_shop() {
    stage.says("pay", "30005", paid(stage.ago(HOUR), "P5", "199.00"));

    is("30005", Reason.ORDER_UNKNOWN_TO_SHOP, Who.OPERATIONS);
    assertThat(says("30005")).contains("Only pay names");
  }
}
