package io.orderbridge.reconciliation;

import static io.orderbridge.reconciliation.Office.DAY;
import static io.orderbridge.reconciliation.Office.LEFT;
import static io.orderbridge.reconciliation.Office.RIGHT;
import static io.orderbridge.reconciliation.Office.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Tolerance;
import io.orderbridge.ticket.Ageing;
import io.orderbridge.ticket.PolicyInForce;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How old open breaks are, in business days, and how much lies in them. */
@Tag("R34")
class BreakAgeDbTest {
  // Nine in the morning of the Monday, five weeks and a weekend later, in Shanghai.
  private static final Instant LATER = Instant.parse("2026-12-28T01:00:00Z");

  private final Office office = Office.fresh();
  private final BreakList breaks =
      new BreakList(office.heart.database, new Ageing(office.heart.database, new PolicyInForce()));

  @AfterEach
  void end() {
    office.close();
  }

  private void broken(LocalDate day, String no, String amount) {
    office.take(LEFT, day, line(day, no, amount));
    office.take(RIGHT, day);
    office.night(day, "schedule");
  }

  private void all() {
    office.use(Office.daily("v1", Tolerance.NONE, 0));
    // From Monday 2026-12-28 back: 26 business days (the 20th of November), 10, 5, 2 and 1.
    broken(DAY, "a", "1.00");
    broken(LocalDate.of(2026, 12, 14), "b", "2.00");
    broken(LocalDate.of(2026, 12, 21), "c", "4.00");
    broken(LocalDate.of(2026, 12, 24), "d", "8.00");
    broken(LocalDate.of(2026, 12, 25), "e", "16.00");
  }

  @Test
  void open_breaks_stand_in_their_bucket_with_count_and_amount() {
    all();

    assertThat(breaks.ageing(null, LATER))
        .extracting(
            aged -> aged.bucket() + " " + aged.count() + " " + aged.minor() + aged.currency())
        .containsExactly("0-1 1 1600CNY", "2-3 1 800CNY", "4-7 1 400CNY", "8-30 2 300CNY");
    assertThat(breaks.ageing(null, LATER.plusSeconds(864_000)))
        .extracting(BreakList.Aged::bucket)
        .contains(">30");
  }

  @Test
  void a_bucket_can_be_asked_for() {
    all();

    assertThat(keys("0-1")).containsExactly("e");
    assertThat(keys("2-3")).containsExactly("d");
    assertThat(keys("8-30")).containsExactly("a", "b");
    assertThat(keys(">30")).isEmpty();
    assertThat(breaks.bucket(breaks.find(office.breakOf("c")).orElseThrow(), LATER))
        .isEqualTo("4-7");
  }

  private List<String> keys(String bucket) {
    return breaks
        .list(new BreakList.Filter(Break.State.OPEN, Office.NAME, null, bucket, 0), 100, LATER)
        .stream()
        .map(Break::key)
        .toList();
  }
}
