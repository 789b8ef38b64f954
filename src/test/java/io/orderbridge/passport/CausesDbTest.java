package io.orderbridge.passport;

import static io.orderbridge.passport.PassportStage.SOON;
import static io.orderbridge.passport.PassportStage.paid;
import static io.orderbridge.passport.PassportStage.parcel;
import static io.orderbridge.passport.PassportStage.reached;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Await;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.Forced;
import io.orderbridge.outbox.KnownTargets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders broken by hand, each through the real files, inbox, mappings, order book and outbox; the
 * passport names the cause and who acts.
 */
@Tag("R19")
@Timeout(120)
class CausesDbTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;

  private PassportStage stage;

  @BeforeEach
  void start() {
    stage = new PassportStage(folder);
  }

  @AfterEach
  void end() {
    stage.close();
  }

  private void ordered(String number, Duration ago) {
    ordered(number, ago, Map.of());
  }

  private void ordered(String number, Duration ago, Map<String, String> tags) {
    stage.push(
        "shop", number, Map.of("details", stage.details(tags)), reached("CREATED", stage.ago(ago)));
    stage.settle("shop");
  }

  private void orderedAndPaid(String number, Duration ago) {
    ordered(number, ago);
    stage.says("pay", number, paid(stage.ago(ago), "P-" + number, "199.00"));
  }

  private void warehouse(String number, Object... facts) {
    stage.says("wms", number, facts);
  }

  private void is(String number, Reason cause, String who) {
    Diagnosis first = stage.told(number).first();
    assertThat(first.cause()).as("%s: %s", number, first.text().en()).isEqualTo(cause);
    assertThat(first.stuck()).as("%s is stuck: %s", number, first.text().en()).isTrue();
    assertThat(first.who()).isEqualTo(who);
    assertThat(first.text().zh()).isNotBlank();
    assertThat(first.next().zh()).isNotBlank();
  }

  private void fine(String number, Reason cause) {
    Diagnosis first = stage.told(number).first();
    assertThat(first.cause()).as("%s: %s", number, first.text().en()).isEqualTo(cause);
    assertThat(first.stuck()).as("%s: %s", number, first.text().en()).isFalse();
  }

  // --- messages

  @Test
  void a_message_with_a_code_that_no_table_has_is_named_with_its_dead_letter() {
    orderedAndPaid("10001", HOUR);
    stage.push(
        "wms", "10001", Map.of("code", "never-seen"), parcel("PACKED", stage.ago(MINUTE), null));
    stage.settle("wms");

    is("10001", Reason.MESSAGE_DEAD, Who.INTEGRATOR);
    assertThat(stage.told("10001").first().text().en()).contains("wms", "UNMAPPED_VALUE");
  }

  @Test
  void an_order_whose_only_message_is_dead_has_a_passport_that_says_so() {
    stage.push(
        "shop", "10002", Map.of("code", "never-seen"), reached("CREATED", stage.ago(MINUTE)));
    stage.settle("shop");

    is("10002", Reason.MESSAGE_DEAD, Who.INTEGRATOR);
    assertThat(stage.passport("10002").order()).isNull();
    assertThat(stage.reader.read(new OrderKey("demo", "10003"), stage.clock.instant())).isEmpty();
  }

  @Test
  void a_broken_mapping_is_named_as_the_cause_until_its_letter_is_replayed() {
    stage.files.write("mappings/wms/facts.jsonata", "/* broken by hand */ $fail('by hand')");
    stage.reload();
    orderedAndPaid("10004", HOUR);
    stage.push("wms", "10004", Map.of(), parcel("PACKED", stage.ago(MINUTE), "SF10004"));
    stage.settle("wms");
    is("10004", Reason.MESSAGE_DEAD, Who.INTEGRATOR);

    stage.files.writeAll();
    stage.reload();
    stage.heart.letters.replay(null, allOpen(), 0, "ann");
    stage.settle("wms");
    fine("10004", Reason.READY_TO_SHIP);
  }

  private static io.orderbridge.work.DeadLetter.Filter allOpen() {
    return new io.orderbridge.work.DeadLetter.Filter(null, null, null, null, null, null, null);
  }

  @Test
  void a_message_that_waits_in_the_inbox_is_found_by_the_number_in_it() {
    stage.files.delete("routes/pay/pay-receive.camel.yaml");
    stage.reload();
    ordered("10005", HOUR);
    stage.push("pay", "10005", Map.of(), paid(stage.ago(HOUR), "P5", "199.00"));
    stage.clock.step(Duration.ofMinutes(2));

    is("10005", Reason.MESSAGE_WAITING, Who.CLOCK);
    assertThat(stage.told("10005").first().text().en()).contains("pay", "names this order");
  }

  @Test
  void a_backlog_of_the_awaited_system_is_told_where_the_message_cannot_be_found_in_it() {
    stage.files.delete("routes/pay/pay-receive.camel.yaml");
    stage.reload();
    ordered("10006", HOUR);
    for (int i = 0; i < 20; i++) {
      stage.push("pay", "other-" + i, Map.of(), paid(stage.ago(HOUR), "P" + i, "1.00"));
    }
    stage.clock.step(Duration.ofMinutes(6));
    stage.backlog.refresh();

    is("10006", Reason.MESSAGE_WAITING, Who.CLOCK);
    assertThat(stage.told("10006").first().text().en()).contains("20 messages", "may be among");
  }

  // --- money

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
    assertThat(stage.told("20002").first().text().en()).contains("shop shows", "the word of pay");
  }

  @Test
  void a_payment_of_another_amount_is_named_with_both_amounts() {
    ordered("20003", HOUR);
    stage.says("pay", "20003", paid(stage.ago(HOUR), "P3", "100.00"));

    is("20003", Reason.PAYMENT_DIFFERS, Who.FINANCE);
    assertThat(stage.told("20003").first().text().en()).contains("100.00 CNY", "199.00 CNY");
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
    assertThat(stage.told("20005").first().text().en()).contains("199.00 CNY", "1 h");
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

  // --- people and checks

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
    fine("30004", Reason.NOT_PACKED_YET);

    stage.clock.step(Duration.ofHours(2));
    is("30004", Reason.CONTRADICTION, Who.OPERATIONS);
  }

  @Test
  void an_order_that_only_a_payment_names_is_unknown_to_its_shop() {
    stage.says("pay", "30005", paid(stage.ago(HOUR), "P5", "199.00"));

    is("30005", Reason.ORDER_UNKNOWN_TO_SHOP, Who.OPERATIONS);
    assertThat(stage.told("30005").first().text().en()).contains("Only pay names");
  }

  // --- wires

  @Test
  void a_target_that_does_not_answer_is_down_and_the_clock_goes_on() {
    stage.answers("wms", 503);
    orderedAndPaid("40001", HOUR);
    stage.tried("wms", "40001", 2);

    is("40001", Reason.TARGET_DOWN, Who.CLOCK);
    assertThat(stage.told("40001").first().text().en()).contains("wms", "order.paid");
  }

  @Test
  void a_target_that_refuses_is_named_with_its_dead_letter() {
    stage.answers("erp", 422);
    orderedAndPaid("40002", HOUR);
    stage.delivered();

    is("40002", Reason.TARGET_REFUSED, Who.OPERATIONS);
    assertThat(stage.told("40002").first().text().en()).contains("erp", "TARGET_REFUSED");
    assertThat(stage.told("40002").first().next().en()).contains("dead letter");
  }

  @Test
  void a_target_whose_token_is_over_is_told_again_when_somebody_authorises_anew() {
    stage.answers("wms", 401);
    orderedAndPaid("40003", HOUR);
    stage.tried("wms", "40003", 1);

    is("40003", Reason.TOKEN_EXPIRED, Who.INTEGRATOR);
  }

  @Test
  void what_waits_for_a_connection_that_was_switched_off_says_so() {
    stage.answers("wms", 503);
    orderedAndPaid("40004", HOUR);
    stage.tried("wms", "40004", 1);
    stage.files.wms("off");
    stage.reload();

    is("40004", Reason.TARGET_RESTING, Who.INTEGRATOR);
    assertThat(stage.told("40004").first().text().en()).contains("wms", "switched off");
  }

  @Test
  void what_waits_for_a_connection_whose_file_is_refused_says_so() {
    stage.answers("wms", 503);
    orderedAndPaid("40005", HOUR);
    stage.tried("wms", "40005", 1);
    // As a process does that starts while the file is refused.
    new KnownTargets(stage.heart.database, stage.heart.targets).recall();

    is("40005", Reason.TARGET_RESTING, Who.INTEGRATOR);
    assertThat(stage.told("40005").first().text().en()).contains("is refused");
  }

  @Test
  void an_order_that_came_while_its_warehouse_was_switched_off_was_never_owed_to_it() {
    orderedAndPaid("40006", HOUR);
    warehouse("40006", reached("ACCEPTED", stage.ago(MINUTE)));
    stage.files.wms("off");
    stage.reload();
    orderedAndPaid("40007", HOUR);
    stage.delivered();
    is("40007", Reason.TARGET_RESTING, Who.INTEGRATOR);
    assertThat(stage.told("40007").first().text().en()).contains("wms", "switched off");

    // Switched on again it is still not told.
    stage.files.wms("");
    stage.reload();
    is("40007", Reason.TARGET_RESTING, Who.INTEGRATOR);
    assertThat(stage.told("40007").first().text().en()).contains("never told");
  }

  @Test
  void a_target_that_needs_a_milestone_waits_for_it_by_name() {
    stage.files.wms("  needs: [CREATED, PAID, ACCEPTED]\n");
    stage.reload();
    orderedAndPaid("40008", Duration.ofDays(2));

    is("40008", Reason.NEEDS, Who.PARTNER);
    assertThat(stage.told("40008").first().text().en()).contains("wms", "accepted");
  }

  @Test
  @Tag("R09")
  void a_source_that_is_not_read_is_behind() {
    stage.answers("pay-list", 500);
    stage.files.pay(
        """
        calls:
          list:
            url: "%s"
            limits: {in-flight: 1, deadline: 5s}
        reads:
          payments:
            every: 15m
            pages: {order: cursor, size: 10, items: /rows, more: /more}
            item: {id: /id}
            retry: {after: [100ms]}
            late: 1h
        """
            .formatted(stage.partnerUrl() + "/pay-list"));
    stage.files.write(
        "routes/pay/pay-list.camel.yaml",
        """
        - route:
            id: pay-list
            description: Payments of a window are read.
            from:
              uri: windows:pay/payments
              steps:
                - to:
                    uri: mapping:pay/ask
                - to:
                    uri: call:pay/list
        """);
    stage.files.write(
        "routes/pay/pay-payments.camel.yaml",
        """
        - route:
            id: pay-payments
            description: Payments become facts.
            from:
              uri: inbox:pay/payments
              steps:
                - to:
                    uri: mapping:pay/facts
                - to:
                    uri: orders:record
        """);
    stage.files.write("mappings/pay/ask.jsonata", "/* all */ {'query': {}}");
    stage.reload();
    ordered("40009", HOUR);
    fine("40009", Reason.WAITING_FOR_PAYMENT);

    stage.clock.step(Duration.ofHours(3));
    Await.until(
        "the source failed",
        SOON,
        () ->
            stage.heart.number("select count(*) from source_window where problem is not null") > 0);
    is("40009", Reason.SOURCE_BEHIND, Who.INTEGRATOR);
    assertThat(stage.told("40009").first().text().en()).contains("pay/payments");
  }

  // --- somebody is silent

  @Test
  @Tag("R71")
  void an_order_that_is_not_paid_waits_for_its_buyer_and_then_for_us() {
    ordered("50001", HOUR);
    fine("50001", Reason.WAITING_FOR_PAYMENT);
    stage.clock.step(DAY);
    is("50001", Reason.WAITING_FOR_PAYMENT, Who.OPERATIONS);
  }

  @Test
  void a_warehouse_that_was_told_has_its_time_and_is_then_silent() {
    orderedAndPaid("50002", HOUR);
    stage.delivered();
    fine("50002", Reason.NOT_PACKED_YET);
    assertThat(stage.told("50002").first().text().en()).contains("wms knows");

    stage.clock.step(Duration.ofHours(26));
    is("50002", Reason.WAREHOUSE_SILENT, Who.WAREHOUSE);
    assertThat(stage.told("50002").first().text().en()).contains("wms", "1 d 1 h");

    warehouse("50002", reached("ACCEPTED", stage.clock.instant()));
    fine("50002", Reason.NOT_PACKED_YET);
  }

  @Test
  void a_parcel_without_a_tracking_number_is_named() {
    orderedAndPaid("50003", HOUR);
    warehouse("50003", parcel("PACKED", stage.ago(MINUTE), null));
    fine("50003", Reason.READY_TO_SHIP);

    stage.clock.step(Duration.ofHours(3));
    is("50003", Reason.TRACKING_NO_MISSING, Who.WAREHOUSE);
  }

  @Test
  @Tag("R20")
  void a_shipment_without_a_tracking_number_is_named_at_once() {
    orderedAndPaid("50004", HOUR);
    warehouse("50004", parcel("OUTBOUND_SCANNED", stage.ago(MINUTE), null));
    stage.delivered();
    is("50004", Reason.TRACKING_NO_MISSING, Who.WAREHOUSE);
  }

  @Test
  void a_packed_parcel_that_does_not_leave_is_named() {
    orderedAndPaid("50005", HOUR);
    warehouse("50005", parcel("PACKED", stage.ago(MINUTE), "SF50005"));
    fine("50005", Reason.READY_TO_SHIP);
    stage.clock.step(Duration.ofHours(25));
    is("50005", Reason.NOT_SCANNED_OUT, Who.WAREHOUSE);
  }

  @Test
  @Tag("R18")
  void a_shop_that_has_to_be_told_soon_is_named_before_its_time_is_over() {
    orderedAndPaid("50006", Duration.ofHours(35));
    warehouse("50006", parcel("PACKED", stage.ago(MINUTE), "SF50006"));
    stage.delivered();
    stage.clock.step(Duration.ofHours(2));
    stage.deadlines.round(stage.clock.instant());

    is("50006", Reason.SHOP_NOT_TOLD, Who.WAREHOUSE);
    assertThat(stage.told("50006").first().text().en()).contains("shop", "11 h");
  }

  @Test
  @Tag("R18")
  void a_shop_that_was_not_told_although_the_goods_have_left_is_named() {
    ordered("50007", Duration.ofHours(49), Map.of("silent", "true"));
    stage.says("pay", "50007", paid(stage.ago(Duration.ofHours(49)), "P7", "199.00"));
    warehouse("50007", parcel("OUTBOUND_SCANNED", stage.ago(HOUR), "SF50007"));
    stage.delivered();

    is("50007", Reason.SHOP_NOT_TOLD, Who.INTEGRATOR);
  }

  @Test
  void a_carrier_has_its_time_for_pickup_and_for_the_road() {
    orderedAndPaid("50008", HOUR);
    warehouse("50008", parcel("OUTBOUND_SCANNED", stage.ago(MINUTE), "SF50008"));
    stage.delivered();
    fine("50008", Reason.ON_ITS_WAY);
    stage.clock.step(Duration.ofHours(25));
    is("50008", Reason.CARRIER_SILENT, Who.LOGISTICS);
    assertThat(stage.told("50008").first().text().en()).contains("SF SF50008");

    stage.says("carrier", "50008", parcel("PICKED_UP", stage.clock.instant(), null));
    fine("50008", Reason.ON_ITS_WAY);
    stage.clock.step(Duration.ofDays(8));
    is("50008", Reason.IN_TRANSIT_TOO_LONG, Who.LOGISTICS);
  }

  @Test
  void an_order_that_ends_well_or_is_cancelled_in_time_needs_nobody() {
    orderedAndPaid("50009", HOUR);
    warehouse("50009", parcel("OUTBOUND_SCANNED", stage.ago(MINUTE), "SF50009"));
    stage.says("carrier", "50009", parcel("DELIVERED", stage.clock.instant(), null));
    stage.delivered();
    fine("50009", Reason.DELIVERED);
    stage.says("shop", "50009", reached("COMPLETED", stage.clock.instant()));
    stage.delivered();
    fine("50009", Reason.COMPLETED);

    ordered("50010", HOUR);
    stage.says("shop", "50010", reached("CANCELLED", stage.clock.instant()));
    stage.delivered();
    fine("50010", Reason.CANCELLED);
  }
}
