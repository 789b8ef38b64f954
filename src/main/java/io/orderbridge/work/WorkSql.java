package io.orderbridge.work;

/** The statements of {@link WorkQueue}, multi-row throughout. */
final class WorkSql {
  static final String PUT_WORK =
      """
      insert into work (queue, lane, ref, ref_at, subject, key, payload)
      select queue, lane, ref, ref_at, subject, key, payload
        from unnest(?::text[], ?::text[], ?::bigint[], ?::timestamptz[], ?::text[], ?::text[],
                    ?::bytea[])
             with ordinality as d (queue, lane, ref, ref_at, subject, key, payload, place)
       order by place\
      """;

  // Sorted, so that two writers lock lanes in the same order.
  static final String PUT_LANES =
      """
      insert into lane (queue, lane)
      select distinct queue, lane from unnest(?::text[], ?::text[]) as d (queue, lane)
       order by queue, lane
      on conflict (queue, lane) do update set pokes = lane.pokes + 1\
      """;

  static final String PUT_BACK_WORK =
      """
      insert into work (id, queue, lane, ref, ref_at, subject, key, payload, attempts, since)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (queue, lane, id) do nothing\
      """;

  static final String PUT_BACK_LANE =
      """
      insert into lane (queue, lane, due_at) values (?, ?, now() + make_interval(secs => ?))
      on conflict (queue, lane) do update set pokes = lane.pokes + 1\
      """;

  static final String CLAIM =
      """
      with due as (
        select queue, lane from lane where queue = ? and due_at <= now()
         order by due_at limit ? for update skip locked)
      update lane l
         set token = nextval('claim_token'), holder = ?, strikes = l.strikes + 1,
             due_at = now() + make_interval(secs => ?)
        from due d
       where l.queue = d.queue and l.lane = d.lane
      returning l.lane, l.token, l.pokes, l.strikes\
      """;

  // A statement of its own, so that it sees what was added until the lanes were locked. Of a lane
  // that was not released in order only the head is taken: it may be what kills the process.
  static final String FETCH =
      """
      select w.id, w.lane, w.ref, w.ref_at, w.subject, w.key, w.payload, w.attempts, w.since
        from unnest(?::text[], ?::int[]) as c (lane, take)
       cross join lateral (
         select * from work where queue = ? and lane = c.lane order by id limit c.take) w\
      """;

  static final String PAY =
      """
      delete from work w using unnest(?::text[], ?::text[], ?::bigint[]) as p (queue, lane, id)
       where w.queue = p.queue and w.lane = p.lane and w.id = p.id\
      """;

  static final String COUNT_ATTEMPT =
      """
      update work w set attempts = w.attempts + 1
        from unnest(?::text[], ?::text[], ?::bigint[]) as p (queue, lane, id)
       where w.queue = p.queue and w.lane = p.lane and w.id = p.id\
      """;

  // A lane goes when nothing was added since the claim (pokes) and nothing is left; otherwise it
  // becomes due again. The token fences: a claim that lapsed releases nothing.
  static final String RELEASE =
      """
      with held as (
        select l.queue, l.lane, r.wait,
               r.wait = 0 and l.pokes = r.pokes and not exists (
                 select 1 from work w where w.queue = l.queue and w.lane = l.lane) as empty
          from lane l
          join unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::double precision[])
               as r (queue, lane, token, pokes, wait)
            on l.queue = r.queue and l.lane = r.lane and l.token = r.token
         order by l.queue, l.lane
           for update of l),
      gone as (
        delete from lane l using held h where h.empty and l.queue = h.queue and l.lane = h.lane)
      update lane l
         set token = null, holder = null, strikes = 0,
             due_at = now() + make_interval(secs => h.wait)
        from held h
       where not h.empty and l.queue = h.queue and l.lane = h.lane\
      """;

  private WorkSql() {}
}
