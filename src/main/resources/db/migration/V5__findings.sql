-- What is not as it should be: one row per finding for good, opened, opened again and cleared by the
-- check that finds it. Findings are few; the cleared ones are the history of a trouble.
create table finding (
  id         bigint      generated always as identity constraint finding_pk primary key,
  scope      text        not null, -- of the check that clears it, for example stuck
  kind       text        not null,
  code       text        not null,
  subject    text        not null, -- shop/number, a source, a pair of systems
  item       text        not null, -- tells several of one code and subject apart; may be empty
  level      text        not null constraint finding_level check (level in ('WARNING', 'BREACH')),
  amount     numeric,
  currency   text,
  cause      text        not null, -- cause class; empty when it cannot be told
  evidence   text        not null, -- JSON object, without personal data
  zh         text        not null,
  en         text        not null,
  state      text        not null default 'OPEN' constraint finding_state
             check (state in ('OPEN', 'CLEARED')),
  episode    integer     not null default 1,
  opened_at  timestamptz not null, -- of this episode
  seen_at    timestamptz not null,
  cleared_at timestamptz,
  constraint finding_once unique (kind, code, subject, item)
) with (fillfactor = 80);
create index finding_scope on finding (scope) where state = 'OPEN';
create index finding_subject on finding (subject);
create index finding_open on finding (kind, id) where state = 'OPEN';
