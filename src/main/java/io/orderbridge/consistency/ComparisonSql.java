package io.orderbridge.consistency;

import static io.orderbridge.store.Columns.array;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of a comparison: the order book and one system as two sets. They read {@code
 * customer_order} and {@code source_window}, which other features own: a million orders are one
 * statement, not a loop. Parameters are named, {@code :from}.
 */
final class ComparisonSql {
  private static final Pattern NAME = Pattern.compile("(?<!:):([a-z_]+)");

  // Whether both sides show the same: their statuses and times, the reading, the creation here. An
  // order that the newest reading of its period did not bring is not there any more.
  private static final String EQUAL =
      """
      (%1$s = %2$s
               and (%3$s = %4$s or coalesce(
                     %3$s between %4$s - :skew_ms * interval '1 millisecond'
                              and %4$s + :skew_ms * interval '1 millisecond', true))
               or %1$s <> %2$s and %1$s || '>' || %2$s = any (:same))
             and (%5$s < :newest_read and %6$s <@ :newest::tstzmultirange) is not true\
      """;

  /** How PostgreSQL writes a time in evidence. */
  static final String ISO = "YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"";

  static final String READINGS =
      """
      select covers_from, covers_to, read_from from state_reading
       where source = :source and covers_to > :from order by covers_from\
      """;

  // Windows without a gap from the first to the first one that is not proved; the states of what
  // was read before they were kept are not known.
  static final String COMPLETE =
      """
      select greatest(min(w.starts_at), max(y.begun_at)), max(w.ends_at)
        from source_window w, state_system y
       where w.source = :source and y.system = :system and not w.extra and w.state = 'PROVED'
         and w.starts_at < coalesce(
               (select min(o.starts_at) from source_window o
                 where o.source = :source and o.state <> 'PROVED' and not o.extra), 'infinity')\
      """;

  static final String AWAITED =
      """
      select w.starts_at, w.ends_at, w.state, w.due_at > :now, w.late, w.cause, w.due_at
        from source_window w
       where w.source = :source and w.ends_at > :from and w.starts_at < :to
         and (w.state <> 'PROVED' or :by_created and not exists (
               select 1 from state_reading r
                where r.source = w.source and r.starts_at = w.starts_at
                  and r.proved_at >= w.proved_at))
       order by w.starts_at desc limit 20\
      """;

  static final String ANY_WINDOW = "select 1 from source_window where source = :source limit 1";

  // A table with figures of its own: guessed as one row, what is joined with it would be looked
  // through again for each of its rows.
  static final String BEFORE =
      """
      create temporary table compared_before on commit drop as
      select class, shop, number, cause, ours, theirs, raw, ours_at, theirs_at, read_at
        from comparison_row where run_id = :before and at = :before_at\
      """;

  // A full join is made by hash or by merge; merged, a million texts are sorted twice. Hashed in
  // parts that fit a processor's cache it costs a fifth less than at once (measured). That few rows
  // are unequal, and few are handed over between processes, cannot be known by figures.
  static final String PREPARE =
      """
      analyze compared_before;
      set local work_mem = '4MB';
      set local enable_mergejoin = off;
      set local parallel_tuple_cost = 0\
      """;

  static final String AFTERWARDS =
      """
      set local work_mem to default;
      set local enable_mergejoin to default;
      set local parallel_tuple_cost to default\
      """;

