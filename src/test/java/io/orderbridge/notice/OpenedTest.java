package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.OrderEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which events a gate looks at. */
@Tag("R17")
class OpenedTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
  private static final Gate SCANNED =
      new Gate(
          "shipped",
          new Wording("发货通知", "Shipping notice"),
          Gate.Of.PARCEL,
          Set.of(Milestone.OUTBOUND_SCANNED),
          "",
          false,
          Set.of(),
          Set.of(),
          Duration.ofDays(7),
          Content.TRANSACTION,
          Gate.Mode.ALL,
          List.of("sms"),
          Duration.ofMinutes(10),
          "shipped");

  private static OrderEvent event(String type, String milestone, Object parcels) {
    Map<String, Object> data =
        Map.of(
            "change", Map.of("milestone", milestone), "milestones", Map.of(), "parcels", parcels);
    return new OrderEvent(
        1, NOW, "e1", type, 1, new OrderKey("demo", "1"), Map.of("type", type, "data", data));
  }

  private static List<Map<String, Object>> parcel(Map<String, Object> milestones) {
    return List.of(Map.of("id", "1", "milestones", milestones));
  }

  @Test
  void a_milestone_of_the_gate_opens_it_and_another_is_not_listened_to() {
    List<Map<String, Object>> scanned = parcel(Map.of("OUTBOUND_SCANNED", NOW.toString()));
    assertThat(SCANNED.listens("demo", "order.shipped")).isTrue();
    assertThat(Opened.by(SCANNED, event("order.shipped", "OUTBOUND_SCANNED", scanned), NOW))
        .hasSize(1);
    assertThat(SCANNED.listens("demo", "order.packed")).isFalse();
  }

  /** Its event names the parcel beside the milestone, which no one may take for a milestone. */
  @Test
  void what_a_system_says_that_owns_no_scan_opens_nothing_and_breaks_nothing() {
    OrderEvent foreign = event("order.foreign-write", "OUTBOUND_SCANNED@1", parcel(Map.of()));
    assertThat(SCANNED.listens("demo", foreign.type())).isFalse();
    assertThat(Opened.by(SCANNED, foreign, NOW)).isEmpty();
  }
}
