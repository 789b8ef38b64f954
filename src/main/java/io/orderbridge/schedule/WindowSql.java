package io.orderbridge.schedule;

/** The statements of {@link Windows} and {@link WindowItems}. */
final class WindowSql {
  static final String LAST_END =
      """
      select ends_at from source_window where source = ? and not extra
       order by starts_at desc limit 1\
      """;

  static final String DAYS_PROVED =
      """
      select distinct (t at time zone ?)::date
        from source_window w,
             unnest(array[w.starts_at, w.ends_at - interval '1 microsecond']) as t
       where w.source = ? and w.proved_at >= ?\
      """;

  // A window that a person asked for before its time came joins the row when its time comes.
  static final String CREATE =
      """
      insert into source_window (source, starts_at, ends_at, day, due_at, next_at, extra)
      select ?, starts_at, ends_at, day, due_at, due_at, ?
        from unnest(?::timestamptz[], ?::timestamptz[], ?::date[], ?::timestamptz[])
          as s (starts_at, ends_at, day, due_at)
      on conflict (source, starts_at) do update set extra = false
       where source_window.extra and not excluded.extra\
      """;

  // One claim per source over all processes: partners count requests, and a window that is read
  // while another one is gets no faster. Items older than two days may lose their partition while
  // they are read, so they get a new one.
  static final String CLAIM =
      """
      update source_window w
         set token = nextval('claim_token'), lease_until = now() + make_interval(secs => ?),
             attempts = w.attempts + case when w.state = 'DUE' then 1 else 0 end,
             items_at = case when w.state = 'DUE'
                                  and coalesce(w.items_at < now() - interval '2 days', true)
                             then now() else w.items_at end
        from (select source, starts_at from source_window c
               where c.source = ? and c.state <> 'PROVED' and c.due_at <= ? and c.next_at <= ?
                 and not exists (select 1 from source_window o
                                  where o.source = c.source and o.state <> 'PROVED'
                                    and o.token is not null and o.lease_until > now())
               order by c.next_at, c.starts_at limit 1
                 for update skip locked) d
       where w.source = d.source and w.starts_at = d.starts_at
      returning w.starts_at, w.ends_at, w.day, w.token, w.state, w.attempts, w.checks, w.pass,
                w.items_at, w.checked_to, w.problem\
      """;

  static final String FENCE =
      """
      update source_window set lease_until = now() + make_interval(secs => ?), pass = ?
       where source = ? and starts_at = ? and token = ?\
      """;

  static final String READ =
      """
      update source_window
         set state = case when ? then 'PROVED' else 'READ' end, told = ?, stored = ?,
             restarts = restarts + ?, empty = ?, read_at = ?,
             proved_at = case when ? then ?::timestamptz end,
             next_at = ?, checks = 0, checked_to = 0, recovered = 0, dead = 0, cause = null,
             problem = null, token = null, lease_until = null
       where source = ? and starts_at = ? and token = ?\
      """;

  static final String LATER =
      """
      update source_window
         set next_at = ?, cause = ?, problem = ?, token = null, lease_until = null
       where source = ? and starts_at = ? and token = ?\
      """;

  static final String GIVE_BACK =
      """
      update source_window
         set token = null, lease_until = null,
             attempts = attempts - case when state = 'DUE' then 1 else 0 end
       where source = ? and starts_at = ? and token = ?\
      """;

  // A queue: emptied now, due again later, never proved.
  static final String POLLED =
      """
      update source_window
         set ends_at = ?, read_at = ?, due_at = ?, next_at = ?, attempts = 0, late = false,
             stored = coalesce(stored, 0) + ?, empty = ?, cause = null, problem = null,
             token = null, lease_until = null
       where source = ? and starts_at = ? and token = ?\
      """;

  static final String CHECKED =
      """
      update source_window
         set state = case when ? then 'PROVED' else 'READ' end,
             proved_at = case when ? then ?::timestamptz end, checked_to = ?,
             recovered = ?, dead = ?,
             checks = checks + 1, next_at = ?, cause = null, problem = ?, token = null,
             lease_until = null, attempts = case when ? then 0 else attempts end
       where source = ? and starts_at = ? and token = ?\
      """;

  static final String UNREAD =
      """
      update source_window
         set state = 'DUE', next_at = ?, attempts = 0, checks = 0, checked_to = 0, pass = 0,
             items_at = null, token = null, lease_until = null
       where source = ? and starts_at = ? and token = ?\
      """;

  static final String LATE =
      """
      update source_window set late = true
       where source = ? and state <> 'PROVED' and not late and due_at < ?
      returning starts_at\
      """;

  static final String READ_AGAIN =
      """
      update source_window
         set state = 'DUE', due_at = ?, next_at = ?, late = false, attempts = 0, checks = 0,
             checked_to = 0, pass = 0, items_at = null, recovered = 0, dead = 0, cause = null,
             problem = null, token = null, lease_until = null, proved_at = null
       where source = ? and starts_at < ? and ends_at > ? and due_at <= ?\
      """;

  static final String ADD_ITEMS =
      """
      insert into window_item (source, starts_at, items_at, inbox_id, item_id, pass)
      select ?, ?, ?, inbox_id, item_id, ?
        from unnest(?::bigint[], ?::text[]) as i (inbox_id, item_id)
      on conflict (source, starts_at, inbox_id, items_at) do nothing\
      """;

  static final String SEEN_AGAIN =
      """
      update window_item set pass = ?
       where source = ? and starts_at = ? and items_at = ? and inbox_id = any (?)\
      """;

  static final String DISTINCT =
      """
      select count(distinct item_id) from window_item
       where source = ? and starts_at = ? and items_at = ? and pass = ?\
      """;

  static final String AFTER =
      """
      select inbox_id from window_item
       where source = ? and starts_at = ? and items_at = ? and inbox_id > ?
       order by inbox_id limit ?\
      """;

  static final String MARK =
      """
      update window_item set fate = ?
       where source = ? and starts_at = ? and items_at = ? and inbox_id = any (?)\
      """;

  static final String MARKED =
      """
      select inbox_id, item_id from window_item
       where source = ? and starts_at = ? and items_at = ? and fate = ?
       order by inbox_id limit ?\
      """;

  static final String COUNT_FATES =
      """
      select count(*) filter (where fate = 'RECOVERED'), count(*) filter (where fate = 'DEAD')
        from window_item
       where source = ? and starts_at = ? and items_at = ? and fate is not null\
      """;

  static final String NEWEST =
      "select max(inbox_id) from window_item where source = ? and starts_at = ?";

  static final String WINDOW_OF =
      """
      select starts_at from window_item where source = ? and inbox_id = ?
       order by starts_at desc limit 1\
      """;

  private WindowSql() {}
}
