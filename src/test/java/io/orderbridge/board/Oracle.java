package io.orderbridge.board;

/** The board's numbers by the event store alone, in statements that share nothing with it. */
final class Oracle {
  private static final String STEPS =
      """
      with newest as (
        select distinct on (order_id) order_id, subject, body::jsonb -> 'data' as d
          from event order by order_id, seq desc),
      parcel as (
        select n.order_id, p ->> 'id' as id, p -> 'milestones' as m
          from newest n, jsonb_array_elements(n.d -> 'parcels') p
         where p -> 'milestones' <> '{}'),
      step as (
        select n.order_id, s.key as node, s.value::timestamptz as at
          from newest n, jsonb_each_text(n.d -> 'milestones') s
        union all
        select p.order_id, s.key, max(s.value::timestamptz)
          from parcel p, jsonb_each_text(p.m) s
         group by p.order_id, s.key
        having count(*) = (select count(*) from parcel q where q.order_id = p.order_id)),
      ranked as (
        select s.*, array_position(array['CREATED', 'PAID', 'ACCEPTED', 'PACKED',
                 'TRACKING_ASSIGNED', 'OUTBOUND_SCANNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED',
                 'COMPLETED', 'CANCELLED'], s.node) as place
          from step s),
      stay as (
        select order_id, node, at, lead(at) over w as until
          from ranked window w as (partition by order_id order by at, place))
      """;

  static final String BY_STATUS =
      STEPS + "select d ->> 'status' || ' ' || count(*) from newest group by d ->> 'status'";

  static final String BY_NODE =
      STEPS + "select node || ' ' || count(*) from stay where until is null group by node";

  /** Node, orders, three percentiles; of orders that left since then. */
  static final String TIMES =
      STEPS
          + """
          select node || ' ' || count(*) || ' ' || array_to_string(
                   percentile_disc(array[0.5, 0.9, 0.99]) within group (
                     order by floor(extract(epoch from until - at))), ' ')
            from stay where until >= '%s' group by node
          """;

  static final String THROUGHPUT =
      STEPS
          + """
          select to_char(date_trunc('hour', at, 'UTC') at time zone 'UTC',
                         'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ' ' || node || ' ' || count(*)
            from step where at >= '%s' group by date_trunc('hour', at, 'UTC'), node
          """;

  /** Orders whose status moved since then, and those with one that came too late anywhere. */
  static final String SYNC =
      """
      with told as (
        select seq, order_id, at, body::jsonb #>> '{data,change,milestone}' as node,
               body::jsonb #>> '{data,change,parcel}' as parcel, body::jsonb -> 'data' as d
          from event
         where type <> all (array['order.foreign-write', 'order.updated']) and at >= '%s'),
      timed as (
        select seq, order_id, at, (
                 case when parcel is null then d #>> array['milestones', node]
                      else (select p #>> array['milestones', node]
                              from jsonb_array_elements(d -> 'parcels') p
                             where p ->> 'id' = parcel) end)::timestamptz as happened
          from told),
      late as (
        select order_id from timed
         where extract(epoch from at - happened) > 300 and at <= happened + interval '7 days'
        union
        select t.order_id from timed t join attempt a on a.ref = t.seq
         where a.outcome = 'DONE' and extract(epoch from a.at - t.happened) > 300
           and t.at <= t.happened + interval '7 days')
      select (select count(distinct order_id) from told) || ' ' || (select count(*) from late)
      """;

  private Oracle() {}
}
