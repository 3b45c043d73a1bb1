-- Second factors beside the first authenticator, and what people are told about them.

-- Up to two confirmed ones, each in a slot of its own. What is confirmed has the name that the person gave it.
alter table authenticator
  add column name text not null default '' check (char_length(name) <= 60),
  add column slot smallint not null default 1 check (slot in (1, 2)),
  -- Steps of which somebody was told that the clock is off: the hint uses them up, so that it is worth nothing to whoever guesses.
  add column told_steps integer[] not null default '{}';
drop index authenticator_one_confirmed;
create unique index authenticator_one_a_slot on authenticator (person_id, slot) where confirmed_at is not null;

-- A printed code, good for one sign-in. 80 random bits, stored as a SHA-256 with the person's id.
create table recovery_code (
  id uuid primary key,
  person_id uuid not null references person,
  code_hash bytea not null unique check (octet_length(code_hash) = 32),
  issued_at timestamptz not null,
  used_at timestamptz,
  -- A newer issue took its place.
  voided_at timestamptz,
  check (used_at is null or voided_at is null)
);
create index on recovery_code (person_id) where used_at is null and voided_at is null;

create function keep_factor_used() returns trigger language plpgsql as $$
begin
  raise exception 'a used or voided % stays so', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger stays_used before update on recovery_code for each row
when ((old.used_at is not null or old.voided_at is not null) and (new.used_at, new.voided_at, new.code_hash) is distinct from (old.used_at, old.voided_at, old.code_hash))
execute function keep_factor_used();

-- An administrator had the person before them and vouches for this sign-in by recovery code.
alter table sign_in
  add column reproved_at timestamptz,
  add column reproved_by uuid references person,
  add check ((reproved_at is null) = (reproved_by is null)),
  add check (reproved_by <> person_id),
  add check (reproved_at is null or method in ('password-recovery', 'oidc-recovery'));

-- What a person is told about their own account until they say that they have read it. The same thing from the same place is one notice.
create table security_notice (
  id uuid primary key,
  person_id uuid not null references person,
  kind text not null check (kind in ('used-code', 'recovery-code-used', 'used-recovery-code', 'recovery-codes-issued', 'authenticator-added', 'authenticator-removed', 'passkey-added', 'passkey-removed', 'passkey-cloned', 're-proved', 'bypass-used')),
  first_at timestamptz not null,
  at timestamptz not null,
  count integer not null default 1 check (count >= 1),
  address text not null check (char_length(address) <= 64),
  user_agent text not null check (char_length(user_agent) <= 300),
  -- The sign-in in which it was done, to whose pages it is no news.
  sign_in_id uuid,
  read_at timestamptz
);
create unique index security_notice_one_open on security_notice (person_id, kind, address) where read_at is null;
create trigger tell after insert or update on security_notice for each row execute function tell_change('person');