  // All that is not equal, and how many there are on either side, each counted for itself. One
  // statement, and so one moment; as a table, because only so the database works on it with several
  // processes. What was found before and is not of the period is looked at as well.
  static final String UNEQUAL =
      """
      create temporary table unequal on commit drop as
      with o as not materialized (
        select shop, number, status, since, created_on, updated_at from customer_order
         where created_on >= :from and created_on < :to and (:all_shops or shop = any (:shops))
      ), s as not materialized (
        select shop, number, status, at, read_at from system_state
         where system = :system and read_at >= :seen_from and (:all_shops or shop = any (:shops))
      )
      select coalesce(o.shop, s.shop) as shop, coalesce(o.number, s.number) as number,
             o.shop is not null as here, s.shop is not null as there,
             o.status as ours, s.status as theirs, o.since as ours_at, s.at as theirs_at,
             s.read_at, o.created_on, o.updated_at, false as carried, 1::bigint as orders
        from o full join s on o.shop = s.shop and o.number = s.number
       where (%s) is not true
      union all
      select p.shop, p.number, o.shop is not null, s.shop is not null, o.status, s.status, o.since,
             s.at, s.read_at, o.created_on, o.updated_at, true, 1
        from compared_before p
        left join customer_order o on o.shop = p.shop and o.number = p.number
                                  and o.created_on is not null
        left join system_state s on s.shop = p.shop and s.number = p.number
                                and s.system = :system
       where (:all_shops or p.shop = any (:shops))
         and (o.created_on >= :from and o.created_on < :to) is not true
         and (o.shop is not null or s.shop is not null)
      union all
      select '', '', true, false, null, null, null, null, null, null, null, false, count(*) from o
      union all
      select '', '', false, true, null, null, null, null, null, null, null, false, count(*) from s\
      """
          .formatted(equal("o.status", "s.status", "o.since", "s.at", "s.read_at", "o.created_on"));

  static final String FIGURES = "analyze unequal";

  // Each order ends in exactly one class. One that is looked at because it differed before, and is
  // not of the period, may have come from the system's side as well: it counts once.
  static final String JUDGE =
      """
      create temporary table compared on commit drop as
      select u.shop, u.number, here, there, ours, theirs, y.raw, ours_at, theirs_at, u.read_at,
             carried, orders, case
               when u.shop = '' then ''
               when %s then 'EQUAL'
               when not here then case
                 when not carried and (y.created_at < :from or y.created_at >= :to)
                      or x.created_on is not null then 'OUTSIDE'
                 when coalesce(theirs_at, y.changed_at, u.read_at) > :settled then 'IN_FLIGHT'
                 else 'MISSING_HERE' end
               when not there
                    or u.read_at < :newest_read and u.created_on <@ :newest::tstzmultirange
                 then case
                 when ours = any (:unknown_there) then 'NOT_EXPECTED'
                 when (u.created_on <@ :covered::tstzmultirange) is not true then 'NOT_READ'
                 when coalesce(u.updated_at + :settle_ms * interval '1 millisecond' > (
                        select max(r.read_from)
                          from unnest(:reading_from, :reading_to, :reading_read)
                            as r (covers_from, covers_to, read_from)
                         where u.created_on >= r.covers_from and u.created_on < r.covers_to), true)
                   then 'CHANGED_SINCE'
                 else 'MISSING_THERE' end
               when u.updated_at + :settle_ms * interval '1 millisecond'
                    > greatest(u.read_at, :complete_to) then 'CHANGED_SINCE'
               when coalesce(theirs_at, y.changed_at, u.read_at) > :settled then 'IN_FLIGHT'
               when ours = theirs then 'TIME_DIFFERS'
               else 'STATUS_DIFFERS' end as class
        from unequal u
        left join system_state y on y.system = :system and y.shop = u.shop and y.number = u.number
        left join customer_order x on not here and x.shop = u.shop and x.number = u.number
       where carried or not exists (
               select 1 from unequal c
                where c.carried and c.shop = u.shop and c.number = u.number)\
      """
          .formatted(equal("ours", "theirs", "ours_at", "theirs_at", "u.read_at", "u.created_on"));

  static final String KEEP =
      """
      insert into comparison_row (run_id, at, class, shop, number, cause, ours, theirs, raw,
                                  ours_at, theirs_at, read_at)
      select :run, :run_at, class, shop, number, case
               when class = 'MISSING_HERE' then 'NO_EVENT'
               when class = 'MISSING_THERE' and there then 'GONE_THERE'
               when class = 'MISSING_THERE' then 'NOT_TOLD'
               when class = 'TIME_DIFFERS' then 'CLOCKS'
               when ours = 'CANCELLED' then 'CANCELLED_HERE'
               when theirs = 'CANCELLED' then 'CANCELLED_THERE'
               when array_position(:ranks, ours) > array_position(:ranks, theirs)
                 then 'BEHIND_THERE'
               else 'BEHIND_HERE' end,
             ours, theirs, raw, ours_at, theirs_at, read_at
        from compared where class = any (:differences)\
      """;

