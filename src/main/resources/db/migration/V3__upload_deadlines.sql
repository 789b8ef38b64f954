-- Until when a shop has to be told that an order was shipped, and whether it was (R18). One row per
-- target and order, made with the event that starts the time; a few per order, for good: the proof
-- of what was late, and the base of the shop's own score.
create table upload_deadline (
  target      text        not null,
  subject     text        not null,             -- shop/number
  due_at      timestamptz not null,
  warn_at     timestamptz not null,
  state       text        not null default 'OPEN' constraint upload_deadline_state
              check (state in ('OPEN', 'WARNED', 'BREACHED', 'MET', 'VOID')),
  warned_at   timestamptz,
  breached_at timestamptz,
  met_at      timestamptz,                      -- also after a breach: when it was made good
  constraint upload_deadline_pk primary key (target, subject)
) with (fillfactor = 80);
create index upload_deadline_due on upload_deadline (warn_at) where state in ('OPEN', 'WARNED');
create index upload_deadline_breached on upload_deadline (due_at) where state = 'BREACHED';

-- A start with a connection file that is refused goes on counting for the same shops.
alter table known_target add column shops text not null default '';
