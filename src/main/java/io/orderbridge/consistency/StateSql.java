package io.orderbridge.consistency;

/**
 * The statements over {@code system_state} and its readings. That a reading was confirmed is a join
 * of sets with {@code source_window} and {@code window_item}, which another feature owns: row by
 * row it would be a million statements.
 */
final class StateSql {
  // The newest reading wins. A message that came late counts as seen all the same: unchanged, it is
  // not stored again, and the next reading is recognised by it.
  static final String UPSERT =
      """
      insert into system_state as t (system, shop, number, status, raw, at, created_at, read_at,
                                     changed_at, inbox_id)
      select system, shop, number, status, raw, at, created_at, read_at, read_at, inbox_id
        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                    ?::timestamptz[], ?::timestamptz[], ?::bigint[])
          as n (system, shop, number, status, raw, at, created_at, read_at, inbox_id)
       order by system, shop, number
      on conflict (system, shop, number) do update
         set status = case when excluded.read_at >= t.read_at then excluded.status
                           else t.status end,
             raw = case when excluded.read_at >= t.read_at then excluded.raw else t.raw end,
             at = case when excluded.read_at >= t.read_at then excluded.at else t.at end,
             created_at = coalesce(excluded.created_at, t.created_at),
             changed_at = case when excluded.read_at >= t.read_at
                                 and excluded.status <> t.status then excluded.read_at
                               else coalesce(t.changed_at, t.read_at) end,
             read_at = greatest(t.read_at, excluded.read_at),
             inbox_id = greatest(t.inbox_id, excluded.inbox_id)
       where excluded.read_at >= t.read_at
          or coalesce(excluded.inbox_id > t.inbox_id, excluded.inbox_id is not null)\
      """;

  static final String REMOVE =
      """
      delete from system_state t
       using unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
          as n (system, shop, number, read_at)
       where t.system = n.system and t.shop = n.shop and t.number = n.number
         and t.read_at <= n.read_at\
      """;

  static final String BEGUN =
      """
      insert into state_system (system, begun_at)
      select * from unnest(?::text[], ?::timestamptz[]) on conflict (system) do nothing\
      """;

  static final String PROVED =
      """
      select w.starts_at from source_window w
        left join state_reading r on r.source = w.source and r.starts_at = w.starts_at
       where w.source = ? and w.state = 'PROVED' and w.proved_at > coalesce(r.proved_at, 'epoch')
       order by w.due_at\
      """;

  // due_at: a window is never read before, and asked for again it is due anew.
  static final String CONFIRM_READING =
      """
      insert into state_reading as r (source, starts_at, covers_from, covers_to, read_from,
                                      proved_at, confirmed_at, confirmed)
      select w.source, w.starts_at, w.starts_at - make_interval(secs => ?),
             least(w.ends_at, w.due_at), w.due_at, w.proved_at, ?, 0
        from source_window w
       where w.source = ? and w.starts_at = ? and w.state = 'PROVED'
      on conflict (source, starts_at) do update
         set covers_from = excluded.covers_from, covers_to = excluded.covers_to,
             read_from = excluded.read_from, proved_at = excluded.proved_at,
             confirmed_at = excluded.confirmed_at
       where r.proved_at < excluded.proved_at\
      """;

  static final String CONFIRM_STATES =
      """
      update system_state s set read_at = w.due_at
        from source_window w
        join window_item i on i.source = w.source and i.starts_at = w.starts_at
                          and i.items_at = w.items_at and i.pass = w.pass
       where w.source = ? and w.starts_at = ? and s.system = ? and s.inbox_id = i.inbox_id
         and s.read_at < w.due_at\
      """;

  static final String CONFIRMED =
      "update state_reading set confirmed = ? where source = ? and starts_at = ?";

  private StateSql() {}
}
