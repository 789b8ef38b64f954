-- The sandbox systems' own tables and what they do with an order. Run at every start in the profile
-- demo, so every statement may be repeated. Nothing of the product reads these tables.
create schema if not exists sandbox;

-- Faults that are switched on while it runs (POST /sandbox/faults).
create table if not exists sandbox.fault (
  system text        not null constraint fault_pk primary key,
  kind   text        not null constraint fault_kind check (kind in ('busy', 'down', 'refuse')),
  until  timestamptz not null,
  times  integer                              -- requests that still fail; null: all until then
);

-- How often each delivery came and was taken: what came twice can be counted here.
create table if not exists sandbox.ledger (
  system   text        not null,
  key      text        not null,
  arrived  integer     not null default 1,
  taken    integer     not null default 0,
  first_at timestamptz not null default now(),
  constraint ledger_pk primary key (system, key)
);

create table if not exists sandbox.erp_order (
  shop        text        not null,
  external_no text        not null,
  status      text        not null,
  total       numeric,
  currency    text,
  lines       jsonb       not null,
  shipments   jsonb       not null,
  updated_at  timestamptz not null,
  constraint erp_order_pk primary key (shop, external_no)
);

create table if not exists sandbox.wms_order (
  shop     text        not null,
  order_no text        not null,
  receiver jsonb       not null,
  lines    jsonb       not null,
  taken_at timestamptz not null default now(),
  constraint wms_order_pk primary key (shop, order_no)
);

-- Written by the product itself, by JDBC (routes/crm).
create table if not exists sandbox.crm_order (
  shop       text        not null,
  number     text        not null,
  status     text        not null,
  total      numeric,
  currency   text,
  updated_at timestamptz not null,
  event_id   text        not null,
  constraint crm_order_pk primary key (shop, number)
);

-- What the lists of orders show beside: since when an order is there, and how far it is.
alter table sandbox.erp_order add column if not exists created_at timestamptz not null default now();
alter table sandbox.crm_order add column if not exists created_at timestamptz not null default now();
alter table sandbox.wms_order add column if not exists status text not null default 'waiting';
alter table sandbox.wms_order
  add column if not exists updated_at timestamptz not null default now();

create or replace function sandbox.arrive(of_system text, of_key text) returns void
language sql as $$
  insert into sandbox.ledger (system, key) values (of_system, of_key)
  on conflict (system, key) do update set arrived = ledger.arrived + 1
$$;

-- Whether it is the first time that this delivery is taken.
create or replace function sandbox.take(of_system text, of_key text) returns boolean
language sql as $$
  update sandbox.ledger set taken = taken + 1
   where system = of_system and key = of_key
  returning taken = 1
$$;

-- The fault that this request meets, or null.
create or replace function sandbox.meet_fault(of_system text) returns text
language sql as $$
  update sandbox.fault set times = times - 1
   where system = of_system and until > clock_timestamp() and coalesce(times, 1) > 0
  returning kind
$$;

create or replace function sandbox.set_fault(wish jsonb, out status integer, out answer text)
language plpgsql as $$
begin
  if wish ->> 'kind' = 'off' then
    delete from sandbox.fault where system = wish ->> 'system';
  elsif wish ->> 'system' in ('erp', 'wms') and wish ->> 'kind' in ('busy', 'down', 'refuse') then
    insert into sandbox.fault (system, kind, until, times)
    values (wish ->> 'system', wish ->> 'kind',
            clock_timestamp() + make_interval(secs => coalesce(wish ->> 'seconds', '60')::integer),
            (wish ->> 'times')::integer)
    on conflict (system) do update
    set kind = excluded.kind, until = excluded.until, times = excluded.times;
  else
    status := 400;
    answer := '{"error": "expected {\"system\": \"erp|wms\", \"kind\": \"busy|down|refuse|off\",'
           || ' \"seconds\": 30, \"times\": 5}; seconds and times may be left out"}';
    return;
  end if;
  status := 200;
  answer := coalesce((select jsonb_agg(to_jsonb(f)) from sandbox.fault f), '[]'::jsonb)::text;
end $$;

-- What keeps a system from taking a request: who asks, and the faults. Status null: nothing.
create or replace function sandbox.open(
  of_system text, of_key text, shown text, token text, out status integer, out answer text)
language plpgsql as $$
begin
  if shown is distinct from 'Bearer ' || token then
    status := 401;
    answer := '{"success": false, "code": "UNAUTHORIZED"}';
  elsif coalesce(of_key, '') = '' then
    status := 400;
    answer := '{"success": false, "code": "NO_IDEMPOTENCY_KEY"}';
  else
    perform sandbox.arrive(of_system, of_key);
    case sandbox.meet_fault(of_system)
      when 'down' then
        status := 503;
        answer := '{"success": false, "code": "DOWN"}';
      when 'busy' then
        -- The ERP answers errors with status 200, the WMS as HTTP means them.
        status := case of_system when 'erp' then 200 else 429 end;
        answer := '{"success": false, "code": "BUSY"}';
      when 'refuse' then
        status := case of_system when 'erp' then 200 else 422 end;
        answer := '{"success": false, "code": "REFUSED"}';
      else
        status := null;
    end case;
  end if;
end $$;

