package io.orderbridge.alert;

/**
 * The statements of {@link Lines}. Levels are compared as text: BREACH stands before WARNING, so
 * the least is the worst.
 */
final class LineSql {
  // Takes what was raised and puts it into the line of its channel, cause and owner that gathers.
  static final String SORT =
      """
      with taken as (
        delete from alert_unsorted where alert_id in (
          select alert_id from alert_unsorted order by alert_id limit ?)
        returning alert_id, channels, after),
      placed as (
        select a.id, c.channel, a.cause, a.owner, a.clears, a.level, a.raised_at,
               case when a.level = 'BREACH' and not a.clears and e.after is not null
                    then a.raised_at + make_interval(secs => coalesce(t.after, e.after)) end
                 as escalate_at
          from taken t
          join alert a on a.id = t.alert_id
         cross join unnest(t.channels) as c (channel)
          left join unnest(?::text[], ?::bigint[]) as e (channel, after)
            on e.channel = c.channel),
      line as (
        insert into alert_line as l (channel, cause, owner, clears, level, alerts, first_at,
                                     last_at, escalate_at)
        select channel, cause, owner, clears, min(level), count(*), min(raised_at), max(raised_at),
               min(escalate_at)
          from placed group by channel, cause, owner, clears
         order by channel, cause, owner, clears
        on conflict (channel, cause, owner, clears) where state = 'GATHERING' do update
           set level = least(l.level, excluded.level), alerts = l.alerts + excluded.alerts,
               first_at = least(l.first_at, excluded.first_at),
               last_at = greatest(l.last_at, excluded.last_at),
               escalate_at = least(l.escalate_at, excluded.escalate_at)
        returning id, channel, cause, owner, clears),
      filed as (
        insert into alert_in_line (line_id, alert_id)
        select l.id, p.id from placed p join line l using (channel, cause, owner, clears))
      select count(*) from taken\
      """;

  // What is unread for too long and not well again goes to the next channel, with all its alerts.
  static final String ESCALATE =
      """
      with due as (
        select * from alert_line l
         where l.escalate_at <= ? and l.acknowledged_at is null
           and not exists (select 1 from alert_silence s
                            where s.cause = l.cause and s.until > ? and s.level <= l.level)
         order by l.escalate_at limit ? for update skip locked),
      settled as (
        update alert_line l set escalate_at = null, escalated_at = ? from due where l.id = due.id),
      louder as (
        insert into alert_line (channel, cause, owner, clears, level, alerts, first_at, last_at,
                                state, escalated_from, escalate_at)
        select e.target, d.cause, case when e.owner = '' then d.owner else e.owner end, false,
               d.level, d.alerts, d.first_at, d.last_at, 'AGAIN', d.id,
               ? + make_interval(secs => e.after)
          from due d
          join unnest(?::text[], ?::text[], ?::text[], ?::bigint[])
               as e (channel, target, owner, after) on e.channel = d.channel
         where exists (select 1 from alert_in_line i
                        where i.line_id = d.id
                          and not exists (select 1 from alert_cleared c
                                           where c.alert_id = i.alert_id))
        returning id, escalated_from),
      filed as (
        insert into alert_in_line (line_id, alert_id)
        select l.id, i.alert_id from louder l join alert_in_line i on i.line_id = l.escalated_from)
      select count(*) from louder\
      """;

  static final String WAITING_CHANNELS =
      "select distinct channel from alert_line where state in ('GATHERING', 'AGAIN')";

  static final String MOVE =
      """
      update alert_line set channel = ?, state = 'AGAIN'
       where channel = ? and state in ('GATHERING', 'AGAIN')\
      """;

  static final String WAITING =
      """
      select channel, sum(alerts) from alert_line where state <> 'TOLD' group by channel
      union all
      select '', count(*) from alert_unsorted\
      """;

  // A pause after a refusal is the time in which somebody else has to tell.
  static final String REFUSING =
      "select robot from alert_robot where refused_at is not null and paused_until > ?";

  private LineSql() {}
}
