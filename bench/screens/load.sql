-- A shop of :n orders with ten events each, and what grows with them, as a month of it leaves it.
-- Almost all is done; the newest hundredth is under way. Run by Screens.java on the tables of a fresh product,
-- before its first order. Statements end with a semicolon at the end of a line.

-- The days before the first start.
do $$
declare t text; d date;
begin
  foreach t in array array['event', 'attempt', 'inbox_message'] loop
    for i in 0..31 loop
      d := (now() at time zone 'UTC')::date - i;
      execute format('create table if not exists %I partition of %I for values from (%L) to (%L)',
        t || '_' || to_char(d, 'YYYYMMDD'), t, d || ' 00:00+00', d + 1 || ' 00:00+00');
    end loop;
  end loop;
  foreach t in array array['order_fact', 'payment_record', 'payment_result', 'comparison_row',
                           'notice_receipt', 'inbox_seen'] loop
    for i in 0..1 loop
      d := date_trunc('month', now() at time zone 'UTC') - make_interval(months => i);
      execute format('create table if not exists %I partition of %I for values from (%L) to (%L)',
        t || '_' || to_char(d, 'YYYYMMDD'), t,
        case when t = 'inbox_seen' then d::text else d || ' 00:00+00' end,
        case when t = 'inbox_seen' then (d + interval '1 month')::date::text
             else (d + interval '1 month')::date || ' 00:00+00' end);
    end loop;
  end loop;
end $$
;

-- What the product finds meanwhile takes numbers behind those that are put in here.
alter table finding alter column id restart with 1000000000;
alter table ticket alter column id restart with 1000000000;
truncate finding, ticket cascade;

-- Whoever follows the change feed has been through all of it.
update board_place set feed = '1.9000000000', over = '1.9000000000', walk = null;
update order_check set feed = '1.9000000000', walk = null;
-- Put into the order book by hand is no change that somebody waits for.
create unlogged table screens_made as
select i::bigint as id, 'N' || 1000000 + i as number, i > :n - :n / 100 as open,
       case when i > :n - :n / 100 then now() - make_interval(secs => (:n - i) * 1200.0 / (:n / 100))
            else now() - make_interval(secs => 3600 + (:n - i) * 2500000.0 / :n) end as at
  from generate_series(1, :n) i;
analyze screens_made;

-- They contradict nothing: whoever looks at all of them meanwhile finds nothing.
insert into customer_order (id, shop, number, status, revision, state, created_at, updated_at,
                            total, currency, created_on, paid_on, since, payments)
overriding system value
select id, 'demo', number, case when open then 'PAID' else 'COMPLETED' end, 10,
       '{"claims":{"CREATED":{"shopify":' || ms || '},"PAID":{"shopify":' || ms || '}'
       || case when open then '' else ',"PACKED":{"wms":' || ms || '},"COMPLETED":{"shopify":' || ms || '}' end
       || '},"payments":{},"parcels":{},"refunds":{},"raw":{},"documents":{"details":{"at":' || ms
       || ',"system":"shop","text":"' || repeat('a line of goods ', 20) || '","value":{}}}}',
       at, at, 99.5, 'CNY', at, at, at, 1
  from screens_made, lateral (select (extract(epoch from at) * 1000)::bigint) m (ms);

insert into event (seq, at, tx, id, type, subject, order_id, body)
overriding system value
select id * 10 + k, at, 1, md5(id || '-' || k), t, 'demo/' || number, id,
       '{"specversion":"1.0","id":"' || id || '-' || k || '","type":"' || t || '","subject":"demo/'
       || number || '","data":{"order":{"shop":"demo","number":"' || number
       || '"},"status":"PAID","change":{"milestone":"PAID"},"parcels":[],"payments":[],"refunds":[]}}'
  from screens_made,
       unnest(array['order.created', 'order.paid', 'order.accepted', 'order.packed',
         'order.tracking-assigned', 'order.shipped', 'order.picked-up', 'order.in-transit',
         'order.delivered', 'order.completed']) with ordinality e (t, k);

insert into inbox_message (id, received_at, connection, message_id, kind, headers, body)
select id, at, 'shopify', 'm' || id, 'orders/updated', '{}',
       convert_to('{"order":"' || number || '","text":"' || repeat('as it came ', 20) || '"}', 'UTF8')
  from screens_made;

insert into inbox_seen (connection, message_id, month, body_hash, inbox_id)
select 'shopify', 'm' || id, date_trunc('month', at)::date, '\x00', id from screens_made;

