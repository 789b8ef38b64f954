package io.orderbridge.passport;

import static io.orderbridge.passport.PassportStage.paid;
import static io.orderbridge.passport.PassportStage.parcel;
import static io.orderbridge.passport.PassportStage.reached;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.work.DeadLetter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages that were refused or wait. */
class BrokenMessagesDbTest extends BrokenOrders {
  @Test
  void a_message_with_a_code_that_no_table_has_is_named_with_its_dead_letter() {
    orderedAndPaid("10001", HOUR);
    stage.push(
        "wms", "10001", Map.of("code", "never-seen"), parcel("PACKED", stage.ago(MINUTE), null));
    stage.settle("wms");

    is("10001", Reason.MESSAGE_DEAD, Who.INTEGRATOR);
    assertThat(says("10001")).contains("wms", "UNMAPPED_VALUE");
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

  private static DeadLetter.Filter allOpen() {
    return new DeadLetter.Filter(null, null, null, null, null, null, null);
  }

  @Test
  void a_message_that_waits_in_the_inbox_is_found_by_the_number_in_it() {
    stage.files.delete("routes/pay/pay-receive.camel.yaml");
    stage.reload();
    ordered("10005", HOUR);
    stage.push("pay", "10005", Map.of(), paid(stage.ago(HOUR), "P5", "199.00"));
    later(Duration.ofMinutes(2));

    is("10005", Reason.MESSAGE_WAITING, Who.CLOCK);
    assertThat(says("10005")).contains("pay", "names this order");
  }

  @Test
  void a_backlog_of_the_awaited_system_is_told_where_the_message_cannot_be_found_in_it() {
    stage.files.delete("routes/pay/pay-receive.camel.yaml");
    stage.reload();
    ordered("10006", HOUR);
    for (int i = 0; i < 20; i++) {
      stage.push("pay", "other-" + i, Map.of(), paid(stage.ago(HOUR), "P" + i, "1.00"));
    }
    later(Duration.ofMinutes(6));
    stage.backlog.refresh();

    is("10006", Reason.MESSAGE_WAITING, Who.CLOCK);
    assertThat(says("10006")).contains("20 messages", "may be among");
  }
}
