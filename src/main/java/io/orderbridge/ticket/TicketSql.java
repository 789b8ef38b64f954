package io.orderbridge.ticket;

import io.orderbridge.finding.Findings;
import java.util.List;
import java.util.Map;

/** The statements over the tickets. Each that changes a state names the one it starts from. */
final class TicketSql {
  /** Which tickets a list shows, by the word of the API. */
  static final Map<String, String> STATES =
      Map.of(
          "live", "t.state <> 'CLOSED'",
          "open", "t.state = 'OPEN'",
          "in-progress", "t.state = 'IN_PROGRESS'",
          "to-verify", "t.state = 'TO_VERIFY'",
          "closed", "t.state = 'CLOSED'",
          "all", "true");

  // What is to verify is not overdue before it waited too long (second parameter).
  static final String OVERDUE =
      """
      t.state <> 'CLOSED' and t.due_at <= ? and (t.state <> 'TO_VERIFY' or t.state_at <= ?)\
      """;

  // Of an open finding the newest run has the word, not the one that opened the ticket. Looked up
  // one
  // by one: a page of tickets must not make a hash of all findings, whatever the planner guesses.
  private static final String FINDING =
      "left join lateral (select * from %s o where o.id = t.finding_id limit 1) f on true"
          .formatted(Findings.OPEN);

  private static final String AMOUNT = "case when f.id is null then t.amount else f.amount end";
  private static final String CURRENCY =
      "case when f.id is null then t.currency else f.currency end";

  private static final String SELECT =
      """
      select t.id, t.version, t.finding_id, t.episode, t.kind, t.code, t.subject, t.item,
             coalesce(f.level, t.level), (%s)::text, %s, coalesce(f.zh, t.zh),
             coalesce(f.en, t.en), t.rule, t.owner, t.priority, t.due_at, t.step,
             t.ladder_to[t.step + 1], t.escalate_at, t.state, t.state_by, t.state_at, t.reason,
             t.created_at, t.opened_at
        from %s t %s
      """
          .formatted(AMOUNT, CURRENCY, "%s", FINDING);

  /**
   * A page of tickets. Only the conditions that are wanted stand in it: one that holds for null as
   * well would keep the prepared statement from using an index.
   *
   * @param conditions with {@code ?} for their values; the limit is the last value
   * @param order {@code asc} or {@code desc}
   */
  static String page(List<String> conditions, String order) {
    String page =
        "(select * from ticket t where %s order by t.id %s limit ?)"
            .formatted(String.join(" and ", conditions), order);
    return SELECT.formatted(page) + " order by t.id " + order;
  }

  static final String FIND = SELECT.formatted("ticket") + " where t.id = ?";
  static final String LOCK = FIND + " for update of t";
  static final String BY_REQUEST = SELECT.formatted("ticket") + " where t.request_key = ?";

  // One array per column: a thousand tickets in one statement.
  private static final String CAME =
      """
      with came as (
        select finding_id, episode, kind, code, subject, item, level, amount, currency, zh, en,
               rule, priority, owner, due_at, string_to_array(rungs_to, ',') as ladder_to,
               string_to_array(rungs_at, ',')::timestamptz[] as ladder_at
          from unnest(?::bigint[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[],
                      ?::text[], ?::numeric[], ?::text[], ?::text[], ?::text[], ?::text[],
                      ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::text[])
            as c (finding_id, episode, kind, code, subject, item, level, amount, currency, zh, en,
                  rule, priority, owner, due_at, rungs_to, rungs_at)),
      """;

  private static final String NOTE =
      """
      insert into ticket_event (ticket_id, at, episode, what, actor, state, owner, reason)
      """;

  // The same finding again after its end opens the same ticket. Said twice, it changes nothing: an
  // episode is followed once, also when a person has closed the ticket within it. Who closed it
  // over a warning has not accepted the breach that it became. What is open already is left out
  // first: a conflict would lock its row although nothing changes.
  static final String OPEN =
      CAME
          + """
          opened as (
            insert into ticket as t (finding_id, episode, kind, code, subject, item, level, amount,
                   currency, zh, en, rule, priority, owner, due_at, ladder_to, ladder_at,
                   escalate_at, state_by, state_at, created_at, opened_at)
            select finding_id, episode, kind, code, subject, item, level, amount, currency, zh, en,
                   rule, priority, owner, due_at, ladder_to, ladder_at, ladder_at[1],
                   'orderbridge', ?, ?, ?
              from came
             where not exists (select 1 from ticket o
                                where o.finding_id = came.finding_id and o.state <> 'CLOSED')
             order by finding_id
            on conflict (finding_id) do update
               set episode = excluded.episode, level = excluded.level, amount = excluded.amount,
                   currency = excluded.currency, zh = excluded.zh, en = excluded.en,
                   rule = excluded.rule, priority = excluded.priority, owner = excluded.owner,
                   due_at = excluded.due_at, ladder_to = excluded.ladder_to,
                   ladder_at = excluded.ladder_at, escalate_at = excluded.escalate_at, step = 0,
                   state = 'OPEN', state_by = excluded.state_by, state_at = excluded.state_at,
                   reason = '', opened_at = excluded.opened_at, version = t.version + 1
             where t.state = 'CLOSED'
           and (t.episode < excluded.episode
                or t.episode = excluded.episode and t.level = 'WARNING'
                   and excluded.level = 'BREACH')
            returning t.id, t.episode, t.version, t.owner, t.opened_at)
          """
          + NOTE
          + """
          select id, opened_at, episode, case when version = 1 then 'OPENED' else 'REOPENED' end,
                 'orderbridge', 'OPEN', owner, ''
            from opened\
          """;

