-- Order health: the metrics of each period as they were told, and the score of each month. Insert only:
-- what late data changes is the next version, and the versions before stay.
create table health_value (
  metric      text        not null, -- sync-delay, notice-reach, book-difference, hand-work
  period      date        not null, -- first day of the day, ISO week or month
  version     integer     not null,
  numerator   numeric     not null, -- of a share of money: minor units
  denominator numeric     not null,
  unit        text        not null, -- a currency; empty for orders and notices
  verdict     text        not null constraint health_value_verdict
              check (verdict in ('PASS', 'WARNING', 'BREACH', 'NOT_APPLICABLE')),
  limits      numeric     not null, -- percent: the limit by which it was judged
  rules       integer     not null, -- version of mappings/rules/health.yaml
  final       boolean     not null, -- whether the period was over
  causes      text        not null, -- JSON object: how many by cause, and examples
  made_at     timestamptz not null,
  constraint health_value_pk primary key (metric, period, version)
);
create table health_score (
  month      date        not null, -- its first day
  version    integer     not null,
  score      numeric,              -- 0 to 100; null when nothing was measured
  confidence numeric     not null, -- percent of what should have been measured
  verdict    text        not null constraint health_score_verdict
             check (verdict in ('PASS', 'WARNING', 'BREACH', 'UNCERTAIN')),
  rules      integer     not null,
  body       text        not null, -- JSON object: formula, parts, worst offenders
  made_at    timestamptz not null,
  constraint health_score_pk primary key (month, version)
);
create function health_stands_still() returns trigger language plpgsql as $$
begin
  raise exception 'what was told of order health is insert only'
    using errcode = 'insufficient_privilege';
end $$;
create trigger health_value_insert_only before update or delete or truncate on health_value
  for each statement execute function health_stands_still();
create trigger health_score_insert_only before update or delete or truncate on health_score
  for each statement execute function health_stands_still();

-- A day's events and attempts are found within their partitions; rows come in the order of time, so
-- that these indexes are a few pages and cost a write next to nothing.
create index event_at on event using brin (at) with (pages_per_range = 16);
create index attempt_at on attempt using brin (at) with (pages_per_range = 16);

-- Orders of a week of which nobody has told when they were placed.
create index customer_order_untold on customer_order (created_at) where created_on is null;

-- What people did since a time.
create index ticket_created on ticket (created_at);
create index repair_proposed on repair (proposed_at);
create index dead_letter_settled on dead_letter (settled_at)
 where state in ('REPLAYED', 'DISCARDED');
