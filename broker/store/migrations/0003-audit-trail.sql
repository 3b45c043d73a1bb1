-- The audit trail (監査証跡): lanes of a hash chain. docs/audit-trail.md defines the bytes that are hashed.

-- The newest record of each lane. A transaction holds one lane at most, and only until it ends.
create table audit_lane (
  lane integer primary key check (lane >= 0),
  sequence bigint not null check (sequence >= 0),
  hash bytea not null check (octet_length(hash) = 32)
) with (fillfactor = 10);

insert into audit_lane (lane, sequence, hash)
select lane, 0, decode(repeat('00', 32), 'hex') from generate_series(0, 31) as lane;

create function audit_hash(previous_hash bytea, lane integer, sequence bigint, body bytea) returns bytea
language sql immutable strict parallel safe
return sha256('sekisho-audit-record-1'::bytea || previous_hash || int4send(lane) || int8send(sequence) || body);

-- Whoever inserts gives a body only: everything else follows from it and from the chain.
create table audit_record (
  lane integer not null,
  sequence bigint not null check (sequence >= 1),
  id uuid not null unique,
  at timestamptz not null,
  code text not null,
  organisation_id uuid,
  previous_hash bytea not null check (octet_length(previous_hash) = 32),
  hash bytea not null,
  -- Canonical JSON (RFC 8785) in UTF-8, exactly as it was hashed.
  body bytea not null check (octet_length(body) <= 1000000),
  primary key (lane, sequence),
  constraint audit_record_hash_fits check (hash = audit_hash(previous_hash, lane, sequence, body))
);

create function audit_record_join_chain() returns trigger language plpgsql as $$
declare
  -- The lane that this transaction holds already, if any. Forgotten with the transaction, and with a savepoint it was taken after.
  held text := current_setting('sekisho.audit_lane', true);
  head audit_lane;
  event jsonb := convert_from(new.body, 'UTF8')::jsonb;
begin
  if held <> '' then
    select * into strict head from audit_lane where lane = held::integer for update;
  else
    select * into head from audit_lane order by lane limit 1 for update skip locked;
    if not found then
      select * into strict head from audit_lane
      where lane = (select lane from audit_lane order by lane offset pg_backend_pid() % (select count(*) from audit_lane) limit 1)
      for update;
    end if;
    perform set_config('sekisho.audit_lane', head.lane::text, true);
  end if;

  new.lane := head.lane;
  new.sequence := head.sequence + 1;
  new.id := event ->> 'id';
  new.at := event ->> 'at';
  new.code := event ->> 'code';
  new.organisation_id := event ->> 'organisationId';
  new.previous_hash := head.hash;
  new.hash := audit_hash(head.hash, new.lane, new.sequence, new.body);
  update audit_lane set sequence = new.sequence, hash = new.hash where lane = head.lane;
  return new;
end $$;

create trigger join_chain before insert on audit_record for each row execute function audit_record_join_chain();

-- Signed statements of what the newest record of each lane was; each one names the one before.
create table audit_checkpoint (
  number bigint primary key check (number >= 1),
  body bytea not null,
  signature bytea not null check (octet_length(signature) = 64)
);

create function audit_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger append_only before update or delete or truncate on audit_record for each statement execute function audit_refuse_change();
create trigger append_only before update or delete or truncate on audit_checkpoint for each statement execute function audit_refuse_change();
-- A lane moves by a new record alone, which is to say from within the trigger above.
create trigger append_only before update or delete or truncate on audit_lane for each statement when (pg_trigger_depth() = 0) execute function audit_refuse_change();

-- They hold for sessions of the replication role too.
alter table audit_record enable always trigger append_only;
alter table audit_checkpoint enable always trigger append_only;
alter table audit_lane enable always trigger append_only;
