-- The flow board: how many orders stand where, how long they stay, how many pass, how late the order
-- book hears of it. Kept by one follower of the change feed in batches (docs/decisions/0015-board.md);
-- everything here can be made anew from the feed and the order book.

-- How far the feed was followed; and the orders from before the feed's first event, that are walked
-- over once.
create table board_place (
  one  boolean not null default true constraint board_place_pk primary key
       constraint board_place_one check (one),
  feed text    not null, -- cursor of the change feed
  over text    not null, -- cursor of the events whose time to reach every target is over
  walk bigint            -- the last order of the running walk; null when it is over
);
insert into board_place (feed, over, walk) values ('', '', 0);

-- What the counts hold of each order: what a change takes off again, and the list behind a number.
create table board_order (
  order_id bigint   not null constraint board_order_pk primary key,
  subject  text     not null, -- shop/number
  status   text     not null,
  node     text     not null, -- the milestone it reached last; empty before the first
  reached  bigint[] not null, -- when, by number of the milestone; ms since 1970, null: not
  moved_at timestamptz,       -- when its newest status was heard of; null: before the feed
  late_at  timestamptz        -- when the newest status was heard of that was late; null: none
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
create index board_order_status on board_order (status, order_id);
create index board_order_node on board_order (node, order_id);
create index board_order_subject on board_order (subject);
-- The time stands in the index, so that those of a window are found without their rows.
create index board_order_late on board_order (order_id, late_at) where late_at is not null;

-- How many orders stand where now.
create table board_now (
  what text   not null constraint board_now_what check (what in ('STATUS', 'NODE')),
  name text   not null,
  n    bigint not null,
  constraint board_now_pk primary key (what, name)
) with (fillfactor = 50);

-- How many orders reached a milestone in an hour.
create table board_reached (
  hour timestamptz not null,
  node text        not null,
  n    bigint      not null,
  constraint board_reached_pk primary key (hour, node)
) with (fillfactor = 70);

-- How long orders that left a milestone in an hour, or a day (UTC), had stayed there.
create table board_stay (
  grain     text        not null constraint board_stay_grain check (grain in ('DAY', 'HOUR')),
  starts_at timestamptz not null,
  node      text        not null,
  histogram text        not null, -- bucket:orders,bucket:orders; see board.Stay
  constraint board_stay_pk primary key (grain, starts_at, node)
) with (fillfactor = 70);

-- Orders by the hour in which their newest status was heard of, and by that of their newest late one. So the
-- hours from any hour until now add up to the orders that moved, and were late, since then; each once.
create table board_sync (
  hour   timestamptz not null constraint board_sync_pk primary key,
  orders bigint      not null,
  late   bigint      not null
) with (fillfactor = 70);

-- Which orders are abnormal is counted and listed by the open findings alone.
create index finding_open_subject on finding (subject, kind) where state = 'OPEN';
