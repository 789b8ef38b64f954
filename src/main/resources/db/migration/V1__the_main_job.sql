-- The ground of the main job: what came in, what is waiting, what is known of each order, what is
-- owed, and what could not be done. Tables that grow with every message are partitioned by time and
-- dropped partition by partition (store.Partitions makes and drops them); none is deleted row by row.

-- Raw messages, exactly as received. Never updated, but for the erasure of personal data.
create sequence inbox_id;
create table inbox_message (
  id          bigint      not null,
  received_at timestamptz not null default now(),
  connection  text        not null,
  message_id  text        not null,
  kind        text        not null,
  headers     text        not null, -- JSON object of the headers a mapping may read
  body        bytea       not null,
  constraint inbox_message_pk primary key (id, received_at)
) partition by range (received_at);
-- A body is written once and read once: no time is spent on compressing it.
alter table inbox_message alter column body set storage external;

-- One row per message id and connection: what makes a repeat harmless. By month, because a unique
-- constraint over partitions has to hold the partition's key.
create table inbox_seen (
  connection text   not null,
  message_id text   not null,
  month      date   not null,
  body_hash  bytea  not null,
  inbox_id   bigint not null,
  constraint inbox_seen_pk primary key (connection, message_id, month)
) partition by range (month);

-- What is waiting. A lane is all work of one queue that has to be done in order; it is claimed as
-- a whole. See docs/decisions/0002-lanes.md.
create sequence claim_token;
create table lane (
  queue   text        not null,
  lane    text        not null,
  due_at  timestamptz not null default now(), -- free: when to look; claimed: when the claim lapses
  token   bigint,                             -- the claim; null when free
  holder  bigint,                             -- the instance that claimed it
  pokes   bigint      not null default 0,     -- counts additions, so that a release misses none
  strikes integer     not null default 0,     -- claims since the last orderly release
  constraint lane_pk primary key (queue, lane)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        autovacuum_vacuum_cost_delay = 0);
create index lane_due on lane (queue, due_at);

create sequence work_id;
create table work (
  id       bigint      not null default nextval('work_id'),
  queue    text        not null,
  lane     text        not null,
  ref      bigint      not null,           -- the inbox message or the event
  ref_at   timestamptz not null,           -- its partition
  subject  text        not null,           -- the order, or the sender's message id
  key      text        not null,           -- the idempotency key, the same over all attempts
  payload  bytea,                          -- a person's corrected copy; null: as it came
  attempts integer     not null default 0,
  since    timestamptz not null default now(),
  constraint work_pk primary key (queue, lane, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_cost_delay = 0);

-- Running processes, each holding an advisory lock on its number while it lives.
create sequence instance_id;
create table instance (
  id         bigint      not null constraint instance_pk primary key,
  started_at timestamptz not null default now()
);

-- One row per attempt, written with its result. The proof of what was delivered.
create table attempt (
  at      timestamptz not null default now(),
  work_id bigint      not null,
  queue   text        not null,
  ref     bigint      not null,
  subject text        not null,
  number  integer     not null,
  outcome text        not null constraint attempt_outcome
          check (outcome in ('DONE', 'AGAIN', 'DEAD')),
  cause   text,
  status  integer,
  answer  text,                            -- first KB of the target's answer
  why     text,
  took_ms integer     not null
) partition by range (at);
create index attempt_ref on attempt (ref, queue);

create table dead_letter (
  id         bigint      generated always as identity constraint dead_letter_pk primary key,
  work_id    bigint      not null,
  queue      text        not null,
  lane       text        not null,
  ref        bigint      not null,
  ref_at     timestamptz not null,
  subject    text        not null,
  key        text        not null,
  cause      text        not null,
  place      text        not null,
  message    text        not null,
  payload    bytea       not null,         -- a copy: it outlives the retention of what it was
  edited     bytea,
  attempts   integer     not null,
  since      timestamptz not null,
  died_at    timestamptz not null default now(),
  state      text        not null default 'OPEN' constraint dead_letter_state
             check (state in ('OPEN', 'REPLAYED', 'DISCARDED', 'MOOT')),
  settled_at timestamptz,
  settled_by text,
  reason     text
);
create index dead_letter_open on dead_letter (queue, subject) where state = 'OPEN';
create index dead_letter_ref on dead_letter (ref, queue);

-- The order book. state is the fold of the order's facts as JSON, without personal data.
create table customer_order (
  id         bigint      generated always as identity constraint customer_order_pk primary key,
  shop       text        not null,
  number     text        not null,
  status     text        not null,
  revision   bigint      not null,
  state      text        not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint customer_order_key unique (shop, number)
) with (fillfactor = 80);

-- What each message said of an order: the history behind the fold.
create table order_fact (
  order_id    bigint      not null,
  recorded_at timestamptz not null default now(),
  system      text        not null,
  inbox_id    bigint,
  facts       text        not null
) partition by range (recorded_at);
create index order_fact_order on order_fact (order_id);

-- Personal data, apart from everything else, so that it can be erased per order.
create table order_person (
  order_id   bigint      not null constraint order_person_pk primary key
             constraint order_person_order references customer_order (id),
  receiver   text        not null,
  updated_at timestamptz not null default now()
) with (fillfactor = 80);

-- Another system's claim on what is not its to say (R07).
create table foreign_write (
  id       bigint      generated always as identity constraint foreign_write_pk primary key,
  at       timestamptz not null default now(),
  order_id bigint      not null,
  system   text        not null,
  field    text        not null,
  claimed  text        not null,
  owners   text        not null,
  inbox_id bigint,
  constraint foreign_write_once unique (order_id, system, field)
);

-- What happened, for everybody who follows. tx orders the feed: see order.Events.
create sequence event_seq;
create table event (
  seq      bigint      not null default nextval('event_seq'),
  at       timestamptz not null default now(),
  tx       bigint      not null,
  id       text        not null,
  type     text        not null,
  subject  text        not null,
  order_id bigint      not null,
  body     text        not null,           -- the CloudEvent, without personal data
  constraint event_pk primary key (seq, at)
) partition by range (at);
alter table event alter column body set storage external;
create index event_feed on event (tx, seq);
create index event_order on event (order_id);

-- What each target was owed when its connection file was last read: a start with a file that is
-- refused goes on owing it (outbox.KnownTargets).
create table known_target (
  name     text not null constraint known_target_pk primary key,
  events   text not null,
  needs    text not null,
  order_by text not null
);

-- Added to every transaction number of the feed. A database restored from a dump counts its
-- transactions from a lower number; the offset keeps old cursors valid.
create table feed_offset (
  one    boolean not null default true constraint feed_offset_pk primary key
         constraint feed_offset_one check (one),
  amount bigint  not null
);
insert into feed_offset (amount) values (0);

-- Who did what by hand. Insert only: nobody, the application included, may change the past.
create table audit (
  id      bigint      generated always as identity constraint audit_pk primary key,
  at      timestamptz not null default now(),
  actor   text        not null,
  action  text        not null,
  subject text        not null,
  reason  text        not null,
  detail  text        not null
);
create function audit_stands_still() returns trigger language plpgsql as $$
begin
  raise exception 'audit is insert only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_insert_only before update or delete or truncate on audit
  for each statement execute function audit_stands_still();
