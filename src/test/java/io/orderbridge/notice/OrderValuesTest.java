package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What templates may name, out of an order. */
@Tag("R25")
class OrderValuesTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Map<String, Object> ORDER =
      Map.of(
          "order", Map.of("shop", "acme", "number", "8209"),
          "milestones", Map.of("PAID", "2026-11-20T02:03:04Z"),
          "parcels",
              List.of(
                  Map.of("id", "P1", "carrier", "SF", "trackingNo", "SF1"),
                  Map.of("id", "P2", "carrier", "ZTO", "trackingNo", "ZT2")),
          "refunds",
              List.of(
                  refund("REFUNDED", "1.00", "2026-11-20T00:00:00Z"),
                  refund("REFUNDED", "2.50", "2026-11-21T00:00:00Z"),
                  refund("REQUESTED", "9.99", "2026-11-22T00:00:00Z")),
          "details",
              Map.of(
                  "currency",
                  "CNY",
                  "total",
                  "199.00",
                  "tags",
                  Map.of("eta", "11月22日"),
                  "lines",
                  List.of(
                      Map.of("id", "1", "title", "奶粉", "quantity", 2),
                      Map.of("id", "2", "title", "尿裤", "quantity", 1))));

  private static Map<String, String> refund(String status, String amount, String at) {
    return Map.of("status", status, "amount", amount, "currency", "CNY", "at", at);
  }

  @Test
  void an_order_has_all_of_them() {
    assertThat(OrderValues.of(ORDER, "王女士", "P2", SHANGHAI, Locale.CHINESE))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("customer", "王女士"),
                Map.entry("product", "奶粉等3件"),
                Map.entry("eta", "11月22日"),
                Map.entry("carrier", "ZTO"),
                Map.entry("trackingNo", "ZT2"),
                Map.entry("shop", "acme"),
                Map.entry("order", "8209"),
                Map.entry("parcel", "P2"),
                Map.entry("paidAt", "2026-11-20 10:03"),
                Map.entry("amount", "199.00元"),
                Map.entry("refundAmount", "2.50元")));
    assertThat(OrderValues.of(ORDER, "", "P1", SHANGHAI, Locale.ENGLISH))
        .containsEntry("product", "奶粉 and more, 3 pieces")
        .containsEntry("amount", "199.00 CNY")
        .doesNotContainKey("customer");
  }

  @Test
  void of_several_parcels_none_is_named_for_the_whole_order() {
    assertThat(OrderValues.of(ORDER, "", "", SHANGHAI, Locale.CHINESE))
        .doesNotContainKeys("trackingNo", "carrier", "parcel");
  }

  @Test
  void what_is_not_known_is_missing() {
    assertThat(OrderValues.of(Map.of(), "", "", SHANGHAI, Locale.CHINESE)).isEmpty();
    Map<String, Object> one =
        Map.of("details", Map.of("lines", List.of(Map.of("title", "奶粉", "quantity", 1))));
    assertThat(OrderValues.of(one, "", "", SHANGHAI, Locale.CHINESE))
        .containsExactly(Map.entry("product", "奶粉"));
  }

  @Test
  void every_variable_is_explained_in_both_languages() {
    assertThat(TemplateList.variables()).hasSize(Variable.values().length);
    assertThat(TemplateList.variables())
        .allSatisfy(variable -> assertThat(variable).containsKeys("name", "zh", "en"));
  }
}
