-- Alerts to people: a log that loses nothing, and beside it what is still to be told to whom. What
-- was raised stands in alert for good and is never changed; who was told lies in rows of its own,
-- so that a storm of alerts costs inserts only.
create table alert (
  id        bigint      generated always as identity constraint alert_pk primary key,
  key       text        not null constraint alert_once unique,
  cause     text        not null, -- what is told together
  level     text        not null constraint alert_level check (level in ('WARNING', 'BREACH')),
  clears    boolean     not null default false, -- says that something is well again
  subject   text        not null,
  owner     text        not null, -- role in charge, by the alert or by the policy
  zh        text        not null,
  en        text        not null,
  count     bigint      not null, -- how many things it is about
  amount    numeric,
  currency  text,
  link      text        not null,
  raised_at timestamptz not null
);
create index alert_cause on alert (cause, id);

create function alert_stands_still() returns trigger language plpgsql as $$
begin
  raise exception 'alert is insert only' using errcode = 'insufficient_privilege';
end $$;
create trigger alert_insert_only before update or delete or truncate on alert
  for each statement execute function alert_stands_still();

-- Raised and not yet in a line: written with the alert, taken by the next round. A mark in the log
-- would not do, because transactions commit out of the order of their numbers.
create table alert_unsorted (
  alert_id bigint not null constraint alert_unsorted_pk primary key,
  channels text[] not null, -- who is to be told
  after    bigint           -- seconds until it is escalated, by its rule; null: by the channel
);

-- What it was about is well again; nobody has to be told louder.
create table alert_cleared (
  alert_id   bigint      not null constraint alert_cleared_pk primary key,
  cleared_at timestamptz not null
);

-- What is told to one channel in one line: the alerts of one cause and owner that have gathered.
-- A channel is a robot, or a pool of them.
create table alert_line (
  id              bigint      generated always as identity constraint alert_line_pk primary key,
  channel         text        not null,
  cause           text        not null,
  owner           text        not null,
  clears          boolean     not null,
  level           text        not null, -- the worst of its alerts
  alerts          bigint      not null,
  first_at        timestamptz not null,
  last_at         timestamptz not null,
  state           text        not null default 'GATHERING' constraint alert_line_state
                  check (state in ('GATHERING', 'AGAIN', 'SENDING', 'TOLD')),
  message_id      bigint,
  told_at         timestamptz,
  escalate_at     timestamptz, -- null: not, or not any more
  escalated_at    timestamptz,
  escalated_from  bigint,
  acknowledged_at timestamptz,
  acknowledged_by text
) with (fillfactor = 70);
create unique index alert_line_gathering on alert_line (channel, cause, owner, clears)
 where state = 'GATHERING';
create index alert_line_waiting on alert_line (channel) where state <> 'TOLD';
create index alert_line_told on alert_line (channel, cause, told_at) where state = 'TOLD';
create index alert_line_escalates on alert_line (escalate_at) where escalate_at is not null;
create index alert_line_message on alert_line (message_id) where message_id is not null;
create index alert_line_cause on alert_line (cause) where acknowledged_at is null;

create table alert_in_line (
  line_id  bigint not null,
  alert_id bigint not null,
  constraint alert_in_line_pk primary key (line_id, alert_id)
);
create index alert_in_line_alert on alert_in_line (alert_id);

-- What was sent, or tried: one row per attempt. FAILED was not taken; of a DOUBTFUL one nobody
-- knows, because the process died. The lines of both are told again in another message.
create table alert_message (
  id         bigint      generated always as identity constraint alert_message_pk primary key,
  robot      text        not null,
  level      text        not null,
  alerts     bigint      not null,
  lines      bigint[]    not null, -- what it told
  text       text        not null, -- without the token of its link
  token_hash bytea       not null constraint alert_message_token unique, -- SHA-256
  state      text        not null default 'SENDING' constraint alert_message_state
             check (state in ('SENDING', 'TOLD', 'FAILED', 'DOUBTFUL')),
  made_at    timestamptz not null,
  ended_at   timestamptz,
  why        text
);
create index alert_message_robot on alert_message (robot, id);

-- The budget of each robot, one row that is locked while a message is made: so several processes
-- keep it together.
create table alert_robot (
  robot         text          not null constraint alert_robot_pk primary key,
  spent         timestamptz[] not null default '{}', -- when messages were sent, at the latest
  sending       bigint,                              -- message in flight; null when there is none
  sending_until timestamptz,
  failures      integer       not null default 0,    -- in a row
  paused_until  timestamptz,
  refused_at    timestamptz,                         -- since when it refuses everything
  why           text                                 -- of the last failure
) with (fillfactor = 70);

create table alert_silence (
  cause     text        not null constraint alert_silence_pk primary key,
  level     text        not null, -- what is worse breaks through
  until     timestamptz not null,
  set_by    text        not null,
  reason    text        not null,
  set_at    timestamptz not null
);
