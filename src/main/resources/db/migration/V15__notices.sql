-- Notices to customers: what the gates made, how each was sent, and what receipts say of it.

-- Who an order's receiver is, as far as several orders can be known to be of one customer: a hash
-- of the phone number, or of the shop's own number of the buyer (order.CustomerKey).
alter table order_person add column customer text;
-- Of those that are there the mobile numbers of China alone: what else there is takes more to read,
-- and is known from the order's next message on.
update order_person p
   set customer = encode(sha256(convert_to('tel:86' || right(n.digits, 11), 'UTF8')), 'hex')
  from (select order_id,
               regexp_replace(receiver::jsonb ->> 'phone', '[ ()+-]', '', 'g') as digits
          from order_person) n
 where n.order_id = p.order_id and n.digits ~ '^(00)?(86)?1[3-9][0-9]{9}$'
   and (n.digits !~ '^00' or n.digits ~ '^0086');
create index order_person_customer on order_person (customer) where customer is not null;

-- One row for each time a gate opened, for good: whether a customer was told is asked for years
-- later. Made in the transaction that wrote the event, so a repeat makes none.
create table notice (
  id         bigint      generated always as identity constraint notice_pk primary key,
  gate       text        not null,
  order_id   bigint      not null,
  item       text        not null, -- the parcel or the refund; empty for the order itself
  shop       text        not null,
  number     text        not null,
  gate_at    timestamptz not null, -- when the gate opened here
  since      timestamptz not null, -- when the last condition came true out there
  conditions text        not null, -- JSON: when each came true
  state      text        not null default 'NEW' constraint notice_state
             check (state in ('NEW', 'SENDING', 'DELIVERED', 'READ', 'UNCONFIRMED', 'FAILED',
                              'SUPPRESSED')),
  step       integer     not null default 0, -- of the gate's channels, the next to be tried
  steps      integer     not null, -- how many may be tried one after the other; 0: all at once
  customer   text,
  personal   text,                 -- the rule of the personal block
  decided    text        not null default '[]', -- JSON: channel, rule, what it did
  cause      text,                 -- why it failed
  reached_at timestamptz,          -- first receipt that says delivered or read
  reached_by text,                 -- channel
  checked    boolean     not null default true, -- whether findings follow its state
  constraint notice_once unique (order_id, gate, item)
) with (fillfactor = 70);
create index notice_new on notice (id) where state = 'NEW';
create index notice_unchecked on notice (id) where not checked;
-- Rows come in the order of their days, and move within their page.
create index notice_gate_at on notice using brin (gate_at) with (pages_per_range = 16);

-- One row per notice and channel that was tried, or that a rule kept from being tried.
create table notice_send (
  id           bigint      generated always as identity constraint notice_send_pk primary key,
  notice_id    bigint      not null,
  step         integer     not null,
  channel      text        not null,
  vendor       text        not null, -- the connection; changes when another vendor takes over
  customer     text,
  planned_at   timestamptz not null,
  counted      boolean     not null, -- whether it counts for the caps
  content      text        not null,
  state        text        not null constraint notice_send_state
               check (state in ('PLANNED', 'QUEUED', 'ACCEPTED', 'DELIVERED', 'READ', 'UNCONFIRMED',
                                'FAILED', 'SUPPRESSED', 'DROPPED')),
  due_at       timestamptz, -- when the clock acts next: sends it, or gives its receipt up
  tries        integer     not null default 0,
  away         text        not null default '', -- vendors that failed in this try, with commas
  doubt        boolean     not null default false, -- nobody knows whether the vendor took it
  personal     boolean     not null, -- whether the personal block is in it
  template     text,        -- the vendor's own number of it
  version      integer,     -- of our template
  ref          text,        -- the vendor's own number of the message
  accepted_at  timestamptz,
  pull_at      timestamptz, -- when its vendor is asked for its receipt; null where it is pushed
  delivered_at timestamptz,
  read_at      timestamptz,
  failed_at    timestamptz,
  cause        text,
  why          text,
  constraint notice_send_once unique (notice_id, channel)
) with (fillfactor = 60);
create index notice_send_due on notice_send (due_at) where due_at is not null;
create index notice_send_pull on notice_send (pull_at) where pull_at is not null;
create index notice_send_ref on notice_send (vendor, ref) where ref is not null;
create index notice_send_counted on notice_send (customer, planned_at)
 where counted and customer is not null;
create index notice_send_failed on notice_send (failed_at) where failed_at is not null;

-- What vendors told of messages, by month. Some come before the answer to the message itself.
create table notice_receipt (
  received_at timestamptz not null,
  vendor      text        not null,
  ref         text        not null, -- theirs, or ours where they echo it
  send_id     bigint,               -- null as long as nobody knows the message
  state       text        not null,
  at          timestamptz not null,
  code        text        not null,
  reason      text        not null,
  cause       text
) partition by range (received_at);
create index notice_receipt_unknown on notice_receipt (received_at) where send_id is null;
create index notice_receipt_named on notice_receipt (vendor, ref) where send_id is null;
create index notice_receipt_send on notice_receipt (send_id) where send_id is not null;

-- How many were reached, per day on which the gates opened. A late receipt makes a new version.
create table notice_day (
  gate        text        not null,
  day         date        not null,
  version     integer     not null,
  due         bigint      not null,
  reached     bigint      not null,
  read        bigint      not null,
  unconfirmed bigint      not null,
  failed      bigint      not null,
  suppressed  bigint      not null,
  open        bigint      not null,
  made_at     timestamptz not null,
  constraint notice_day_pk primary key (gate, day, version)
);
