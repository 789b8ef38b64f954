package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private static final OrderValues.Reader CHINESE =
      new OrderValues.Reader(SHANGHAI, Locale.CHINESE, Map.of("ZTO", "中通快递"));
  private static final OrderValues.Reader ENGLISH =
      new OrderValues.Reader(SHANGHAI, Locale.ENGLISH, Map.of());

  private static Map<String, String> refund(String status, String amount, String at) {
    return Map.of("status", status, "amount", amount, "currency", "CNY", "at", at);
  }

  @Test
  void an_order_has_all_of_them() {
    assertThat(OrderValues.of(ORDER, "王女士", OrderValues.About.parcel("P2"), CHINESE))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("customer", "王女士"),
                Map.entry("product", "奶粉等3件"),
                Map.entry("eta", "11月22日"),
                Map.entry("carrier", "中通快递"),
                Map.entry("trackingNo", "ZT2"),
                Map.entry("shop", "acme"),
                Map.entry("order", "8209"),
                Map.entry("parcel", "P2"),
                Map.entry("paidAt", "2026-11-20 10:03"),
                Map.entry("amount", "199.00元"),
                Map.entry("refundAmount", "2.50元")));
    assertThat(OrderValues.of(ORDER, "", OrderValues.About.parcel("P1"), ENGLISH))
        .containsEntry("product", "奶粉 and more, 3 pieces")
        .containsEntry("amount", "199.00 CNY")
        .doesNotContainKey("customer");
  }

  @Test
  void of_several_parcels_none_is_named_for_the_whole_order() {
    assertThat(OrderValues.of(ORDER, "", OrderValues.About.parcel(""), CHINESE))
        .doesNotContainKeys("trackingNo", "carrier", "parcel");
  }

  @Test
  void what_is_not_known_is_missing() {
    assertThat(OrderValues.of(Map.of(), "", OrderValues.About.parcel(""), CHINESE)).isEmpty();
    Map<String, Object> one =
        Map.of("details", Map.of("lines", List.of(Map.of("title", "奶粉", "quantity", 1))));
    assertThat(OrderValues.of(one, "", OrderValues.About.parcel(""), CHINESE))
        .containsExactly(Map.entry("product", "奶粉"));
  }

  @Test
  void a_notice_of_a_refund_tells_its_own_amount() {
    Map<String, Object> two =
        Map.of(
            "refunds",
            List.of(
                Map.of("id", "R1", "status", "AGREED", "amount", "1.00", "currency", "CNY"),
                Map.of("id", "R2", "status", "REFUNDED", "amount", "2.00", "currency", "CNY")));
    assertThat(OrderValues.of(two, "", OrderValues.About.of(Gate.Of.REFUND, "R1"), CHINESE))
        .containsExactly(Map.entry("refundAmount", "1.00元"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22, 11月22日",
    "2026-11-22T18:00:00Z, 11月23日",
    "明天下午, 明天下午",
  })
  void an_arrival_is_a_day_or_the_words_of_whoever_told_it(String told, String shown) {
    Map<String, Object> order = Map.of("details", Map.of("tags", Map.of("eta", told)));
    assertThat(OrderValues.of(order, "", OrderValues.About.parcel(""), CHINESE))
        .containsEntry("eta", shown);
  }

  @Test
  void every_variable_is_explained_in_both_languages() {
    assertThat(TemplateList.variables()).hasSize(Variable.values().length);
    assertThat(TemplateList.variables())
        .allSatisfy(variable -> assertThat(variable).containsKeys("name", "zh", "en"));
  }
}
