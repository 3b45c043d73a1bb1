-- Passkeys (W3C Web Authentication): public keys of people's devices, and the challenges that were answered.

create table passkey (
  id uuid primary key,
  person_id uuid not null references person,
  -- In base64url, as browsers name it.
  credential_id text not null unique check (char_length(credential_id) between 1 and 1400),
  public_key bytea not null check (octet_length(public_key) between 1 and 8000),
  -- What the device says it has counted; 0 for ever where it does not count.
  counter bigint not null check (counter >= 0),
  transports text[] not null default '{}' check (cardinality(transports) <= 10),
  name text not null check (char_length(name) between 1 and 60),
  -- Kept in several devices by whoever makes them, or in one alone.
  synced boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  -- Its counter went back: there may be a copy. It proves nothing any more.
  stopped_at timestamptz
);
create index on passkey (person_id);

create function refuse_counter_back() returns trigger language plpgsql as $$
begin
  raise exception 'a counter only rises, and a stopped passkey stays stopped' using errcode = 'restrict_violation';
end $$;
create trigger counters_only_rise before update on passkey for each row
when (new.counter < old.counter or (old.stopped_at is not null and new.stopped_at is null)) execute function refuse_counter_back();

-- Challenges are sealed by the gateways and not stored before they are answered, so that asking for them fills nothing. Each is answered once.
create table used_passkey_challenge (
  challenge_hash bytea primary key check (octet_length(challenge_hash) = 32),
  expires_at timestamptz not null
);
create index on used_passkey_challenge (expires_at);
