-- What the connections to partners keep for themselves: access tokens, and what has been read from
-- sources by period.

-- The token in force of each connection that has `token:`. The tokens are sealed (AES-GCM) under a
-- key made of the connection's secrets, which are never stored: a dump alone discloses none.
-- A renewal is claimed before the partner is asked, because nobody waits for a partner inside a
-- transaction; the claim lapses by the database's clock. See docs/decisions/0007-calls.md.
create table access_token (
  connection   text        not null constraint access_token_pk primary key,
  sealed       bytea       not null, -- access and refresh token
  expires_at   timestamptz,          -- null: not known
  renewed_at   timestamptz not null default now(),
  version      bigint      not null, -- counts renewals: who saw an older one need not renew
  claimed_by   uuid,                 -- who asks the partner now
  claim_ends   timestamptz,
  failed_at    timestamptz,          -- of the last renewal that failed; null after a good one
  failure      text
) with (fillfactor = 70);

-- Windows of time of the sources that are read by period: one row per window, for good. The books
-- of time: what was read, what is proved, what is late. Claimed like a lane: the token fences, the
-- lease lapses by the database's clock; due_at and next_at are times of the application's clock.
-- A queue that is read and acknowledged has one row that stays due. See docs/decisions/0006-windows.md.
create table source_window (
  source      text        not null, -- <connection>/<source>
  starts_at   timestamptz not null,
  ends_at     timestamptz not null,
  day         date,                 -- of a daily window, in the zone of its source
  due_at      timestamptz not null, -- nothing is missing before
  extra       boolean     not null default false, -- asked for by a person, outside of the row
  state       text        not null default 'DUE' constraint source_window_state
              check (state in ('DUE', 'READ', 'PROVED')),
  next_at     timestamptz not null, -- when to look at it again
  attempts    integer     not null default 0, -- readings since it was last complete
  checks      integer     not null default 0, -- rounds of its proof
  token       bigint,               -- the claim; null when free
  lease_until timestamptz,
  pass        integer     not null default 0, -- counts readings, so that each counts its own items
  items_at    timestamptz,          -- the partition of its items
  checked_to  bigint      not null default 0, -- messages up to here have reached the order book
  told        bigint,               -- how many the source said there are
  stored      bigint,               -- distinct ids of the last complete reading
  restarts    integer     not null default 0, -- how often the source moved while it was read
  recovered   bigint      not null default 0, -- should have come by push and did not
  dead        bigint      not null default 0, -- wait as dead letters for a person
  empty       boolean     not null default false,
  late        boolean     not null default false,
  cause       text,
  problem     text,                 -- why it is not read or not proved, in words
  read_at     timestamptz,
  proved_at   timestamptz,
  constraint source_window_pk primary key (source, starts_at)
) with (fillfactor = 70);
create index source_window_open on source_window (source, next_at) where state <> 'PROVED';

-- What each reading of a window brought. By day of the reading, dropped by day.
create table window_item (
  source    text        not null,
  starts_at timestamptz not null,
  items_at  timestamptz not null,   -- of the window, so that one window lies in one partition
  inbox_id  bigint      not null,
  item_id   text        not null,   -- the source's own
  pass      integer     not null,   -- the last reading that saw it
  fate      text        constraint window_item_fate check (fate in ('RECOVERED', 'DEAD')),
  constraint window_item_pk primary key (source, starts_at, inbox_id, items_at)
) partition by range (items_at);
create index window_item_message on window_item (inbox_id);
create index window_item_fate on window_item (source, starts_at, fate) where fate is not null;

-- The rows of files that were read for a day, the newest version of each file. By month of taking.
create table source_row (
  source    text        not null,
  starts_at timestamptz not null,
  inbox_id  bigint      not null,   -- the file
  kept_at   timestamptz not null default now(),
  place     integer     not null,   -- 1, 2, 3, ... as the file was read
  line      bigint,                 -- in the file; null when it was not told
  body      text        not null,   -- JSON object, texts by column
  problem   text                    -- why it was put aside; null when it is good
) partition by range (kept_at);
alter table source_row alter column body set storage external;
create index source_row_window on source_row (source, starts_at, place);

-- Who spoke first of an order is asked by message.
create index order_fact_message on order_fact (inbox_id);
