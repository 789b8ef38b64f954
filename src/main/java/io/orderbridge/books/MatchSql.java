package io.orderbridge.books;

/**
 * The statements of a matching: both sides as sets. What is put into them are numbers, times, names
 * of ours and quoted words.
 *
 * <p>A key that stands once on either side at most is judged in one join of the sides. Those that
 * may stand more often are few; they are set aside by their hash and judged for themselves.
 */
final class MatchSql {
  // A hash table that stays in the processor's memory is faster than one of 64 MB, even though its
  // parts go through files. No plan may go row by row. Several processes would be done sooner, and
  // take a third more of the processors together.
  static final String PREPARE =
      "set local work_mem = '4MB'; set local max_parallel_workers_per_gather = 0;"
          + " set local enable_nestloop = off";
  static final String AFTERWARDS =
      "set local work_mem to default; set local max_parallel_workers_per_gather to default;"
          + " set local enable_nestloop to default";
  static final String DROP =
      "drop table if exists pg_temp.books_repeated, pg_temp.books_again, pg_temp.books_unequal,"
          + " pg_temp.books_entry, pg_temp.books_carried_left, pg_temp.books_carried_right";

  /** Hashes of keys that may stand more than once, and where they do so on one side. */
  static final String OPEN_REPEATED =
      "create temporary table books_repeated (key_hash bigint) on commit drop;"
          + " create temporary table books_again (side text, tid tid) on commit drop";

  private static final String MARKED =
      """
      with marked as (select ctid as tid, key_hash from %s where again),
           kept as (insert into books_again select '%s', tid from marked)
      insert into books_repeated select key_hash from marked\
      """;
  private static final String CARRIED = "insert into books_repeated select key_hash from %s";
  private static final String COUNTED =
      """
      insert into books_repeated
      select key_hash from (%s) side group by key_hash having count(*) > 1\
      """;

  // Two keys that share a hash, or two kinds of one key, are no pair: judged for themselves as
  // well.
  static final String NO_PAIR =
      "insert into books_repeated select key_hash from books_unequal where apart";
  static final String DROP_APART = "delete from books_unequal where apart";

  private static final String UNEQUAL =
      """
      create temporary table books_unequal on commit drop as
      select l.spot as left_spot, l.value as left_value, l.currency as left_currency,
             l.tid as left_tid, r.tid as right_tid, r.spot as right_spot,
             r.value as right_value, r.currency as right_currency,
             not coalesce(l.inside, false) and not coalesce(r.inside, false) as excluded,
             coalesce(l.key_hash, r.key_hash) as key_hash,
             coalesce(%4$s, false) or o.key_hash is not null as apart
        from (%1$s) l
        full join (%2$s) r on l.key_hash = r.key_hash
        left join (select distinct key_hash from books_repeated) o
               on o.key_hash = coalesce(l.key_hash, r.key_hash)
       where (%3$s) or o.key_hash is not null\
      """;
  private static final String UNEQUAL_EACH =
      """
      l.spot is null or r.spot is null or l.key <> r.key or l.kind is distinct from r.kind
          or l.value is distinct from r.value or l.currency is distinct from r.currency
          or l.status <> r.status and l.status <> '' and r.status <> ''
          or not l.inside or not r.inside\
      """;
  private static final String UNEQUAL_NET =
      """
      l.key <> r.key or coalesce(l.value, 0) <> coalesce(r.value, 0)
          or l.currency <> r.currency and l.value <> 0
          or l.spot is not null and l.value is null or r.spot is not null and r.value is null
          or not coalesce(l.inside, true) or not coalesce(r.inside, true)\
      """;

  /** The entries of the keys that may stand more than once. */
  private static final String ENTRY =
      """
      create temporary table books_entry on commit drop as
      select 'L'::"char" as side, s.* from (%s) s
      union all
      select 'R'::"char", s.* from (%s) s\
      """;

  // Of a key that is not the same throughout all is given: who judges it sees what stands twice.
  private static final String REPEATED_EACH =
      """
      with ranked as (
        select *, coalesce(kind, 'SALE') as of,
               row_number() over (partition by side, key, kind order by spot) as rank
          from books_entry),
      pair as (
        select coalesce(l.key, r.key) as key, l.spot as left_spot, l.value as left_value,
               l.currency as left_currency, l.tid as left_tid, r.tid as right_tid,
               r.spot as right_spot, r.value as right_value,
               r.currency as right_currency, coalesce(%s, false) as unequal,
               not coalesce(l.inside, false) and not coalesce(r.inside, false) as excluded
          from (select * from ranked where side = 'L') l
          full join (select * from ranked where side = 'R') r
            on l.key = r.key and l.of = r.of and l.rank = r.rank)
      insert into books_unequal
      select left_spot, left_value, left_currency, left_tid, right_tid, right_spot, right_value,
             right_currency, excluded, 0, false
        from (select *, bool_or(unequal and not excluded) over (partition by key) as given
                from pair) p
       where excluded or given\
      """;

  private static final String REPEATED_NET =
      """
      insert into books_unequal
      select case side when 'L' then spot end, case side when 'L' then value end,
             case side when 'L' then currency end, case side when 'L' then tid end,
             case side when 'R' then tid end, case side when 'R' then spot end,
             case side when 'R' then value end, case side when 'R' then currency end,
             not k.inside, 0, false
        from books_entry
        join (select key, bool_or(any_inside) as inside
                from (select key,
                             sum(case side when 'L' then value else -value end) <> 0
                               or bool_or(value is null) or not bool_and(inside) as unequal,
                             bool_or(inside) as any_inside
                        from books_entry group by key, currency) c
               group by key having bool_or(unequal)) k using (key)\
      """;

  private static final String EXCLUDED =
      """
      select coalesce(%1$s_currency, ''), count(*), sum(%1$s_value) from books_unequal
       where excluded and %1$s_spot is not null group by 1\
      """;

  static final String GIVEN_ROWS =
      "select count(left_spot) + count(right_spot) from books_unequal where not excluded";

  private static final String GIVEN =
      """
      select * from (
        select 1 as side, l.* from (%s) l
        union all
        select 2, r.* from (%s) r
        ) given
       order by key collate "C", side, spot\
      """;

  private MatchSql() {}

  static String marked(SideSql side) {
    long snapshot = side.side().snapshots().get(0);
    return MARKED.formatted(SnapshotSql.table(snapshot), side.name());
  }

  static String carriedMayRepeat(SideSql side) {
    return CARRIED.formatted(side.carriedTable());
  }

  static String repeatedOfMany(SideSql side) {
    return COUNTED.formatted(side.counted());
  }

  /** The pairs and single entries, of keys that stand once, which are not the same. */
  static String unequal(Matching matching, SideSql left, SideSql right) {
    boolean net = matching.net();
    return UNEQUAL.formatted(
        left.once(),
        right.once(),
        net ? UNEQUAL_NET : UNEQUAL_EACH,
        net
            ? "l.key <> r.key"
            : "l.key <> r.key or l.spot is not null and r.spot is not null"
                + " and l.kind is distinct from r.kind");
  }

  static String entry(SideSql left, SideSql right) {
    return ENTRY.formatted(left.repeated(), right.repeated());
  }

  /** The same of keys that stand more often. */
  static String unequalRepeated(boolean net) {
    return net ? REPEATED_NET : REPEATED_EACH.formatted(UNEQUAL_EACH);
  }

  static String excluded(SideSql side) {
    return EXCLUDED.formatted(side.name());
  }

  /** What is given away, by key. */
  static String given(SideSql left, SideSql right) {
    return GIVEN.formatted(left.told(), right.told());
  }
}
