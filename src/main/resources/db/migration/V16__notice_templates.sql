-- What customers are told, what they allow, and how it is proved. All of it is small or grows by acts of
-- people and customers, not by message; none is partitioned.

-- A notice in the words of a channel, by version. A version's body never changes: an edit is a new one,
-- so what was sent can be read again years later. Version 0 is what is shipped (mappings/notices/).
create table notice_template (
  name        text        not null,
  channel     text        not null,
  version     integer     not null constraint notice_template_version check (version > 0),
  state       text        not null constraint notice_template_state check (state in (
              'DRAFT', 'APPROVED', 'RETIRED')),
  body        text        not null, -- JSON object
  based_on    integer,              -- the version that a rollback made current again
  edited_by   text        not null,
  edited_at   timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint notice_template_pk primary key (name, channel, version),
  constraint notice_template_approved check (state <> 'APPROVED' or approved_by is not null)
);
-- One is current, one is being edited, whoever acts at the same time.
create unique index notice_template_current on notice_template (name, channel) where state = 'APPROVED';
create unique index notice_template_draft on notice_template (name, channel) where state = 'DRAFT';

-- What a customer (order.CustomerKey) said to notices. Insert only: a withdrawal does not undo that
-- there was consent, and the evidence has to last as long as messages may be asked about.
create table notice_consent (
  id          bigint      generated always as identity constraint notice_consent_pk primary key,
  customer    text        not null,
  channel     text        not null, -- * for all
  content     text        not null, -- * for both
  says        text        not null constraint notice_consent_says check (says in ('GRANTED', 'WITHDRAWN')),
  at          timestamptz not null,
  evidence    text        not null constraint notice_consent_evidence check (evidence <> ''),
  recorded_at timestamptz not null,
  -- Told twice it is one word.
  constraint notice_consent_once unique (customer, channel, content, at, says)
);
create function notice_consent_stands_still() returns trigger language plpgsql as $$
begin
  raise exception 'notice_consent is insert only' using errcode = 'insufficient_privilege';
end $$;
create trigger notice_consent_insert_only before update or delete or truncate on notice_consent
  for each statement execute function notice_consent_stands_still();

-- Where a customer is reached beside the phone of the order. Personal data. Erased it is empty and keeps
-- its time, so that an older message that comes late does not bring it back.
create table notice_contact (
  customer text        not null,
  kind     text        not null constraint notice_contact_kind check (kind in (
           'wechat', 'jpush', 'fcm', 'email')),
  value    text        not null,
  at       timestamptz not null,
  constraint notice_contact_pk primary key (customer, kind)
) with (fillfactor = 80);

-- A file of a month's notices that somebody took, and what it was: whoever has it can prove it by its hash.
create table notice_export (
  id      bigint      generated always as identity constraint notice_export_pk primary key,
  month   text        not null, -- 2026-11
  zone    text        not null,
  format  text        not null,
  sha256  text        not null,
  bytes   bigint      not null,
  rows    bigint      not null,
  made_by text        not null,
  made_at timestamptz not null
);
create index notice_export_month on notice_export (month, id);

-- A random sample of a month's notices: the least by sha256(seed:id), which is the same ever again.
create table notice_sample (
  id         bigint      generated always as identity constraint notice_sample_pk primary key,
  month      text        not null,
  zone       text        not null,
  seed       text        not null,
  size       integer     not null, -- as asked for
  population bigint      not null, -- sent notices of the month
  made_by    text        not null,
  made_at    timestamptz not null,
  constraint notice_sample_once unique (month, seed, size)
);

-- A customer of a sample to be called, and what came of it.
create table notice_callback (
  sample_id    bigint      not null constraint notice_callback_sample references notice_sample (id),
  place        integer     not null,
  notice_id    bigint      not null,
  shop         text        not null,
  number       text        not null,
  channel      text        not null,
  sent_at      timestamptz not null,
  phone_masked text        not null,
  outcome      text        constraint notice_callback_outcome check (outcome in (
               'REACHED', 'NOT_REACHED', 'NO_ANSWER')),
  note         text        not null default '',
  called_by    text,
  called_at    timestamptz,
  constraint notice_callback_pk primary key (sample_id, notice_id)
) with (fillfactor = 80);
