package io.orderbridge.repair;

/** The statements of {@link RepairTables} and {@link ItemClaims}. */
final class RepairSql {
  static final String INSERT =
      """
      insert into repair (action, options, overridden, reason, proposed_by, proposed_as,
                          proposed_at, second, undo_of, source, orders, changes, ask_key, ask_print,
                          state, ended_at, second_zh)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      returning id\
      """;

  static final String INSERT_ITEMS =
      """
      insert into repair_item (repair_id, item, shop, number, wish, state, before, after, plan, why,
                               amount, currency, why_zh, settled_at)
      select ?, item, shop, number, wish, state, before, after, plan, why, amount, currency, why_zh,
             case when state <> 'PLANNED' then ?::timestamptz end
        from unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::text[], ?::text[], ?::numeric[], ?::text[], ?::text[])
          as n (item, shop, number, wish, state, before, after, plan, why, amount, currency,
                why_zh)\
      """;

  static final String REPAIR =
      """
      select id, state, action, options, overridden, reason, proposed_by, proposed_at, proposed_as,
             second, second_zh, decided_by, decided_at, begun_by, begun_at, ended_at, undo_of,
             source, orders, changes
        from repair\
      """;

  static final String ASKED = "select id, ask_print, answer from repair where ask_key = ?";

  // One move at a time, and only from where the caller believes it to be.
  static final String DECIDE =
      """
      update repair set state = ?, decided_by = ?, decided_as = ?, decided_at = ?
       where id = ? and state = any (?)\
      """;

  static final String BEGIN =
      """
      update repair set state = 'APPLYING', begun_by = coalesce(begun_by, ?),
                        begun_at = coalesce(begun_at, ?)
       where id = ? and state in ('APPROVED', 'STOPPED', 'PROPOSED')\
      """;

  static final String STOP =
      "update repair set state = 'STOPPED' where id = ? and state = 'APPLYING'";

  static final String ALL_DONE =
      """
      update repair r set state = 'READING_BACK'
       where r.state = 'APPLYING' and not exists (
         select 1 from repair_item i where i.repair_id = r.id and i.state = 'PLANNED')\
      """;

  static final String ALL_READ =
      """
      update repair r set state = 'DONE', ended_at = ?
       where r.state = 'READING_BACK' and not exists (
         select 1 from repair_item i where i.repair_id = r.id and i.state = 'APPLIED')\
      """;

  // What a person has changed alone of late, by repairs that nobody else has looked at.
  static final String ALONE =
      """
      select coalesce(sum(changes), 0) from repair
       where begun_by = ? and decided_by is null and begun_at > ? and id <> ?\
      """;

  static final String COUNTS =
      """
      select state, before, after, why, count(*) from (
        select state, before, after,
               case when state in ('REFUSED', 'FAILED') then why else '' end as why
          from repair_item where repair_id = ?) i
       group by state, before, after, why order by count(*) desc, state, before, after, why limit ?\
      """;

  static final String ITEMS =
      """
      select item, shop, number, wish, state, before, after, plan, why, amount::text, currency,
             attempts, applied_at, settled_at, targets, undo, repair_id, why_zh
        from repair_item\
      """;

  static final String LIVE =
      """
      select id from repair where state = 'APPLYING' order by begun_at, id\
      """;

  // The row of the repair is locked first: once it is stopped nothing more of it is begun.
  static final String LOCK_LIVE = " and state = 'APPLYING' for no key update skip locked";

  static final String OWED =
      "select plan, count(*) from repair_item where repair_id = ? group by plan";

  static final String LATELY =
      """
      select count(*) from repair_item
       where repair_id = ? and claimed_at > now() - interval '1 second'\
      """;

  // Those first that somebody did not end in order: one of them may be what kills.
  static final String FREE =
      """
      select item, shop, number, wish, before, task, strikes
        from repair_item
       where repair_id = ? and state = 'PLANNED' and (due_at is null or due_at <= ?)
         and (holder is null or claimed_until <= now() or not holder = any (?::bigint[]))
       order by strikes desc, item limit ? for update skip locked\
      """;

  static final String CLAIM =
      """
      update repair_item i
         set claim_no = i.claim_no + 1, strikes = i.strikes + 1, holder = ?, claimed_at = now(),
             claimed_until = now() + make_interval(secs => ?),
             before = case when i.task is null then n.before else i.before end,
             task = coalesce(i.task, n.task), undo = coalesce(i.undo, n.undo),
             event_mark = coalesce(i.event_mark, ?), work_mark = coalesce(i.work_mark, ?)
        from unnest(?::int[], ?::text[], ?::text[], ?::text[]) as n (item, before, task, undo)
       where i.repair_id = ? and i.item = n.item
      returning i.item, i.shop, i.number, i.wish, i.claim_no, i.task, i.before, i.event_mark,
                i.work_mark, i.attempts\
      """;

  static final String SETTLE_UNDONE =
      """
      update repair_item set state = ?, why = ?, why_zh = ?, before = ?, after = ?, settled_at = ?
       where repair_id = ? and item = ? and state = 'PLANNED'\
      """;

  static final String HELD =
      """
      select 1 from repair_item
       where repair_id = ? and item = ? and claim_no = ? for no key update\
      """;

  static final String APPLIED =
      """
      update repair_item
         set state = 'APPLIED', after = ?, targets = ?, applied_at = ?, due_at = ?, why = '',
             why_zh = '', attempts = 0, strikes = 0, holder = null, claimed_until = null
       where repair_id = ? and item = ?\
      """;

  static final String POSTPONED =
      """
      update repair_item
         set due_at = ?, why = ?, why_zh = ?, attempts = attempts + 1, strikes = 0, holder = null,
             claimed_until = null
       where repair_id = ? and item = ?\
      """;

  static final String FAILED =
      """
      update repair_item
         set state = 'FAILED', why = ?, why_zh = ?, settled_at = ?, due_at = null, strikes = 0,
             holder = null, claimed_until = null
       where repair_id = ? and item = ?\
      """;

  static final String LOOK =
      """
      with due as (
        select repair_id, item from repair_item
         where state in ('APPLIED', 'FAILED') and due_at <= ?
           and (holder is null or claimed_until <= now() or not holder = any (?::bigint[]))
         order by due_at limit ? for update skip locked)
      update repair_item i
         set claim_no = i.claim_no + 1, holder = ?,
             claimed_until = now() + make_interval(secs => ?)
        from due where i.repair_id = due.repair_id and i.item = due.item
      returning i.item, i.shop, i.number, i.wish, i.claim_no, i.task, i.before, i.event_mark,
                i.work_mark, i.attempts, i.repair_id, i.targets, i.applied_at\
      """;

  static final String LOOKED =
      """
      update repair_item
         set state = ?, why = ?, why_zh = ?, targets = ?, due_at = ?, attempts = attempts + 1,
             settled_at = ?, holder = null, claimed_until = null
       where repair_id = ? and item = ?\
      """;

  static final String LOOK_NOW =
      """
      update repair_item set due_at = ?
       where repair_id = ? and state in ('APPLIED', 'FAILED') and applied_at is not null\
      """;

  private RepairSql() {}
}
