-- The queue (順番待ち) for seats and desktops, and preemption (優先割込み).

-- Names of the units from the top down, this one last: shares of capacity are given by them.
alter table unit add column path text[] not null default '{}';

create function unit_walk() returns trigger language plpgsql as $$
begin
  new.path := coalesce((select unit.path from unit where unit.id = new.parent_id), '{}') || new.name;
  return new;
end $$;

create function unit_walk_below() returns trigger language plpgsql as $$
begin
  update unit set parent_id = unit.parent_id where unit.parent_id = new.id;
  return null;
end $$;

create trigger walk before insert or update on unit for each row execute function unit_walk();
create trigger walk_below after update on unit for each row when (old.path <> new.path) execute function unit_walk_below();

-- From the top down; each update walks on by itself.
update unit set parent_id = parent_id where parent_id is null;

-- 0 is the most urgent.
create function urgency(priority_class text) returns smallint language sql immutable strict as $$
  select (array_position(array['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX'], priority_class) - 1)::smallint
$$;

-- One place in the queue. It is the person's and outlives page, sign-in and process.
create table waiting (
  id uuid primary key,
  organisation_id uuid not null,
  person_id uuid not null,
  unit_id uuid not null references unit,
  -- Exactly one of the two.
  desktop_id uuid,
  pool_id uuid,
  duty_id uuid not null,
  -- As it was last asked from.
  sign_in_id uuid not null,
  site text not null check (site in ('home', 'evacuation-site', 'satellite-office', 'alternative-office', 'office', 'other')),
  address inet not null,
  weight smallint not null check (weight between 1 and 100),
  change_duty boolean not null,
  arrived_at timestamptz not null,
  -- The lease that yielded to a more urgent duty; its person goes before others of the class.
  after_lease_id uuid references lease,
  seen_at timestamptz not null,
  -- What the order rests on, as the last walk through the queue left it: it only lets a newcomer see whether anybody is before.
  due boolean not null,
  -- Urgency of the class that it counts as.
  counts_as smallint not null check (counts_as between 0 and 6),
  -- A seat of the total is missing, which holds back everybody behind; otherwise one of the own share or pool is, or the desktop itself.
  lacks_seat boolean not null,
  -- Since when sessions have had notice to yield to it.
  promised_at timestamptz,
  reasons text[] not null,
  policy_version text not null,
  lease_id uuid references lease,
  ended_at timestamptz,
  ended_because text check (char_length(ended_because) between 1 and 60),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  foreign key (organisation_id, desktop_id) references desktop (organisation_id, id),
  foreign key (organisation_id, pool_id) references pool (organisation_id, id),
  foreign key (organisation_id, duty_id) references duty (organisation_id, id),
  check (num_nonnulls(desktop_id, pool_id) = 1),
  constraint waiting_ends_for_a_reason check ((ended_at is null) = (ended_because is null)),
  constraint waiting_admitted_has_lease check ((lease_id is not null) = coalesce(ended_because = 'admitted', false))
);

create unique index waiting_once_a_person on waiting (person_id) where ended_at is null;
create index waiting_by_order on waiting (due, counts_as) where ended_at is null and lacks_seat;
create index waiting_by_unit on waiting (unit_id, due, counts_as) where ended_at is null and lacks_seat;
create index waiting_by_pool on waiting (pool_id, due, counts_as) where ended_at is null and pool_id is not null;
create index waiting_by_desktop on waiting (desktop_id, due, counts_as) where ended_at is null and desktop_id is not null;
create index waiting_open on waiting (organisation_id) where ended_at is null;
create index waiting_ended_by_person on waiting (person_id, ended_at desc) where ended_at is not null;
create index waiting_ended_by_organisation on waiting (organisation_id, ended_at desc) where ended_at is not null;

-- Whose place it is and since when never changes, and one that is over never opens again.
create function waiting_move() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null then
    raise exception 'place % is over', old.id using errcode = 'restrict_violation', constraint = 'waiting_is_over';
  end if;
  if (new.id, new.organisation_id, new.person_id, new.desktop_id, new.pool_id, new.duty_id, new.arrived_at, new.after_lease_id)
    is distinct from (old.id, old.organisation_id, old.person_id, old.desktop_id, old.pool_id, old.duty_id, old.arrived_at, old.after_lease_id) then
    raise exception 'whose place % is, for what and since when, never changes', old.id using errcode = 'restrict_violation', constraint = 'waiting_is_of_one';
  end if;
  return new;
