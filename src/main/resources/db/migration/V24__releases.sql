-- Files of routes/ and mappings/ that were released through the API: what was written, by whom and
-- why, and what the reload said of it. Insert only: going back to a version is a version as well.
create table file_version (
  id        bigint      generated always as identity constraint file_version_pk primary key,
  path      text        not null, -- for example mappings/erp/order.jsonata
  hash      text        not null, -- SHA-256 of the text in UTF-8, hex
  text      text        not null,
  edited_from text      not null, -- hash of the text it was edited from; empty for a new file
  changed_by  text      not null, -- empty: as it was found in the folder, changed by nobody we know
  changed_at timestamptz not null,
  reason    text        not null
);
create index file_version_path on file_version (path, id);

-- A version without one: the process ended while it waited for the reload.
create table file_verdict (
  version bigint      not null constraint file_verdict_pk primary key
          constraint file_verdict_of references file_version (id),
  verdict text        not null constraint file_verdict_known
          check (verdict in ('IN_FORCE', 'REFUSED', 'NOT_TAKEN')),
  at      timestamptz not null,
  what    text        not null -- place and text of the refusal; empty when in force
);

create function file_version_stands_still() returns trigger language plpgsql as $$
begin
  raise exception 'versions of files are insert only' using errcode = 'insufficient_privilege';
end $$;
create trigger file_version_insert_only before update or delete or truncate on file_version
  for each statement execute function file_version_stands_still();
create trigger file_verdict_insert_only before update or delete or truncate on file_verdict
  for each statement execute function file_version_stands_still();
