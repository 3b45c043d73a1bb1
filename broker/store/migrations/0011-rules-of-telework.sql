-- Rules of telework that are acknowledged, accounts that end by themselves (応援職員), and duties that are handed over (業務の委任).

-- Who has acknowledged which version of the rules, and which text that was.
create table rules_acknowledgement (
  id uuid primary key,
  organisation_id uuid not null,
  person_id uuid not null,
  version text not null check (char_length(version) between 1 and 40),
  -- SHA-256 of the text in both languages.
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  policy_version text not null,
  sign_in_id uuid not null references sign_in,
  address inet not null,
  at timestamptz not null,
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  constraint rules_acknowledged_once_a_version unique (person_id, version)
);

create trigger append_only before update or delete or truncate on rules_acknowledgement for each statement execute function refuse_rewriting();
create trigger tell after insert on rules_acknowledgement for each row execute function tell_change('person');

-- Rules of telework that only the level took away when it was granted or entered.
alter table lease add column lifted text[] not null default '{}' check (lifted <@ array['acknowledgement', 'hours', 'days']);

-- Loaned staff: the account ends then by itself. `loaned_from`: the municipality or unit that they come from.
alter table person
  add column ends_at timestamptz,
  add column loaned_from text check (char_length(loaned_from) between 1 and 200),
  -- How many of the policy's warnings before the end were told.
  add column end_warnings smallint not null default 0 check (end_warnings >= 0),
  add constraint person_loaned_has_end check ((ends_at is null) = (loaned_from is null));

create index person_by_end on person (ends_at) where ends_at is not null and status = 'active';
create trigger tell_end after update on person for each row when (old.ends_at is distinct from new.ends_at) execute function tell_change('person');

-- A duty that one person hands to another for a time. It is held beside those that are assigned, and gives no role.
create table delegation (
  id uuid primary key,
  organisation_id uuid not null,
  duty_id uuid not null,
  delegator_id uuid not null,
  delegate_id uuid not null,
  -- The delegator, or whoever did it for them.
  made_by uuid not null,
  reason text not null check (char_length(reason) between 1 and 500),
  made_at timestamptz not null,
  begins_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_because text check (ended_because in ('over', 'revoked', 'given-back', 'no-longer-held')),
  ended_by uuid,
  foreign key (organisation_id, duty_id) references duty (organisation_id, id),
  foreign key (organisation_id, delegator_id) references person (organisation_id, id),
  foreign key (organisation_id, delegate_id) references person (organisation_id, id),
  foreign key (organisation_id, made_by) references person (organisation_id, id),
  foreign key (organisation_id, ended_by) references person (organisation_id, id),
  constraint delegation_to_another check (delegator_id <> delegate_id),
  check (ends_at > begins_at),
  constraint delegation_ends_for_a_reason check ((ended_at is null) = (ended_because is null)),
  check ((ended_by is not null) = coalesce(ended_because in ('revoked', 'given-back'), false))
);

create unique index delegation_once_a_delegate on delegation (delegate_id, duty_id) where ended_at is null;
create index delegation_by_delegator on delegation (delegator_id, made_at desc);
create index delegation_by_organisation on delegation (organisation_id, made_at desc, id desc);
create index delegation_open on delegation (ends_at) where ended_at is null;

-- Nobody hands on what was handed to them: a delegator holds the duty by assignment.
create function delegation_begin() returns trigger language plpgsql as $$
begin
  perform from duty_assignment where duty_assignment.person_id = new.delegator_id and duty_assignment.duty_id = new.duty_id for share;
  if not found then
    raise exception 'a delegator holds the duty by assignment' using errcode = 'restrict_violation', constraint = 'delegation_of_an_assigned_duty';
  end if;
  return new;
end $$;

create trigger begin before insert on delegation for each row execute function delegation_begin();
create trigger stays_as_it_is before update on delegation for each row
  when (old.ended_at is not null or to_jsonb(old) - '{ended_at,ended_because,ended_by}'::text[] <> to_jsonb(new) - '{ended_at,ended_because,ended_by}'::text[])
  execute function refuse_rewriting();
create trigger no_deletion before delete or truncate on delegation for each statement execute function refuse_rewriting();

-- Both of them hear of it.
create function tell_delegation() returns trigger language plpgsql as $$
begin
  perform pg_notify('changed', json_build_object('topic', 'person', 'organisationId', new.organisation_id, 'personId', concerned.id)::text)
  from (values (new.delegator_id), (new.delegate_id)) as concerned (id);
  return null;
end $$;

create trigger tell after insert or update on delegation for each row execute function tell_delegation();

