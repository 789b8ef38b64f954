-- Comparing what connected systems show with the order book: what each reading covered, which runs
-- were made, and what they found. system_state grows by what tells a reading from the next one.
alter table system_state
  add column inbox_id   bigint,      -- the newest stored message that told of it; null when asked alone
  add column created_at timestamptz, -- when the order came to be there, by the system's own word
  add column changed_at timestamptz; -- when a reading first showed this status
update system_state set changed_at = read_at;

-- Since when states of a system are kept: an order from before may never have been told.
create table state_system (
  system   text        not null constraint state_system_pk primary key,
  begun_at timestamptz not null
);

-- A window of a source of states that was proved, and whose states were confirmed: what it brought
-- unchanged is not stored again, so its reading is noted on the states by one statement.
create table state_reading (
  source       text        not null,
  starts_at    timestamptz not null, -- of the window
  covers_from  timestamptz not null, -- orders created from ...
  covers_to    timestamptz not null, -- ... to here were read
  read_from    timestamptz not null, -- nothing of it was read before
  proved_at    timestamptz not null,
  confirmed_at timestamptz not null,
  confirmed    bigint      not null, -- states that were read unchanged
  constraint state_reading_pk primary key (source, starts_at)
);

-- One row per comparison of a system with the order book, for good. It is asked for here and done
-- by whichever process gets to it; who died in the middle has written nothing else.
create table comparison_run (
  id          bigint      generated always as identity constraint comparison_run_pk primary key,
  system      text        not null,
  day         date        not null, -- on which it was asked for, in the zone of the pair
  period_from timestamptz not null,
  period_to   timestamptz not null,
  asked_by    text        not null,
  asked_at    timestamptz not null,
  state       text        not null default 'ASKED' constraint comparison_run_state
              check (state in ('ASKED', 'RUNNING', 'DONE', 'FAILED')),
  step        text        not null default '', -- of a running one, for people
  started_at  timestamptz,
  ended_at    timestamptz,
  rows_at     timestamptz,          -- partition of its rows
  ours        bigint,               -- orders of the order book that were looked at
  theirs      bigint,               -- states of the system that were looked at
  counts      text        not null default '{}', -- JSON object: how many by class
  awaited     text        not null default '[]', -- JSON list: readings that are missing, by name
  problem     text
);
create unique index comparison_run_asked on comparison_run (system, period_from, period_to)
 where state = 'ASKED';
create index comparison_run_open on comparison_run (id) where state in ('ASKED', 'RUNNING');
create index comparison_run_system on comparison_run (system, id);

-- The differences of a run. By month, dropped by month.
create table comparison_row (
  run_id    bigint      not null,
  at        timestamptz not null, -- of the run
  class     text        not null,
  shop      text        not null,
  number    text        not null,
  cause     text        not null,
  ours      text,                 -- status
  theirs    text,
  raw       text,                 -- the system's own code
  ours_at   timestamptz,
  theirs_at timestamptz,
  read_at   timestamptz,
  awaited   boolean     not null default false -- found before; a newer reading has to tell
) partition by range (at);
create index comparison_row_run on comparison_row (run_id, class, shop, number);

-- The orders of a period are counted per shop without looking at them.
drop index customer_order_created;
create index customer_order_created on customer_order (created_on) include (shop);
