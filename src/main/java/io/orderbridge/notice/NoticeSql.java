package io.orderbridge.notice;

import java.time.Duration;

/** The statements over notices and what was sent of them, multi-row throughout. */
final class NoticeSql {
  /** How often the clock looks whether a message that waits for its vendor still has one. */
  static final Duration WATCHED = Duration.ofMinutes(5);

  /** Gates that opened; one that was open before is left as it is. */
  static final String OPEN =
      """
      insert into notice (gate, order_id, item, shop, number, gate_at, since, conditions, steps)
      select gate, order_id, item, shop, number, ?, since, conditions, steps
        from unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                    ?::text[], ?::int[])
          as o (gate, order_id, item, shop, number, since, conditions, steps)
      on conflict (order_id, gate, item) do nothing\
      """;

  /** Notices to be planned, each by one process alone. */
  static final String TAKE =
      """
      select id, gate, order_id, item, shop, number, gate_at, step, decided, personal
        from notice where state = 'NEW' order by id limit ? for update skip locked\
      """;

  /**
   * Notices of these orders that found no contact are planned anew: who buys may be known by now.
   * One that is being planned at this moment is waited for.
   */
  static final String CONTACT_MAY_BE_KNOWN =
      """
      update notice n
         set state = 'NEW', step = 0, cause = null, checked = false
        from (select id from notice
               where order_id = any (?)
                 and (state = 'NEW' or state = 'FAILED' and cause = 'NO_CONTACT')
                 and gate_at > ?
               order by id for update) again
       where n.id = again.id\
      """;

  /** Serialises who counts what the same customer was sent, in the order of the locks. */
  static final String ONE_BY_ONE =
      """
      select pg_advisory_xact_lock(28530, place)
        from (select distinct hashtext(c) as place from unnest(?::text[]) as c order by place) s\
      """;

  /** What customers were sent, or will be, since their day began. */
  static final String COUNTED =
      """
      select customer, channel, content, count(*)
        from notice_send
       where counted and customer = any (?) and planned_at >= ?
       group by customer, channel, content\
      """;

  /** The rows are answered in their order. */
  static final String PLAN =
      """
      insert into notice_send (notice_id, step, channel, vendor, customer, planned_at, counted,
                               content, state, due_at, personal, cause)
      select notice_id, step, channel, vendor, customer, ?::timestamptz, state = 'QUEUED', content,
             state, due_at, personal, cause
        from unnest(?::bigint[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::timestamptz[], ?::boolean[], ?::text[]) with ordinality
          as p (notice_id, step, channel, vendor, customer, content, state, due_at, personal,
                cause, place)
       order by place
      returning id, notice_id, channel\
      """;

  static final String PLANNED =
      """
      update notice n
         set state = p.state, step = p.step, steps = coalesce(p.steps, n.steps),
             decided = p.decided, customer = p.customer, personal = p.personal
        from unnest(?::bigint[], ?::text[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[])
          as p (id, state, step, steps, decided, customer, personal)
       where n.id = p.id\
      """;

  static final String LOCK = "select 1 from notice where id = any (?) order by id for update";

  static final String LOCK_OF =
      """
      select 1 from notice
       where id in (select notice_id from notice_send where id = any (?)) order by id for update\
      """;

  /**
   * What has become of notices, from all that was sent of them. One that nothing was sent of has
   * failed; one whose channels come one after the other is planned again while there is a next. Of
   * one that waits to be planned, with all channels at once, something is not decided yet.
   */
  static final String FOLLOW =
      """
      with sent as (
        select i.id, coalesce(bool_or(s.state = 'READ'), false) as read,
               coalesce(bool_or(s.state in ('DELIVERED', 'READ')), false) as reached,
               coalesce(bool_or(s.state in ('PLANNED', 'QUEUED', 'ACCEPTED')), false) as open,
               coalesce(bool_or(s.state = 'UNCONFIRMED'), false) as unconfirmed,
               coalesce(bool_or(s.state in ('SUPPRESSED', 'DROPPED')), false)
                 and not coalesce(bool_or(s.state = 'FAILED'), false) as suppressed,
               (array_agg(s.cause order by s.step desc) filter (where s.state = 'FAILED'))[1]
                 as cause,
               min(coalesce(s.delivered_at, s.read_at)) as reached_at,
               (array_agg(s.channel order by coalesce(s.delivered_at, s.read_at))
                 filter (where s.state in ('DELIVERED', 'READ')))[1] as reached_by
          from unnest(?::bigint[]) as i (id) left join notice_send s on s.notice_id = i.id
         group by i.id),
      next as (
        select s.*, case when read then 'READ' when reached then 'DELIVERED'
                         when open then 'SENDING'
                         when n.step < n.steps and n.state <> 'SUPPRESSED' then 'NEW'
                         when unconfirmed then 'UNCONFIRMED'
                         when suppressed or n.state = 'SUPPRESSED' then 'SUPPRESSED'
                         else 'FAILED' end as state
          from sent s join notice n on n.id = s.id)
      update notice n
         set state = x.state, reached_at = x.reached_at, reached_by = x.reached_by,
             cause = case when x.state = 'FAILED' then coalesce(x.cause, 'NO_CONTACT') end,
             checked = n.checked and x.state <> 'FAILED' and n.state <> 'FAILED'
        from next x
       where n.id = x.id
         and not (n.state = 'NEW' and n.steps = 0)
         and (n.state, n.reached_by) is distinct from (x.state, x.reached_by)\
      """;

