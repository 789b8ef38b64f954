package io.orderbridge.payment;

/** The statements that keep what a comparison found, add it up, and hand on what differs. */
final class ResultSql {
  // Of what differs every row is kept; of the rest as many as somebody may want to look at.
  static final int SHOWN_MAX = 10_000;

  static final String KEEP =
      """
      insert into payment_result (run_id, verdict, kind, transaction_id, refund_id, shop, number,
                                  amount, currency, happened_at, inbox_id, outcome, evidence)
      select :run, j.verdict, j.kind, j.transaction_id, j.refund_id, j.shop, j.number, j.amount,
             j.currency, j.at, j.inbox_id,
             case when p.outcome in ('RECORD', 'HOLD') and not p.approval
                    then case when j.recordable and (p.outcome = 'RECORD' or j.here_amount is null)
                              then 'TO_RECORD' else '' end
                  when p.outcome <> 'TASK' then 'PROPOSED' else '' end,
             jsonb_strip_nulls(jsonb_build_object(
               'source', nullif(j.source, ''), 'message', j.inbox_id, 'state', j.state,
               'at', %1$s, 'orderStatus', j.status, 'orderTotal', j.total::text,
               'orderCurrency', j.order_currency, 'paidOn', %2$s, 'cancelledOn', %3$s,
               'hereAmount', j.here_amount::text, 'hereCurrency', j.here_currency,
               'hereState', j.here_state, 'hereAt', %4$s, 'paidInSum', j.paid::text,
               'surplus', case when j.paid > j.total then (j.paid - j.total)::text end,
               'otherOrder', j.other_order, 'playbook', lower(p.outcome)))::text
        from (select *, row_number() over (partition by verdict order by item) as place
                from payment_judged) j
        left join unnest(:verdicts::text[], :outcomes::text[], :approvals::text[]::boolean[])
          as p (verdict, outcome, approval) on p.verdict = j.verdict
       where j.verdict <> 'MATCHED' and (p.verdict is not null or j.place <= :shown)
       order by j.item\
      """
          .formatted(time("j.at"), time("j.paid_on"), time("j.cancelled_on"), time("j.here_at"));

  private static String time(String column) {
    return "to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')".formatted(column);
  }

  /** Verdict, currency, how many, how much. */
  static final String TOTALS =
      """
      select verdict, currency, sum(many)::bigint, sum(amount)::text
        from (select 'MATCHED' as verdict, currency, many, amount from payment_same
              union all
              select verdict, currency, 1, amount from payment_judged) t
       group by verdict, currency order by verdict, currency\
      """;

  // Counted from the tables themselves, not from what was made of them.
  static final String THERE =
      """
      select count(*) from payment_record where connection = :connection and day = :day\
      """;
  static final String HERE =
      """
      select count(*) from order_payment
       where paid_at >= :from and paid_at < :to and system = any (:systems)\
      """;

  /** How many of them the verdicts account for. */
  static final String THERE_JUDGED =
      """
      select coalesce((select sum(many) from payment_same), 0)
             + (select count(*) from payment_judged where side = 'THERE')\
      """;

  static final String HERE_JUDGED =
      """
      select coalesce((select sum(many) from payment_same where kind = 'PAYMENT'), 0)
             + (select count(*) from payment_judged where side = 'HERE')
             + (select count(*) from payment_judged j join payment_open i
                    on i.order_id = j.order_id and i.payment_id = j.transaction_id
                 where j.side = 'THERE' and j.kind = 'PAYMENT')\
      """;

  static final String NOT_JUDGED = "select count(*) from payment_judged where verdict is null";

  static final String AWAITED =
      "select count(*) from payment_judged where verdict = 'AWAITED' and at > :fresh";

  // Fills the temporary table of the findings. Of one matter that stands on both sides there is one
  // finding for each order.
  static final String FIND =
      """
      insert into found_now
      select 'PAYMENT', r.verdict,
             case when r.number = '' then :connection else r.shop || '/' || r.number end,
             case when r.kind = 'REFUND' then r.refund_id else r.transaction_id end,
             w.level, r.amount, r.currency, '', r.evidence,
             %1$s, %2$s
        from payment_result r
        join unnest(:verdicts::text[], :levels::text[], :zh::text[], :en::text[])
          as w (verdict, level, zh, en) on w.verdict = r.verdict
       where r.run_id = :run
         and not (r.outcome = 'RECORDED' and r.verdict in ('LOST_CALLBACK', 'REFUNDED_THERE'))\
      """
          .formatted(sentence("w.zh"), sentence("w.en"));

  private static String sentence(String text) {
    return """
    format(%s, case when r.number = '' then '(-)' else r.shop || '/' || r.number end,
                    case when r.kind = 'REFUND' then r.refund_id else r.transaction_id end,
                    r.amount::text || ' ' || r.currency, :connection)\
    """
        .formatted(text);
  }

  // What a day has had: each lost callback once, in whichever run it was found (one that died may
  // have recorded it without noting so), and what this run leaves open.
  static final String DIFFERENCES =
      """
      select currency, count(*), sum(amount)::text, sum(settled)::bigint
        from (select distinct on (r.kind, r.transaction_id, r.refund_id, r.shop, r.number)
                     r.currency, r.amount,
                     case when r.outcome in ('RECORDED', 'TO_RECORD')
                               and r.verdict in ('LOST_CALLBACK', 'REFUNDED_THERE')
                          then 1 else 0 end as settled
                from payment_result r join payment_run n on n.id = r.run_id
               where n.connection = :connection and n.day = :day
                 and (n.id = :run and r.verdict = any (:verdicts)
                      or r.outcome in ('RECORDED', 'TO_RECORD')
                         and r.verdict in ('LOST_CALLBACK', 'REFUNDED_THERE'))
               order by r.kind, r.transaction_id, r.refund_id, r.shop, r.number, n.id desc) d
       group by currency order by count(*) desc, currency\
      """;

  private ResultSql() {}
}
