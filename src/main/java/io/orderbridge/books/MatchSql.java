package io.orderbridge.books;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The statements of a matching: both books as sets. What is put into them are numbers, times and
 * names of ours, never a text from outside.
 */
final class MatchSql {
  /** Counts of one side of the differences, by currency; {@code %1$s} is the side. */
  static final String NAMED =
      """
      select coalesce(%1$s_currency, ''), count(*), count(distinct %1$s_place), sum(%1$s_amount)
        from books.difference where matching = %2$d and %1$s_place is not null group by 1\
      """;

  static final String CLASSES =
      "select class, count(*) from books.difference where matching = %d group by class";

  // With 8 MB and no figures on the tables a matching ran over eight minutes; its plan was not
  // seen.
  // Joining row by row is suspected and switched off. Several processes would be done sooner, and
  // take a third more of the processors together.
  static final String PREPARE =
      "set local work_mem = '64MB'; set local max_parallel_workers_per_gather = 0;"
          + " set local enable_nestloop = off";
  static final String AFTERWARDS =
      "set local work_mem to default; set local max_parallel_workers_per_gather to default;"
          + " set local enable_nestloop to default";

  // What stands in a book more than once, all but the first of each. Looked for among the few that
  // were marked when the book was read: to group a million keys costs as much as to join them. A
  // mark that is missing makes two pairs of one entry, which the count at the end does not let
  // pass.
  private static final String EXTRA =
      """
      create temporary table books_extra_%1$s on commit drop as
      select *, row_number() over (partition by key order by place) as rank from %2$s
       where key_hash in (select key_hash from books.repeated where snapshot = %3$d)\
      """;
  private static final String FIRST_IS_NO_EXTRA = "delete from books_extra_%s where rank = 1";

  private static final String SIDE =
      "(select key_hash, key, %4$s as rank, place, amount, currency, status, %3$s as at from"
          + " %1$s%2$s)";

  private static final String UNEQUAL =
      """
      select coalesce(l.key, r.key) as key, coalesce(l.rank, r.rank) as rank,
             l.place as left_place, r.place as right_place,
             l.amount as left_amount, r.amount as right_amount,
             l.currency as left_currency, r.currency as right_currency,
             l.status as left_status, r.status as right_status,
             l.at as left_at, r.at as right_at,
             l.place is not null and coalesce(%3$s, true) as left_in,
             r.place is not null and coalesce(%4$s, true) as right_in,
             l.key <> r.key as collided
        from %1$s l full join %2$s r on %5$s
       where l.place is null or r.place is null or l.amount is distinct from r.amount
          or l.status <> r.status or l.currency is distinct from r.currency or l.key <> r.key
          or not coalesce(%3$s, true) or not coalesce(%4$s, true)\
      """;

  private static final String KEEP =
      """
      insert into books.difference (matching, class, outcome, key, left_place, right_place,
             left_amount, right_amount, left_currency, right_currency, left_status, right_status,
             left_at, right_at)
      select %1$d, class, case %2$s end, key, left_place, right_place, left_amount, right_amount,
             left_currency, right_currency, left_status, right_status, left_at, right_at
        from (select *,
                case when not left_in and not right_in then 'OTHER_PERIOD'
                     when left_place is null and rank > 1 then 'DUP_RIGHT'
                     when right_place is null and rank > 1 then 'DUP_LEFT'
                     when left_place is null then 'MISSING_LEFT'
                     when right_place is null then 'MISSING_RIGHT'
                     when left_currency is distinct from right_currency then 'CURRENCY'
                     when left_amount <> right_amount and not (%3$s) then 'AMOUNT_BEYOND'
                     when left_in <> right_in then 'CROSS_PERIOD'
                     when left_status <> right_status then 'STATUS'
                     when left_amount <> right_amount then 'AMOUNT_WITHIN' end as class
                from books_unequal) judged
       where class is not null
       order by class, key, left_place, right_place\
      """;
  private static final String TOLERATED =
      """
      abs(left_amount - right_amount) < %d %s
      abs(left_amount - right_amount)::numeric * 1000000 < %d * abs(left_amount)::numeric\
      """;

  private MatchSql() {}

  static String extra(String side, long snapshot) {
    return EXTRA.formatted(side, SnapshotSql.table(snapshot), snapshot);
  }

  static String firstIsNoExtra(String side) {
    return FIRST_IS_NO_EXTRA.formatted(side);
  }

  /**
   * Every pair or single entry that is not the same on both sides: the first of each key against
   * each other, then the extra ones by their rank.
   *
   * @param exact joins by the key itself, for the case that two keys have one hash
   */
  static String unequal(Matching matching, boolean exact) {
    String first = exact ? "l.key_hash = r.key_hash and l.key = r.key" : "l.key_hash = r.key_hash";
    return "create temporary table books_unequal on commit drop as "
        + UNEQUAL.formatted(
            firsts(matching.left(), "left"),
            firsts(matching.right(), "right"),
            in("l", matching.period()),
            in("r", matching.period()),
            first)
        + " union all "
        + UNEQUAL.formatted(
            extras(matching.left(), "left"),
            extras(matching.right(), "right"),
            in("l", matching.period()),
            in("r", matching.period()),
            "l.key = r.key and l.rank = r.rank");
  }

  private static String firsts(Matching.Side side, String name) {
    return SIDE.formatted(
        SnapshotSql.table(side.snapshot()),
        " e where not exists (select 1 from books_extra_%s x where x.place = e.place)"
            .formatted(name),
        side.basis().column(),
        "1::bigint");
  }

  private static String extras(Matching.Side side, String name) {
    return SIDE.formatted("books_extra_" + name, "", side.basis().column(), "rank");
  }

  private static String in(String side, Matching.Period period) {
    return "%1$s.at >= %2$s and %1$s.at < %3$s"
        .formatted(side, time(period.from()), time(period.to()));
  }

  private static String time(Instant at) {
    return "timestamptz '%s'".formatted(at);
  }

  static String keep(long id, Tolerance tolerance) {
    String outcomes =
        Arrays.stream(DifferenceClass.values())
            .map(one -> "when class = '%s' then '%s'".formatted(one, one.outcome()))
            .collect(Collectors.joining(" "));
    String tolerated =
        TOLERATED.formatted(
            tolerance.minor(), tolerance.both() ? "and" : "or", tolerance.millionths());
    return KEEP.formatted(id, outcomes, tolerated);
  }
}
