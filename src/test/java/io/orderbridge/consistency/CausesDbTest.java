package io.orderbridge.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Books;
import io.orderbridge.order.Forced;
import io.orderbridge.order.OrderBook;
import io.orderbridge.runtime.ShippedRules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Why two systems contradict each other: the class of the cause, and what it is seen by. */
@Tag("R06")
class CausesDbTest {
  private static final String NUMBER = "90000001";

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Heart heart = Heart.fresh();
  private final OrderBook book = Books.open(heart, (connection, events) -> {});
  private final Looking looking = new Looking(heart, ShippedRules.contradictions());
  private long message;

  @BeforeEach
  void anAcceptedOrder() {
    Shops.own(heart.ownership);
    looking.at(now);
    reach("shopify", "CREATED", now.minusSeconds(300));
    reach("shopify", "PAID", now.minusSeconds(290));
    reach("wms", "ACCEPTED", now.minusSeconds(280));
  }

  @AfterEach
  void end() {
    Books.close(book);
    heart.close();
  }

  private void reach(String system, String milestone, Instant at) {
    record(system, ++message, Books.facts(NUMBER, Books.reached(milestone, at.toString())));
  }

  private void record(String system, Long inboxId, Map<String, Object> facts) {
    book.record(facts, system, inboxId, null).join();
  }

  private void shopShows(String system, String code, Instant at, Long inboxId) {
    Map<String, Object> said = new HashMap<>(Books.facts(NUMBER));
    said.put("version", at.toString());
    said.put("raw", code);
    record(system, inboxId, said);
  }

  private void shopShipped() {
    shopShows("shopify", "paid/fulfilled", now, ++message);
  }

  private Finding found(String code) {
    looking.at(now.plus(Duration.ofMinutes(1)));
    return looking
        .findings
        .list(new Findings.Filter(null, code, "demo/" + NUMBER, "OPEN", null), 10)
        .get(0)
        .finding();
  }

  private Finding unpacked() {
    return found("SHOP_SHIPPED_NOT_PACKED");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> why(Finding finding) {
    return (Map<String, Object>) finding.evidence().get("why");
  }

  private void dead(String queue, String subject, String lane, String payload) {
    heart.execute(
        """
        insert into dead_letter (work_id, queue, lane, ref, ref_at, subject, key, cause, place,
                                 message, payload, attempts, since)
        values (1, '%s', '%s', 1, now(), '%s', 'k', 'UNMAPPED_VALUE', '', 'no line for it',
                convert_to('%s', 'UTF8'), 1, now())\
        """
            .formatted(queue, lane, subject, payload));
  }

  @Test
  void the_other_side_that_never_spoke_of_it_is_no_event() {
    shopShipped();
    Finding finding = unpacked();
    assertThat(finding.cause()).isEqualTo("NO_EVENT");
    assertThat(finding.text().en()).contains("The other side never said so");
  }

  @Test
  void a_dead_letter_that_names_the_order_is_a_late_event_and_shows_its_number() {
    dead("inbox:wms", "evt-17", "#3", "{\"order\":{\"number\":\"" + NUMBER + "\"}}");
    shopShipped();
    Finding finding = unpacked();
    assertThat(finding.cause()).isEqualTo("LATE_EVENT");
    assertThat(why(finding))
        .containsEntry("queue", "inbox:wms")
        .containsEntry("deadLetter", 1)
        .containsEntry("because", "UNMAPPED_VALUE");
  }

  @Test
  void a_dead_letter_of_another_system_or_of_another_order_is_none() {
    dead("inbox:crm", "evt-17", "#3", NUMBER);
    dead("inbox:wms", "evt-18", "#3", "90000002");
    shopShipped();
    assertThat(unpacked().cause()).isEqualTo("NO_EVENT");
  }

  @Test
  void what_the_warehouse_was_not_told_is_a_late_event() {
    dead("outbox:wms", "demo/" + NUMBER, "demo/" + NUMBER, "");
    shopShipped();
    assertThat(why(unpacked())).containsEntry("queue", "outbox:wms");
  }

  @Test
  void a_message_that_waits_in_its_lane_is_a_late_event() {
    heart.execute(
        """
        insert into work (queue, lane, ref, ref_at, subject, key, since)
        values ('inbox:wms', '=%s', 1, now(), 'evt-17', 'k', '%s')\
        """
            .formatted(NUMBER, now.minusSeconds(30)));
    shopShipped();
    Finding finding = unpacked();
    assertThat(finding.cause()).isEqualTo("LATE_EVENT");
    assertThat(why(finding)).containsEntry("queue", "inbox:wms").doesNotContainKey("deadLetter");
  }

  @Test
  void a_word_that_came_long_after_it_was_true_is_a_late_event() {
    shopShows("shopify", "paid/fulfilled", now.minus(Duration.ofHours(3)), ++message);
    Finding finding = unpacked();
    assertThat(finding.cause()).isEqualTo("LATE_EVENT");
    assertThat(why(finding)).containsKeys("happenedAt", "recordedAt");
  }

  @Test
  void a_warehouse_that_spoke_since_and_has_not_come_so_far_is_a_late_event() {
    shopShows("shopify", "paid/fulfilled", now.minusSeconds(200), ++message);
    // Said now, and not that it is packed.
    reach("wms", "ACCEPTED", now);
    assertThat(why(unpacked())).containsKey("spokeAt").containsEntry("system", "wms");
  }

  @Test
  void a_word_without_a_message_was_entered_by_hand() {
    record("erp", null, Books.facts(NUMBER, Books.reached("COMPLETED", now.toString())));
    Finding finding = found("FINANCE_DONE_NOT_RECEIVED");
    assertThat(finding.cause()).isEqualTo("MANUAL_ENTRY");
    assertThat(why(finding)).containsEntry("system", "erp").containsEntry("entered", "COMPLETED");
  }

  @Test
  void what_came_through_a_connection_of_people_was_entered_by_hand() {
    shopShows("files", "已发货", now, ++message);
    assertThat(unpacked().cause()).isEqualTo("MANUAL_ENTRY");
  }

  @Test
  void what_a_person_forced_was_entered_by_hand() {
    book.force(
            List.of(
                new Forced(
                    new OrderKey("demo", NUMBER),
                    Milestone.CANCELLED,
                    "",
                    now.minusSeconds(100),
                    Forced.Says.REACHED,
                    "alice",
                    "the customer called",
                    now)))
        .join();
    reach("wms", "PACKED", now);
    Finding finding = found("PACKED_AFTER_CANCEL");
    assertThat(finding.cause()).isEqualTo("MANUAL_ENTRY");
    assertThat(why(finding)).containsEntry("system", "forced");
    // The reason is the person's words and stays in the order.
    assertThat(finding.evidence().toString()).doesNotContain("alice", "called");
  }
}