insert into order_fact (order_id, recorded_at, system, inbox_id, facts)
select id, at, s, id, '{"facts":[{"milestone":"PAID","at":"2026-11-27T08:00:00Z"}]}'
  from screens_made, unnest(array['shopify', 'wms']) s;

insert into attempt (at, work_id, queue, ref, subject, number, outcome, status, took_ms)
select at, id, 'outbox:' || q, id * 10 + 1, 'demo/' || number, 1, 'DONE', 200, 5
  from screens_made, unnest(array['erp', 'crm']) q;

insert into order_tracking select 'T' || number, id from screens_made;

insert into order_person (order_id, receiver, customer)
select id, '{"name":"n"}', encode(sha256(convert_to('tel:86' || 13800000000 + id % (:n / 4), 'UTF8')), 'hex')
  from screens_made;

insert into order_payment (order_id, payment_id, amount, currency, paid_at, system)
select id, 'P' || number, 99.5, 'CNY', at, 'wechat-pay' from screens_made;

insert into order_refund (order_id, refund_id, status, amount, currency, at)
select id, 'R' || number, 'DONE', 9.5, 'CNY', at from screens_made where id % 20 = 0;

insert into upload_deadline (target, subject, due_at, warn_at, state, met_at)
select 'shopify', 'demo/' || number, at, at, 'MET', at from screens_made where not open;

-- A system that shows something makes its orders due to be looked at; these have been.
alter table system_state disable trigger user;
insert into system_state (system, shop, number, status, raw, at, read_at, created_at, changed_at)
select 'erp', 'demo', number, case when open then 'PAID' else 'COMPLETED' end, 'ok', at, at, at, at
  from screens_made;
alter table system_state enable trigger user;

insert into board_order (order_id, subject, status, node, reached, moved_at, late_at)
select id, 'demo/' || number, case when open then 'PAID' else 'COMPLETED' end,
       case when open then 'PAID' else 'COMPLETED' end,
       array[ms, ms, ms, ms, null, null, ms, null, null, ms, null], at,
       case when id % 100 = 1 then at end
  from screens_made, lateral (select (extract(epoch from at) * 1000)::bigint) m (ms);
insert into board_now
select w, s, case s when 'PAID' then :n / 100 else :n - :n / 100 end
  from unnest(array['STATUS', 'NODE']) w, unnest(array['PAID', 'COMPLETED']) s
    on conflict (what, name) do update set n = excluded.n;
