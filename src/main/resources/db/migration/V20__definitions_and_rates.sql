-- The definitions by which runs counted, as their files were. Another text of the same version, signed
-- by somebody else for example, is another row; its hash is the same. Insert only.
create table books.definition (
  name    text        not null,
  version integer     not null,
  hash    text        not null, -- over what it means
  text    text        not null, -- the file
  kept_at timestamptz not null,
  constraint definition_text unique (name, version, kept_at)
);
create trigger insert_only before update or delete or truncate on books.definition
  for each statement execute function books.stands_still();

-- What a snapshot comes to by a version of a definition. Neither changes, so it is counted once.
create table books.figure (
  snapshot   bigint  not null,
  definition text    not null, -- 'turnover 3'
  unit       text    not null, -- a currency; empty for pieces and orders, or when there is nothing
  entries    bigint  not null,
  total      numeric not null, -- minor units
  constraint figure_pk primary key (snapshot, definition, unit)
);
create trigger insert_only before update or delete or truncate on books.figure
  for each statement execute function books.stands_still();

-- The difference rate of a month as it was told, for good, with what it was made of.
create table books.rate (
  month          date        not null, -- its first day
  reconciliation text        not null, -- empty for all together
  currency       text        not null,
  open           numeric     not null, -- minor units, absolute amounts of open breaks
  breaks         bigint      not null,
  turnover       numeric     not null, -- minor units
  definition     text        not null, -- 'turnover 3'
  snapshots      bigint[]    not null,
  frozen_at      timestamptz not null,
  frozen_by      text        not null,
  constraint rate_pk primary key (month, reconciliation, currency)
);
create trigger insert_only before update or delete or truncate on books.rate
  for each statement execute function books.stands_still();
