package io.orderbridge.finding;

/** The statements of {@link Findings}. A check's result lies in the temporary table found_now. */
final class FindingSql {
  static final String GATHER =
      """
      create temporary table if not exists found_now (
        kind text not null, code text not null, subject text not null, item text not null,
        level text not null, amount numeric, currency text, cause text not null,
        evidence text not null, zh text not null, en text not null) on commit drop\
      """;

  static final String ADD =
      """
      insert into found_now
      select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[],
                           ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])\
      """;

  // One row per finding, however often a check said it: a statement must not meet a row twice.
  static final String OPEN =
      """
      with once as (
        select distinct on (kind, code, subject, item) * from found_now
         order by kind, code, subject, item)
      insert into finding as f (scope, kind, code, subject, item, level, amount, currency, cause,
                                evidence, zh, en, opened_at, seen_at)
      select ?, kind, code, subject, item, level, amount, currency, cause, evidence, zh, en, ?, ?
        from once
      on conflict (kind, code, subject, item) do update
         set scope = excluded.scope, level = excluded.level, amount = excluded.amount,
             currency = excluded.currency, cause = excluded.cause, evidence = excluded.evidence,
             zh = excluded.zh, en = excluded.en, seen_at = excluded.seen_at, cleared_at = null,
             state = 'OPEN', episode = f.episode + case when f.state = 'OPEN' then 0 else 1 end,
             opened_at = case when f.state = 'OPEN' then f.opened_at else excluded.opened_at end\
      """;

  static final String OPENED =
      """
      select f.id, f.episode, f.scope, f.kind, f.code, f.subject, f.item, f.level,
             f.amount::text, f.currency, f.cause, f.evidence, f.zh, f.en
        from finding f join found_now n using (kind, code, subject, item)
       where f.state = 'OPEN' and not exists (
               select 1 from found_before b where b.id = f.id)
       order by f.id\
      """;

  static final String BEFORE =
      """
      create temporary table found_before on commit drop as
      select f.id, f.level, f.amount, f.currency
        from finding f join found_now n using (kind, code, subject, item)
       where f.state = 'OPEN'\
      """;

  // Rules decide by level and amount: whoever follows has to decide again.
  static final String CHANGED =
      """
      select distinct f.id, f.episode, f.scope, f.kind, f.code, f.subject, f.item, f.level,
             f.amount::text, f.currency, f.cause, f.evidence, f.zh, f.en
        from finding f join found_before b on b.id = f.id
       where (f.level, f.amount, f.currency) is distinct from (b.level, b.amount, b.currency)
       order by f.id\
      """;

  static final String CLEAR =
      """
      update finding f set state = 'CLEARED', cleared_at = ?
       where f.state = 'OPEN' and %s
         and not exists (select 1 from found_now n
                          where n.kind = f.kind and n.code = f.code and n.subject = f.subject
                            and n.item = f.item)
      returning f.id, f.episode, f.scope, f.kind, f.code, f.subject, f.item, f.level,
                f.amount::text, f.currency, f.cause, f.evidence, f.zh, f.en\
      """;

  static final String OF_SCOPE = "f.scope = ?";
  static final String OF_SUBJECTS = "f.scope = ? and f.subject = any (?)";

  // A run that clears one of them waits, and then finds what the listener made of it.
  static final String OPEN_AFTER =
      """
      select f.id, f.episode, f.scope, f.kind, f.code, f.subject, f.item, f.level,
             f.amount::text, f.currency, f.cause, f.evidence, f.zh, f.en
        from finding f
       where f.state = 'OPEN' and f.id > ?
       order by f.id limit ? for share\
      """;

  static final String LIST =
      """
      select f.id, f.episode, f.scope, f.kind, f.code, f.subject, f.item, f.level,
             f.amount::text, f.currency, f.cause, f.evidence, f.zh, f.en, f.state, f.opened_at,
             f.seen_at, f.cleared_at
        from finding f
       where (?::text is null or f.kind = ?) and (?::text is null or f.code = ?)
         and (?::text is null or f.subject = ?) and (?::text is null or f.state = ?)
         and (?::bigint is null or f.id < ?)
       order by f.id desc limit ?\
      """;

  // Without the "or is null" of LIST: a prepared plan must be able to use the index.
  static final String OF_SUBJECT =
      """
      select f.id, f.episode, f.scope, f.kind, f.code, f.subject, f.item, f.level,
             f.amount::text, f.currency, f.cause, f.evidence, f.zh, f.en, f.state, f.opened_at,
             f.seen_at, f.cleared_at
        from finding f where f.subject = ? order by f.id desc limit ?\
      """;

  static final String COUNT =
      "select kind, level, count(*) from finding where state = 'OPEN' group by kind, level";

  private FindingSql() {}
}
