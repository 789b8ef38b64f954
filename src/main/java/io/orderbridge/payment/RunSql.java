package io.orderbridge.payment;

/** The statements of {@link Runs}. */
final class RunSql {
  static final String LOCK = "select pg_advisory_xact_lock(28520, hashtext(?))";

  // A process that is gone gives its run up at once, one that hangs when its lease has ended.
  static final String BURY =
      """
      update payment_run r
         set state = 'BROKEN', ended_at = ?, problem = 'the process that made it is gone'
       where r.connection = ? and r.state = 'RUNNING'
         and (r.lease_until < now() or not exists (
               select 1 from instance i where i.id = r.holder))\
      """;

  static final String RUNNING =
      "select 1 from payment_run where connection = ? and state = 'RUNNING'";

  static final String BEGIN =
      """
      insert into payment_run (connection, day, stage, version, state, holder, lease_until,
                               started_at, changes, asked_by)
      select ?, ?, ?, coalesce((select max(version) from payment_run
                                 where connection = ? and day = ?), 0) + 1,
             'RUNNING', ?, now() + make_interval(secs => ?), ?,
             coalesce((select changes from payment_day where connection = ? and day = ?), 0), ?
      returning id\
      """;

  static final String EXTEND =
      """
      update payment_run set lease_until = now() + make_interval(secs => ?)
       where id = ? and state = 'RUNNING'\
      """;

  static final String END =
      """
      update payment_run
         set state = ?, ended_at = ?, totals = ?, awaited = ?, problem = ?,
             repaired = (select count(*) from payment_result r
                          where r.run_id = payment_run.id and r.outcome = 'RECORDED')
       where id = ? and state = 'RUNNING'\
      """;

  private static final String COLUMNS =
      """
      id, connection, day, stage, version, state, started_at, ended_at, totals, repaired, asked_by,
             problem\
      """;

  static final String LIST =
      "select "
          + COLUMNS
          + """

            from payment_run
           where (?::text is null or connection = ?) and (?::date is null or day = ?)
             and (?::bigint is null or id < ?)
           order by id desc limit ?\
          """;

  static final String FIND = "select " + COLUMNS + " from payment_run where id = ?";

  static final String ROWS =
      """
      select id, verdict, kind, transaction_id, refund_id, shop, number, amount::text, currency,
             happened_at, inbox_id, outcome, evidence
        from payment_result
       where run_id = ? and (?::text is null or verdict = ?) and id > ?
       order by id limit ?\
      """;

  static final String TO_RECORD =
      """
      select id, kind, transaction_id, refund_id, shop, number, amount::text, currency,
             happened_at, coalesce(inbox_id, 0), evidence::jsonb ->> 'state'
        from payment_result
       where run_id = ? and outcome = 'TO_RECORD' and id > ? order by id limit ?\
      """;

  static final String MARK =
      "update payment_result set outcome = 'RECORDED' where run_id = ? and id = any (?)";

  static final String REFUSED =
      """
      update payment_result
         set outcome = '', verdict = 'NOT_TAKEN',
             evidence = jsonb_set(evidence::jsonb, '{problem}', to_jsonb(?::text))::text
       where run_id = ? and id = ?\
      """;

  static final String PROPOSED =
      """
      select id, verdict, kind, transaction_id, refund_id, shop, number, amount::text, currency,
             evidence::jsonb ->> 'surplus'
        from payment_result
       where run_id = ? and outcome = 'PROPOSED' and id > ? order by id limit ?\
      """;

  // Days that have to be looked at again: never judged for good, judged before the records changed,
  // broken off, or with something open that an order or a record has moved since. The margin is for
  // what was written before the look and committed after it: it costs one run more at most.
  static final String DUE =
      """
      with days as (
        select d::date as day from generate_series(?::date, ?::date, interval '1 day') d),
      last as (
        select distinct on (r.day) r.* from payment_run r
         where r.connection = ? and r.day >= ?::date and r.day <= ?::date
         order by r.day, r.version desc)
      select days.day, last.id is null or last.stage <> 'FINAL',
             coalesce(last.state, '') in ('BROKEN', 'RUNNING')
               or last.state = 'FAILED' and last.started_at < ?
               or last.state = 'DONE' and last.awaited > 0 and last.started_at < ?,
             coalesce((select p.changes from payment_day p
                        where p.connection = ? and p.day = days.day), 0)
               > coalesce(last.changes, 0),
             last.seen_at < now() - make_interval(secs => ?) and (exists (
               select 1 from payment_result i
                 join customer_order o on o.shop = i.shop and o.number = i.number
                where i.run_id = last.id and i.verdict = any (?) and i.outcome <> 'RECORDED'
                  and o.updated_at > last.seen_at - make_interval(secs => ?))
             or exists (
               select 1 from payment_result i
                 join payment_record c on c.shop = i.shop and c.number = i.number
                where i.run_id = last.id and i.verdict = any (?)
                  and c.changed_at > last.seen_at - make_interval(secs => ?))
             or exists (
               select 1 from payment_result i
                 join payment_record c on c.transaction_id = i.transaction_id
                where i.run_id = last.id and i.verdict = any (?)
                  and c.changed_at > last.seen_at - make_interval(secs => ?)))
        from days left join last on last.day = days.day
       order by days.day\
      """;

  static final String PROVED =
      """
      select coalesce(bool_and(state = 'PROVED') and min(starts_at) <= ? and max(ends_at) >= ?,
                      false)
        from source_window where source = ? and starts_at < ? and ends_at > ?\
      """;

  static final String OPEN =
      """
      select t.class, sum(t.count::bigint)::bigint
        from (select distinct on (connection, day) totals from payment_run
               where state = 'DONE' and day >= ?::date
               order by connection, day, version desc) last
       cross join json_to_recordset(last.totals::json) as t (class text, count text)
       group by t.class\
      """;

  private RunSql() {}
}
