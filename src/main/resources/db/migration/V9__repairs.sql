-- What people changed by hand, and checks proposed to be changed: proposed, looked at, approved, done
-- and read back. One row per repair and one per order of it, for good: a retention here would take away
-- the answer to "who changed this, why, and did it arrive".
create table repair (
  id           bigint      generated always as identity constraint repair_pk primary key,
  action       text        not null, -- force, resend, refund, restore
  state        text        not null constraint repair_state check (state in (
               'PROPOSED', 'APPROVED', 'REJECTED', 'APPLYING', 'STOPPED', 'READING_BACK', 'DONE')),
  options      text        not null, -- JSON object: what the action was asked to do
  overridden   boolean     not null, -- refused transitions are made all the same
  reason       text        not null,
  proposed_by  text        not null,
  proposed_as  text        not null, -- the role
  proposed_at  timestamptz not null,
  second       text        not null, -- why a second person has to approve; empty when nobody has to
  decided_by   text,
  decided_as   text,
  decided_at   timestamptz,
  begun_by     text,
  begun_at     timestamptz,
  ended_at     timestamptz,
  undo_of      bigint      constraint repair_undone references repair (id),
  source       text        not null, -- what proposed it, for example a finding; empty for people
  orders       integer     not null, -- in the list
  changes      integer     not null, -- of them to be changed, by the dry run
  -- Asked again under the same key it is the same repair, and the same answer.
  ask_key      text        constraint repair_asked_once unique,
  ask_print    text,
  answer       text
) with (fillfactor = 80);
create index repair_open on repair (state) where state in ('APPLYING', 'READING_BACK');
create index repair_alone on repair (begun_by, begun_at) where decided_by is null;

create table repair_item (
  repair_id     bigint      not null constraint repair_item_repair references repair (id),
  item          integer     not null,
  shop          text        not null,
  number        text        not null,
  wish          text        not null, -- JSON object: what the list says of this order
  state         text        not null constraint repair_item_state check (state in (
                'PLANNED', 'REFUSED', 'UNCHANGED', 'APPLIED', 'DELIVERED', 'VERIFIED', 'FAILED')),
  before        text        not null, -- status of the order: by the dry run, then as it was found
  after         text        not null, -- by the dry run, then as it came out
  plan          text        not null, -- JSON: the events that would be owed, and to whom
  why           text        not null, -- why refused, failed or waiting
  amount        numeric,              -- the money it is about
  currency      text,
  -- What is done, fixed when it is first begun: begun again after a death it is the same, and so is the
  -- version of what is said.
  task          text,
  undo          text,
  event_mark    bigint,
  work_mark     bigint,
  -- The claim. claim_no fences: who was taken over marks nothing.
  claim_no      bigint      not null default 0,
  strikes       integer     not null default 0, -- claims without an orderly end
  holder        bigint,
  claimed_at    timestamptz,
  claimed_until timestamptz,
  attempts      integer     not null default 0,
  due_at        timestamptz,          -- the next attempt, or the next look
  applied_at    timestamptz,
  settled_at    timestamptz,
  targets       text        not null default '[]', -- JSON: what each target came to
  constraint repair_item_pk primary key (repair_id, item),
  constraint repair_item_once unique (repair_id, shop, number)
) with (fillfactor = 70);
create index repair_item_planned on repair_item (repair_id, item) where state = 'PLANNED';
create index repair_item_due on repair_item (due_at)
 where state in ('APPLIED', 'FAILED') and due_at is not null;
create index repair_item_order on repair_item (shop, number);
