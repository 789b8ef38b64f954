-- What checks over all orders join: the parts of the fold that are compared in sets stand in columns
-- and rows of their own, written with the fold in the same transaction. The fold stays the truth.
alter table customer_order
  add column total        numeric,     -- what it costs, in currency; null until somebody has told
  add column currency     text,
  add column created_on   timestamptz, -- CREATED, by the word that decides
  add column paid_on      timestamptz, -- PAID
  add column cancelled_on timestamptz, -- CANCELLED
  add column since        timestamptz; -- when it came into its status; null when it cannot be told

create table order_payment (
  order_id   bigint      not null,
  payment_id text        not null, -- the payment system's number
  amount     numeric     not null,
  currency   text        not null,
  paid_at    timestamptz not null,
  system     text        not null, -- who told it first
  constraint order_payment_pk primary key (order_id, payment_id)
) with (fillfactor = 90);
create index order_payment_number on order_payment (payment_id);
create index order_payment_at on order_payment (paid_at);

create table order_refund (
  order_id  bigint      not null,
  refund_id text        not null,
  status    text        not null,
  amount    numeric,               -- null when nobody named one
  currency  text,
  at        timestamptz not null,  -- of the status
  constraint order_refund_pk primary key (order_id, refund_id)
) with (fillfactor = 90);
create index order_refund_number on order_refund (refund_id);

-- Orders that can still be stuck, by their status.
create index customer_order_since on customer_order (status, since)
 where status not in ('COMPLETED', 'CANCELLED');
-- None on updated_at: it would make every update of an order write all its indexes anew.
create index customer_order_created on customer_order (created_on);

-- What is known already. Who owns which milestone stands in files, which a migration cannot read:
-- the earliest claim is taken, and each order is written anew with its next message.
update customer_order o
   set total = (state::jsonb #>> '{documents,details,value,total}')::numeric,
       currency = state::jsonb #>> '{documents,details,value,currency}',
       created_on = (select to_timestamp(min(value::bigint) / 1000.0)
                       from jsonb_each_text(coalesce(state::jsonb #> '{claims,CREATED}', '{}'))),
       paid_on = (select to_timestamp(min(value::bigint) / 1000.0)
                    from jsonb_each_text(coalesce(state::jsonb #> '{claims,PAID}', '{}'))),
       cancelled_on = (select to_timestamp(min(value::bigint) / 1000.0)
                        from jsonb_each_text(coalesce(state::jsonb #> '{claims,CANCELLED}', '{}'))),
       since = updated_at;
insert into order_payment
select o.id, p.key, (p.value ->> 'amount')::numeric, p.value ->> 'currency',
       to_timestamp((p.value ->> 'at')::bigint / 1000.0), p.value ->> 'system'
  from customer_order o, jsonb_each(coalesce(o.state::jsonb -> 'payments', '{}')) p;
insert into order_refund
select o.id, r.key,
       (select s.key from jsonb_each_text(r.value -> 'steps') s
         order by s.value::bigint desc, s.key desc limit 1),
       nullif(r.value ->> 'amount', '')::numeric, nullif(r.value ->> 'currency', ''),
       (select to_timestamp(max(s.value::bigint) / 1000.0)
          from jsonb_each_text(r.value -> 'steps') s)
  from customer_order o, jsonb_each(coalesce(o.state::jsonb -> 'refunds', '{}')) r;