end $$;

create trigger move before update on waiting for each row execute function waiting_move();
create trigger no_deletion before delete or truncate on waiting for each statement execute function refuse_rewriting();

alter table lease
  -- Admitted although its class was not due.
  add column surplus boolean not null default false,
  -- From the queue.
  add column waiting_id uuid references waiting;

-- When a person last typed or pointed, to within some seconds; never what.
create table lease_activity (
  lease_id uuid primary key references lease,
  input_at timestamptz not null
);

-- A session that has notice to yield its seat, and to which place.
create table preemption (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  lease_id uuid not null references lease,
  waiting_id uuid not null references waiting,
  class text not null check (class <> 'P0'),
  for_class text not null,
  noticed_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > noticed_at),
  extended_at timestamptz,
  extension_reason text check (char_length(extension_reason) between 1 and 500),
  policy_version text not null,
  inputs jsonb not null,
  outcome text check (outcome in ('yielded', 'withdrawn', 'ended-otherwise')),
  closed_at timestamptz,
  -- Never the same or a higher class.
  constraint preemption_of_a_lower_class check (urgency(class) > urgency(for_class)),
  check ((extended_at is null) = (extension_reason is null)),
  check ((outcome is null) = (closed_at is null))
);

create unique index preemption_running_once_a_lease on preemption (lease_id) where outcome is null;
create index waiting_after_lease on waiting (after_lease_id) where after_lease_id is not null;
create index preemption_running_by_place on preemption (waiting_id) where outcome is null;
create index preemption_by_time on preemption (noticed_at desc);

-- Extended once; closed once; all else stays as it was told.
create trigger stays_as_it_is before update on preemption for each row
  when (old.outcome is not null or (old.extended_at is not null and new.extended_at is distinct from old.extended_at)
    or to_jsonb(old) - '{ends_at,extended_at,extension_reason,outcome,closed_at}'::text[] <> to_jsonb(new) - '{ends_at,extended_at,extension_reason,outcome,closed_at}'::text[])
  execute function refuse_rewriting();
create trigger no_deletion before delete or truncate on preemption for each statement execute function refuse_rewriting();

-- The notice is over with its session, whatever ended that.
create function lease_close_preemption() returns trigger language plpgsql as $$
begin
  update preemption set outcome = case new.ended_because when 'preempted' then 'yielded' else 'ended-otherwise' end, closed_at = new.ended_at
  where preemption.lease_id = new.id and preemption.outcome is null;
  return null;
end $$;

create trigger close_preemption after update on lease for each row when (old.state <> 'ended' and new.state = 'ended') execute function lease_close_preemption();

-- Who waits before: for each line and for what is due and what is not, the most urgent class that somebody present counts as.
create function waiting_before(asked_person uuid, asked_unit uuid, asked_desktop uuid, asked_pool uuid, seen_since timestamptz) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'seats', jsonb_build_object(
      'due', (select counts_as from waiting where ended_at is null and lacks_seat and due and seen_at > seen_since and person_id <> asked_person order by due, counts_as limit 1),
      'notDue', (select counts_as from waiting where ended_at is null and lacks_seat and not due and seen_at > seen_since and person_id <> asked_person order by due, counts_as limit 1)),
    'unit', jsonb_build_object(
      'due', (select counts_as from waiting where ended_at is null and lacks_seat and unit_id = asked_unit and due and seen_at > seen_since and person_id <> asked_person order by unit_id, due, counts_as limit 1),
      'notDue', (select counts_as from waiting where ended_at is null and lacks_seat and unit_id = asked_unit and not due and seen_at > seen_since and person_id <> asked_person order by unit_id, due, counts_as limit 1)),
    'machine', jsonb_build_object(
      'due', least(
        (select counts_as from waiting where ended_at is null and pool_id is not null and pool_id = asked_pool and due and seen_at > seen_since and person_id <> asked_person order by pool_id, due, counts_as limit 1),
        (select counts_as from waiting where ended_at is null and desktop_id is not null and desktop_id = asked_desktop and due and seen_at > seen_since and person_id <> asked_person order by desktop_id, due, counts_as limit 1)),
      'notDue', least(
        (select counts_as from waiting where ended_at is null and pool_id is not null and pool_id = asked_pool and not due and seen_at > seen_since and person_id <> asked_person order by pool_id, due, counts_as limit 1),
        (select counts_as from waiting where ended_at is null and desktop_id is not null and desktop_id = asked_desktop and not due and seen_at > seen_since and person_id <> asked_person order by desktop_id, due, counts_as limit 1))))
