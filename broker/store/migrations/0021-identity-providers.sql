-- Sign-in by identity providers (OpenID Connect). Secrets of a sign-in under way are derived from the browser's cookie, of which only the SHA-256 is here.

-- Whom a provider knows as whom. A subject is one person's, for ever; a person may have several.
create table provider_identity (
  id uuid primary key,
  person_id uuid not null references person,
  issuer text not null check (char_length(issuer) between 1 and 500),
  subject text not null check (char_length(subject) between 1 and 255),
  linked_at timestamptz not null,
  linked_by text not null check (linked_by in ('claim', 'creation')),
  unique (issuer, subject)
);
create index on provider_identity (person_id);

-- The name under which the provider of the organisation knows somebody who was not there yet. Without a row, no account is linked.
create table provider_name (
  person_id uuid primary key,
  organisation_id uuid not null,
  name text not null check (char_length(name) between 1 and 255),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  unique (organisation_id, name)
);

-- Somebody was sent to a provider and is expected back, once and in the same browser.
create table provider_transaction (
  id uuid primary key,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  provider_id text not null check (char_length(provider_id) <= 40),
  return_to text not null check (char_length(return_to) <= 200),
  network text not null,
  begun_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > begun_at),
  used_at timestamptz
);
create index on provider_transaction (network, expires_at);
create index on provider_transaction (expires_at);
create function refuse_second_use() returns trigger language plpgsql as $$
begin
  raise exception 'what was used stays used' using errcode = 'restrict_violation';
end $$;
create trigger used_once before update on provider_transaction for each row when (old.used_at is not null) execute function refuse_second_use();

-- Of a sign-in that began at a provider, half-finished or complete: whom it said that was. No reference to half sign-ins, which are cleared away after a day.
create table provider_session (
  half_sign_in_id uuid primary key,
  identity_id uuid not null references provider_identity,
  -- The provider's own session, which it names when it ends it.
  sid text check (char_length(sid) <= 255),
  at timestamptz not null
);
create index on provider_session (identity_id);

-- Logout tokens that were taken: none counts twice, and none comes before the sign-in that it ends.
create table provider_logout (
  issuer text not null,
  jti_hash bytea not null check (octet_length(jti_hash) = 32),
  subject text,
  sid text,
  at timestamptz not null,
  primary key (issuer, jti_hash),
  check (num_nonnulls(subject, sid) > 0)
);

-- Refused answers that anybody on the internet can cause, a row a network, a minute, a provider and a reason, until the trail is told their sum.
create table provider_noise (
  id uuid primary key,
  network text not null,
  minute timestamptz not null,
  provider_id text not null check (char_length(provider_id) <= 40),
  why text not null check (char_length(why) <= 40),
  address text not null check (char_length(address) <= 64),
  count integer not null check (count >= 1),
  unique (network, minute, provider_id, why)
);

alter table sign_in drop constraint sign_in_ended_because_check;
alter table sign_in add constraint sign_in_ended_because_check
  check (ended_because in ('by-owner', 'by-owner-elsewhere', 'idle', 'expired', 'account-disabled', 'replaced', 'by-provider'));
