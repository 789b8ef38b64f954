package io.orderbridge.consistency;

import static io.orderbridge.consistency.ShippedOrders.T;
import static io.orderbridge.consistency.ShippedOrders.accepted;
import static io.orderbridge.consistency.ShippedOrders.at;
import static io.orderbridge.consistency.ShippedOrders.packed;
import static io.orderbridge.consistency.ShippedOrders.paid;
import static io.orderbridge.consistency.ShippedOrders.scanned;
import static io.orderbridge.consistency.ShippedOrders.shown;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.order.Told;
import io.orderbridge.runtime.ShippedRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a condition asks, and when the clock of a rule begins. */
@Tag("R06")
class ContradictionTest {
  private static final String HEAD =
      """
      systems: {shop: [shopify, taobao], warehouse: [wms], erp: [erp]}
      rules:
        - id: RULE
          text: {zh: 规则, en: Rule}
          for: 1h
          when: \
      """;

  private static List<Contradiction> holding(String when, Told told, ShownState... shown) {
    ContradictionRules rules = ShippedRules.contradictions(HEAD + when + "\n");
    Scene scene = new Scene(told.reading(Shops.ownership()), List.of(shown));
    return Contradiction.evaluate(rules.rules(), scene, Map.of(), at(100_000));
  }

  private static boolean holds(String when, Told told, ShownState... shown) {
    return !holding(when, told, shown).isEmpty();
  }

  private static Instant since(String when, Told told, ShownState... shown) {
    return holding(when, told, shown).get(0).since();
  }

  @Test
  void a_milestone_is_reached_by_the_word_of_its_owner_only() {
    assertThat(holds("{reached: PACKED}", packed())).isTrue();
    assertThat(holds("{reached: PACKED}", accepted().says("erp", "PACKED", at(9)))).isFalse();
    assertThat(holds("{reached: PACKED}", paid().forces("PACKED", "1", at(9)))).isTrue();
  }

  @Test
  void what_parcels_reach_the_order_has_reached_when_every_parcel_has() {
    Told two = scanned().says("wms", "PACKED", at(30), "2", null);
    assertThat(holds("{reached: OUTBOUND_SCANNED}", scanned())).isTrue();
    assertThat(holds("{reached: OUTBOUND_SCANNED}", two)).isFalse();
    assertThat(holds("{any-parcel: {reached: OUTBOUND_SCANNED}}", two)).isTrue();
    assertThat(holds("{all-parcels: {reached: OUTBOUND_SCANNED}}", two)).isFalse();
    assertThat(since("{all-parcels: {reached: PACKED}}", two)).isEqualTo(at(30));
    assertThat(since("{any-parcel: {reached: PACKED}}", two)).isEqualTo(at(10));
    assertThat(holds("{all-parcels: {reached: PACKED}}", paid())).isFalse();
  }

  @Test
  void conditions_of_a_parcel_are_asked_of_the_same_parcel() {
    Told crossed =
        accepted()
            .says("wms", "OUTBOUND_SCANNED", at(20), "1", null)
            .says("wms", "PACKED", at(20), "2", null);
    String both = "{any-parcel: {all: [{reached: OUTBOUND_SCANNED}, {reached: PACKED}]}}";
    assertThat(holds(both, crossed)).isFalse();
    assertThat(holds(both, scanned())).isTrue();
  }

  @Test
  void a_claim_is_whoevers_word_and_others_are_those_that_do_not_own_it() {
    Told told = accepted().says("erp", "PACKED", at(9));
    assertThat(holds("{claims: [PACKED], by: erp}", told)).isTrue();
    assertThat(holds("{claims: [PACKED, PAID], by: others}", told)).isTrue();
    assertThat(holds("{claims: [PACKED], by: warehouse}", told)).isFalse();
    assertThat(holds("{claims: [PACKED], by: others}", packed())).isFalse();
    assertThat(
            holds(
                "{claims: [PACKED], by: others, confirmed: false}",
                packed().says("erp", "PACKED", at(9))))
        .isFalse();
  }

  @Test
  void a_code_is_the_newest_of_its_system_and_may_be_named_by_its_beginning_or_end() {
    Told told = paid().code("shopify", "paid/unfulfilled", at(5));
    assertThat(holds("{raw: [paid/unfulfilled], of: shop}", told)).isTrue();
    assertThat(holds("{raw: ['paid/*'], of: shopify}", told)).isTrue();
    assertThat(holds("{raw: ['*/unfulfilled'], of: shop}", told)).isTrue();
    assertThat(holds("{raw: ['*/fulfilled'], of: shop}", told)).isFalse();
    assertThat(holds("{raw: ['paid/*'], of: warehouse}", told)).isFalse();
    told.code("shopify", "paid/fulfilled", at(6)).code("shopify", "paid/unfulfilled", at(4));
    assertThat(holds("{raw: ['*/fulfilled'], of: shop}", told)).isTrue();
  }

