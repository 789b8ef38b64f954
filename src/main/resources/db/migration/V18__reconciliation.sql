-- A run of a reconciliation over a period: what it compared, by which rules, and what came out. Made
-- again over other snapshots or by other rules it is the next version. Insert only.
create sequence books.run_id;
create table books.run (
  id              bigint      not null constraint run_pk primary key,
  reconciliation  text        not null,
  period_from     date        not null,
  period_to       date        not null, -- the last day that belongs to it
  version         integer     not null,
  final           boolean     not null, -- whether every book was complete
  missing         text        not null, -- books that were not: 'stripe/payouts@2026-11-20', split by a blank
  reason          text        not null, -- schedule, calendar, restated, or who asked
  made_at         timestamptz not null,
  rules           text        not null, -- the file of the reconciliation as it was
  definitions     text        not null, -- 'turnover 3 valid-order 2'
  left_snapshots  bigint[]    not null,
  right_snapshots bigint[]    not null,
  carried_from    bigint,               -- the run whose open entries came in as well
  links           bigint[]    not null, -- links made by hand that held
  counts          jsonb       not null, -- {"left": {"entries": n, "carried": n, "matched": n, "tolerated": n, "breaks": n, "excluded": n}, "right": {...}}
  sums            jsonb       not null, -- the same shape, minor units as text, by currency: {"left": {"entries": {"CNY": "1"}, ...}}
  root            text        not null, -- over the hashes of its snapshots: what a report prints
  hash            text        not null, -- over rules, inputs, counts and items
  constraint run_version unique (reconciliation, period_from, period_to, version)
);

-- What did not simply match: one row per group of entries that belong together.
create table books.item (
  run            bigint  not null,
  no             integer not null, -- 1, 2, 3, ... in the order of class and key
  outcome        text    not null constraint item_outcome
                 check (outcome in ('MATCHED', 'TOLERATED', 'BREAK', 'EXCLUDED')),
  class          text    not null, -- of BreakClass
  rule           text    not null, -- id of the pass or rule that decided
  key            text    collate "C" not null,
  shop           text,
  currency       text,             -- null when it is no money, or several
  left_amount    bigint,           -- sums in minor units; null without a currency, or when that side has none
  right_amount   bigint,
  left_quantity  bigint,
  right_quantity bigint,
  since          date    not null, -- day of its oldest entry
  carried        boolean not null, -- whether its entries go into the next run
  zh             text    not null, -- one sentence: why
  en             text    not null,
  constraint item_pk primary key (run, no)
);
create index item_key on books.item (run, key);

-- The entries of an item.
create table books.member (
  run      bigint  not null,
  item     integer not null,
  side     "char"  not null, -- L, R
  snapshot bigint  not null,
  place    integer not null
);
create index member_item on books.member (run, item);

create trigger insert_only before update or delete or truncate on books.run
  for each statement execute function books.stands_still();
create trigger insert_only before update or delete or truncate on books.item
  for each statement execute function books.stands_still();
create trigger insert_only before update or delete or truncate on books.member
  for each statement execute function books.stands_still();

-- A run that is under way, or that failed: seen from outside its transaction. It goes with the commit
-- of its run.
create table book_run_attempt (
  reconciliation text        not null,
  period_from    date        not null,
  run            bigint      not null, -- the number that the run will have
  started_at     timestamptz not null,
  told_at        timestamptz not null,
  phase          text        not null,
  done           bigint      not null, -- entries
  total          bigint      not null,
  problem        text,                 -- why it failed; null while it runs
  constraint book_run_attempt_pk primary key (reconciliation, period_from)
);
create index book_run_attempt_run on book_run_attempt (run);

-- A difference through all runs: the same reconciliation and key is the same break. Two items of one
-- key in a run are told apart by #2, #3, ... behind the key.
create table book_break (
  id             bigint      generated always as identity constraint book_break_pk primary key,
  reconciliation text        not null,
  key            text        collate "C" not null,
  class          text        not null,
  code           text,                 -- the class by which it was reported first: its finding and ticket keep it
  state          text        not null constraint book_break_state
                 check (state in ('OPEN', 'PROPOSED', 'ACCEPTED', 'WRITTEN_OFF', 'LINKED', 'CLEARED')),
  shop           text,
  currency       text,
  gap            bigint,               -- left less right, minor units; null when it is no money
  quantity       bigint,               -- left less right; null when it is money
  since          date        not null,
  run            bigint      not null, -- the newest that found it
  item           integer     not null,
  carried        boolean     not null, -- whether later periods look for it
  episode        integer     not null,
  opened_at      timestamptz not null,
  seen_at        timestamptz not null,
  ended_at       timestamptz,
  proposed_by    text,                 -- who proposed to write it off
  constraint book_break_key unique (reconciliation, key)
);
create index book_break_open on book_break (reconciliation, since) where state in ('OPEN', 'PROPOSED');
create index book_break_run on book_break (run);

-- What people and runs did to a break. Insert only.
create table book_break_act (
  id      bigint      generated always as identity constraint book_break_act_pk primary key,
  break   bigint      not null,
  at      timestamptz not null,
  who     text        not null, -- a person, or run:<id>
  act     text        not null, -- OPENED, CHANGED, CLEARED, ACCEPTED, PROPOSED, REFUSED, WRITTEN_OFF, LINKED, REOPENED
  reason  text        not null,
  details jsonb       not null
);
create index book_break_act_of on book_break_act (break, id);
create trigger insert_only before update or delete or truncate on book_break_act
  for each statement execute function books.stands_still();

-- Entries that a person said belong together. Insert only: a link that was wrong is withdrawn, and the
-- runs that it held in still say so.
create table book_link (
  id             bigint      generated always as identity constraint book_link_pk primary key,
  reconciliation text        not null,
  made_by        text        not null,
  made_at        timestamptz not null,
  reason         text        not null,
  rule           text                  -- the pass that it proposed, as a line of the file; null when none
);
create index book_link_of on book_link (reconciliation, id);

create table book_link_entry (
  link     bigint  not null,
  side     "char"  not null, -- L, R
  snapshot bigint  not null,
  place    integer not null
);
create index book_link_entry_of on book_link_entry (link);

create table book_link_withdrawn (
  link   bigint      not null constraint book_link_withdrawn_pk primary key,
  who    text        not null,
  at     timestamptz not null,
  reason text        not null
);
create trigger insert_only before update or delete or truncate on book_link
  for each statement execute function books.stands_still();
create trigger insert_only before update or delete or truncate on book_link_entry
  for each statement execute function books.stands_still();
create trigger insert_only before update or delete or truncate on book_link_withdrawn
  for each statement execute function books.stands_still();
