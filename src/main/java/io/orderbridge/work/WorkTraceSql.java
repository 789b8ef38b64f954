package io.orderbridge.work;

/** The statements of {@link WorkTrace}, each answered by an index. */
final class WorkTraceSql {
  static final String ATTEMPTS =
      """
      select * from (
        select queue, ref, work_id, at, number, outcome, cause, status, why
          from attempt where ref = any (?) and at >= ? and queue like ? order by at desc limit ?) a
       order by at\
      """;

  // Lanes are free or claimed; a claimed one shows when its claim lapses, which tells nothing.
  static final String WAITING =
      """
      select w.queue, w.lane, w.id, w.ref, w.attempts, w.since,
             case when l.token is null then l.due_at end, l.token is not null
        from work w left join lane l on l.queue = w.queue and l.lane = w.lane
       where w.queue = any (?) and w.lane = any (?) and w.subject = ?
       order by w.id limit ?\
      """;

  // From one queue to the next by the index: the rows between are not read.
  static final String QUEUES =
      """
      with recursive q (queue) as (
        (select queue from lane order by queue limit 1)
        union all
        select (select l.queue from lane l where l.queue > q.queue order by l.queue limit 1)
          from q where q.queue is not null)
      select queue from q where queue is not null\
      """;

  static final String PLACES =
      "select ref, ref_at from work where queue = ? order by queue, lane limit ?";

  private static final String LETTER =
      "select " + DeadLetterRows.COLUMNS + ", ref, work_id from dead_letter ";

  static final String OPEN =
      LETTER + "where state = 'OPEN' and queue = any (?) and subject = ? order by id desc limit ?";

  static final String ABOUT =
      LETTER + "where ref = any (?) and queue like ? order by id desc limit ?";

  // The words find by index, and may be parts of another number; the body decides.
  static final String NAMING =
      LETTER
          + "where state = 'OPEN' and words is not null and words @> ?"
          + " and position(? in payload) > 0 order by id desc limit ?";

  private WorkTraceSql() {}
}
