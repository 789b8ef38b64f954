-- People who sign in. What is stored signs nobody in: passwords, sessions and one-time links are kept
-- as hashes of what only their owners have.

create table account_user (
  name         text        not null constraint account_user_pk primary key,
  origin       text        not null constraint account_user_origin check (origin in ('LOCAL', 'OIDC')),
  roles        text[]      not null,
  password     text, -- 'pbkdf2-sha512$<rounds>$<salt>$<hash>'; null until a link was used, and for OIDC
  password_at  timestamptz,
  locked_at    timestamptz,
  signed_in_at timestamptz,
  created_by   text        not null,
  created_at   timestamptz not null,
  constraint account_user_password check (origin = 'LOCAL' or password is null)
);

-- One row per browser that is signed in, by the SHA-256 of what its cookie holds.
create table account_session (
  id_hash    bytea       not null constraint account_session_pk primary key,
  name       text        not null constraint account_session_user references account_user,
  started_at timestamptz not null,
  seen_at    timestamptz not null, -- to the minute: not every request writes
  ends_at    timestamptz not null  -- whatever is done until then
);
create index account_session_name on account_session (name);
create index account_session_ends on account_session (ends_at);

-- Links that set a password once. Without a name: the one that makes the first user.
create table account_link (
  token_hash bytea       not null constraint account_link_pk primary key,
  name       text        constraint account_link_user references account_user,
  created_by text        not null,
  expires_at timestamptz not null
);

-- Wrong passwords by the SHA-256 of the name that was typed, whether anybody has it or not: an
-- unknown name has to wait like a known one, and people type passwords into the wrong field.
create table account_failure (
  name_hash  bytea       not null constraint account_failure_pk primary key,
  failures   integer     not null,
  last_at    timestamptz not null,
  wait_until timestamptz not null
);
create index account_failure_last on account_failure (last_at);
