package io.orderbridge.consistency;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.Wording;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The statements over {@code customer_order} that find stuck orders, one per status, each by the
 * index on status and since, so that what is not stuck is not read.
 */
final class StuckSql {
  // The words of the index's own condition, so that it is used. An order that nobody whose word
  // counts has told of has no since: it counts from when it was first heard of.
  private static final String STUCK =
      """
        from (select o.shop, o.number, o.since
                from customer_order o
               where o.status = ? and o.status not in ('COMPLETED', 'CANCELLED') and o.since <= ?
              union all
              select o.shop, o.number, o.created_at
                from customer_order o
               where o.status = ? and o.status not in ('COMPLETED', 'CANCELLED')
                 and o.since is null and o.created_at <= ?) o
        left join unnest(?::text[], ?::bigint[]) as own (shop, secs) on own.shop = o.shop
       cross join lateral (
              select case when own.shop is null then ?::bigint else own.secs end as secs) l
       where l.secs is not null
         and o.since <= ?::timestamptz - make_interval(secs => l.secs * 4 / 5)
      """;

  // Told with hours and minutes of the limit, never with the age: a finding that only grows older
  // is
  // the same finding.
  private static final String FOUND =
      """
      insert into found_now (kind, code, subject, item, level, cause, evidence, zh, en)
      select 'STUCK', ?, f.shop || '/' || f.number, '', f.level, '',
             json_build_object(
               'status', ?::text,
               'since', to_char(f.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
               'limitSeconds', f.secs,
               'breachAt', to_char((f.since + make_interval(secs => f.secs)) at time zone 'UTC',
                                   'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
               'waitsFor', ?::text)::text,
             format(case f.level when 'BREACH' then ? else ? end, f.secs / 3600,
                    f.secs % 3600 / 60),
             format(case f.level when 'BREACH' then ? else ? end, f.secs / 3600,
                    f.secs % 3600 / 60)
        from (select o.shop, o.number, o.since, l.secs,
                     case when o.since <= ?::timestamptz - make_interval(secs => l.secs)
                          then 'BREACH' else 'WARNING' end as level
      """
          + STUCK
          + ") f";

  static final String LIST =
      """
      select o.shop, o.number, o.since, l.secs
      """
          + STUCK
          + """
             and (?::text is null or o.shop = ?)
             and (?::text is null or ? = case when o.since <= ?::timestamptz
                                                   - make_interval(secs => l.secs)
                                              then 'BREACH' else 'WARNING' end)
           order by o.since limit ?
          """;

  static final String COUNT =
      """
      select count(*) filter (where o.since > ?::timestamptz - make_interval(secs => l.secs)),
             count(*) filter (where o.since <= ?::timestamptz - make_interval(secs => l.secs))
      """
          + STUCK;

  private StuckSql() {}

  /** Sets the parameters of what is stuck; the number of the next parameter. */
  static int bind(
      PreparedStatement query, int first, StuckLimits limits, String status, Instant now)
      throws SQLException {
    Connection connection = query.getConnection();
    Duration shortest = limits.shortest(status).orElseThrow();
    Timestamp latest = Timestamp.from(now.minus(StuckLimits.warn(shortest)));
    List<Map.Entry<String, Duration>> shops = List.copyOf(limits.shops(status).entrySet());
    int next = first;
    for (int branch = 0; branch < 2; branch++) {
      query.setString(next++, status);
      query.setTimestamp(next++, latest);
    }
    query.setArray(next++, array(connection, "text", shops, Map.Entry::getKey));
    query.setArray(next++, array(connection, "bigint", shops, one -> seconds(one.getValue())));
    query.setObject(next++, seconds(limits.byStatus().get(status)), java.sql.Types.BIGINT);
    query.setTimestamp(next++, Timestamp.from(now));
    return next;
  }

  private static Long seconds(Duration limit) {
    return limit == null ? null : limit.toSeconds();
  }

  /** Adds the stuck orders of one status to what is found now; how many. */
  static int find(Connection connection, StuckLimits limits, String status, Instant now)
      throws SQLException {
    StuckStep step = StuckStep.of(status);
    Wording next = step.next().said();
    String zh = "订单停在「%s」%s（%%s 小时 %%s 分），在等「%s」：%s。";
    String en = "The order has been %s %s (%%s h %%s min) and waits for %s: %s.";
    try (PreparedStatement find = connection.prepareStatement(FOUND)) {
      find.setString(1, "STUCK_" + status);
      find.setString(2, status);
      find.setString(3, step.next().name());
      find.setString(4, zh.formatted(step.status().zh(), "超过时限", next.zh(), step.how().zh()));
      find.setString(5, zh.formatted(step.status().zh(), "接近时限", next.zh(), step.how().zh()));
      String over = "longer than its limit";
      find.setString(6, en.formatted(step.status().en(), over, step.next(), step.how().en()));
      String near = "for 80 % of its limit".replace("%", "%%");
      find.setString(7, en.formatted(step.status().en(), near, step.next(), step.how().en()));
      find.setTimestamp(8, Timestamp.from(now));
      bind(find, 9, limits, status, now);
      return find.executeUpdate();
    }
  }
}
