package io.orderbridge.reconciliation;

/** What a run does to breaks, as sets. Its breaks lie in the temporary table break_now. */
final class BreakSql {
  // Of several items of one key in a run the first has the key, the others a number behind it.
  // Amounts or pieces, whatever the reconciliation compares.
  static final String NOW =
      """
      create temporary table break_now on commit drop as
      select case when n = 1 then key else key || '#' || n end collate "C" as key,
             class, shop, currency, no, carried, since,
             case when %2$b then null
                  when currency is not null
                  then coalesce(left_amount, 0) - coalesce(right_amount, 0) end as gap,
             case when %2$b
                  then coalesce(left_quantity, 0) - coalesce(right_quantity, 0) end as quantity
        from (select *, row_number() over (partition by key order by no) as n
                from books.item where run = %1$d and outcome = 'BREAK') i;
      create unique index on break_now (key);
      analyze break_now;
      create temporary table break_before on commit drop as
      select b.* from book_break b join break_now n using (key) where b.reconciliation = ?\
      """;

  // A run that waits for a book opens nothing that the book may clear, and takes back nothing that
  // was told: it only says that it saw it.
  static final String TOUCH =
      """
      update book_break b set run = ?, item = n.no, carried = n.carried, seen_at = ?
        from break_now n
       where b.reconciliation = ? and b.key = n.key and n.class = 'UNSETTLED'
         and b.state in ('OPEN', 'PROPOSED', 'ACCEPTED', 'WRITTEN_OFF')\
      """;

  static final String WAITING = "delete from break_now where class = 'UNSETTLED'";

  // What a later period looks for as well is told there.
  static final String LATER = "delete from break_now where carried";

  private static final String OTHER =
      "(b.gap, b.currency, b.quantity) is distinct from"
          + " (excluded.gap, excluded.currency, excluded.quantity)";

  private static final String AGAIN =
      "(b.state = 'CLEARED' or b.state in ('ACCEPTED', 'WRITTEN_OFF', 'LINKED') and " + OTHER + ")";

  static final String FOUND =
      """
      insert into book_break as b (reconciliation, key, class, code, state, shop, currency, gap,
                                   quantity, since, run, item, carried, episode, opened_at, seen_at)
      select ?, key, class, nullif(class, 'UNSETTLED'), 'OPEN', shop, currency, gap, quantity,
             since, ?, no, carried, 1, ?, ?
        from break_now order by key
      on conflict (reconciliation, key) do update
         set state = case when %1$s or b.state = 'PROPOSED' and %2$s then 'OPEN' else b.state end,
             proposed_by = case when %1$s or %2$s then null else b.proposed_by end,
             episode = b.episode + case when %1$s then 1 else 0 end,
             opened_at = case when %1$s then excluded.opened_at else b.opened_at end,
             ended_at = case when %1$s then null else b.ended_at end,
             code = coalesce(b.code, excluded.code),
             class = excluded.class, shop = excluded.shop, currency = excluded.currency,
             gap = excluded.gap, quantity = excluded.quantity,
             since = least(b.since, excluded.since), run = excluded.run, item = excluded.item,
             carried = excluded.carried, seen_at = excluded.seen_at\
      """
          .formatted(AGAIN, OTHER);

  static final String ACTS =
      """
      insert into book_break_act (break, at, who, act, reason, details)
      select b.id, ?, ?, a.act, '',
             jsonb_strip_nulls(jsonb_build_object(
               'class', b.class, 'gap', b.gap, 'currency', b.currency, 'quantity', b.quantity,
               'before', case when o.id is not null then jsonb_strip_nulls(jsonb_build_object(
                 'class', o.class, 'gap', o.gap, 'currency', o.currency, 'quantity', o.quantity,
                 'state', o.state)) end))
        from book_break b
        join break_now n using (key)
        left join break_before o on o.id = b.id
       cross join lateral (select case when o.id is null then 'OPENED'
                                       when b.episode > o.episode then 'REOPENED'
                                       when (b.class, b.gap, b.currency, b.quantity, b.state)
                                            is distinct from
                                            (o.class, o.gap, o.currency, o.quantity, o.state)
                                       then 'CHANGED' end as act) a
       where b.reconciliation = ? and a.act is not null
       order by b.id\
      """;

  // Gone: what this period found before, and what earlier periods handed on to it, when no later
  // period has looked since.
  static final String CLEAR =
      """
      with gone as (
        update book_break b
           set state = 'CLEARED', ended_at = ?, proposed_by = null
         where b.reconciliation = ? and b.state in ('OPEN', 'PROPOSED')
           and not exists (select 1 from break_seen s where s.key = b.key)
           and exists (
                 select 1 from books.run r
                  where r.id = b.run and (r.period_from = ?
                     or ? and b.carried and r.period_from < ?))
        returning b.id, b.class, b.gap, b.currency, b.quantity)
      insert into book_break_act (break, at, who, act, reason, details)
      select id, ?, ?, 'CLEARED', '',
             jsonb_strip_nulls(jsonb_build_object('class', class, 'gap', gap,
                                                  'currency', currency, 'quantity', quantity))
        from gone order by id\
      """;

  static final String SEEN =
      """
      create temporary table break_seen on commit drop as select key from break_now;
      create unique index on break_seen (key)\
      """;

  static final String IS_LAST =
      "select not exists (select 1 from books.run where reconciliation = ? and period_from > ?)";

  static final String REPORTED =
      """
      select b.id, b.key, b.class, b.code, b.currency, b.gap, b.quantity, b.since, b.run, b.shop,
             i.left_amount, i.right_amount, i.left_quantity, i.right_quantity, i.zh, i.en, i.rule
        from book_break b join books.item i on i.run = b.run and i.no = b.item
       where b.reconciliation = ? and b.state in ('OPEN', 'PROPOSED') and b.code is not null
         and b.class <> 'UNSETTLED'
       order by b.id\
      """;

  // Open and work for somebody, found by this final run or by the provisional ones before it.
  static final String NEW =
      """
      select count(distinct b.id)
        from books.run r
        join books.run v on (v.reconciliation, v.period_from, v.period_to)
                            = (r.reconciliation, r.period_from, r.period_to)
                        and v.version > (select coalesce(max(f.version), 0) from books.run f
                                          where (f.reconciliation, f.period_from, f.period_to)
                                                = (r.reconciliation, r.period_from, r.period_to)
                                            and f.final and f.version < r.version)
        join book_break b on b.reconciliation = r.reconciliation and b.state = 'OPEN'
                         and b.class <> 'UNSETTLED'
        join book_break_act a on a.break = b.id and a.who = 'run:' || v.id
                             and a.act in ('OPENED', 'REOPENED')
       where r.id = ?\
      """;

  static final String DROP = "drop table break_now, break_before, break_seen";

  private BreakSql() {}
}
