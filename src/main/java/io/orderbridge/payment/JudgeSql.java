package io.orderbridge.payment;

/**
 * The statements that give every item its verdict. They join the same tables as {@link GatherSql},
 * for the items only: however many payments a day has, those that are plainly the same are not
 * looked at again.
 */
final class JudgeSql {
  // Everything that was paid for the orders of the items, by whichever system and on whichever day,
  // without what was given back in full. Known payments come first, then the earlier: what comes
  // when the order is covered already is the surplus.
  static final String LIVE =
      """
      create temporary table payment_live on commit drop as
      with orders as (
        select distinct order_id, shop, number, total, order_currency from payment_item
         where kind = 'PAYMENT' and side = 'THERE' and state = 'PAID' and order_id is not null),
      paid as (
        select o.order_id, r.transaction_id as id, r.amount, r.currency, r.at, false as known
          from orders o join payment_record r
            on r.shop = o.shop and r.number = o.number and r.kind = 'PAYMENT'
           and r.state = 'PAID'
        union all
        select o.order_id, p.payment_id, p.amount, p.currency, p.paid_at, true
          from orders o join order_payment p on p.order_id = o.order_id),
      one as (
        select order_id, id, bool_or(known) as known, min(at) as at,
               coalesce(max(amount) filter (where not known), max(amount)) as amount,
               coalesce(max(currency) filter (where not known), max(currency)) as currency
          from paid group by order_id, id),
      counted as (
        select one.order_id, one.id, one.known, o.total,
               case when one.currency = o.order_currency then one.amount else 0 end as amount,
               coalesce(sum(case when one.currency = o.order_currency then one.amount else 0 end)
                 over (partition by one.order_id order by one.known desc, one.at, one.id
                       rows between unbounded preceding and 1 preceding), 0) as before
          from one join orders o on o.order_id = one.order_id
         where not exists (
                 select 1 from payment_record f
                  where f.transaction_id = one.id and f.kind = 'REFUND'
                    and f.state in ('REFUNDED', 'REFUNDING')
                 having sum(f.amount) >= one.amount))
      select order_id, id, surplus, sum(amount) over (partition by order_id) as paid,
             sum(case when not surplus then amount end) over (partition by order_id) as counted,
             bool_or(surplus and not known) over (partition by order_id) as extra
        from (select *, before > 0 and before >= total as surplus from counted) c\
      """;

  static final String ANALYZE_LIVE = "analyze payment_live";

  static final String TABLE =
      """
      create temporary table payment_judged on commit drop as
      select i.*, null::text as verdict, null::numeric as paid, false as recordable,
             null::text as other_order
        from payment_item i where false\
      """;

  static final String PAYMENTS =
      """
      insert into payment_judged
      select i.*,
        case
          when i.state = 'UNPAID' then
            case when i.here_amount is null then 'UNPAID'
                 when :final and i.here_at < i.told_at then 'PAID_HERE_ONLY'
                 else 'AWAITED' end
          when i.state in ('CLOSED', 'FAILED') then
            case when i.here_amount is null then 'CLOSED' else 'CLOSED_THERE' end
          when i.here_amount is null and w.order_id is not null then 'WRONG_ORDER'
          when i.here_currency <> i.currency then 'CURRENCY_DIFFERS'
          when i.here_amount <> i.amount then 'AMOUNT_DIFFERS'
          when i.state = 'REFUNDED' then
            case when b.amount is not null or i.order_id is null or i.cancelled_on is not null
                      or exists (select 1 from order_refund h
                                  where h.order_id = i.order_id
                                    and h.status not in ('REJECTED', 'CLOSED'))
                 then 'REFUNDED' else 'REFUNDED_THERE' end
          when b.amount is not null and i.here_amount is null then 'REFUNDED'
          when b.amount >= i.amount then 'MATCHED'
          when i.order_id is null or (i.created_on is null and i.total is null) then
            case when i.at > :fresh then 'AWAITED' else 'PAYMENT_WITHOUT_ORDER' end
          when i.total is not null and i.order_currency <> i.currency then 'CURRENCY_DIFFERS'
          when i.cancelled_on is not null
               and (i.here_amount is null or i.at > i.cancelled_on) then 'PAID_AFTER_CLOSE'
          when i.total is null then
            case when i.here_amount is null and i.payments > 0 then 'AWAITED'
                 when i.paid_on is not null then 'MATCHED' else 'LOST_CALLBACK' end
          when l.order_id is null then 'REFUNDED'
          when l.surplus then 'PAID_TWICE'
          when l.counted > i.total then 'OVERPAID'
          when l.counted < i.total then
            case when :final and i.at <= :fresh then 'PARTIAL_PAYMENT' else 'AWAITED' end
          when l.extra and i.here_amount is null then 'PAID_TWICE'
          when i.cancelled_on is not null then 'MATCHED'
          when i.paid_on is not null and (i.here_amount is not null or i.payments = 0)
            then 'MATCHED'
          else 'LOST_CALLBACK'
        end,
        l.paid, i.state = 'PAID', o.shop || '/' || o.number
        from payment_item i
        left join payment_live l on l.order_id = i.order_id and l.id = i.transaction_id
        left join lateral (
          select sum(f.amount) as amount from payment_record f
           where f.transaction_id = i.transaction_id and f.kind = 'REFUND'
             and f.connection = :connection and f.state in ('REFUNDED', 'REFUNDING')) b on true
        left join lateral (
          select p.order_id from order_payment p
           where i.here_amount is null and p.payment_id = i.transaction_id
             and p.order_id is distinct from i.order_id
           order by p.order_id limit 1) w on true
        left join customer_order o on o.id = w.order_id
       where i.kind = 'PAYMENT' and i.side = 'THERE'\
      """;

