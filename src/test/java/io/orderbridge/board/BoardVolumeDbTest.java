package io.orderbridge.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.board.Tally.Grain;
import io.orderbridge.finding.Concerned;
import io.orderbridge.finding.Finding.Kind;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the board costs with a million orders, whatever their events. */
@Tag("R16")
class BoardVolumeDbTest {
  private static final int ORDERS = 1_000_000;
  private static final int FINDINGS = 10_000;
  private static final int LOOKS = 15;
  private static final Duration LOOK_MAX = Duration.ofMillis(20);
  private static final Duration PAGE_MAX = Duration.ofMillis(100);
  private static final Pattern TIME = Pattern.compile("(?:Planning|Execution) Time: ([\\d.]+) ms");
  // Some twenty rows: by status and by milestone.
  private static final Pattern SMALL = Pattern.compile("Seq Scan on board_now");

  private final Instant now = Instant.parse("2026-11-20T02:10:00Z");

  @Test
  void a_look_takes_less_than_twenty_milliseconds_and_scans_no_large_table() {
    try (Flowing flowing = new Flowing(Heart.fresh())) {
      Heart heart = flowing.heart;
      fill(heart);
      Duration day = databaseTime(heart, Board.Window.of(Board.HOURS, now));
      Duration week = databaseTime(heart, Board.Window.of(Board.HOURS_MAX, now));
      System.out.printf(
          "board: %d orders, database time of a look: 24 hours %d us, a week %d us%n",
          ORDERS, day.toNanos() / 1_000, week.toNanos() / 1_000);
      assertThat(day).isLessThan(LOOK_MAX);
      assertThat(week).isLessThan(LOOK_MAX);
      Instant from = now.minus(Duration.ofHours(Board.HOURS));
      for (BoardOrders.Query query : look(new Board.Window(Grain.HOUR, from, now))) {
        // The board reads its counts and the open findings, never an order or an event.
        String plan = plan(heart, "explain ", query);
        assertThat(plan).doesNotContain("board_order", "customer_order", " event");
        assertThat(SMALL.matcher(plan).replaceAll("")).doesNotContain("Seq Scan");
      }
      lists(heart, flowing);
    }
  }

  private void lists(Heart heart, Flowing flowing) {
    Instant from = now.minus(Duration.ofHours(24));
    for (BoardOrders.Filter filter :
        List.of(
            new BoardOrders.Filter(null, null, null, null),
            new BoardOrders.Filter("COMPLETED", null, null, null),
            new BoardOrders.Filter("PAID", null, null, null),
            new BoardOrders.Filter(null, "PACKED", null, null),
            new BoardOrders.Filter(null, null, Set.of(Kind.STUCK), null),
            new BoardOrders.Filter(null, "PACKED", Set.of(Kind.STUCK, Kind.PAYMENT), null),
            new BoardOrders.Filter(null, null, null, from))) {
      Duration took = best(() -> flowing.orders.list(filter, null, 50));
      String plan = plan(heart, "explain ", BoardOrders.query(filter, null, 51));
      System.out.printf("board: a list of %s %d us%n", filter, took.toNanos() / 1_000);
      assertThat(plan).as(filter.toString()).doesNotContain("Seq Scan");
      assertThat(took).as(filter + "\n" + plan).isLessThan(PAGE_MAX);
    }
  }

