package io.orderbridge.payment;

/** The statements of {@link PaymentRecords}. */
final class RecordSql {
  // One writer per connection: the table is cut by month, so no constraint could hold that a
  // transaction has one row. Sorted, so that two batches cannot lock each other out.
  static final String QUEUE_UP =
      """
      select pg_advisory_xact_lock(28519, place)
        from (select distinct hashtext(c) as place from unnest(?::text[]) c order by place) sorted\
      """;

  static final String FIND =
      """
      select r.id, r.recorded_at, r.earlier, r.connection, r.kind, r.transaction_id, r.refund_id,
             r.shop, r.number, r.amount::text, r.currency, r.state, r.at, r.day, r.source,
             coalesce(r.inbox_id, 0)
        from unnest(?::text[], ?::text[], ?::text[], ?::text[])
          as k (connection, kind, transaction_id, refund_id)
        join payment_record r
          on r.transaction_id = k.transaction_id and r.connection = k.connection
         and r.kind = k.kind and r.refund_id = k.refund_id\
      """;

  static final String INSERT =
      """
      insert into payment_record (connection, kind, transaction_id, refund_id, shop, number, amount,
                                  currency, state, at, day, source, inbox_id)
      select connection, kind, transaction_id, refund_id, shop, number, amount, currency, state, at,
             day, source, nullif(inbox_id, 0)
        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[],
                    ?::text[], ?::text[], ?::timestamptz[], ?::date[], ?::text[], ?::bigint[])
          as n (connection, kind, transaction_id, refund_id, shop, number, amount, currency, state,
                at, day, source, inbox_id)\
      """;

  static final String UPDATE =
      """
      update payment_record r
         set shop = n.shop, number = n.number, amount = n.amount, currency = n.currency,
             state = n.state, at = n.at, day = n.day, source = n.source,
             inbox_id = nullif(n.inbox_id, 0), earlier = n.earlier,
             changed_at = case when n.changed then now() else r.changed_at end
        from unnest(?::text[], ?::text[], ?::numeric[], ?::text[], ?::text[], ?::timestamptz[],
                    ?::date[], ?::text[], ?::bigint[], ?::text[], ?::boolean[], ?::bigint[],
                    ?::timestamptz[])
          as n (shop, number, amount, currency, state, at, day, source, inbox_id, earlier, changed,
                id, recorded_at)
       where r.id = n.id and r.recorded_at = n.recorded_at\
      """;

  static final String CHANGED =
      """
      insert into payment_day as d (connection, day, changes)
      select connection, day, 1 from unnest(?::text[], ?::date[]) as n (connection, day)
       order by connection, day
      on conflict (connection, day) do update set changes = d.changes + 1\
      """;

  private RecordSql() {}
}