  // What was found before and cannot be judged now is not forgotten.
  static final String KEEP_ON =
      """
      insert into comparison_row (run_id, at, class, shop, number, cause, ours, theirs, raw,
                                  ours_at, theirs_at, read_at, awaited)
      select :run, :run_at, p.class, p.shop, p.number, p.cause, p.ours, p.theirs, p.raw,
             p.ours_at, p.theirs_at, p.read_at, true
        from compared_before p join compared t on t.shop = p.shop and t.number = p.number
       where t.class in ('NOT_READ', 'CHANGED_SINCE', 'IN_FLIGHT')\
      """;

  static final String COUNT =
      """
      select coalesce(class, 'NONE'), sum(orders)::bigint,
             coalesce(sum(orders) filter (where here), 0)::bigint,
             coalesce(sum(orders) filter (where there), 0)::bigint,
             coalesce(sum(orders) filter (where carried and here), 0)::bigint,
             coalesce(sum(orders) filter (
               where carried and there and read_at < :seen_from), 0)::bigint
        from compared group by 1\
      """;

  static final String FIND =
      """
      insert into found_now (kind, code, subject, item, level, cause, evidence, zh, en)
      select 'COMPARISON', r.class, r.shop || '/' || r.number, :system, t.level, r.cause,
             jsonb_strip_nulls(jsonb_build_object(
               'ours', r.ours, 'theirs', r.theirs, 'raw', r.raw,
               'oursAt', to_char(r.ours_at at time zone 'UTC', :iso),
               'theirsAt', to_char(r.theirs_at at time zone 'UTC', :iso),
               'readAt', to_char(r.read_at at time zone 'UTC', :iso)))::text,
             format(t.zh, r.shop || '/' || r.number, :system, r.ours, r.theirs,
                    to_char(r.ours_at at time zone :zone, :pattern),
                    to_char(r.theirs_at at time zone :zone, :pattern)),
             format(t.en, r.shop || '/' || r.number, :system, r.ours, r.theirs,
                    to_char(r.ours_at at time zone :zone, :pattern),
                    to_char(r.theirs_at at time zone :zone, :pattern))
        from comparison_row r
        join unnest(:differences, :levels, :zh, :en) as t (class, level, zh, en)
          on t.class = r.class
       where r.run_id = :run and r.at = :run_at\
      """;

  private ComparisonSql() {}

  private static String equal(String... columns) {
    return EQUAL.formatted((Object[]) columns);
  }

  /** Values are instants, texts, numbers, booleans, lists of texts, arrays of instants. */
  static PreparedStatement prepare(Connection connection, String sql, Map<String, ?> parameters)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    Matcher names = NAME.matcher(sql);
    StringBuilder plain = new StringBuilder();
    while (names.find()) {
      if (!parameters.containsKey(names.group(1))) {
        throw new IllegalArgumentException("no value for :" + names.group(1));
      }
      values.add(parameters.get(names.group(1)));
      names.appendReplacement(plain, "?");
    }
    PreparedStatement statement = connection.prepareStatement(names.appendTail(plain).toString());
    for (int i = 0; i < values.size(); i++) {
      set(connection, statement, i + 1, values.get(i));
    }
    return statement;
  }

  private static void set(Connection connection, PreparedStatement statement, int at, Object value)
      throws SQLException {
    if (value instanceof Instant time) {
      statement.setTimestamp(at, Timestamp.from(time));
    } else if (value instanceof Instant[] times) {
      statement.setArray(at, array(connection, "timestamptz", List.of(times), Instant::toString));
    } else if (value instanceof Collection<?> texts) {
      statement.setArray(at, array(connection, "text", texts, text -> text));
    } else {
      statement.setObject(at, value);
    }
  }
}
