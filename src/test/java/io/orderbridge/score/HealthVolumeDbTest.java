package io.orderbridge.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.runtime.ShippedRules;
import io.orderbridge.store.Partitions;
import io.orderbridge.store.Partitions.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a period costs where there are many others: no large table is read from end to end. */
@Tag("R63")
@Tag("R66")
class HealthVolumeDbTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 10, 1);
  private static final int DAYS = 30;
  private static final int A_DAY = 10_000;
  // Far above what it takes: ten thousand orders of a day or seventy thousand of a week.
  private static final Duration MAX = Duration.ofSeconds(20);
  // The night after the day that is measured.
  private static final Instant NOW = Instant.parse("2026-10-13T16:40:00Z");

  @Test
  void a_day_and_a_week_are_found_by_their_partitions_and_indexes() {
    try (Heart heart = Heart.fresh()) {
      fill(heart);
      SyncDelay delay = new SyncDelay(heart.database);
      HandWork work = new HandWork(heart.database);
      Map<String, Long> before = scans(heart);

      long begun = System.nanoTime();
      Measure late =
          delay.measure(Every.DAY.of(FIRST.plusDays(12)), ShippedRules.health(), NOW).orElseThrow();
      long between = System.nanoTime();
      Instant later = Instant.parse("2026-11-01T00:00:00Z");
      Measure touched =
          work.measure(Every.WEEK.of(FIRST.plusDays(12)), ShippedRules.health(), later)
              .orElseThrow();
      long ended = System.nanoTime();

      System.out.printf(
          "health: %d orders and events: a day %d ms, a week %d ms%n",
          DAYS * A_DAY, (between - begun) / 1_000_000, (ended - between) / 1_000_000);
      assertThat(late.denominator()).isEqualByComparingTo("" + A_DAY);
      assertThat(late.numerator()).isEqualByComparingTo("100");
      assertThat(touched.denominator()).isEqualByComparingTo("" + 7 * A_DAY);
      assertThat(touched.numerator()).isEqualByComparingTo("700");
      assertThat(Duration.ofNanos(ended - begun)).isLessThan(MAX);
      assertThat(scanned(before, scans(heart))).isEmpty();
    }
  }

  // A day in Shanghai lies in two partitions, which are cut in UTC; those may be read whole.
  private static List<String> scanned(Map<String, Long> before, Map<String, Long> after) {
    return after.keySet().stream()
        .filter(table -> after.get(table) > before.getOrDefault(table, 0L))
        .filter(table -> !table.matches("(event|attempt)_2026101[23]"))
        .toList();
  }

  /** How often each table was read from end to end, as the server counted. */
  private static Map<String, Long> scans(Heart heart) {
    // What a connection did is counted when it says so, or a second later.
    for (int i = 0; i < 2; i++) {
      heart.texts("select pg_stat_force_next_flush()");
    }
    Map<String, Long> scans = new TreeMap<>();
    heart
        .texts(
            """
            select relname || ' ' || seq_scan from pg_stat_user_tables
             where relname ~ '^(event|attempt|order_fact)_|^(customer_order|ticket|repair)$'
                or relname in ('repair_item', 'finding', 'audit')\
            """)
        .forEach(row -> scans.put(row.split(" ")[0], Long.parseLong(row.split(" ")[1])));
    assertThat(scans).containsKeys("customer_order", "event_20261012", "ticket");
    return scans;
  }

  private static void fill(Heart heart) {
    Partitions partitions = new Partitions(heart.database);
    List<Kept> tables = List.of(new Kept("event", false, 400), new Kept("attempt", false, 400));
    for (int day = 0; day < DAYS + 7; day += 7) {
      partitions.keep(tables, FIRST.plusDays(day));
    }
    // Spread evenly over the days: one every 8.64 seconds.
    String at =
        "(timestamptz '%sT00:00:00Z' + make_interval(secs => n * 86400.0 / %d))"
            .formatted(FIRST, A_DAY);
    int all = DAYS * A_DAY;
    heart.execute(
        """
        insert into customer_order (shop, number, status, revision, state, created_on)
        select 'demo', 'N' || n, 'PAID', 1, '{}', %s from generate_series(0, %d - 1) n\
        """
            .formatted(at, all));
    heart.execute(
        """
        insert into event (seq, at, tx, id, type, subject, order_id, body)
        select n, %1$s, 1, 'e' || n, 'order.paid', 'demo/N' || n, n,
               '{"data": {"change": {"milestone": "PAID"}, "parcels": [], "milestones": {"PAID": "'
                 || to_char(%1$s at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '"}}}'
          from generate_series(0, %2$d - 1) n\
        """
            .formatted(at, all));
    // One of a hundred gets there too late.
    heart.execute(
        """
        insert into attempt (at, work_id, queue, ref, subject, number, outcome, took_ms)
        select %s + make_interval(secs => case when n %% 100 = 0 then 400 else 2 end), n,
               'outbox:erp', n, 'demo/N' || n, 1, 'DONE', 5 from generate_series(0, %d - 1) n\
        """
            .formatted(at, all));
    heart.execute(
        """
        insert into ticket (episode, kind, code, subject, item, level, zh, en, rule, priority,
                            owner, due_at, ladder_to, ladder_at, state_by, state_at,
                            created_at, opened_at)
        select 1, 'STUCK', 'C', 'demo/N' || n, '', 'BREACH', 'z', 'e', '', 'LOW', 'ops', now(),
               '{}', '{}', '', now(), %s, now() from generate_series(0, %d - 1, 100) n\
        """
            .formatted(at, all));
    history(heart);
    heart.execute("analyze");
  }

  // What people did in the years before, and what messages told.
  private static void history(Heart heart) {
    heart.execute(
        """
        insert into ticket (episode, kind, code, subject, item, level, zh, en, rule, priority,
                            owner, due_at, ladder_to, ladder_at, state_by, state_at,
                            created_at, opened_at)
        select 1, 'STUCK', 'C', 'demo/OLD' || n, '', 'BREACH', 'z', 'e', '', 'LOW', 'ops', now(),
               '{}', '{}', '', now(), timestamptz '2025-01-01' + make_interval(mins => n), now()
          from generate_series(1, 50000) n\
        """);
    heart.execute(
        """
        with r as (
          insert into repair (action, state, options, overridden, reason, proposed_by, proposed_as,
                              proposed_at, second, source, orders, changes)
          select 'force', 'DONE', '{}', false, 'r', 'wang', 'ops',
                 timestamptz '2025-01-01' + make_interval(mins => n), '', '', 1, 1
            from generate_series(1, 20000) n returning id)
        insert into repair_item (repair_id, item, shop, number, wish, state, before, after,
                                 plan, why)
        select id, 1, 'demo', 'OLD' || id, '{}', 'VERIFIED', '', '', '{}', '' from r\
        """);
    heart.execute(
        """
        insert into order_fact (order_id, recorded_at, system, inbox_id, facts)
        select o.id, p.at, 'shop', o.id, '{}'
          from (select id from customer_order limit 50000) o,
               (values (now()), (date_trunc('month', now()) + interval '40 days')) p (at)\
        """);
  }
}
