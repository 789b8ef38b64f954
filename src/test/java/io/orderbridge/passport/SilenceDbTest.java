package io.orderbridge.passport;

import static io.orderbridge.passport.PassportStage.paid;
import static io.orderbridge.passport.PassportStage.parcel;
import static io.orderbridge.passport.PassportStage.reached;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody says the next word: within its time, and no longer. */
class SilenceDbTest extends BrokenOrders {
  @Test
  @Tag("R71")
  void an_order_that_is_not_paid_waits_for_its_buyer_and_then_for_us() {
    ordered("50001", HOUR);
    fine("50001", Reason.WAITING_FOR_PAYMENT);
    later(Duration.ofDays(3));
    is("50001", Reason.WAITING_FOR_PAYMENT, Who.OPERATIONS);
  }

  @Test
  void a_warehouse_that_was_told_has_its_time_and_is_then_silent() {
    orderedAndPaid("50002", HOUR);
    stage.delivered();
    fine("50002", Reason.NOT_PACKED_YET);
    assertThat(says("50002")).contains("wms knows");

    later(Duration.ofHours(26));
    is("50002", Reason.WAREHOUSE_SILENT, Who.WAREHOUSE);
    assertThat(says("50002")).contains("wms", "1 d 1 h");

    warehouse("50002", reached("ACCEPTED", stage.clock.instant()));
    stage.delivered();
    fine("50002", Reason.NOT_PACKED_YET);
  }

  @Test
  void a_parcel_without_a_tracking_number_is_named() {
    orderedAndPaid("50003", HOUR);
    warehouse("50003", parcel("PACKED", stage.ago(MINUTE), null));
    fine("50003", Reason.READY_TO_SHIP);

    later(Duration.ofHours(3));
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
    later(Duration.ofHours(25));
    is("50005", Reason.NOT_SCANNED_OUT, Who.WAREHOUSE);
  }

  @Test
  @Tag("R18")
  void a_shop_that_has_to_be_told_soon_is_named_before_its_time_is_over() {
    orderedAndPaid("50006", Duration.ofHours(35));
    warehouse("50006", parcel("PACKED", stage.ago(MINUTE), "SF50006"));
    later(Duration.ofHours(2));
    stage.deadlines.round(stage.clock.instant());

    is("50006", Reason.SHOP_NOT_TOLD, Who.WAREHOUSE);
    assertThat(says("50006")).contains("shop", "11 h");
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
    later(Duration.ofHours(25));
    is("50008", Reason.CARRIER_SILENT, Who.CARRIER);
    assertThat(says("50008")).contains("SF SF50008");

    stage.says("carrier", "50008", parcel("PICKED_UP", stage.clock.instant(), null));
    stage.delivered();
    fine("50008", Reason.ON_ITS_WAY);
    later(Duration.ofDays(8));
    is("50008", Reason.IN_TRANSIT_TOO_LONG, Who.CARRIER);
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