  static final String HERE =
      """
      insert into payment_judged
      select i.*,
        case
          when q.id is not null and q.shop = i.shop and q.number = i.number then 'OTHER_DAY'
          when q.id is not null then 'WRONG_ORDER'
          when exists (select 1 from payment_record c
                        where c.shop = i.shop and c.number = i.number and c.kind = 'PAYMENT'
                          and c.connection = :connection and c.state in ('CLOSED', 'FAILED')
                          and c.transaction_id = '#' || i.shop || '/' || i.number)
               and not exists (
                       select 1 from payment_record c
                        where c.shop = i.shop and c.number = i.number and c.kind = 'PAYMENT'
                          and c.connection = :connection and c.state in ('PAID', 'REFUNDED'))
            then 'CLOSED_THERE'
          when not :final or i.at > :fresh then 'AWAITED'
          else 'PAID_HERE_ONLY'
        end,
        null, false,
        case when q.shop <> i.shop or q.number <> i.number then q.shop || '/' || q.number end
        from payment_item i
        left join payment_record q
          on q.transaction_id = i.transaction_id and q.connection = :connection
         and q.kind = 'PAYMENT'
       where i.side = 'HERE'\
      """;

  static final String REFUNDS =
      """
      insert into payment_judged
      select i.*,
        case
          when i.here_state is not null then
            case when i.here_currency <> i.currency or i.here_amount <> i.amount
                   then 'REFUND_DIFFERS'
                 when i.state = 'REFUNDED' and i.here_state in ('REJECTED', 'CLOSED')
                   then 'REFUND_DIFFERS'
                 when i.state in ('REJECTED', 'CLOSED') and i.here_state = 'REFUNDED'
                   then 'REFUND_DIFFERS'
                 when i.state = 'REFUNDED' and i.here_state <> 'REFUNDED' then 'REFUNDED_THERE'
                 else 'MATCHED' end
          when i.state in ('REJECTED', 'CLOSED') then 'CLOSED'
          when i.order_id is null then 'REFUNDED'
          when t.known or (i.paid_on is not null and i.payments = 0) then 'REFUNDED_THERE'
          when i.paid_on is not null or i.cancelled_on is not null
               or exists (select 1 from payment_live l
                           where l.order_id = i.order_id and l.counted >= i.total)
            then 'REFUNDED'
          else 'REFUNDED_THERE'
        end,
        null, i.here_state is not null or t.known or i.paid_on is not null, null
        from payment_item i
        left join lateral (
          select true as known from order_payment p
           where p.order_id = i.order_id and p.payment_id = i.transaction_id) t on true
       where i.kind = 'REFUND'\
      """;

  static final String WAITING =
      """
      insert into payment_judged
      select i.*, case when :final then 'UNPAID' else 'AWAITED' end, null, false, null
        from payment_item i where i.side = 'ORDER'\
      """;

  // What was recorded before and is still not paid would be recorded in each run for ever.
  static final String NOT_TAKEN =
      """
      update payment_judged j set verdict = 'NOT_TAKEN'
       where j.verdict = 'LOST_CALLBACK'
         and (not :decides or exists (
               select 1 from payment_result r join payment_run n on n.id = r.run_id
                where r.transaction_id = j.transaction_id and r.outcome = 'RECORDED'
                  and r.verdict = 'LOST_CALLBACK' and r.shop = j.shop and r.number = j.number
                  and n.connection = :connection))\
      """;

  private JudgeSql() {}
}
