-- What payment systems say of payments and refunds, and what comparing it with the order book gave.

-- How many rows of order_payment an order has: tells an order that was paid twice without looking
-- at the payments of every other.
alter table customer_order add column payments integer not null default 0;
update customer_order o set payments = p.many
  from (select order_id, count(*) as many from order_payment group by order_id) p
 where p.order_id = o.id;
-- Orders that wait for their payment: few at a time, however many there are.
create index customer_order_unpaid on customer_order (created_on)
 where paid_on is null and cancelled_on is null;

-- One row per payment and refund as its payment system tells it: the fold of its words. By month of
-- the first word, which never changes; that there is one row only is kept by a lock per connection.
create sequence payment_record_id;
create table payment_record (
  id             bigint      not null default nextval('payment_record_id'),
  connection     text        not null,
  kind           text        not null constraint payment_record_kind
                 check (kind in ('PAYMENT', 'REFUND')),
  transaction_id text        not null, -- of the payment; '#' and the order where it has none
  refund_id      text        not null, -- empty for a payment
  shop           text        not null, -- empty with the number when it names no order
  number         text        not null,
  amount         numeric     not null,
  currency       text        not null,
  state          text        not null,
  at             timestamptz not null, -- of the state, by the payment system's word
  day            date        not null, -- of at, in the zone of its source
  source         text        not null, -- kind of the message whose word counts
  inbox_id       bigint,               -- that message: the evidence
  earlier        text,                 -- JSON list of the other words; null when there is one only
  changed_at     timestamptz not null default now(),
  recorded_at    timestamptz not null default now(),
  constraint payment_record_pk primary key (id, recorded_at)
) partition by range (recorded_at);
create index payment_record_transaction on payment_record (transaction_id);
create index payment_record_day on payment_record (connection, day, kind);
create index payment_record_order on payment_record (shop, number);

-- How often the records of a day have changed: a run that saw fewer changes is made again.
create table payment_day (
  connection text   not null,
  day        date   not null,
  changes    bigint not null,
  constraint payment_day_pk primary key (connection, day)
) with (fillfactor = 70);

-- One row per comparison of a day, for good. Claimed by the insert: the holder is the instance, the
-- lease lapses by the database's clock.
create table payment_run (
  id          bigint      generated always as identity constraint payment_run_pk primary key,
  connection  text        not null,
  day         date        not null,
  stage       text        not null constraint payment_run_stage
              check (stage in ('PROVISIONAL', 'FINAL')),
  version     integer     not null, -- 1, 2, 3, ... of this day
  state       text        not null constraint payment_run_state
              check (state in ('RUNNING', 'DONE', 'FAILED', 'BROKEN')),
  holder      bigint      not null,
  lease_until timestamptz not null,
  started_at  timestamptz not null,
  ended_at    timestamptz,
  seen_at     timestamptz not null default now(), -- by the database's clock, before it looked
  changes     bigint      not null default 0,     -- of payment_day, before it looked
  awaited     bigint      not null default 0,     -- items that were too fresh to be judged
  totals      text        not null default '[]',  -- JSON: class, currency, count, amount
  repaired    bigint      not null default 0,
  asked_by    text        not null,
  problem     text,
  constraint payment_run_version unique (connection, day, version)
) with (fillfactor = 70);

-- What a run found, one row per item that is not plainly the same on both sides.
create sequence payment_result_id;
create table payment_result (
  id             bigint      not null default nextval('payment_result_id'),
  run_id         bigint      not null,
  at             timestamptz not null default now(),
  verdict        text        not null,
  kind           text        not null, -- PAYMENT, REFUND, ORDER
  transaction_id text        not null,
  refund_id      text        not null,
  shop           text        not null,
  number         text        not null,
  amount         numeric     not null, -- the money that is in question
  currency       text        not null,
  happened_at    timestamptz not null,
  inbox_id       bigint,
  outcome        text        not null default '', -- RECORDED, PROPOSED; empty when nothing was done
  evidence       text        not null, -- JSON object
  constraint payment_result_pk primary key (id, at)
) partition by range (at);
create index payment_result_run on payment_result (run_id, verdict, id);
create index payment_result_transaction on payment_result (transaction_id)
 where outcome = 'RECORDED';
