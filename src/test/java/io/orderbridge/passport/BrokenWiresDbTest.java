package io.orderbridge.passport;

import static io.orderbridge.passport.PassportStage.SOON;
import static io.orderbridge.passport.PassportStage.reached;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Await;
import io.orderbridge.outbox.KnownTargets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Targets, tokens and sources that do not work. */
class BrokenWiresDbTest extends BrokenOrders {
  @Test
  void a_target_that_does_not_answer_is_down_and_the_clock_goes_on() {
    stage.answers("wms", 503);
    orderedAndPaid("40001", HOUR);
    stage.tried("wms", "40001", 2);

    is("40001", Reason.TARGET_DOWN, Who.CLOCK);
    assertThat(says("40001")).contains("wms", "order.paid");
  }

  @Test
  void a_target_that_refuses_is_named_with_its_dead_letter() {
    stage.answers("erp", 422);
    orderedAndPaid("40002", HOUR);
    stage.delivered();

    is("40002", Reason.TARGET_REFUSED, Who.OPERATIONS);
    assertThat(says("40002")).contains("erp", "TARGET_REFUSED");
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
    assertThat(says("40004")).contains("wms", "switched off");
  }

  @Test
  void what_waits_for_a_connection_whose_file_is_refused_says_so() {
    stage.answers("wms", 503);
    orderedAndPaid("40005", HOUR);
    stage.tried("wms", "40005", 1);
    // As a process does that starts while the file is refused.
    new KnownTargets(stage.heart.database, stage.heart.targets).recall();

    is("40005", Reason.TARGET_RESTING, Who.INTEGRATOR);
    assertThat(says("40005")).contains("is refused");
  }

  @Test
  void an_order_that_came_while_its_warehouse_was_switched_off_was_never_owed_to_it() {
    orderedAndPaid("40006", HOUR);
    warehouse("40006", reached("ACCEPTED", stage.ago(MINUTE)));
    stage.delivered();
    stage.files.wms("off");
    stage.reload();
    orderedAndPaid("40007", HOUR);
    stage.delivered();
    is("40007", Reason.TARGET_RESTING, Who.INTEGRATOR);
    assertThat(says("40007")).contains("wms", "switched off");

    // Switched on again it is still not told.
    stage.files.wms("");
    stage.reload();
    is("40007", Reason.TARGET_RESTING, Who.INTEGRATOR);
    assertThat(says("40007")).contains("never told");
  }

  @Test
  void a_target_that_needs_a_milestone_waits_for_it_by_name() {
    stage.files.wms("  needs: [CREATED, PAID, ACCEPTED]\n");
    stage.reload();
    orderedAndPaid("40008", Duration.ofDays(2));

    is("40008", Reason.NEEDS, Who.PARTNER);
    assertThat(says("40008")).contains("wms", "accepted");
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
    assertThat(says("40009")).contains("pay/payments");
  }
}
