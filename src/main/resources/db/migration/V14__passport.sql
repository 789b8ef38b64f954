-- The passport of one order: what is asked by an order's number, by a tracking number and by a link
-- has to be found by index.

-- Tracking numbers of orders: customers ask by the number on their parcel. Every number that was
-- ever said of an order, by whomever; a few per order, for good, written with the fold.
create table order_tracking (
  tracking_no text   not null,
  order_id    bigint not null,
  constraint order_tracking_pk primary key (tracking_no, order_id)
);
insert into order_tracking
select distinct w.value ->> 'text', o.id
  from customer_order o, jsonb_each(coalesce(o.state::jsonb -> 'parcels', '{}')) p,
       jsonb_each(coalesce(p.value -> 'trackingNo', '{}')) w
 where w.value ->> 'text' <> '';

-- A message that died before it was mapped names its order only in its own body. The words of the
-- body that could be an order's number (work.Words), kept with the dead letter, find it.
alter table dead_letter add column words text[];
update dead_letter d
   set words = array(
         select distinct m[1]
           from regexp_matches(
                  regexp_replace(encode(d.payload, 'escape'), '\\[0-7]{3}|\\u[0-9a-fA-F]{4}|%[0-9A-F]{2}', ' ', 'g'),
                  '[A-Za-z0-9]{4,100}', 'g') m
          where m[1] ~ '[0-9]' limit 1000)
 where state = 'OPEN' and queue like 'inbox:%';
create index dead_letter_words on dead_letter using gin (words)
 where state = 'OPEN' and words is not null;

-- Links to one passport for who has no access to the product, such as customer service. Only the
-- hash of the token is kept; a link ends by itself.
create table passport_link (
  token_hash bytea       not null constraint passport_link_pk primary key,
  shop       text        not null,
  number     text        not null,
  created_by text        not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index passport_link_order on passport_link (shop, number);
create index passport_link_expired on passport_link (expires_at);