  // A person had opened the ticket again before the finding came back.
  static final String FOUND_AGAIN =
      """
      with found as (
        update ticket t set episode = c.episode, version = t.version + 1
          from unnest(?::bigint[], ?::integer[]) as c (finding_id, episode)
         where t.finding_id = c.finding_id and t.state <> 'CLOSED' and t.episode < c.episode
        returning t.id, t.episode, t.state, t.owner)
      """
          + NOTE
          + "select id, ?, episode, 'FOUND_AGAIN', 'orderbridge', state, owner, '' from found";

  // What it was about at its end stays with the ticket.
  static final String CLEAR =
      """
      with cleared as (
        update ticket t
           set state = 'CLOSED', state_by = 'orderbridge', state_at = ?,
               reason = case when t.state = 'TO_VERIFY' then
      """
          + RunReason.CONFIRMED.sql()
          + " else "
          + RunReason.CLEARED.sql()
          + """
           end,
               level = c.level, amount = c.amount, currency = c.currency, zh = c.zh, en = c.en,
               version = t.version + 1
          from unnest(?::bigint[], ?::text[], ?::numeric[], ?::text[], ?::text[], ?::text[])
            as c (finding_id, level, amount, currency, zh, en)
         where t.finding_id = c.finding_id and t.state <> 'CLOSED'
        returning t.id, t.state_at, t.episode, t.owner, t.reason)
      """
          + NOTE
          + """
          select id, state_at, episode, 'CLOSED', 'orderbridge', 'CLOSED', owner, reason
            from cleared\
          """;

  // Handed over, and a run that was made long enough after that still finds it.
  static final String NOT_MENDED =
      """
      with back as (
        update ticket t set state = 'IN_PROGRESS', state_at = ?, version = t.version + 1
          from %s f
         where f.id = t.finding_id and t.state = 'TO_VERIFY'
           and f.seen_at > t.state_at + ? * interval '1 second'
        returning t.id, t.state_at, t.episode, t.owner)
      """
              .formatted(Findings.OPEN)
          + NOTE
          + """
          select id, state_at, episode, 'SEEN_AGAIN', 'orderbridge', 'IN_PROGRESS', owner, ''
            from back\
          """;

  // The step is counted where it is taken: whoever comes second finds the next step's time.
  static final String ESCALATE =
      """
      with late as (
        select id from ticket t
         where t.escalate_at <= ? and %s
         order by t.escalate_at limit ? for update skip locked),
      moved as (
        update ticket t
           set step = t.step + 1, owner = t.ladder_to[t.step + 1],
               escalate_at = t.ladder_at[t.step + 2], version = t.version + 1
          from late where t.id = late.id
        returning t.*),
      noted as (
        %s
        select id, ?, episode, 'ESCALATED', 'orderbridge', state, owner, '' from moved)
      select t.id, t.version, t.step, t.owner, t.subject, coalesce(f.level, t.level), (%s)::text,
             %s, coalesce(f.zh, t.zh), coalesce(f.en, t.en)
        from moved t %s order by t.id\
      """
          .formatted(OVERDUE, NOTE, AMOUNT, CURRENCY, FINDING);

  static final String BY_HAND =
      """
      insert into ticket (request_key, episode, kind, code, subject, item, level, amount, currency,
             zh, en, rule, priority, owner, due_at, ladder_to, ladder_at, escalate_at, state_by,
             state_at, created_at, opened_at)
      select ?, 1, 'HAND', '', ?, '', ?, ?::numeric, ?, ?, ?, '', ?, ?, ?, ladder_to, ladder_at,
             ladder_at[1], ?, ?, ?, ?
        from (select string_to_array(?, ',') as ladder_to,
                     string_to_array(?, ',')::timestamptz[] as ladder_at) l
      on conflict (request_key) do nothing
      returning id\
      """;

  // With what the newest run says: a ticket that a person closes keeps what it was about.
  static final String MOVE =
      """
      update ticket set state = ?, state_by = ?, state_at = ?, reason = ?, owner = ?, level = ?,
             amount = ?, currency = ?, zh = ?, en = ?, version = version + 1
       where id = ? and version = ?\
      """;

  static final String PLAN_AGAIN =
      """
      update ticket set opened_at = ?, due_at = ?, step = 0, ladder_to = string_to_array(?, ','),
             ladder_at = string_to_array(?, ',')::timestamptz[],
             escalate_at = (string_to_array(?, ',')::timestamptz[])[1]
       where id = ?\
      """;

  static final String EVENT = NOTE + "values (?, ?, ?, ?, ?, ?, ?, ?)";

  static final String COMMENT =
      "insert into ticket_comment (ticket_id, at, author, body) values (?, ?, ?, ?)";

  static final String EVENTS =
      """
      select at, episode, what, actor, state, owner, reason from ticket_event
       where ticket_id = ? order by id desc limit ?\
      """;

  static final String COMMENTS =
      """
      select at, author, body from ticket_comment where ticket_id = ? order by id desc limit ?\
      """;

  static final String AGEING =
      """
      select case when t.opened_at >= ? then 0 when t.opened_at >= ? then 1
                  when t.opened_at >= ? then 2 when t.opened_at >= ? then 3 else 4 end,
             %s, count(*), sum(%s)
        from ticket t left join %s f on f.id = t.finding_id
       where t.state <> 'CLOSED' and (cardinality(?::text[]) = 0 or t.owner = any (?))
       group by 1, 2 order by 1, 2 nulls last\
      """
          .formatted(CURRENCY, AMOUNT, Findings.OPEN);

  static final String COUNTS =
      """
      select t.owner, count(*), count(*) filter (where %s) from ticket t
       where t.state <> 'CLOSED' group by t.owner\
      """
          .formatted(OVERDUE);

  private TicketSql() {}
}
