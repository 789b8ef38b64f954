-- How books come in: rows that arrive one by one until their day is complete, rates of the day, and
-- who may write a snapshot.

-- The newest word on each row of a book that no file brings. By what names it; a row that comes
-- again with another content takes its place, and its day is cut into a snapshot once more.
create table books_staged (
  book    text   not null,
  day     date   not null,
  id      text   collate "C" not null,
  message bigint not null, -- a later message is the newer word; 0 when it was no message
  body    jsonb  not null, -- column to text
  constraint books_staged_pk primary key (book, day, id)
);

-- Which days of them are to be cut: touched again since the last snapshot.
create table books_staged_day (
  book    text   not null,
  day     date   not null,
  touched bigint not null, -- counts what changed
  cut     bigint not null default 0, -- touched, when the last snapshot was taken
  constraint books_staged_day_pk primary key (book, day)
);
create index books_staged_day_open on books_staged_day (book, day) where touched > cut;

-- One unit, or so many units, of base cost so much of quote. Never corrected in place: a source that
-- says otherwise adds a row, and the newest counts for what is converted from then on.
create table books_rate (
  source   text    not null,
  day      date    not null,
  base     text    not null,
  quote    text    not null,
  units    bigint  not null constraint books_rate_units check (units > 0),
  price    numeric not null constraint books_rate_price check (price > 0),
  version  integer not null,
  taken_at timestamptz not null,
  constraint books_rate_pk primary key (source, day, base, quote, version)
);

-- Who writes a snapshot may insert and select, nothing else. The role is the server's, not this
-- database's; where we may not make it, an administrator does, see docs/books.md.
do $$
begin
  if not exists (select from pg_roles where rolname = 'orderbridge_books') then
    create role orderbridge_books nologin;
  end if;
  -- Who makes a role may not act as it by that alone (PostgreSQL 16).
  execute format('grant orderbridge_books to %I', current_user);
exception
  when insufficient_privilege or duplicate_object or unique_violation then null;
end $$;

create function books.admit_writer() returns boolean language plpgsql as $$
begin
  if not exists (select from pg_roles where rolname = 'orderbridge_books') then
    return false;
  end if;
  grant usage on schema books to orderbridge_books;
  grant usage on sequence books.snapshot_id to orderbridge_books;
  grant select, insert on books.snapshot, books.aside to orderbridge_books;
  grant select on books.entry to orderbridge_books;
  return true;
end $$;
select books.admit_writer();

-- From here to the end of the transaction only what the role may. False where there is no such
-- role, or we are not its member: then the triggers alone refuse.
create function books.write_only() returns boolean language plpgsql as $$
begin
  if not exists (select from pg_roles where rolname = 'orderbridge_books')
     or not pg_has_role(session_user, 'orderbridge_books', 'member')
     or not has_schema_privilege('orderbridge_books', 'books', 'usage') then
    return false;
  end if;
  begin
    set local role orderbridge_books;
    return true;
  exception
    -- A member that may grant the role, but not act as it.
    when insufficient_privilege then return false;
  end;
end $$;

-- A file that came again leaves nothing; a snapshot that is sealed stays.
create function books.drop_unsealed(snapshot_id bigint) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from books.snapshot s where s.id = snapshot_id) then
    raise exception 'snapshot % is sealed', snapshot_id using errcode = 'insufficient_privilege';
  end if;
  execute format('drop table books.entry_%1$s, books.cells_%1$s', snapshot_id);
end $$;

-- Figures by which the database plans, of the key alone; the owner's right.
create function books.analyze_snapshot(id bigint) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  execute format('analyze books.entry_%s (key_hash)', id);
end $$;
