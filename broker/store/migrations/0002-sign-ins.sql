-- Sign-ins. A token is stored as its SHA-256 only. Times come from the program's clock.

-- The password (or an invitation) was right, the second factor is still owed. It can do nothing but become a sign-in.
create table half_sign_in (
  id uuid primary key,
  person_id uuid not null references person,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  begun_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > begun_at),
  ended_at timestamptz,
  ended_because text check (ended_because in ('completed', 'by-owner', 'account-disabled', 'replaced')),
  check ((ended_at is null) = (ended_because is null))
);
create index on half_sign_in (person_id) where ended_at is null;
create index on half_sign_in (expires_at);

create table sign_in (
  id uuid primary key,
  person_id uuid not null references person,
  -- A half sign-in becomes one sign-in at most. It is no reference: half sign-ins are cleared away after a day.
  half_sign_in_id uuid not null unique,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > at),
  -- The person's complete sign-in before this one.
  previous_id uuid references sign_in,
  address text not null check (char_length(address) <= 64),
  user_agent text not null check (char_length(user_agent) <= 300),
  ended_at timestamptz,
  ended_because text check (ended_because in ('by-owner', 'by-owner-elsewhere', 'idle', 'expired', 'account-disabled', 'replaced')),
  check ((ended_at is null) = (ended_because is null))
);
create index on sign_in (person_id, at desc, id desc);
create index on sign_in (last_seen_at) where ended_at is null;

create function refuse_reopening() returns trigger language plpgsql as $$
begin
  raise exception 'an ended % stays ended', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger stays_ended before update on half_sign_in for each row
when (old.ended_at is not null and (new.ended_at, new.token_hash) is distinct from (old.ended_at, old.token_hash))
execute function refuse_reopening();
create trigger stays_ended before update on sign_in for each row
when (old.ended_at is not null and (new.ended_at, new.token_hash) is distinct from (old.ended_at, old.token_hash))
execute function refuse_reopening();

-- What shows that a person holds a second factor. Its secret is sealed in the context `totp:<id>`.
create table authenticator (
  id uuid primary key,
  person_id uuid not null references person,
  kind text not null check (kind = 'totp'),
  sealed_secret bytea not null,
  -- The half sign-in that enrols it; null where it came with the account. No reference, as above.
  enrolled_in uuid unique,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  -- RFC 6238 time step of the newest code that was accepted. A step at or before it is used up.
  last_used_step bigint not null check (last_used_step >= -1),
  check (confirmed_at is not null or last_used_step = -1)
);
create unique index authenticator_one_confirmed on authenticator (person_id) where confirmed_at is not null;

create function refuse_step_back() returns trigger language plpgsql as $$
begin
  raise exception 'a used step stays used' using errcode = 'restrict_violation';
end $$;
create trigger steps_only_rise before update on authenticator for each row
when (new.last_used_step < old.last_used_step) execute function refuse_step_back();

-- A one-time link with which a person sets a password.
create table invitation (
  id uuid primary key,
  person_id uuid not null references person,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  issued_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > issued_at),
  redeemed_at timestamptz,
  voided_at timestamptz,
  check (redeemed_at is null or voided_at is null)
);
create unique index invitation_one_open on invitation (person_id) where redeemed_at is null and voided_at is null;

-- A browser in which a person has completed a sign-in. It gives a failure budget of its own, never a right.
create table known_browser (
  id uuid primary key,
  person_id uuid not null references person,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  last_used_at timestamptz not null
);
create index on known_browser (person_id);

-- Failures since the last success, by who is being guessed at (`account:`, `browser:`) or who guesses (`address:`).
-- Names that nobody bears are kept as well, so that their refusals tell nothing.
create table sign_in_throttle (
  key text primary key check (char_length(key) <= 100),
  failures double precision not null check (failures >= 0),
  last_at timestamptz not null
);

-- Refused tries, one row an account (or nobody's), an address, a minute and an outcome.
create table failed_sign_in (
  id uuid primary key,
  person_id uuid references person,
  network text not null,
  minute timestamptz not null,
  outcome text not null check (outcome in ('wrong-password', 'unknown-user', 'wrong-code', 'used-code', 'throttled', 'account-disabled')),
  at timestamptz not null,
  address text not null check (char_length(address) <= 64),
  user_agent text not null check (char_length(user_agent) <= 300),
  count integer not null check (count >= 1),
  -- How many of them stand on the audit trail.
  told integer not null check (told between 0 and count),
  unique nulls not distinct (person_id, network, minute, outcome)
);
create index on failed_sign_in (person_id, at desc, id desc);
create index on failed_sign_in (minute) where told < count;
