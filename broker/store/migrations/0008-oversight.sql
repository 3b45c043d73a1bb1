-- Decisions of admission as officers look for them. The proof of each is its record on the audit trail.
create table admission_decision (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  unit_id uuid not null references unit,
  person_id uuid not null,
  -- In which it was asked for.
  sign_in_id uuid,
  desktop_id uuid,
  pool_id uuid,
  duty_id uuid,
  lease_id uuid references lease,
  at timestamptz not null,
  outcome text not null check (outcome in ('admit', 'wait', 'refuse')),
  reasons text[] not null,
  policy_version text not null,
  level text not null references continuity_level,
  site text,
  address inet not null,
  inputs jsonb not null,
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

create index admission_decision_by_time on admission_decision (organisation_id, at desc, id desc);
-- The few that let nobody in, among the many.
create index admission_decision_turned_away on admission_decision (organisation_id, at desc, id desc) where outcome <> 'admit';
create index admission_decision_by_person on admission_decision (person_id, at desc);
create index admission_decision_by_lease on admission_decision (lease_id) where lease_id is not null;

-- What a record is about, so that it is found again. Both follow from the body, which alone is hashed.
alter table audit_record add column lease_id uuid, add column sign_in_id uuid;

-- What is no identifier names nothing; a record is never refused for it.
create function audit_subject(name text) returns uuid language sql immutable parallel safe
return case when name ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then name::uuid end;

alter table audit_record disable trigger append_only;
update audit_record set
  lease_id = audit_subject(convert_from(body, 'UTF8')::jsonb #>> '{fields,leaseId}'),
  sign_in_id = audit_subject(convert_from(body, 'UTF8')::jsonb #>> '{actor,signInId}');
alter table audit_record enable always trigger append_only;

-- A statement reads its lane at its first record and moves it once, after its last: however many records a transaction
-- writes, each costs the same. Between them the newest one stands in a setting that lives as long as the statement.
create function audit_record_begin() returns trigger language plpgsql as $$
begin
  perform set_config('sekisho.audit_head', '', true);
  return null;
end $$;

create or replace function audit_record_join_chain() returns trigger language plpgsql as $$
declare
  -- The lane that this transaction holds already, if any. Forgotten with the transaction, and with a savepoint it was taken after.
  held text := current_setting('sekisho.audit_lane', true);
  before text[] := string_to_array(current_setting('sekisho.audit_head', true), ' ');
  head audit_lane;
  event jsonb := convert_from(new.body, 'UTF8')::jsonb;
begin
  if cardinality(before) = 3 then
    head := row (before[1]::integer, before[2]::bigint, decode(before[3], 'hex'));
  elsif held <> '' then
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
  new.lease_id := audit_subject(event #>> '{fields,leaseId}');
  new.sign_in_id := audit_subject(event #>> '{actor,signInId}');
  new.previous_hash := head.hash;
  new.hash := audit_hash(head.hash, new.lane, new.sequence, new.body);
  perform set_config('sekisho.audit_head', concat_ws(' ', new.lane, new.sequence, encode(new.hash, 'hex')), true);
  return new;
end $$;

-- The statement's records have to follow what the lane held: whoever wrote into the setting gets no further than here.
create function audit_record_move_lane() returns trigger language plpgsql as $$
begin
  update audit_lane set sequence = newest.sequence, hash = newest.hash
  from (select lane, sequence, hash from added order by sequence desc limit 1) as newest,
    (select sequence, previous_hash from added order by sequence limit 1) as oldest
  where audit_lane.lane = newest.lane and audit_lane.sequence = oldest.sequence - 1 and audit_lane.hash = oldest.previous_hash;
  if not found and exists (select from added) then
    raise exception 'records do not follow their lane' using errcode = 'restrict_violation', constraint = 'audit_record_follows_lane';
  end if;
  return null;
end $$;

create trigger begin_statement before insert on audit_record for each statement execute function audit_record_begin();
create trigger move_lane after insert on audit_record referencing new table as added for each statement execute function audit_record_move_lane();

create index audit_record_by_lease on audit_record (lease_id) where lease_id is not null;
create index audit_record_by_sign_in on audit_record (sign_in_id) where sign_in_id is not null;
create index audit_record_by_time on audit_record (organisation_id, at desc);

-- Nobody slips in behind a stop: a lease is made only while the stops of its organisation hold still, and a stop only while no
-- lease is being made. Who had read them too early (40001) has to read again.
create function lease_enter() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('entry ' || new.organisation_id, 0));
  if entry_is_stopped(new.organisation_id, new.unit_id) then
    raise exception 'entry is stopped' using errcode = 'serialization_failure', constraint = 'lease_enters_where_entry_is_open';
  end if;
  return new;
end $$;

create trigger enter before insert on lease for each row execute function lease_enter();
alter table lease enable always trigger enter;

create function entry_stop_hold() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('entry ' || new.organisation_id, 0));
  return new;
end $$;

create trigger hold before insert on entry_stop for each row execute function entry_stop_hold();

-- What was asked stays as it was asked. Only another person can ask instead of the one who did, and never agrees in the same breath.
drop trigger stays_as_it_is on entry_release;
create trigger stays_as_it_is before update on entry_release for each row
  when ((old.stop_id, old.organisation_id) <> (new.stop_id, new.organisation_id)
    or ((old.asked_by, old.asked_at, old.reason) <> (new.asked_by, new.asked_at, new.reason) and (old.asked_by = new.asked_by or new.agreed_by is not null)))
  execute function refuse_rewriting();

-- Telework record (テレワーク実績): what people mark, and what follows from their sessions.
create table telework_mark (
  id uuid primary key,
  -- The order in which they were made.
  number bigint generated always as identity unique,
  organisation_id uuid not null,
  person_id uuid not null,
  -- To which the person belonged then, so that a record stays with whoever headed the work.
  unit_id uuid not null,
  kind text not null check (kind in ('start', 'pause', 'resume', 'end')),
  at timestamptz not null,
  source text not null check (source in ('person', 'derived')),
  -- The session it was derived from.
  lease_id uuid references lease,
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  foreign key (organisation_id, unit_id) references unit (organisation_id, id),
  check ((source = 'derived') = (lease_id is not null))
);

create index telework_mark_by_person on telework_mark (person_id, at, number);

-- Told to every process when its transaction commits: what changed, never what it changed to. A stop of a unit concerns every unit
-- below it as well.
create function tell_change() returns trigger language plpgsql as $$
declare
  row jsonb := to_jsonb(coalesce(new, old));
  topic text := tg_argv[0];
  stopped uuid;
begin
  if topic = 'entry' then
    select stop.unit_id into stopped from entry_stop as stop where stop.id = coalesce(row ->> 'stop_id', row ->> 'id')::uuid;
    perform pg_notify('changed', json_strip_nulls(json_build_object('topic', topic, 'organisationId', row ->> 'organisation_id', 'unitId', concerned.id))::text)
    from (select unit_and_below(stopped) as id union select null where stopped is null) as concerned;
    return null;
  end if;
  perform pg_notify('changed', json_strip_nulls(json_build_object(
    'topic', topic,
    'organisationId', row ->> 'organisation_id',
    'unitId', row ->> 'unit_id',
    'personId', case when tg_table_name = 'person' then row ->> 'id' else row ->> 'person_id' end,
    'leaseId', case when tg_table_name = 'lease' then row ->> 'id' else row ->> 'lease_id' end
  ))::text);
  return null;
end $$;

create trigger tell after insert on level_change for each row execute function tell_change('level');
create trigger tell after insert or update on level_proposal for each row execute function tell_change('level');
create trigger tell after insert on level_approval for each row execute function tell_change('level');
create trigger tell after insert on policy_version for each row execute function tell_change('policy');
create trigger tell after insert on entry_stop for each row execute function tell_change('entry');
create trigger tell after insert or update on entry_release for each row execute function tell_change('entry');
create trigger tell after insert or delete on role_grant for each row execute function tell_change('person');
create trigger tell after insert or delete on duty_assignment for each row execute function tell_change('person');
create trigger tell after insert or delete on desktop_assignment for each row execute function tell_change('person');
create trigger tell after update on sign_in for each row when (old.ended_at is null and new.ended_at is not null) execute function tell_change('person');
create trigger tell_status after update on person for each row when (old.status <> new.status or old.unit_id <> new.unit_id) execute function tell_change('person');
create trigger tell after insert or update on duty for each row execute function tell_change('directory');
create trigger tell after insert or update on desktop for each row execute function tell_change('desktops');
create trigger tell after insert or update or delete on pool_assignment for each row execute function tell_change('desktops');
create trigger tell after insert or update on pool for each row execute function tell_change('desktops');
create trigger tell after insert or update on residual_session for each row execute function tell_change('desktops');
create trigger tell after insert or update on lease for each row execute function tell_change('lease');
create trigger tell after insert on admission_decision for each row when (new.outcome <> 'admit') execute function tell_change('lease');