-- The ERP keeps one row for each order, with the newest updatedAt; a key that it has taken before
-- changes nothing and is answered alike.
create or replace function sandbox.erp_take(
  of_key text, shown text, token text, body jsonb, out status integer, out answer text)
language plpgsql as $$
begin
  select o.status, o.answer into status, answer
    from sandbox.open('erp', of_key, shown, token) o;
  if status is not null then
    return;
  end if;
  if sandbox.take('erp', of_key) then
    insert into sandbox.erp_order as e
           (shop, external_no, status, total, currency, lines, shipments, updated_at)
    values (body ->> 'shop', body ->> 'externalNo', body ->> 'status',
            (body ->> 'total')::numeric, body ->> 'currency',
            coalesce(body -> 'lines', '[]'), coalesce(body -> 'shipments', '[]'),
            (body ->> 'updatedAt')::timestamptz)
    on conflict (shop, external_no) do update
    set status = excluded.status, total = excluded.total, currency = excluded.currency,
        lines = excluded.lines, shipments = excluded.shipments, updated_at = excluded.updated_at
    where e.updated_at <= excluded.updated_at;
  end if;
  status := 200;
  answer := '{"success": true}';
end $$;

create or replace function sandbox.wms_take(
  of_key text, shown text, token text, body jsonb, out status integer, out answer text)
language plpgsql as $$
begin
  select o.status, o.answer into status, answer
    from sandbox.open('wms', of_key, shown, token) o;
  if status is not null then
    return;
  end if;
  if sandbox.take('wms', of_key) then
    insert into sandbox.wms_order (shop, order_no, receiver, lines)
    values (body ->> 'shop', body ->> 'orderNo', body -> 'receiver', body -> 'lines')
    on conflict (shop, order_no) do update
    set receiver = excluded.receiver, lines = excluded.lines;
  end if;
  status := 201;
  answer := '{"success": true}';
end $$;

-- An insert that ends in an update fires as well: each delivery is counted once.
create or replace function sandbox.count_crm() returns trigger language plpgsql as $$
begin
  perform sandbox.arrive('crm', new.event_id);
  perform sandbox.take('crm', new.event_id);
  return new;
end $$;
create or replace trigger crm_order_counted before insert on sandbox.crm_order
  for each row execute function sandbox.count_crm();

-- What each system knows of an order, in one form, to be compared with the order book.
create or replace view sandbox.known as
  select 'erp' as system, shop, external_no as number, status, total, currency,
         (select string_agg(concat_ws('*', l ->> 'sku', l ->> 'qty', l ->> 'price'), ';' order by n)
            from jsonb_array_elements(lines) with ordinality as x (l, n)) as goods,
         (select string_agg(
                   concat_ws('*', s ->> 'parcel', s ->> 'carrier', s ->> 'trackingNo'), ';'
                   order by s ->> 'parcel')
            from jsonb_array_elements(shipments) as s) as parcels
    from sandbox.erp_order
  union all
  select 'wms', shop, order_no, null, null, null,
         (select string_agg(concat_ws('*', l ->> 'sku', l ->> 'quantity'), ';' order by n)
            from jsonb_array_elements(lines) with ordinality as x (l, n)),
         null
    from sandbox.wms_order
  union all
  select 'crm', shop, number, status, total, currency, null, null
    from sandbox.crm_order;

create or replace function sandbox.tell(
  of_shop text, of_number text, out status integer, out answer text)
language sql as $$
  select case when count(*) = 0 then 404 else 200 end,
         coalesce(jsonb_object_agg(k.system, to_jsonb(k) - 'system'), '{}'::jsonb)::text
    from sandbox.known k
   where k.shop = of_shop and k.number = of_number
$$;

-- The lists of orders of ERP and WMS, as both give them: by time of creation, from id to id.
create or replace view sandbox.listed as
  select 'erp' as system, shop || '/' || external_no as id, shop, external_no as number, status,
         created_at, updated_at
    from sandbox.erp_order
  union all
  select 'wms', shop || '/' || order_no, shop, order_no, status, taken_at, updated_at
    from sandbox.wms_order;

-- given: createdFrom|createdTo|after|limit|id, each of which may be empty.
create or replace function sandbox.list(
  of_system text, shown text, token text, given text, out status integer, out answer text)
language plpgsql as $$
declare
  part text[] := string_to_array(given, '|');
  size integer := least(coalesce(nullif(part[4], '')::integer, 100), 500);
begin
  if shown is distinct from 'Bearer ' || token then
    status := 401;
    answer := '{"success": false, "code": "UNAUTHORIZED"}';
    return;
  end if;
  status := 200;
  select jsonb_build_object(
           'orders', coalesce(jsonb_agg(jsonb_build_object(
             'id', l.id, 'shop', l.shop,
             case of_system when 'erp' then 'externalNo' else 'orderNo' end, l.number,
             'status', l.status,
             'createdAt', to_char(l.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
             'updatedAt', to_char(l.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
             order by l.id), '[]'),
           'next', case when count(*) = size then max(l.id) end)::text
    into answer
    from (select * from sandbox.listed o
           where o.system = of_system and (part[5] = '' or o.id = part[5])
             and (part[1] = '' or o.created_at >= part[1]::timestamptz)
             and (part[2] = '' or o.created_at < part[2]::timestamptz) and o.id > part[3]
           order by o.id limit size) l;
end $$;