$$;

-- Seats that are taken, by unit and pool. What the request itself would end takes none.
create function seats_taken(asked_person uuid, asked_duty uuid) returns jsonb
language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('path', array_prepend(organisation.name, unit.path), 'poolId', open.pool_id, 'weight', open.weight)), '[]')
  from (
    select lease.unit_id, lease.pool_id, sum(lease.weight)::integer as weight from lease
    where lease.state <> 'ended' and not (lease.person_id = asked_person and lease.duty_id <> asked_duty)
    group by lease.unit_id, lease.pool_id
  ) as open
  join unit on unit.id = open.unit_id
  join organisation on organisation.id = unit.organisation_id
$$;

create index lease_open_by_unit on lease (unit_id, pool_id) include (weight, person_id, duty_id) where state <> 'ended';
-- What became free lately, for estimates.
create index lease_by_end on lease (ended_at) where state = 'ended';
drop index lease_open_by_organisation;
create index lease_open_by_organisation on lease (organisation_id) include (weight, unit_id, pool_id) where state <> 'ended';

drop function admission_facts(uuid, uuid, uuid, uuid, uuid, uuid, boolean, text[], timestamptz);

-- Holds still what a decision rests on until the transaction ends, always in this order, so that no two decisions wait for one
-- another, and then tells what it is. Exactly one of `asked_desktop` and `asked_pool` is given. `counting`: the request may take a
-- seat; then one person's requests wait for each other, and whoever gives out seats waits for whoever else does.
-- What concerns everybody at once (entry, level, pool) is read and not locked: whoever slips in meanwhile is found by the review of
-- leases. Of another organisation's desktop or pool nothing is told, and nothing of it is locked.
create function admission_facts(
  asked_person uuid, asked_sign_in uuid, asked_organisation uuid, asked_desktop uuid, asked_pool uuid, asked_duty uuid, counting boolean, asked_at timestamptz, seen_since timestamptz
)
returns table (
  alive boolean, account text, unit_id uuid, path text[], staff boolean, stopped boolean,
  desktop_id uuid, desktop_status text, weight smallint, kind text, sessions smallint, credentials text,
  pool_id uuid, pool_status text, pool_log_in text, pool_clean_up text, pool_seats integer,
  assigned boolean, duty jsonb, other_duties jsonb,
  mine uuid, for_other_duties uuid[], others integer, residual_of_another boolean, overdue boolean,
  taken jsonb, before jsonb, own_session boolean, waits uuid, waits_for uuid
)
-- Small questions, often asked: planning and compiling them anew takes longer than answering.
language plpgsql set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  found_pool uuid;
  chosen uuid := asked_desktop;
