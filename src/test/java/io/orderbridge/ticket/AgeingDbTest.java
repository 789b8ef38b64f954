package io.orderbridge.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Monday, 23 November 2026 in Shanghai: how old is what was opened on which day? */
@Tag("R34")
@Tag("R41")
class AgeingDbTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T02:00:00Z");

  private final Desk desk = Desk.fresh();
  private final Ageing ageing = new Ageing(desk.heart.database, desk.policy);

  @AfterEach
  void end() {
    desk.close();
  }

  // Each on its own scope, so that no run clears another's.
  private void open(String number, String at, String amount, String currency) {
    Finding finding =
        new Finding(
            Kind.PAYMENT,
            "AMOUNT",
            "demo/" + number,
            "",
            Level.BREACH,
            amount == null ? null : Money.of(amount, currency),
            "",
            Map.of(),
            new Wording("错", "Wrong."));
    desk.heart.database.run(
        connection -> {
          Findings.add(connection, List.of(finding));
          desk.findings.settle(connection, "of " + number, Instant.parse(at));
        });
  }

  private List<String> told(String owner) {
    return ageing.of(owner, MONDAY).stream()
        .map(bucket -> "%s: %d %s".formatted(bucket.days(), bucket.count(), sums(bucket)))
        .toList();
  }

  private static List<String> sums(Ageing.Bucket bucket) {
    return bucket.amounts().stream()
        .map(sum -> "%s %s (%d)".formatted(sum.amount(), sum.currency(), sum.count()))
        .toList();
  }

  @Test
  void open_work_is_counted_by_business_days_with_its_amount_per_currency() {
    open("1", "2026-11-23T01:00:00Z", "1.10", "CNY"); // today: 0
    open("2", "2026-11-20T15:59:59Z", "2.20", "CNY"); // Friday 23:59:59: 1
    open("3", "2026-11-19T16:00:00Z", "500", "JPY"); // Friday 00:00: 1
    open("4", "2026-11-19T15:59:59Z", "4.00", "CNY"); // Thursday 23:59:59: 2
    open("5", "2026-11-17T16:00:00Z", null, null); // Wednesday: 3
    open("6", "2026-11-17T15:59:59Z", "-6.00", "CNY"); // Tuesday: 4
    open("7", "2026-11-12T02:00:00Z", "7.00", "USD"); // Thursday before: 7
    open("8", "2026-11-11T02:00:00Z", "8.00", "CNY"); // 8
    open("9", "2026-10-12T02:00:00Z", "9.00", "CNY"); // 30
    open("10", "2026-10-09T02:00:00Z", "10.00", "CNY"); // 31

    assertThat(told(null))
        .containsExactly(
            "0-1: 3 [3.30 CNY (2), 500 JPY (1)]",
            "2-3: 2 [4.00 CNY (1)]",
            "4-7: 2 [-6.00 CNY (1), 7.00 USD (1)]",
            "8-30: 2 [17.00 CNY (2)]",
            ">30: 1 [10.00 CNY (1)]");
  }

  @Test
  void what_is_closed_has_no_age_and_what_is_opened_again_is_young() {
    open("1", "2026-10-09T02:00:00Z", "1.00", "CNY");
    open("2", "2026-10-09T02:00:00Z", "2.00", "CNY");
    long first = desk.tickets.list(Tickets.Filter.about("demo/1"), null, 1, MONDAY).get(0).id();
    desk.acts.close(new TicketActs.Call(first, null, "alice", MONDAY), "done");
    assertThat(told(null)).last().isEqualTo(">30: 1 [2.00 CNY (1)]");

    desk.acts.reopen(new TicketActs.Call(first, null, "alice", MONDAY), "not done");
    assertThat(told(null)).first().isEqualTo("0-1: 1 [1.00 CNY (1)]");
  }

  @Test
  void the_amount_is_that_of_the_newest_run_and_an_owner_sees_his_own() {
    open("1", "2026-11-20T02:00:00Z", "1.00", "CNY");
    open("2", "2026-11-20T02:00:00Z", "2.00", "CNY");
    open("1", "2026-11-20T03:00:00Z", "100.00", "CNY");
    desk.acts.take(new TicketActs.Call(1, null, "alice", MONDAY), new Owner("alice"));

    assertThat(told("alice")).first().isEqualTo("0-1: 1 [100.00 CNY (1)]");
    assertThat(told("finance")).first().isEqualTo("0-1: 1 [2.00 CNY (1)]");
    assertThat(told("nobody")).allMatch(bucket -> bucket.endsWith(": 0 []"));
  }

  @Test
  void a_sum_may_be_larger_than_any_order() {
    for (int i = 0; i < 3; i++) {
      open("n" + i, "2026-11-20T02:00:00Z", "99999999999.99", "CNY");
    }
    assertThat(told(null)).first().isEqualTo("0-1: 3 [299999999999.97 CNY (3)]");
  }
}
