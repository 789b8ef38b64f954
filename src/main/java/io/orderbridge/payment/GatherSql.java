package io.orderbridge.payment;

/**
 * The statements that lay the records of a day and the payments here of that day side by side: what
 * is plainly the same is counted, the rest becomes items. They join tables of the order book
 * (customer_order, order_payment, order_refund) with payment_record, in the columns that exist for
 * that; nothing is written to any of them.
 */
final class GatherSql {
  // One worker: the comparison of a million payments must not take both cores from the webhooks.
  static final String SETTINGS =
      """
      set transaction isolation level repeatable read;
      set local max_parallel_workers_per_gather = 0;
      set local jit = off\
      """;

  static final String TABLES =
      """
      create temporary table payment_same (
        kind text, shop text, currency text, many bigint, amount numeric) on commit drop;
      create temporary table payment_open (
        kind text, shop text, currency text, record bigint, order_id bigint, payment_id text,
        many bigint, amount numeric) on commit drop;
      create temporary table payment_item (
        item bigint generated always as identity, side text, kind text, record bigint,
        order_id bigint, shop text, number text, transaction_id text, refund_id text,
        amount numeric, currency text, state text, at timestamptz, source text, inbox_id bigint,
        total numeric, order_currency text, status text, created_on timestamptz,
        paid_on timestamptz, cancelled_on timestamptz, payments integer, here_amount numeric,
        here_currency text, here_at timestamptz, here_state text,
        told_at timestamptz) on commit drop\
      """;

  // The one pass over everything: records, orders, payments here, each read once. A payment is the
  // same when the one payment of a paid, open order is told alike and is what the order costs. All
  // of those make one group for each shop and currency, every other row is a group of its own:
  // that way nothing is written down but what is not the same.
  static final String PAYMENTS =
      """
      with r as (
        select id, transaction_id, shop, number, amount, currency, state from payment_record
         where connection = :connection and day = :day and kind = 'PAYMENT'),
      o as (
        select id, shop, number, total, currency from customer_order
         where payments = 1 and paid_on is not null and cancelled_on is null),
      p as (
        select order_id, payment_id, amount, currency from order_payment
         where paid_at >= :from and paid_at < :to and system = any (:systems)),
      sides as (
        select r.id as record, r.shop, r.amount, r.currency, p.order_id, p.payment_id,
               (r.state = 'PAID' and p.amount = r.amount and p.currency = r.currency
                 and o.total = r.amount and o.currency = r.currency) is true as same
          from r left join o on o.shop = r.shop and o.number = r.number
          full join p on p.order_id = o.id and p.payment_id = r.transaction_id
        offset 0)
      insert into payment_open (kind, shop, currency, record, order_id, payment_id, many, amount)
      select 'PAYMENT', shop, currency, case when not same then record end,
             case when not same then order_id end, case when not same then payment_id end,
             count(*), sum(amount)
        from sides group by 2, 3, 4, 5, 6\
      """;

  // The planner takes every row for a group of its own, and would sort a million for a handful.
  static final String UNSORTED = "set local enable_sort = off";
  static final String SORTED = "set local enable_sort = on";

  static final String SAME =
      """
      insert into payment_same
      select kind, shop, currency, many, amount from payment_open
       where record is null and payment_id is null\
      """;

  static final String REFUNDS =
      """
      with f as (
        select id, refund_id, shop, number, amount, currency, state from payment_record
         where connection = :connection and day = :day and kind = 'REFUND'),
      sides as materialized (
        select f.id as record, f.shop, f.amount, f.currency,
               (f.state = 'REFUNDED' and h.status = 'REFUNDED'
                 and (h.amount is null or h.amount = f.amount)
                 and (h.currency is null or h.currency = f.currency)) is true as same
          from f left join customer_order o on o.shop = f.shop and o.number = f.number
          left join order_refund h on h.order_id = o.id and h.refund_id = f.refund_id),
      other as (
        insert into payment_open (kind, record)
        select 'REFUND', record from sides where not same)
      insert into payment_same
      select 'REFUND', shop, currency, count(*), sum(amount) from sides where same
       group by shop, currency\
      """;

  static final String ANALYZE_OPEN = "analyze payment_open";
  static final String ANALYZE_ITEMS = "analyze payment_item";

  private static final String ITEM =
      """
      insert into payment_item (side, kind, record, order_id, shop, number, transaction_id,
        refund_id, amount, currency, state, at, source, inbox_id, total, order_currency, status,
        created_on, paid_on, cancelled_on, payments, here_amount, here_currency, here_at,
        here_state, told_at)
      """;
  private static final String OF_ORDER =
      """
             o.total, o.currency, o.status, o.created_on, o.paid_on, o.cancelled_on, o.payments,
      """;
  private static final String OF_RECORD =
      """
      r.id, o.id, r.shop, r.number, r.transaction_id, r.refund_id, r.amount, r.currency, r.state,
             r.at, r.source, r.inbox_id,
      """;

  static final String PAYMENT_ITEMS =
      ITEM
          + "select 'THERE', 'PAYMENT', "
          + OF_RECORD
          + OF_ORDER
          + """
                 p.amount, p.currency, p.paid_at, null, r.changed_at
            from payment_open i
            join payment_record r
              on r.id = i.record and r.connection = :connection and r.day = :day
            left join customer_order o on o.shop = r.shop and o.number = r.number
            left join order_payment p
              on p.order_id = o.id and p.payment_id = r.transaction_id
           where i.kind = 'PAYMENT'\
          """;

  static final String REFUND_ITEMS =
      ITEM
          + "select 'THERE', 'REFUND', "
          + OF_RECORD
          + OF_ORDER
          + """
                 h.amount, h.currency, h.at, h.status, r.changed_at
            from payment_open i
            join payment_record r
              on r.id = i.record and r.connection = :connection and r.day = :day
            left join customer_order o on o.shop = r.shop and o.number = r.number
            left join order_refund h on h.order_id = o.id and h.refund_id = r.refund_id
           where i.kind = 'REFUND'\
          """;

  static final String HERE_ITEMS =
      ITEM
          + """
          select 'HERE', 'PAYMENT', null, o.id, o.shop, o.number, p.payment_id, '', p.amount,
                 p.currency, 'PAID', p.paid_at, p.system, null,
          """
          + OF_ORDER
          + """
                 p.amount, p.currency, p.paid_at, null, null
            from payment_open i
            join order_payment p on p.order_id = i.order_id and p.payment_id = i.payment_id
            join customer_order o on o.id = p.order_id
           where i.payment_id is not null
             and not exists (
                   select 1 from payment_item t
                    where t.side = 'THERE' and t.kind = 'PAYMENT'
                      and t.order_id = i.order_id and t.transaction_id = i.payment_id)\
          """;

  // Orders of the day that nobody has paid: counted, because "not paid" is a result as well.
  static final String WAITING_ITEMS =
      ITEM
          + """
          select 'ORDER', 'ORDER', null, o.id, o.shop, o.number, '', '', coalesce(o.total, 0),
                 coalesce(o.currency, ''), 'UNPAID', o.created_on, '', null,
          """
          + OF_ORDER
          + """
                 null, null, null, null, null
            from customer_order o
           where o.created_on >= :from and o.created_on < :to and o.paid_on is null
             and o.cancelled_on is null and o.payments = 0
             and (o.shop = any (:shops) or :any_shop and o.shop in (
                   select shop from payment_same union select shop from payment_item))
             and not exists (
                   select 1 from payment_record r
                    where r.shop = o.shop and r.number = o.number and r.kind = 'PAYMENT'
                      and r.connection = :connection)\
          """;

  private GatherSql() {}
}