  /** Who comes first has reached the customer: the others are not sent any more. */
  static final String DROP_OTHERS =
      """
      update notice_send s
         set state = 'DROPPED', due_at = null, counted = false,
             why = 'reached by another channel'
        from notice n
       where n.id = any (?) and n.steps > 0 and n.state in ('DELIVERED', 'READ')
         and s.notice_id = n.id and s.state in ('PLANNED', 'QUEUED')\
      """;

  /**
   * Messages of which the clock acts now. Its notices are locked with them: others lock a notice
   * and then its messages, and would wait for each other.
   */
  static final String DUE =
      """
      select s.id, s.state, s.vendor, n.id, n.gate_at, n.shop, n.number, s.tries, s.channel,
             s.doubt
        from notice_send s join notice n on n.id = s.notice_id
       where s.due_at <= ? order by s.due_at limit ? for update of s, n skip locked\
      """;

  static final String QUEUED =
      """
      update notice_send s set state = 'QUEUED', due_at = ?, vendor = q.vendor
        from unnest(?::bigint[], ?::text[]) as q (id, vendor) where s.id = q.id\
      """;

  static final String WATCH = "update notice_send set due_at = ? where id = any (?)";

  /** Nobody is left who could send them. */
  static final String STRANDED =
      """
      update notice_send
         set state = case when doubt then 'UNCONFIRMED' else 'FAILED' end, due_at = null,
             failed_at = case when doubt then null else ?::timestamptz end,
             cause = 'TARGET_UNREACHABLE', why = 'its connection is not in force any more'
       where id = any (?)\
      """;

  /** What was postponed is decided anew: much may have changed over night. */
  static final String FORGET = "delete from notice_send where id = any (?)";

  static final String ANEW = "update notice set state = 'NEW' where id = any (?)";

  static final String TRIED =
      "select notice_id, channel from notice_send where notice_id = any (?)";

  static final String UNCONFIRMED =
      "update notice_send set state = 'UNCONFIRMED', due_at = null"
          + " where id = any (?) and state = 'ACCEPTED'";

  /** All there is to know to send a message. */
  static final String LOAD =
      """
      select s.id, s.notice_id, s.channel, s.vendor, s.state, s.tries, s.away, s.doubt, s.personal,
             n.gate, n.order_id, n.item, n.gate_at, n.state, n.personal, n.customer,
             exists (select from notice_send o
                      where o.notice_id = n.id and o.id <> s.id
                        and o.state in ('PLANNED', 'QUEUED', 'ACCEPTED'))
        from notice_send s join notice n on n.id = s.notice_id
       where s.id = any (?)\
      """;

  /**
   * What was taken was taken, also when it was dropped meanwhile; a receipt that was faster than
   * the answer stays.
   */
  static final String ACCEPTED =
      """
      update notice_send s
         set vendor = ?, ref = ?, accepted_at = ?, template = ?, version = ?, doubt = ?,
             tries = tries + 1, away = '', counted = true,
             state = case when s.state = any (o.states) then 'ACCEPTED' else s.state end,
             due_at = case when s.state = any (o.states) then ?::timestamptz end,
             pull_at = case when s.state = any (o.states) then ?::timestamptz end,
             cause = case when s.state = any (o.states) then ? else s.cause end,
             why = case when s.state = any (o.states) then ? else s.why end,
             failed_at = case when s.state = any (o.states) then null else s.failed_at end
        from (select ?::text[] as states) o
       where s.id = ?
         and (s.state = any (o.states)
              or s.accepted_at is null and s.state in ('DELIVERED', 'READ', 'FAILED'))\
      """;

  static final String AGAIN =
      """
      update notice_send
         set state = ?, vendor = ?, due_at = ?, tries = ?, away = ?, doubt = ?, cause = ?, why = ?
       where id = ? and state = any (?)\
      """;

  static final String ENDED =
      """
      update notice_send
         set state = ?, due_at = null, tries = tries + 1, failed_at = ?, cause = ?, why = ?,
             counted = counted and ? = 'FAILED'
       where id = ? and state = any (?)\
      """;

  static final String KILLED =
      """
      update notice_send
         set state = 'FAILED', due_at = null, tries = tries + 1, failed_at = ?, cause = ?, why = ?
       where id = ? and state = 'QUEUED' and 'notice:' || vendor = ?
      returning notice_id\
      """;

  /**
   * Receipts on their messages. States only go up: what was read stays read, whatever comes late.
   * What is told of one message in one batch comes as one row.
   */
  static final String RECEIVED =
      """
      update notice_send s
         set state = r.state, due_at = null, pull_at = null,
             delivered_at = case when r.rank > 0
                                 then least(s.delivered_at, r.at) else s.delivered_at end,
             read_at = case when r.rank > 2 then r.at else s.read_at end,
             failed_at = case when r.rank < 0 then r.at else s.failed_at end,
             cause = case when r.rank < 0 then r.cause end,
             why = case when r.rank < 0 then r.why end
        from (select id, state, at, cause, why,
                     case state when 'READ' then 3 when 'DELIVERED' then 2 else -1 end as rank
                from unnest(?::bigint[], ?::text[], ?::timestamptz[], ?::text[], ?::text[])
                  as u (id, state, at, cause, why)) r
       where s.id = r.id
         and case s.state when 'READ' then 3 when 'DELIVERED' then 2 when 'FAILED' then 0
                          else -2 end < r.rank
      returning s.notice_id\
      """;

  private NoticeSql() {}
}
