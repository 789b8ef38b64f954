package io.orderbridge.order;

import io.orderbridge.store.Columns;
import io.orderbridge.work.Applied;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one definition of a delayed order (延迟订单), for all who count them
 * (docs/decisions/0015-board.md): it has a status that reached the order book, or a system that it
 * is owed to, more than {@link #LATE} after it happened. Everything joins the caller's transaction.
 */
public final class Delays {
  /** R63: 300 s are in time, more is late. */
  public static final Duration LATE = Duration.ofSeconds(300);

  /** What happened longer before it came was imported, not late: it counts from when it came. */
  public static final Duration HISTORY = Duration.ofDays(7);

  /** Whether an event {@code e} tells of a status. */
  static final String MOVES = "e.type not in ('order.updated', 'order.foreign-write')";

  // The time of a happening stands in the event itself: of a milestone at the order or at its
  // parcel; refund steps have none. A partner's clock that is ahead of ours makes nothing early.
  // "offset 0" keeps the body from being parsed at each place where a column is used.
  /** Joins to an event {@code e} when it happened, by the word that decides: {@code h.happened}. */
  static final String HAPPENED =
      """
       cross join lateral (select e.body::jsonb -> 'data' as data offset 0) d
       cross join lateral (
         select coalesce(
                  d.data #>> array['milestones', d.data #>> '{change,milestone}'],
                  (select p #>> array['milestones', d.data #>> '{change,milestone}']
                     from jsonb_array_elements(d.data -> 'parcels') p
                    where p ->> 'id' = d.data #>> '{change,parcel}'))::timestamptz as at
         offset 0) told
       cross join lateral (
         select case when told.at is null or told.at > e.at
                       or told.at < e.at - interval '%d seconds' then e.at
                     else told.at end as happened) h
      """
          .formatted(HISTORY.toSeconds());

  /** Whether an event {@code e} with {@link #HAPPENED} came late. */
  static final String CAME_LATE =
      "e.at - h.happened > interval '%d seconds'".formatted(LATE.toSeconds());

  private static final String MOVED =
      "select e.seq, e.order_id, e.subject, e.at, h.happened from event e"
          + HAPPENED
          + "where e.at >= ? and e.at %s and "
          + MOVES;

  // Where the time was lost: on the way to us, or at a target from when we knew.
  private static final String LATE_ROWS =
      """
      select order_id, subject, at, 'arrival' as part, at - happened as took
        from moved_now where at - happened > interval '%1$d seconds'
      union all
      select m.order_id, m.subject, m.at,
             case when a.at - m.at > interval '%1$d seconds' then a.target else 'arrival' end,
             a.at - m.happened
        from applied_now a join moved_now m on m.seq = a.seq
       where a.at - m.happened > interval '%1$d seconds'\
      """
          .formatted(LATE.toSeconds());

  private static final String MOVED_TABLE =
      "create temporary table moved_now on commit drop as " + MOVED.formatted("< ?");
  private static final String LATE_TABLE =
      "create temporary table late_now on commit drop as with applied_now as materialized ("
          + Applied.WHEN
          + ") "
          + LATE_ROWS;
  private static final String LATE_OF =
      "with moved_now as materialized ("
          + MOVED.formatted("<= ? and e.seq = any (?)")
          + "), applied_now as materialized ("
          + Applied.WHEN
          + ") select order_id, max(at) from ("
          + LATE_ROWS
          + ") late group by order_id";

  private Delays() {}

  /**
   * Makes two temporary tables of the status events that came in [from, to): {@code moved_now (seq,
   * order_id, subject, at, happened)} of all, and {@code late_now (order_id, subject, at, part,
   * took)} of those that were late; {@code part} is {@code arrival} or the target. What has not
   * reached a target by now is late as soon as its time is over.
   */
  public static void gather(Connection connection, Instant from, Instant to, Instant now)
      throws SQLException {
    try (PreparedStatement moved = connection.prepareStatement(MOVED_TABLE);
        PreparedStatement late = connection.prepareStatement(LATE_TABLE);
        Statement analyze = connection.createStatement()) {
      moved.setTimestamp(1, Timestamp.from(from));
      moved.setTimestamp(2, Timestamp.from(to));
      moved.executeUpdate();
      analyze.execute("analyze moved_now");
      Applied.bind(late, 1, from, now);
      late.executeUpdate();
    }
  }

  /** The orders that are late by these events, each with the time of its newest late event. */
  static Map<Long, Instant> late(Connection connection, List<Events.Place> events, Instant now)
      throws SQLException {
    Map<Long, Instant> late = new TreeMap<>();
    if (events.isEmpty()) {
      return late;
    }
    Instant first = events.stream().map(Events.Place::at).min(Instant::compareTo).orElseThrow();
    Instant last = events.stream().map(Events.Place::at).max(Instant::compareTo).orElseThrow();
    try (PreparedStatement query = connection.prepareStatement(LATE_OF)) {
      int place = 1;
      query.setTimestamp(place++, Timestamp.from(first));
      query.setTimestamp(place++, Timestamp.from(last));
      query.setArray(place++, Columns.array(connection, "bigint", events, Events.Place::seq));
      Applied.bind(query, place, first, now);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          late.put(rows.getLong(1), rows.getTimestamp(2).toInstant());
        }
      }
    }
    return late;
  }
}