insert into board_stay
select g, date_trunc(lower(g), now(), 'UTC') - i * ('1 ' || g)::interval, n,
       (select string_agg(b || ':7', ',') from generate_series(20, 119) b)
  from unnest(array['HOUR', 'DAY']) g, generate_series(0, 365) i,
       unnest(array['CREATED', 'PAID', 'ACCEPTED', 'PACKED', 'TRACKING_ASSIGNED',
         'OUTBOUND_SCANNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'COMPLETED']) n;
insert into board_reached
select date_trunc('hour', now()) - make_interval(hours => h), n, 500
  from generate_series(0, 8759) h,
       unnest(array['CREATED', 'PAID', 'ACCEPTED', 'PACKED', 'TRACKING_ASSIGNED',
         'OUTBOUND_SCANNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'COMPLETED']) n;
insert into board_sync
select date_trunc('hour', now()) - make_interval(hours => h), 1000, 9 from generate_series(0, 8759) h;

-- One order in five had a finding and a ticket of it, one in a hundred has.
insert into finding (id, scope, kind, code, subject, item, level, cause, evidence, zh, en, state,
                     opened_at, seen_at, cleared_at)
overriding system value
select id, 'bench', case when id % 2 = 0 then 'STUCK' else 'PAYMENT' end, 'C' || id % 7,
       'demo/' || number, '', 'BREACH', '', '{}', '说明', 'words',
       case when id % 100 = 5 then 'OPEN' else 'CLEARED' end, at, at,
       case when id % 100 = 5 then null else at end
  from screens_made where id % 5 = 0 or id % 100 = 5;

insert into ticket (id, finding_id, episode, kind, code, subject, item, level, zh, en, rule, priority,
                    owner, due_at, ladder_to, ladder_at, escalate_at, state, state_by, state_at,
                    reason,                     created_at, opened_at)
overriding system value
select id, id, 1, case when id % 2 = 0 then 'STUCK' else 'PAYMENT' end, 'C' || id % 7,
       'demo/' || number, '', 'BREACH', '说明', 'words', 'r', 'NORMAL',
       (array['ops', 'cs', 'finance'])[1 + id / 100 % 3],
       now() + interval '20 days', array['manager'], array[now() + interval '30 days'],
       now() + interval '30 days',
       case when id % 100 = 5 then 'OPEN' else 'CLOSED' end, 'orderbridge', at, 'cleared', at, at
  from screens_made where id % 5 = 0;

insert into ticket_event (ticket_id, at, episode, what, actor, state, owner, reason)
select id, at, 1, w, 'orderbridge', 'CLOSED', 'ops', ''
  from screens_made, unnest(array['OPENED', 'CLOSED']) w where id % 5 = 0;

insert into ticket_comment (ticket_id, at, author, body)
select id, at, 'li', 'asked the warehouse' from screens_made where id % 5 = 0;

-- Notices: one of each order; a thousandth could not be sent.
insert into notice (id, gate, order_id, item, shop, number, gate_at, since, conditions, decided, state,
                    step, steps, customer, reached_at, reached_by, checked)
overriding system value
select id, (array['shipped', 'refunded', 'paid'])[1 + id % 3], id, '', 'demo', number, at, at,
       '{"PAID":"2026-11-29T12:03:03Z"}',
       '[{"channel":"sms","rule":"' || case when id % 1000 = 9 then 'quiet' else 'known' end || '","does":"SEND"}]',
       case when id % 1000 = 7 then 'FAILED' when id % 10 = 3 then 'READ'
            when id % 50 = 9 then 'SUPPRESSED' else 'DELIVERED' end,
       1, 1, md5(id % (:n / 4) || ''), at, 'sms', true
  from screens_made;

insert into notice_send (notice_id, step, channel, vendor, customer, planned_at, counted, content,
                         state, personal, template, version, ref, accepted_at, delivered_at, failed_at)
select id, 0, 'sms', 'aliyun-sms', md5(id % (:n / 4) || ''), at, true, 'TRANSACTION',
       case when id % 1000 = 7 then 'FAILED' else 'DELIVERED' end, false, 'shipped', 1, 'S' || id, at,
       at, case when id % 1000 = 7 then at end
  from screens_made;

insert into notice_receipt (received_at, vendor, ref, send_id, state, at, code, reason)
select at, 'aliyun-sms', 'S' || id, id, 'DELIVERED', at, 'ok', 'ok' from screens_made;

insert into notice_contact (customer, kind, value, at)
select md5(i || ''), 'wechat', 'f' || i, now() from generate_series(0, :n / 4 - 1) i;

insert into notice_consent (customer, channel, content, says, at, evidence, recorded_at)
select md5(i || ''), 'sms', 'MARKETING', 'GRANTED', now(), 'form', now()
  from generate_series(0, :n / 4 - 1) i;

insert into notice_day (gate, day, version, due, reached, read, unconfirmed, failed, suppressed, open, made_at)
select g, current_date - d, v, 1000, 990, 90, 0, 5, 5, 0, now()
  from unnest(array['shipped', 'refunded', 'paid']) g, generate_series(1, 400) d, generate_series(1, 3) v;

-- Dead letters: a fiftieth of the orders had one, a tenth of those waits.
insert into dead_letter (id, work_id, queue, lane, ref, ref_at, subject, key, cause, place, message,
                         payload, attempts, since, died_at, state, settled_at, settled_by, words)
overriding system value
select id, id, case when id % 100 = 0 then 'inbox:shopify' else 'outbox:erp' end, 'demo/' || number,
       case when id % 100 = 0 then id else id * 10 + 1 end, at, 'demo/' || number, 'k' || id,
       (array['UNMAPPED_VALUE', 'TARGET_REFUSED', 'TARGET_MOVED'])[1 + id / 50 % 3], '', 'words',
       convert_to('{"id":"' || number || '","text":"' || repeat('as it came ', 30) || '"}', 'UTF8'), 1,
       at, at, case when id % 500 = 0 then 'OPEN' else 'REPLAYED' end,
       case when id % 500 = 0 then null else at end, 'li', array[number]
  from screens_made where id % 50 = 0;

-- What people did: as many looks and acts as orders.
insert into audit (at, actor, action, subject, reason, detail)
select at, (array['li', 'wang', 'zhang', 'chen'])[1 + id % 4],
       (array['message.opened', 'dead-letter.replayed', 'ticket.taken', 'repair.proposed'])[1 + id / 7 % 4],
       'demo/' || number, '', 'x'
  from screens_made;

insert into alert (key, cause, level, clears, subject, owner, zh, en, count, link, raised_at)
select 'finding:' || id, 'stuck:C' || id % 7, 'BREACH', false, 'demo/' || number, 'ops', '说明', 'words', 1, '', at
  from screens_made where id % 5 = 0;

insert into repair (id, action, state, options, overridden, reason, proposed_by, proposed_as,
                    proposed_at, second, source, orders, changes)
overriding system value
select id / 50, (array['force', 'resend'])[1 + id / 50 % 2],
       case when id % 5000 = 0 then 'PROPOSED' else 'DONE' end, '{}', false, 'why', 'li', 'ops', at, '', '', 10, 10
  from screens_made where id % 50 = 0;

insert into repair_item (repair_id, item, shop, number, wish, state, before, after, plan, why, settled_at)
select id / 50, k, 'demo', 'N' || 1000000 + id - k, '{}', 'VERIFIED', 'PAID', 'PAID', '[]', '', at
  from screens_made, generate_series(1, 10) k where id % 50 = 0;

insert into payment_record (connection, kind, transaction_id, refund_id, shop, number, amount,
                            currency, state, at, day, source, recorded_at)
select 'wechat-pay', 'PAYMENT', 'P' || number, '', 'demo', number, 99.5, 'CNY', 'PAID', at, at::date,
       'trade-bill', at
  from screens_made;
insert into payment_run (id, connection, day, stage, version, state, holder, lease_until, started_at,
                         ended_at, asked_by)
overriding system value
select i, 'wechat-pay', current_date - i, 'FINAL', 1, 'DONE', 1, now(), now(), now(), 'calendar'
  from generate_series(1, 1000) i;
insert into payment_result (run_id, at, verdict, kind, transaction_id, refund_id, shop, number, amount,
                            currency, happened_at, evidence)
select 1 + id % 30, at, (array['UNPAID', 'PAID_HERE_ONLY'])[1 + id / 20 % 2], 'PAYMENT', 'P' || number, '',
       'demo', number, 99.5, 'CNY', at, '{}'
  from screens_made where id % 20 = 0;

insert into comparison_run (id, system, day, period_from, period_to, asked_by, asked_at, state,
                            started_at, ended_at, rows_at, ours, theirs)
overriding system value
select i, 'erp', current_date - i, now(), now(), 'calendar', now() - make_interval(mins => i), 'DONE',
       now(), now(), now() - make_interval(mins => i), 1, 1
  from generate_series(1, 2000) i;
insert into comparison_row (run_id, at, class, shop, number, cause)
select 1 + id % 500, now() - make_interval(mins => 1 + (id % 500)::int), 'STATUS', 'demo', number, 'LATE'
  from screens_made where id % 10 = 0;

insert into source_window (source, starts_at, ends_at, due_at, state, next_at, attempts, read_at, proved_at, told, stored)
select s, date_trunc('hour', now()) - i * interval '15 minutes', date_trunc('hour', now()) - (i - 1) * interval '15 minutes',
       now() - i * interval '15 minutes', 'PROVED', now(), 1, now(), now(), 100, 100
  from unnest(array['shopify/orders', 'taobao/trades', 'jd/orders', 'pinduoduo/orders']) s,
       generate_series(1, :n / 40) i
    on conflict do nothing;

insert into health_value (metric, period, version, numerator, denominator, unit, verdict, limits, rules, final, causes, made_at)
select m, current_date - d, v, 1, 1000, case m when 'book-difference' then 'CNY' else '' end, 'PASS', 1, 1, true,
       '{"by":{"LATE":1},"examples":[]}', now()
  from unnest(array['sync-delay', 'notice-reach', 'book-difference', 'hand-work']) m, generate_series(1, 800) d,
       generate_series(1, 3) v;

insert into book_break (reconciliation, key, class, state, shop, currency, gap, since, run, item, carried,
                        episode, opened_at, seen_at, ended_at)
select 'wechat-pay-bills', number, (array['UNSETTLED', 'AMOUNT'])[1 + id / 20 % 2],
       case when id % 200 = 0 then 'OPEN' else 'CLEARED' end, 'demo', 'CNY', 100, at::date, 1, 1, false, 1, at, at,
       case when id % 200 = 0 then null else at end
  from screens_made where id % 20 = 0;
insert into book_break_act (break, at, who, act, reason, details)
select id, opened_at, 'run:1', 'OPENED', '', '{}' from book_break;

-- Numbers go on behind what was put in with its own.
do $$
declare c record;
begin
  for c in select table_name, column_name, pg_get_serial_sequence(table_name, column_name) as s
             from information_schema.columns
            where table_schema = 'public' and is_identity = 'YES' loop
    execute format('select setval(%L, greatest((select max(%I) from %I), 1))', c.s, c.column_name, c.table_name);
  end loop;
end $$
;
drop table screens_made;
vacuum (analyze, skip_locked);