  @Test
  void a_reading_counts_until_the_system_itself_speaks_of_a_later_time() {
    String state = "{state: [ACCEPTED], of: warehouse}";
    assertThat(holds(state, paid(), shown("wms", "ACCEPTED", 30))).isTrue();
    assertThat(holds(state, packed(), shown("wms", "ACCEPTED", 30))).isTrue();
    assertThat(holds(state, packed(), shown("wms", "ACCEPTED", 9))).isFalse();
    assertThat(holds(state, paid(), shown("erp", "ACCEPTED", 30))).isFalse();
  }

  @Test
  void status_tag_refund_and_payment_are_asked_of_the_order() {
    Told told =
        accepted()
            .details("taobao", "199.00", Map.of("hold", "risk"), at(3))
            .refunds("shopify", "R1", "REQUESTED", null, at(8));
    assertThat(since("{status: [PAID, ACCEPTED]}", told)).isEqualTo(at(5));
    assertThat(holds("{tag: hold}", told)).isTrue();
    assertThat(holds("{tag: hold, in: [risk, paused]}", told)).isTrue();
    assertThat(holds("{tag: hold, in: [paused]}", told)).isFalse();
    assertThat(since("{refund: [REQUESTED, AGREED]}", told)).isEqualTo(at(8));
    assertThat(holds("{refund: [REQUESTED], whole: true}", told)).isFalse();
    Told more = told.pays("alipay", "P2", "0.01", at(9));
    assertThat(holds("{paid: more}", more)).isTrue();
    assertThat(holds("{paid: less}", more)).isFalse();
    assertThat(since("{paid: differs}", more)).isEqualTo(at(9));
  }

  @Test
  void what_comes_after_is_told_by_the_times_of_both() {
    Told told = packed().says("shopify", "CANCELLED", at(10));
    assertThat(holds("{any-parcel: {reached: PACKED, after: CANCELLED}}", told)).isFalse();
    told.says("wms", "OUTBOUND_SCANNED", at(11));
    assertThat(holds("{any-parcel: {reached: OUTBOUND_SCANNED, after: CANCELLED}}", told)).isTrue();
    assertThat(holds("{reached: CANCELLED, after: REFUNDED}", told)).isFalse();
  }

  @Test
  void the_clock_begins_with_the_first_side_that_has_a_time() {
    Told told = packed().code("shopify", "paid/fulfilled", at(50));
    assertThat(since("{all: [{raw: ['*/fulfilled'], of: shop}, {reached: PACKED}]}", told))
        .isEqualTo(at(50));
    assertThat(since("{all: [{reached: PACKED}, {raw: ['*/fulfilled'], of: shop}]}", told))
        .isEqualTo(at(10));
    assertThat(since("{all: [{not: {reached: DELIVERED}}, {reached: PACKED}]}", told))
        .isEqualTo(at(10));
    assertThat(since("{any: [{raw: ['*/fulfilled'], of: shop}, {reached: PACKED}]}", told))
        .isEqualTo(at(10));
  }

  @Test
  void a_clock_that_was_seen_to_run_earlier_is_not_set_forward() {
    ContradictionRules rules = ShippedRules.contradictions(HEAD + "{status: [ACCEPTED]}\n");
    Scene scene = new Scene(accepted().reading(Shops.ownership()), List.of());
    Contradiction seen =
        Contradiction.evaluate(rules.rules(), scene, Map.of("RULE", T), at(60)).get(0);
    assertThat(seen.since()).isEqualTo(T);
    assertThat(seen.found()).isTrue();
    Contradiction fresh = Contradiction.evaluate(rules.rules(), scene, Map.of(), at(64)).get(0);
    assertThat(fresh.found()).isFalse();
    assertThat(fresh.dueAt()).isEqualTo(at(65));
  }

  @Test
  void what_has_no_time_of_its_own_counts_from_when_it_was_first_seen() {
    assertThat(since("{not: {reached: DELIVERED}}", paid())).isEqualTo(at(100_000));
  }

  @Test
  void a_value_of_a_tag_that_the_rule_does_not_name_is_not_shown() {
    Told told = paid().details("taobao", "199.00", Map.of("note", "Wang Fang"), at(3));
    Contradiction found = holding("{tag: note}", told).get(0);
    Scene scene = new Scene(told.reading(Shops.ownership()), List.of());
    assertThat(found.values(scene)).extracting(Value::says).containsExactly("note=*");
  }
}
