-- The books: what each source said of a day, kept so that nothing later can change it, and what
-- comparing two of them gave. A schema of its own, so that it can be given to a role of its own or
-- lie on another server. Everything in it is insert only.
create schema books;

create function books.stands_still() returns trigger language plpgsql as $$
begin
  raise exception '%.% is insert only', tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

-- One row per source, day and version. A file that came again with the same content is no version.
create sequence books.snapshot_id;
create table books.snapshot (
  id       bigint      not null constraint snapshot_pk primary key,
  source   text        not null,
  day      date        not null,
  version  integer     not null, -- 1, 2, 3, ... of this day
  taken_at timestamptz not null,
  columns  text        not null, -- names of the cells, split by U+001F
  entries  bigint      not null,
  aside    bigint      not null, -- lines that could not be read
  totals   text        not null, -- 'CNY 12345 USD 678': sums in minor units
  content  bytea       not null, -- SHA-256 over those of blocks of entries, of cells, and the lines put aside
  previous bytea       not null, -- hash of the snapshot before it of the same source; empty at first
  hash     bytea       not null, -- SHA-256 over all of the above but the id
  constraint snapshot_version unique (source, day, version)
);
create index snapshot_chain on books.snapshot (source, id);

create table books.aside (
  snapshot bigint  not null,
  line     integer not null,
  why      text    not null
);
create index aside_snapshot on books.aside (snapshot, line);

-- What the entries of every snapshot look like. Each snapshot has a table of its own: it is read as
-- a whole or not at all, is written frozen, needs no index, and goes by being dropped.
create table books.entry (
  key_hash   bigint  not null,
  cells      bigint  not null, -- checksum of the cells of its row; 0 but for amount 0
  place      integer not null, -- 8 times the line of the file, plus which amount of the row
  again      boolean not null, -- whether its key may stand on an earlier line too; never false then
  amount     bigint,           -- minor units of the currency
  quantity   bigint,
  ordered_at timestamptz,
  paid_at    timestamptz,
  shipped_at timestamptz,
  settled_at timestamptz,
  key        text    collate "C" not null,
  currency   text,
  status     text    not null, -- in our words; empty when the source has none
  kind       text,             -- REFUND, FEE, ...; null is a sale
  shop       text,
  sku        text,
  ref        text,             -- further keys, split by U+001F
  converted  text              -- before it was converted, with the rate, its day and its source
);

-- The rows as they came, a page full of them in one tuple: each with its place, its length and its
-- cells split by U+001F. What a person looks up by its place needs no tuple for each, and is not
-- read by whoever compares. A row that is longer than a page has several parts.
create table books.cells (
  first_place integer not null,
  part        integer not null,
  cells       bytea   not null
);
alter table books.cells alter column cells set storage plain;

-- Runs as the owner of the schema: who fills a snapshot may insert and select, nothing else. The
-- role that writes is made by V19, where that may be done.
create function books.open_snapshot(id bigint) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  name text;
begin
  -- Frozen and analyzed by who fills it: autovacuum would read it twice more for nothing.
  execute format('create table books.entry_%s (like books.entry)
                  with (autovacuum_enabled = false)', id);
  execute format('create table books.cells_%s (like books.cells including storage)
                  with (autovacuum_enabled = false)', id);
  foreach name in array array['entry_' || id, 'cells_' || id] loop
    execute format('create trigger insert_only before update or delete or truncate on books.%I
                    for each statement execute function books.stands_still()', name);
    execute format('grant select, insert on books.%I to %I', name, session_user);
    if exists (select from pg_roles where rolname = 'orderbridge_books') then
      execute format('grant select, insert on books.%I to orderbridge_books', name);
    end if;
  end loop;
end $$;

create trigger insert_only before update or delete or truncate on books.snapshot
  for each statement execute function books.stands_still();
create trigger insert_only before update or delete or truncate on books.aside
  for each statement execute function books.stands_still();
