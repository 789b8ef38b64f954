package io.orderbridge.consistency;

import static io.orderbridge.consistency.Comparing.SHOP;
import static io.orderbridge.consistency.Comparing.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orderbridge.alert.Alert;
import io.orderbridge.kernel.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R09")
class NightlyComparisonDbTest {
  private final Comparing night = Comparing.fresh().with(Comparing.pair("erp"));

  @AfterEach
  void end() {
    night.close();
  }

  // Every difference there is, between orders that are the same.
  private void plant() {
    for (int i = 0; i < 20; i++) {
      night.order("same-" + i, "PAID");
      night.state("erp", "same-" + i, "PAID");
    }
    night.order("lost-there", "PAID");
    night.state("erp", "lost-here", "SHIPPED");
    night.order("other-status", "PACKED");
    night.state("erp", "other-status", "PAID");
    night.order(SHOP, "other-time", "PAID", "2026-11-20T03:00:00Z", "2026-11-20T04:00:00Z");
    night.state("erp", SHOP, "other-time", "PAID", "2026-11-20T04:05:01Z", TWO + "");
    night.order(SHOP, "near-time", "PAID", "2026-11-20T03:00:00Z", "2026-11-20T04:00:00Z");
    night.state("erp", SHOP, "near-time", "PAID", "2026-11-20T04:05:00Z", TWO + "");
    night.order("as-good", "IN_TRANSIT");
    night.state("erp", "as-good", "SHIPPED");
    night.order("not-paid-yet", "CREATED");
    night.order("other-shop", "1", "PAID", "2026-11-20T04:00:00Z", "2026-11-20T04:00:00Z");
  }

