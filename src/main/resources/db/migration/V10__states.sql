-- What each connected system shows of an order, as it was last read there (not what it pushed): the
-- other side of the comparison, and what contradictions are seen by.
create table system_state (
  system  text        not null, -- the connection
  shop    text        not null,
  number  text        not null,
  status  text        not null, -- in the words of the canonical status
  raw     text        not null, -- the system's own code
  at      timestamptz,          -- since when, by the system's own word; null when it does not say
  read_at timestamptz not null,
  constraint system_state_pk primary key (system, shop, number)
) with (fillfactor = 70);
create index system_state_order on system_state (shop, number);