-- What is handed to a person at this time. It stands only while the delegator holds the duty and is not suspended, and ends with an
-- account that ends by itself.
create function duties_delegated(asked_person uuid, asked_at timestamptz)
returns table (delegation_id uuid, duty_id uuid, delegator_id uuid, begins_at timestamptz, ends_at timestamptz) language sql stable as $$
  select delegation.id, delegation.duty_id, delegation.delegator_id, delegation.begins_at, delegation.ends_at
  from delegation
  join duty on duty.id = delegation.duty_id and duty.status = 'active'
  join duty_assignment on duty_assignment.person_id = delegation.delegator_id and duty_assignment.duty_id = delegation.duty_id
  join person on person.id = delegation.delegator_id and person.status = 'active' and (person.ends_at is null or person.ends_at > asked_at)
  where delegation.delegate_id = asked_person and delegation.ended_at is null and delegation.begins_at <= asked_at and delegation.ends_at > asked_at
$$;

-- What a decision rests on beside the facts of admission_facts: to be asked after it, under the same locks.
create function telework_facts(asked_person uuid, asked_duty uuid, rules_version text, worked_since timestamptz, telework_sites text[], asked_at timestamptz)
returns table (acknowledged boolean, worked jsonb, delegated jsonb, account_ends_at timestamptz)
language plpgsql set jit = off set plan_cache_mode = force_generic_plan as $$
begin
  -- Whoever takes it back waits, or came first and is heeded.
  perform from delegation where delegation.delegate_id = asked_person and delegation.duty_id = asked_duty and delegation.ended_at is null order by delegation.id for share;
  return query
  select
    exists (select from rules_acknowledgement where rules_acknowledgement.person_id = asked_person and rules_acknowledgement.version = rules_version),
    (select coalesce(jsonb_agg(jsonb_build_object('day', day, 'dutyId', days.duty_id) order by day, days.duty_id), '[]') from (
      select distinct to_char(lease.granted_at at time zone 'Asia/Tokyo', 'YYYY-MM-DD') as day, lease.duty_id from lease
      -- What no relay ever carried was no work.
      where lease.person_id = asked_person and lease.granted_at >= worked_since and lease.site = any (telework_sites) and lease.relay_id is not null
    ) as days),
    (select coalesce(jsonb_agg(jsonb_build_object('id', duty.id, 'name', duty.name, 'class', duty.priority_class, 'zone', duty.zone, 'targetSeconds', duty.target_seconds,
        'delegation', jsonb_build_object('id', held.delegation_id, 'endsAt', held.ends_at)) order by duty.name), '[]')
      from duties_delegated(asked_person, asked_at) as held join duty on duty.id = held.duty_id),
    (select person.ends_at from person where person.id = asked_person);
end $$;

-- Open leases whose right is gone, each with the first reason: as before, with duties that are handed over and exceptions that somebody ended.
create or replace function leases_without_right() returns table (lease_id uuid, because text) language sql stable set jit = off as $$
  select * from (
    select lease.id, case
      when person.status <> 'active' then 'account-disabled'
      when not exists (select from role_grant where role_grant.person_id = lease.person_id and role_grant.role = 'staff') then 'role-not-held'
      when stop.stands and entry_is_stopped(lease.organisation_id, person.unit_id) then 'entry-stopped'
      when desktop.status <> 'active' or pool.status <> 'active' then 'desktop-disabled'
      when not exists (select from duty_assignment where duty_assignment.person_id = lease.person_id and duty_assignment.duty_id = lease.duty_id)
        -- Its beginning and end are the program's clock to judge.
        and not exists (
          select from delegation
          join duty_assignment on duty_assignment.person_id = delegation.delegator_id and duty_assignment.duty_id = delegation.duty_id
          join person as delegator on delegator.id = delegation.delegator_id and delegator.status = 'active'
          where delegation.delegate_id = lease.person_id and delegation.duty_id = lease.duty_id and delegation.ended_at is null
        ) then 'duty-not-held'
      when not exists (select from desktop_assignment where desktop_assignment.person_id = lease.person_id and desktop_assignment.desktop_id = lease.desktop_id)
        and (desktop.pool_id is null or not pool_is_given(desktop.pool_id, lease.person_id)) then 'desktop-not-assigned'
      when lease.exception_id is not null and exists (select from zone_exception_end where zone_exception_end.exception_id = lease.exception_id) then 'exception-ended'
    end as reason
    from lease
    join person on person.id = lease.person_id
    join desktop on desktop.id = lease.desktop_id
    left join pool on pool.id = desktop.pool_id
    cross join (
      select exists (select from entry_stop left join entry_release on entry_release.stop_id = entry_stop.id where entry_release.agreed_by is null) as stands
    ) as stop
    where lease.state <> 'ended'
  ) as judged
  where judged.reason is not null
  order by judged.id
$$;