begin
  if counting then
    perform from person where person.id = asked_person for no key update;
  else
    perform from person where person.id = asked_person for share;
  end if;
  perform from sign_in where sign_in.id = asked_sign_in for share;
  select pool.id into found_pool from pool
  where pool.organisation_id = asked_organisation and pool.id = coalesce(asked_pool, (select desktop.pool_id from desktop where desktop.id = asked_desktop));
  if counting then
    perform from seat_limit where seat_limit.scope = 'total' for update;
  end if;
  if asked_pool is not null then
    chosen := pool_desktop(found_pool, asked_person);
  end if;
  perform from desktop where desktop.id = chosen and desktop.organisation_id = asked_organisation for no key update;
  perform from desktop_assignment where desktop_assignment.desktop_id = chosen and desktop_assignment.person_id = asked_person for share;
  perform from pool_assignment where pool_assignment.pool_id = found_pool
    and (pool_assignment.person_id = asked_person or pool_assignment.unit_id in (select unit_and_above(person.unit_id) from person where person.id = asked_person))
    order by pool_assignment.person_id, pool_assignment.unit_id for share;
  perform from role_grant where role_grant.person_id = asked_person and role_grant.role = 'staff' order by role_grant.id for share;
  perform from duty_assignment where duty_assignment.duty_id = asked_duty and duty_assignment.person_id = asked_person for share;

  -- A statement of its own, so that it sees what was committed while the locks were waited for.
  return query
  select
    exists (select from sign_in where sign_in.id = asked_sign_in and sign_in.person_id = asked_person and sign_in.ended_at is null),
    person.status, person.unit_id, array_prepend(organisation.name, unit.path),
    exists (select from role_grant where role_grant.person_id = person.id and role_grant.organisation_id = asked_organisation and role_grant.role = 'staff'),
    person.id is not null and entry_is_stopped(asked_organisation, person.unit_id),
    desktop.id, desktop.status, desktop.weight, desktop.kind, desktop.sessions, desktop.credentials,
    pool.id, pool.status, pool.log_in, pool.clean_up, pool.seats,
    exists (select from desktop_assignment where desktop_assignment.desktop_id = desktop.id and desktop_assignment.person_id = asked_person)
      or (pool.id is not null and pool_is_given(pool.id, asked_person)),
    held.asked, coalesce(held.others, '[]'),
    (select lease.id from lease where lease.desktop_id = desktop.id and lease.person_id = asked_person and lease.duty_id = asked_duty and lease.state <> 'ended'),
    array(select lease.id from lease where lease.person_id = asked_person and lease.duty_id <> asked_duty and lease.state <> 'ended' order by lease.id),
    (select count(*)::integer from lease where lease.desktop_id = desktop.id and lease.person_id <> asked_person and lease.state <> 'ended'),
    exists (select from residual_session as residual where residual.desktop_id = desktop.id and residual.person_id <> asked_person and residual.ended_at is null),
    exists (select from lease where lease.desktop_id = desktop.id and lease_is_over(lease, asked_at) is not null and lease.state <> 'ended')
      or exists (select from lease where lease.person_id = asked_person and lease_is_over(lease, asked_at) is not null and lease.state <> 'ended')
      or (asked_pool is not null and exists (select from lease where lease.pool_id = pool.id and lease_is_over(lease, asked_at) is not null and lease.state <> 'ended')),
    seats_taken(asked_person, asked_duty),
    waiting_before(asked_person, person.unit_id, desktop.id, coalesce(asked_pool, desktop.pool_id), seen_since),
    exists (select from residual_session as residual where residual.desktop_id = desktop.id and residual.person_id = asked_person and residual.ended_at is null and residual.exclusive),
    place.id, coalesce(place.pool_id, place.desktop_id)
  from (select) as one
  left join person on person.id = asked_person and person.organisation_id = asked_organisation
  left join unit on unit.id = person.unit_id
  left join organisation on organisation.id = person.organisation_id
  left join desktop on desktop.id = chosen and desktop.organisation_id = asked_organisation
  left join pool on pool.organisation_id = asked_organisation and pool.id = coalesce(asked_pool, desktop.pool_id)
  left join waiting as place on place.person_id = person.id and place.ended_at is null
  left join lateral (
    select
      (jsonb_agg(duties.fact) filter (where duties.id = asked_duty)) -> 0 as asked,
      jsonb_agg(duties.fact order by duties.fact ->> 'name') filter (where duties.id <> asked_duty) as others
    from (
      select duty.id, jsonb_build_object('id', duty.id, 'name', duty.name, 'class', duty.priority_class, 'zone', duty.zone, 'targetSeconds', duty.target_seconds) as fact
      from duty_assignment join duty on duty.id = duty_assignment.duty_id
      where duty_assignment.person_id = asked_person and duty.status = 'active'
    ) as duties
  ) as held on true;
end $$;

-- What a duty was asked for and let in for since an onset.
create index admission_decision_by_duty on admission_decision (duty_id, at desc);
create index lease_by_duty_and_grant on lease (duty_id, granted_at);

create trigger tell after insert on waiting for each row execute function tell_change('waiting');
create trigger tell_move after update on waiting for each row
  when (old.ended_at is distinct from new.ended_at or old.promised_at is distinct from new.promised_at) execute function tell_change('waiting');
create trigger tell after insert or update on preemption for each row execute function tell_change('waiting');
