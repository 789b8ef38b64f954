-- What the checks of single orders remember between two looks, so that a process that dies misses
-- nothing and several look at each order once: how far the change feed was followed, which orders
-- the clock alone will change, and how far a walk over all orders has come.
create table order_check (
  name  text   not null constraint order_check_pk primary key,
  feed  text,           -- cursor of the change feed; null before the first look
  rules text   not null, -- version of the rules that the last walk began with
  walk  bigint          -- number of the last order of the running walk; null when none runs
);
insert into order_check (name, rules) values ('contradictions', '');

-- Orders of which a rule holds, told or not yet; and those to be looked at again. Few: most orders
-- contradict nothing.
create table order_watch (
  order_id bigint      not null constraint order_watch_pk primary key,
  due_at   timestamptz,          -- when to look again by the clock; null when the clock is not waited for
  held     text        not null, -- JSON: since when each rule that holds has held
  found    boolean     not null  -- whether there are open findings of it
) with (fillfactor = 70);
create index order_watch_due on order_watch (due_at) where due_at is not null;

-- What is read in a system is no event of the order. Whoever writes that a system shows something
-- else makes the order due in the same transaction: a cursor over read_at would pass by what commits
-- late. Per statement, so that a reading of a million orders that changes nothing costs one join.
create function system_state_read() returns trigger language plpgsql as $$
begin
  insert into order_watch (order_id, due_at, held, found)
  select o.id, '-infinity', '{}', false
    from (select distinct shop, number from new_state) n
    join customer_order o on o.shop = n.shop and o.number = n.number
   order by o.id
  on conflict (order_id) do update set due_at = '-infinity';
  return null;
end $$;
create function system_state_read_again() returns trigger language plpgsql as $$
begin
  insert into order_watch (order_id, due_at, held, found)
  select o.id, '-infinity', '{}', false
    from (select distinct n.shop, n.number
            from new_state n join old_state s using (system, shop, number)
           where (n.status, n.raw, n.at) is distinct from (s.status, s.raw, s.at)) n
    join customer_order o on o.shop = n.shop and o.number = n.number
   order by o.id
  on conflict (order_id) do update set due_at = '-infinity';
  return null;
end $$;
create trigger system_state_insert after insert on system_state
  referencing new table as new_state
  for each statement execute function system_state_read();
create trigger system_state_update after update on system_state
  referencing old table as old_state new table as new_state
  for each statement execute function system_state_read_again();
create trigger system_state_delete after delete on system_state
  referencing old table as new_state
  for each statement execute function system_state_read();

-- Targets that a process leaves alone now because they failed too often. Its breaker lies in its
-- memory; here all processes see it.
create table target_away (
  target   text        not null,
  instance bigint      not null,
  seen_at  timestamptz not null,
  constraint target_away_pk primary key (target, instance)
);

-- Uploads that somebody has to see to, among those that were for good.
create index upload_deadline_unmet on upload_deadline (target)
 where met_at is null and state in ('WARNED', 'BREACHED');
