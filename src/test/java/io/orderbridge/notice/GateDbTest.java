package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A notice is made when packed, tracking number and outbound scan are all there, and once. */
@Tag("R17")
class GateDbTest {
  private static final List<String> CONDITIONS =
      List.of("PACKED", "TRACKING_ASSIGNED", "OUTBOUND_SCANNED");

  private final PostOffice office = PostOffice.open().gate(Gate.Mode.ALL, "sms").vendor("sms-a");

  @AfterEach
  void end() {
    office.end();
  }

  @Test
  void of_eight_combinations_one_opens_it() {
    for (int bits = 0; bits < 8; bits++) {
      String number = "c" + bits;
      office.order(number, "1380000000" + bits);
      for (int i = 0; i < CONDITIONS.size(); i++) {
        if ((bits & 1 << i) != 0) {
          office.says(number, office.fact(CONDITIONS.get(i)));
        }
      }
    }
    office.work();

    assertThat(office.states()).containsExactly("c7/1 SENDING");
  }

  static Stream<List<String>> arrivals() {
    List<List<String>> all = new ArrayList<>();
    for (String first : CONDITIONS) {
      for (String second : CONDITIONS) {
        for (String third : CONDITIONS) {
          List<String> order = List.of(first, second, third);
          if (order.stream().distinct().count() == 3) {
            all.add(order);
          }
        }
      }
    }
    assertThat(all).hasSize(6);
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("arrivals")
  void in_whatever_order_they_come_it_opens_with_the_last_and_never_again(List<String> arrival) {
    office.order("1", "13800000000");
    for (int i = 0; i < arrival.size(); i++) {
      assertThat(office.states()).isEmpty();
      office.step(Duration.ofHours(1));
      office.says("1", office.fact(arrival.get(i)));
    }
    office.work();
    assertThat(office.given("sms-a")).hasSize(1);

    for (String repeated : arrival) {
      office.step(Duration.ofHours(1));
      office.says("1", office.fact(repeated));
      office.work();
    }
    assertThat(office.given("sms-a")).hasSize(1);
    assertThat(office.states()).hasSize(1);
  }

  @Test
  void whose_order_is_told_after_its_parcel_is_told_all_the_same_and_once() {
    office.ships("1");
    office.work();
    assertThat(office.states()).containsExactly("1/1 FAILED NO_CONTACT");

    office.order("1", "13800000000");
    office.work();
    assertThat(office.given("sms-a")).hasSize(1);
    assertThat(office.states()).containsExactly("1/1 SENDING");

    office.order("1", "13800000000");
    office.work();
    assertThat(office.given("sms-a")).hasSize(1);
  }

  @Test
  void how_late_the_last_condition_was_told_is_measured() {
    office.order("1", "13800000000");
    Map<String, Object> scanned = office.fact("OUTBOUND_SCANNED");
    office.step(Duration.ofHours(3));
    office.says("1", office.fact("PACKED"), office.fact("TRACKING_ASSIGNED"));
    office.step(Duration.ofMinutes(7));
    office.says("1", scanned);

    NoticeList.Notice notice = office.list.list(all(), 10).get(0);
    assertThat(notice.conditions()).containsOnlyKeys(CONDITIONS);
    assertThat(Duration.between(notice.since(), notice.gateAt())).hasMinutes(7);
  }

  @Test
  @Tag("R20")
  void every_parcel_has_its_own_and_one_without_a_number_has_none() {
    office.order("1", "13800000000");
    for (String parcel : List.of("A", "B")) {
      office.says(
          "1",
          office.fact("PACKED", parcel),
          office.fact("TRACKING_ASSIGNED", parcel),
          office.fact("OUTBOUND_SCANNED", parcel));
    }
    // The file of the drop-shipper has no number of its parcel, which comes later.
    office.says("1", office.fact("PACKED", "C"), office.fact("OUTBOUND_SCANNED", "C"));
    Map<String, Object> unnumbered = office.fact("TRACKING_ASSIGNED", "C");
    unnumbered.put("trackingNo", "");
    office.work();
    assertThat(office.states()).containsExactly("1/A SENDING", "1/B SENDING");

    office.step(Duration.ofMinutes(1));
    office.says("1", office.fact("TRACKING_ASSIGNED", "C"));
    office.work();
    assertThat(office.sent.get("sms-a"))
        .extracting(body -> body.get("parcel"), body -> body.get("text"))
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("A", "王女士，SFA已发出"),
            org.assertj.core.groups.Tuple.tuple("B", "王女士，SFB已发出"),
            org.assertj.core.groups.Tuple.tuple("C", "王女士，SFC已发出"));
  }

  @Test
  void nobody_is_told_of_what_was_last_month_or_was_cancelled() {
    office.order("old", "13800000000");
    List<Object> then =
        List.of(
            office.fact("PACKED"),
            office.fact("TRACKING_ASSIGNED"),
            office.fact("OUTBOUND_SCANNED"));
    office.order("gone", "13800000001");
    office.says("gone", office.fact("CANCELLED"));
    office.ships("gone");
    office.step(Duration.ofDays(8));
    office.says("old", then.toArray());
    office.work();

    assertThat(office.states()).isEmpty();
  }

  @Test
  void what_was_cancelled_meanwhile_is_not_sent() {
    office.order("1", "13800000000");
    office.ships("1");
    office.says("1", office.fact("CANCELLED"));
    office.work();

    assertThat(office.states()).containsExactly("1/1 SUPPRESSED");
    assertThat(office.given("sms-a")).isEmpty();
  }

  private static NoticeList.Filter all() {
    return new NoticeList.Filter(null, null, null, null, null);
  }
}
