-- Work for people: one ticket per finding for good, however often the finding comes and goes, and
-- tickets that people open by hand. A ticket carries its own due time and ladder, so that an edit of
-- the rules changes no promise that was given.
create table ticket (
  id          bigint      generated always as identity constraint ticket_pk primary key,
  finding_id  bigint      constraint ticket_once_per_finding unique, -- null: opened by hand
  request_key text        constraint ticket_once_per_request unique, -- of who opened it by hand
  episode     integer     not null, -- of the finding, for which the ticket was opened last
  kind        text        not null, -- of the finding, or HAND
  code        text        not null,
  subject     text        not null,
  item        text        not null,
  level       text        not null constraint ticket_level check (level in ('WARNING', 'BREACH')),
  amount      numeric,
  currency    text,
  zh          text        not null,
  en          text        not null,
  rule        text        not null, -- that opened it; empty by hand
  priority    text        not null constraint ticket_priority
              check (priority in ('LOW', 'NORMAL', 'HIGH', 'URGENT')),
  owner       text        not null, -- a role or a person
  due_at      timestamptz not null,
  ladder_to   text[]      not null, -- who has it next when it is overdue, and from when on
  ladder_at   timestamptz[] not null,
  step        integer     not null default 0, -- steps of the ladder that were taken
  escalate_at timestamptz,          -- time of the next step; null when there is none
  state       text        not null default 'OPEN' constraint ticket_state
              check (state in ('OPEN', 'IN_PROGRESS', 'TO_VERIFY', 'CLOSED')),
  state_by    text        not null, -- in progress, to verify: who works on it, who did
  state_at    timestamptz not null,
  reason      text        not null default '' constraint ticket_closed_with_reason
              check (state <> 'CLOSED' or reason <> ''),
  created_at  timestamptz not null,
  opened_at   timestamptz not null, -- of this episode: its age
  version     bigint      not null default 1
) with (fillfactor = 80);
create index ticket_subject on ticket (subject);
create index ticket_live on ticket (owner, id) where state <> 'CLOSED';
create index ticket_escalate on ticket (escalate_at)
 where state <> 'CLOSED' and escalate_at is not null;
create index ticket_to_verify on ticket (state_at) where state = 'TO_VERIFY';

-- What happened to each ticket. Insert only.
create table ticket_event (
  id        bigint      generated always as identity constraint ticket_event_pk primary key,
  ticket_id bigint      not null,
  at        timestamptz not null,
  episode   integer     not null,
  what      text        not null,
  actor     text        not null, -- a person, or orderbridge
  state     text        not null, -- after it
  owner     text        not null, -- after it
  reason    text        not null
);
create index ticket_event_ticket on ticket_event (ticket_id, id);
create function ticket_event_stands_still() returns trigger language plpgsql as $$
begin
  raise exception 'ticket_event is insert only' using errcode = 'insufficient_privilege';
end $$;
create trigger ticket_event_insert_only before update or delete or truncate on ticket_event
  for each statement execute function ticket_event_stands_still();

-- What people wrote. Apart from the events: free text can hold what has to be erased one day.
create table ticket_comment (
  id        bigint      generated always as identity constraint ticket_comment_pk primary key,
  ticket_id bigint      not null,
  at        timestamptz not null,
  author    text        not null,
  body      text        not null constraint ticket_comment_length check (length(body) <= 4000)
);
create index ticket_comment_ticket on ticket_comment (ticket_id, id);