  @Test
  void the_rows_of_the_night_are_the_planted_differences_and_none_else() {
    // Given
    plant();
    night.readAtTwo("erp");

    // When: the clock has passed three
    ComparisonRun run = night.compare("erp");

    // Then
    assertThat(night.differences(run))
        .containsExactly(
            "MISSING_HERE lost-here NO_EVENT",
            "MISSING_THERE lost-there NOT_TOLD",
            "STATUS_DIFFERS other-status BEHIND_THERE",
            "TIME_DIFFERS other-time CLOCKS");
    assertThat(run.summary())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "EQUAL", 22L,
                "MISSING_THERE", 1L,
                "MISSING_HERE", 1L,
                "STATUS_DIFFERS", 1L,
                "TIME_DIFFERS", 1L,
                "AWAITED", 0L,
                "NOT_COMPARED", 1L));
    assertThat(run.ours()).isEqualTo(26);
    assertThat(run.theirs()).isEqualTo(25);
  }

  @Test
  void each_difference_is_a_finding_that_names_order_system_and_what_to_do() {
    plant();
    night.readAtTwo("erp");

    night.compare("erp");

    assertThat(night.findings())
        .containsExactly(
            "MISSING_HERE tmall-one/lost-here erp",
            "MISSING_THERE tmall-one/lost-there erp",
            "STATUS_DIFFERS tmall-one/other-status erp",
            "TIME_DIFFERS tmall-one/other-time erp");
    assertThat(
            night.heart.texts(
                "select level || ' ' || zh || ' ' || evidence from finding"
                    + " where code = 'STATUS_DIFFERS'"))
        .containsExactly(
            "BREACH 订单 tmall-one/other-status 状态不一致：订单中心为 PACKED，erp 为 PAID。"
                + "请确认哪一方落后，重放投递或补拉消息。 {\"raw\": \"raw-PAID\", \"ours\": \"PACKED\","
                + " \"oursAt\": \"2026-11-20T04:00:00Z\", \"readAt\": \"2026-11-20T18:01:00Z\","
                + " \"theirs\": \"PAID\", \"theirsAt\": \"2026-11-20T04:00:00Z\"}");
  }

  @Test
  void the_person_in_charge_of_each_pair_is_told_once_a_night_with_a_link() {
    // Given
    night.with(Comparing.pair("erp"), Comparing.pair("crm"));
    plant();
    night.heart.execute(
        """
        insert into system_state (system, shop, number, status, raw, at, read_at, changed_at)
        select 'crm', shop, number, status, raw, at, read_at, changed_at from system_state\
        """);
    night.readAtTwo("erp");
    night.readAtTwo("crm");

    // When: the route of the night asks for all pairs, twice
    night.job.run(Map.of(), night.clock.instant());
    night.round.run(night.clock.instant());
    List<String> first = night.differences(night.newest("erp"));
    night.clock.step(Duration.ofMinutes(20));
    night.job.run(Map.of(), night.clock.instant());
    night.round.run(night.clock.instant());

    // Then
    assertThat(night.told)
        .extracting(Alert::key, Alert::owner, Alert::level)
        .containsExactlyInAnyOrder(
            tuple("comparison:erp:2026-11-21", "ann", Level.BREACH),
            tuple("comparison:crm:2026-11-21", "ann", Level.BREACH));
    Alert alert =
        night.told.stream().filter(a -> a.subject().equals("erp")).findFirst().orElseThrow();
    assertThat(alert.count()).isEqualTo(4);
    assertThat(alert.link()).matches("/api/comparisons/\\d+/report\\.html");
    assertThat(alert.text().zh())
        .isEqualTo("erp 对账 2026-11-21：一致 22，对方缺单 1，本方缺单 1，状态不一致 1，时间不一致 1，" + "待读取 0。请打开报告处理差异。");
    assertThat(night.differences(night.newest("erp"))).isEqualTo(first);
    assertThat(night.followed).as("four of each pair; a second run changes none").hasSize(8);
  }

  @Test
  void what_is_mended_is_cleared_by_the_next_run() {
    plant();
    night.readAtTwo("erp");
    night.compare("erp");

    // When: the ERP was told, and read again
    night.clock.step(Duration.ofHours(1));
    night.state("erp", SHOP, "lost-there", "PAID", null, night.clock.instant() + "");
    night.compare("erp");

    assertThat(night.followed).contains("CLEARED MISSING_THERE tmall-one/lost-there");
    assertThat(night.findings()).hasSize(3);
  }

  @Test
  void a_system_that_was_not_read_yet_misses_nothing_and_is_named() {
    plant();

    ComparisonRun run = night.compare("erp");

    assertThat(night.differences(run)).noneMatch(row -> row.startsWith("MISSING_THERE"));
    assertThat(run.count("NOT_READ")).isEqualTo(1);
    assertThat(run.awaited())
        .containsExactly(Map.of("source", "erp/states", "state", "NEVER_READ"));
  }

  @Test
  void a_reading_that_is_not_proved_proves_nothing_and_is_named_with_its_window() {
    // Given
    plant();
    night.readAtTwo("erp");
    night.heart.execute("update source_window set state = 'READ'; delete from state_reading");

    // When
    ComparisonRun run = night.compare("erp");

    // Then
    assertThat(night.differences(run)).noneMatch(row -> row.startsWith("MISSING_THERE"));
    assertThat(run.awaited())
        .singleElement()
        .satisfies(
            window ->
                assertThat(window)
                    .containsEntry("source", "erp/states")
                    .containsEntry("state", "READ")
                    .containsEntry("from", "2026-11-19T16:00:00Z"));
  }

  @Test
  void an_order_that_changes_while_it_is_compared_is_no_difference() {
    // Given
    plant();
    night.readAtTwo("erp");
    for (String number : List.of("lost-there", "other-status", "other-time")) {
      night.order(SHOP, number, "SHIPPED", "2026-11-20T04:00:00Z", "2026-11-20T18:55:00Z");
    }
    // This one was told to be shipped there ten minutes ago; its message is under way.
    night.order("just-there", "PAID");
    night.state("erp", SHOP, "just-there", "SHIPPED", "2026-11-20T18:50:00Z", TWO + "");

    // When
    ComparisonRun run = night.compare("erp");

    // Then
    assertThat(night.differences(run)).containsExactly("MISSING_HERE lost-here NO_EVENT");
    assertThat(run.count("CHANGED_SINCE")).isEqualTo(3);
    assertThat(run.count("IN_FLIGHT")).isEqualTo(1);

    // When: an hour later all has settled, and both were read once more
    night.clock.step(Duration.ofHours(1));
    night.state("erp", SHOP, "other-status", "PAID", null, "2026-11-20T19:55:00Z");
    night.state("erp", SHOP, "just-there", "SHIPPED", "2026-11-20T18:50:00Z", TWO + "");
    run = night.compare("erp");

    // Then
    assertThat(night.differences(run))
        .contains(
            "STATUS_DIFFERS just-there BEHIND_HERE", "STATUS_DIFFERS other-status BEHIND_THERE");
  }

  @Test
  void a_known_difference_that_cannot_be_judged_now_stays_open_and_is_shown_as_awaited() {
    // Given
    plant();
    night.readAtTwo("erp");
    night.compare("erp");

    // When: the order changes here; the ERP is not read again
    night.clock.step(Duration.ofHours(2));
    night.order(SHOP, "other-status", "SHIPPED", "2026-11-20T04:00:00Z", "2026-11-20T19:30:00Z");
    ComparisonRun run = night.compare("erp");

    // Then
    assertThat(night.differences(run)).contains("STATUS_DIFFERS other-status BEHIND_THERE awaited");
    assertThat(run.count("STATUS_DIFFERS")).isZero();
    assertThat(night.findings()).hasSize(4);
    assertThat(night.followed).noneMatch(line -> line.startsWith("CLEARED"));
  }

  @Test
  void a_difference_is_followed_beyond_the_days_that_are_compared() {
    plant();
    night.readAtTwo("erp");
    night.compare("erp");

    // When: two months later nobody has mended anything
    night.clock.step(Duration.ofDays(60));
    night.read("erp", TWO.plus(Duration.ofDays(60)));
    ComparisonRun run = night.compare("erp");

    // Then
    assertThat(night.differences(run))
        .containsExactly(
            "MISSING_HERE lost-here NO_EVENT",
            "MISSING_THERE lost-there NOT_TOLD awaited",
            "STATUS_DIFFERS other-status BEHIND_THERE",
            "TIME_DIFFERS other-time CLOCKS");
    assertThat(run.count("EQUAL")).isZero();
    assertThat(night.findings()).hasSize(4);
  }

  @Test
  void an_order_that_is_gone_there_is_missing() {
    // Given: two orders, of which the second reading brought one
    night.order("kept", "PAID");
    night.order("deleted", "PAID");
    night.state("erp", SHOP, "kept", "PAID", null, "2026-11-19T18:01:00Z");
    night.state("erp", SHOP, "deleted", "PAID", null, "2026-11-19T18:01:00Z");
    night.heart.execute(
        """
        update system_state set inbox_id = case number when 'kept' then 7 else 8 end;
        insert into window_item (source, starts_at, items_at, inbox_id, item_id, pass)
        select 'erp/states', timestamptz '2026-11-19T16:00:00Z', now(), 7, 'kept', 1\
        """);
    night.read("erp", TWO);
    night.heart.execute("update window_item i set items_at = w.items_at from source_window w");
    night.heart.execute("delete from state_reading");
    night.readings.run(night.clock.instant());

    // When
    ComparisonRun run = night.compare("erp");

    // Then
    assertThat(night.differences(run)).containsExactly("MISSING_THERE deleted GONE_THERE");
    assertThat(
            night.heart.number(
                "select extract(epoch from read_at)::bigint from system_state"
                    + " where number = 'kept'"))
        .as("read unchanged")
        .isEqualTo(TWO.getEpochSecond());
  }
}
