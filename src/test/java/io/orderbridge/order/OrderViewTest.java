package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Facts.Reached;
import io.orderbridge.order.Sayings.Saying;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R01")
class OrderViewTest {
  private static final Instant AT = Instant.parse("2026-11-20T02:00:00Z");
  private static final OrderKey KEY = new OrderKey("demo", "1001");

  private final Ownership ownership = new Ownership();

  private static Saying saying(String system, Milestone milestone, String parcel, int minute) {
    Reached reached =
        new Reached(milestone, AT.plusSeconds(60L * minute), parcel, null, null, null);
    return new Saying(system, new Facts(KEY, null, List.of(reached), List.of(), null, null, null));
  }

  private OrderView view(Saying... sayings) {
    return new OrderView(Sayings.fold(List.of(sayings)), ownership);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATED | CREATED",
        "PAID | PAID",
        "CREATED PAID | PAID",
        "CREATED PAID ACCEPTED | ACCEPTED",
        "CREATED PAID PACKED@1 | PACKED",
        "PAID PACKED@1 TRACKING_ASSIGNED@2 | PAID",
        "PAID PACKED@1 PACKED@2 | PACKED",
        "PAID TRACKING_ASSIGNED@1 | PAID",
        "PAID OUTBOUND_SCANNED@1 PACKED@2 | PARTIALLY_SHIPPED",
        "PAID OUTBOUND_SCANNED@1 OUTBOUND_SCANNED@2 | SHIPPED",
        "PAID PICKED_UP@1 OUTBOUND_SCANNED@2 | SHIPPED",
        "PAID PICKED_UP@1 IN_TRANSIT@2 | IN_TRANSIT",
        "DELIVERED@1 | DELIVERED",
        "DELIVERED@1 DELIVERED@2 | DELIVERED",
        "DELIVERED@1 IN_TRANSIT@2 | IN_TRANSIT",
        "DELIVERED@1 PACKED@2 | PARTIALLY_SHIPPED",
        "CREATED CANCELLED | CANCELLED",
        "PAID PACKED@1 CANCELLED | CANCELLED",
        "PAID OUTBOUND_SCANNED@1 CANCELLED | SHIPPED",
        "DELIVERED@1 CANCELLED | DELIVERED",
        "DELIVERED@1 COMPLETED | COMPLETED",
        "COMPLETED CANCELLED | CANCELLED"
      })
  void the_status_follows_from_what_was_reached(String reached, String status) {
    List<Saying> sayings = new ArrayList<>();
    for (String scope : reached.split(" ")) {
      sayings.add(saying("wms", OrderView.milestone(scope), OrderView.parcel(scope), 0));
    }
    assertThat(view(sayings.toArray(Saying[]::new)).status()).isEqualTo(status);
  }

  @Test
  @Tag("R07")
  void the_word_of_a_system_that_does_not_own_a_milestone_changes_no_status() {
    // Given
    ownership.replace("shopify", Set.of(Milestone.PAID));
    ownership.replace("wms", Set.of(Milestone.PACKED, Milestone.OUTBOUND_SCANNED));

    // When
    OrderView view =
        view(
            saying("wms", Milestone.OUTBOUND_SCANNED, "1", 0),
            saying("shopify", Milestone.OUTBOUND_SCANNED, "9", 0),
            saying("crm", Milestone.PAID, "", 0));

    // Then
    assertThat(view.status()).as("parcel 9 is only claimed").isEqualTo("SHIPPED");
    assertThat(view.reached()).containsExactly("OUTBOUND_SCANNED@1");
    assertThat(view.data(KEY).get("foreignWrites"))
        .asString()
        .contains("milestone=PAID", "system=crm", "owners=[shopify]", "parcel=9", "reached=false");
  }

  @Test
  void a_milestone_is_reached_at_the_earliest_time_that_an_owner_tells() {
    ownership.replace("shopify", Set.of(Milestone.PAID));
    ownership.replace("wechat-pay", Set.of(Milestone.PAID));
    OrderView view =
        view(
            saying("crm", Milestone.PAID, "", 0),
            saying("shopify", Milestone.PAID, "", 2),
            saying("wechat-pay", Milestone.PAID, "", 1));
    assertThat(view.data(KEY).get("milestones")).isEqualTo(Map.of("PAID", "2026-11-20T02:01:00Z"));
  }

  @Test
  void without_an_owner_everybody_may_say_and_owners_can_change_while_it_runs() {
    Saying paid = saying("crm", Milestone.PAID, "", 0);
    assertThat(view(paid).status()).isEqualTo("PAID");
    ownership.replace("shopify", Set.of(Milestone.PAID));
    assertThat(view(paid).status()).isEqualTo("UNKNOWN");
    ownership.replace("shopify", Set.of());
    assertThat(view(paid).status()).isEqualTo("PAID");
  }

  @Test
  void every_milestone_has_its_place_in_the_view() {
    for (Milestone milestone : Milestone.values()) {
      OrderView view = view(saying("wms", milestone, milestone.perParcel() ? "1" : "", 0));
      Map<String, Object> data = view.data(KEY);
      assertThat(data.get(milestone.perParcel() ? "parcels" : "milestones"))
          .asString()
          .contains(milestone.name());
      assertThat(Arrays.asList("order", "status", "payments", "refunds", "details", "raw"))
          .allMatch(data::containsKey);
    }
  }
}