  // The least of many: what others do on this machine meanwhile is not the board's.
  private static Duration best(Runnable look) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < LOOKS; i++) {
      long begun = System.nanoTime();
      look.run();
      best = Math.min(best, System.nanoTime() - begun);
    }
    return Duration.ofNanos(best);
  }

  private static List<BoardOrders.Query> look(Board.Window window) {
    List<Object> time = List.of(window.from(), window.to());
    String grain = window.grain().name();
    return List.of(
        new BoardOrders.Query(BoardCounts.NOW, List.of()),
        new BoardOrders.Query(BoardCounts.NOW, List.of()),
        new BoardOrders.Query(BoardCounts.STAY, List.of(grain, window.from(), window.to())),
        new BoardOrders.Query(BoardCounts.REACHED, List.of(grain, window.from(), window.to())),
        new BoardOrders.Query(BoardCounts.SYNC, time),
        new BoardOrders.Query(Concerned.COUNT, List.of(Concerned.KINDS)));
  }

  private static Duration databaseTime(Heart heart, Board.Window window) {
    BigDecimal best = BigDecimal.valueOf(Long.MAX_VALUE);
    for (int i = 0; i < LOOKS; i++) {
      BigDecimal sum = BigDecimal.ZERO;
      for (BoardOrders.Query query : look(window)) {
        var times = TIME.matcher(plan(heart, "explain (analyze, timing off) ", query));
        while (times.find()) {
          sum = sum.add(new BigDecimal(times.group(1)));
        }
      }
      best = best.min(sum);
    }
    return Duration.ofNanos(best.movePointRight(6).longValueExact());
  }

  private static String plan(Heart heart, String explain, BoardOrders.Query query) {
    return heart.database.inTransaction(
        connection -> {
          StringBuilder plan = new StringBuilder();
          try (PreparedStatement select = connection.prepareStatement(explain + query.sql())) {
            BoardOrders.bind(select, query.parameters());
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
              }
            }
          }
          return plan.toString();
        });
  }

  // Three of four are completed, one in a hundred was late; stays are spread over all buckets of a
  // month of hours and of days, ten thousand findings are open.
  private void fill(Heart heart) {
    heart.execute(
        """
        insert into board_order (order_id, subject, status, node, reached, moved_at, late_at)
        select n, 'demo/N' || n,
               case when n %% 4 <> 0 then 'COMPLETED'
                    else (array['PAID', 'ACCEPTED', 'PACKED', 'SHIPPED'])[1 + n / 4 %% 4] end,
               case when n %% 4 <> 0 then 'COMPLETED'
                    else (array['PAID', 'ACCEPTED', 'PACKED', 'PICKED_UP'])[1 + n / 4 %% 4] end,
               array[n, n + 5000, n + 9000, n + 12000, null, null, n, null, null, n],
               moved, case when n %% 100 = 0 then moved end
          from generate_series(1, %d) n,
               lateral (
                 select timestamptz '%s' - make_interval(secs => (1000000 - n) * 2.4)) m (moved)
        """
            .formatted(ORDERS, now));
    heart.execute(
        """
        insert into board_now select 'STATUS', s, 1000
          from unnest(array['PAID', 'ACCEPTED', 'PACKED', 'SHIPPED', 'COMPLETED']) s;
        insert into board_stay
        select 'HOUR', timestamptz '%1$s' - make_interval(hours => h), n,
               (select string_agg(b || ':7', ',') from generate_series(20, 119) b)
          from generate_series(0, 839) h,
               unnest(array['CREATED', 'PAID', 'ACCEPTED', 'PACKED', 'TRACKING_ASSIGNED',
                 'OUTBOUND_SCANNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'COMPLETED']) n;
        insert into board_stay
        select 'DAY', timestamptz '%2$s' - make_interval(days => d), n,
               (select string_agg(b || ':70', ',') from generate_series(20, 169) b)
          from generate_series(0, 365) d,
               unnest(array['CREATED', 'PAID', 'ACCEPTED', 'PACKED', 'TRACKING_ASSIGNED',
                 'OUTBOUND_SCANNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'COMPLETED']) n;
        insert into board_reached
        select timestamptz '%1$s' - make_interval(hours => h), n, 500
          from generate_series(0, 8759) h,
               unnest(array['CREATED', 'PAID', 'ACCEPTED', 'PACKED', 'TRACKING_ASSIGNED',
                 'OUTBOUND_SCANNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'COMPLETED']) n;
        insert into board_sync
        select timestamptz '%1$s' - make_interval(hours => h), 1000, 9
          from generate_series(0, 8759) h;
        insert into finding (scope, kind, code, subject, item, level, cause, evidence, zh, en,
                             opened_at, seen_at)
        select 'stuck', (array['STUCK', 'PAYMENT'])[1 + n %% 2], 'C', 'demo/N' || n * 97, '',
               'BREACH', '', '{}', '', '', now(), now()
          from generate_series(1, %3$d) n;
        insert into finding (scope, kind, code, subject, item, level, cause, evidence, zh, en,
                             state, opened_at, seen_at)
        select 'stuck', 'STUCK', 'C', 'demo/N' || n, '', 'BREACH', '', '{}', '', '', 'CLEARED',
               now(), now()
          from generate_series(1000000, 1200000) n\
        """
            .formatted("2026-11-20T02:00:00Z", "2026-11-20T00:00:00Z", FINDINGS));
    heart.execute("analyze");
  }
}
