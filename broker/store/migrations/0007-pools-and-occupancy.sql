-- Pools (プール) of desktops, desktops of several sessions, and the OS sessions that live on after a disconnect.
create table pool (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  name text not null check (char_length(name) between 1 and 200),
  status text not null check (status in ('active', 'disabled')),
  -- `personal`: everybody enters with an own OS log-in. `shared`: one log-in for all, so that what the last one left is there.
  log_in text not null check (log_in in ('personal', 'shared')),
  -- `proved`: after each use a desktop is cleaned up, and reported clean before anybody else enters.
  clean_up text not null check (clean_up in ('none', 'proved')),
  -- Seats at once, by weight; null: not limited.
  seats integer check (seats between 0 and 1000000),
  created_at timestamptz not null,
  unique (organisation_id, id),
  unique (organisation_id, name)
);

-- Who may ask for a desktop of the pool: a person, or everybody of a unit and below.
create table pool_assignment (
  organisation_id uuid not null,
  pool_id uuid not null,
  person_id uuid,
  unit_id uuid,
  assigned_at timestamptz not null,
  unique nulls not distinct (pool_id, person_id, unit_id),
  foreign key (organisation_id, pool_id) references pool (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  foreign key (organisation_id, unit_id) references unit (organisation_id, id),
  check (num_nonnulls(person_id, unit_id) = 1)
);

create index pool_assignment_by_person on pool_assignment (person_id);
create index pool_assignment_by_unit on pool_assignment (unit_id);

alter table desktop
  add column kind text not null default 'exclusive' check (kind in ('exclusive', 'multi-session')),
  -- At once.
  add column sessions smallint not null default 1 check (sessions between 1 and 500),
  add column pool_id uuid,
  add foreign key (organisation_id, pool_id) references pool (organisation_id, id),
  add constraint desktop_vnc_is_exclusive check (protocol = 'rdp' or kind = 'exclusive'),
  add constraint desktop_exclusive_is_of_one check (kind = 'multi-session' or sessions = 1),
  -- With one stored log-in everybody would land in the same OS session.
  add constraint desktop_of_many_asks check (kind = 'exclusive' or credentials = 'ask');

create index desktop_by_pool on desktop (pool_id) where pool_id is not null;

alter table lease
  -- As the desktop was at the grant; the unique index below counts on it.
  add column exclusive boolean not null default true,
  add column pool_id uuid,
  -- Address of the guacd that carries it or did last.
  add column guacd text check (char_length(guacd) <= 300),
  -- The person's unit at the grant.
  add column unit_id uuid references unit,
  add column level text not null default '0' references continuity_level,
  add column level_number bigint not null default 0,
  -- A session that may not go on ends then, for this reason.
  add column closing_at timestamptz,
  add column closing_because text check (char_length(closing_because) between 1 and 60),
  add foreign key (organisation_id, pool_id) references pool (organisation_id, id),
  add check ((closing_at is null) = (closing_because is null));

update lease set unit_id = person.unit_id from person where person.id = lease.person_id;
alter table lease alter column unit_id set not null;

drop index lease_open_once_a_desktop;
-- Nobody is ever shown another person's screen.
create unique index lease_open_once_an_exclusive_desktop on lease (desktop_id) where state <> 'ended' and exclusive;
create unique index lease_open_once_a_person_and_desktop on lease (desktop_id, person_id) where state <> 'ended';
create index lease_open_by_pool on lease (pool_id) include (weight) where state <> 'ended' and pool_id is not null;
create index lease_open_by_guacd on lease (guacd) include (weight) where state = 'active';
create index lease_closing on lease (closing_at) where state <> 'ended' and closing_at is not null;
create index lease_by_organisation_and_grant on lease (organisation_id, granted_at desc, id desc);
create index lease_by_person_and_grant on lease (person_id, granted_at desc);

-- The OS session of a person on a desktop: it begins with the first picture and lives on after the lease, until somebody
-- who can know says that it is over.
create table residual_session (
  id uuid primary key,
  organisation_id uuid not null,
  desktop_id uuid not null,
  person_id uuid not null,
  lease_id uuid not null references lease,
  exclusive boolean not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  ended_because text check (ended_because in ('cleaned-up', 'logged-off', 'ended-by-administrator')),
  foreign key (organisation_id, desktop_id) references desktop (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  check ((ended_at is null) = (ended_because is null))
);

create unique index residual_open_once_an_exclusive_desktop on residual_session (desktop_id) where ended_at is null and exclusive;
create unique index residual_open_once_a_person_and_desktop on residual_session (desktop_id, person_id) where ended_at is null;
create index residual_open_by_person on residual_session (person_id) where ended_at is null;
create index residual_by_lease on residual_session (lease_id);
create index lease_by_desktop_and_grant on lease (desktop_id, granted_at desc);

-- Why an open lease is over by its own deadlines, whether or not anybody has ended it: the rules of overdue.ts, in the same order.
create function lease_is_over(given lease, at timestamptz) returns text language sql immutable as $$
  select case
    when given.state = 'ended' then null
    when given.expires_at <= at then 'lease-expired'
    when given.closing_at <= at then given.closing_because
    when given.state = 'granted' and given.unused_until <= at then 'not-used'
    when given.state = 'parked' and given.parked_until <= at then 'parking-expired'
  end
$$;

-- True where the pool is given to the person or to a unit at or above the person's.
create function pool_is_given(asked_pool uuid, asked_person uuid) returns boolean language sql stable as $$
  select exists (
    select from pool_assignment
    where pool_assignment.pool_id = asked_pool
      and (pool_assignment.person_id = asked_person
        or pool_assignment.unit_id in (select unit_and_above(person.unit_id) from person where person.id = asked_person))
  )
$$;

-- True where a person's own session is open on a desktop, or there is room for it.
create function desktop_has_room(asked_desktop uuid, asked_person uuid) returns boolean language sql stable as $$
  select exists (select from lease where lease.desktop_id = desktop.id and lease.person_id = asked_person and lease.state <> 'ended')
    or (
      desktop.sessions > (select count(*) from lease where lease.desktop_id = desktop.id and lease.person_id <> asked_person and lease.state <> 'ended')
      and not (desktop.kind = 'exclusive' and exists (
        select from residual_session as residual where residual.desktop_id = desktop.id and residual.person_id <> asked_person and residual.ended_at is null))
    )
  from desktop where desktop.id = asked_desktop
$$;

-- The desktops of a pool that a person may get, in this order: their own, then those with the fewest sessions, and of these the one
-- that was not used for longest. It says at once of all what desktop_has_room says of each.
create function pool_candidates(asked_pool uuid, asked_person uuid) returns table (desktop_id uuid, place bigint)
language plpgsql stable set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with open as (
    select lease.desktop_id, count(*) filter (where lease.person_id <> asked_person) as others, count(*) filter (where lease.person_id = asked_person) as own
    from lease where lease.pool_id = asked_pool and lease.state <> 'ended' group by lease.desktop_id
  ), living as (
    select residual.desktop_id, bool_or(residual.person_id <> asked_person) as of_others, bool_or(residual.person_id = asked_person) as own
    from residual_session as residual join desktop on desktop.id = residual.desktop_id
    where desktop.pool_id = asked_pool and residual.ended_at is null group by residual.desktop_id
  )
  select desktop.id, row_number() over (
    order by case when open.own > 0 then 0 when living.own then 1 else 2 end,
      coalesce(open.others + open.own, 0),
      (select max(lease.granted_at) from lease where lease.desktop_id = desktop.id) nulls first,
      desktop.name collate "C")
  from desktop
  left join open on open.desktop_id = desktop.id
  left join living on living.desktop_id = desktop.id
  where desktop.pool_id = asked_pool and desktop.status = 'active'
    and (open.own > 0 or (coalesce(open.others, 0) < desktop.sessions and not (desktop.kind = 'exclusive' and coalesce(living.of_others, false))));
end $$;

-- The first of them, locked; null where there is none.
create function pool_desktop(asked_pool uuid, asked_person uuid) returns uuid language plpgsql as $$
declare
  chosen uuid;
begin
  loop
    select desktop.id into chosen from pool_candidates(asked_pool, asked_person) as candidate join desktop on desktop.id = candidate.desktop_id
    order by candidate.place limit 1 for no key update of desktop skip locked;
    if chosen is null then
      -- Whoever holds the last ones may not take them.
      select desktop.id into chosen from pool_candidates(asked_pool, asked_person) as candidate join desktop on desktop.id = candidate.desktop_id
      order by candidate.place limit 1 for no key update of desktop;
    end if;
    -- A statement of its own: another person may have come, or the desktop have gone out of service, before the lock was held.
    exit when chosen is null or exists (select from pool_candidates(asked_pool, asked_person) as candidate where candidate.desktop_id = chosen);
  end loop;
  return chosen;
end $$;

drop function admission_facts(uuid, uuid, uuid, uuid, uuid, text[]);

-- Holds still what a decision rests on until the transaction ends, always in this order, so that no two decisions wait for one
-- another, and then tells what it is. Exactly one of `asked_desktop` and `asked_pool` is given. `counting`: the request may take a
-- seat; then one person's requests wait for each other, and for those that count the same limits: `scopes` and the pool's own.
-- What concerns everybody at once (entry, level, pool) is read and not locked: whoever slips in meanwhile is found by the review of
-- leases. Of another organisation's desktop or pool nothing is told, and nothing of it is locked.
create function admission_facts(
  asked_person uuid, asked_sign_in uuid, asked_organisation uuid, asked_desktop uuid, asked_pool uuid, asked_duty uuid, counting boolean, scopes text[], asked_at timestamptz
)
returns table (
  alive boolean, account text, unit_id uuid, staff boolean, stopped boolean,
  desktop_id uuid, desktop_status text, weight smallint, kind text, sessions smallint, credentials text,
  pool_id uuid, pool_status text, pool_log_in text, pool_clean_up text, pool_seats integer,
  assigned boolean, duty jsonb, other_duties jsonb,
  mine uuid, for_other_duties uuid[], others integer, residual_of_another boolean, overdue boolean,
  taken_in_total integer, taken_in_organisation integer, taken_in_pool integer
)
-- Small questions, often asked: planning and compiling them anew takes longer than answering.
language plpgsql set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  found_pool uuid;
  wanted text[] := scopes;
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
    wanted := wanted || (select array_agg('pool:' || pool.id) from pool where pool.id = found_pool and pool.seats is not null);
    insert into seat_limit (scope) select unnest(wanted) order by 1 on conflict do nothing;
    perform from seat_limit where seat_limit.scope = any (wanted) order by seat_limit.scope for update;
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
    person.status, person.unit_id,
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
    (select coalesce(sum(open.weight), 0)::integer from lease as open where open.state <> 'ended') - leaving.everywhere,
    (select coalesce(sum(open.weight), 0)::integer from lease as open where open.state <> 'ended' and open.organisation_id = asked_organisation) - leaving.everywhere,
    (select coalesce(sum(open.weight), 0)::integer from lease as open where open.state <> 'ended' and open.pool_id = pool.id) - leaving.of_pool
  from (select) as one
  left join person on person.id = asked_person and person.organisation_id = asked_organisation
  left join desktop on desktop.id = chosen and desktop.organisation_id = asked_organisation
  left join pool on pool.organisation_id = asked_organisation and pool.id = coalesce(asked_pool, desktop.pool_id)
  left join lateral (
    select
      (jsonb_agg(duties.fact) filter (where duties.id = asked_duty)) -> 0 as asked,
      jsonb_agg(duties.fact order by duties.fact ->> 'name') filter (where duties.id <> asked_duty) as others
    from (
      select duty.id, jsonb_build_object('id', duty.id, 'name', duty.name, 'class', duty.priority_class, 'zone', duty.zone) as fact
      from duty_assignment join duty on duty.id = duty_assignment.duty_id
      where duty_assignment.person_id = asked_person and duty.status = 'active'
    ) as duties
  ) as held on true
  -- What the request itself would end takes no seat.
  left join lateral (
    select
      coalesce(sum(open.weight), 0)::integer as everywhere,
      coalesce(sum(open.weight) filter (where open.pool_id = pool.id), 0)::integer as of_pool
    from lease as open
    where open.person_id = asked_person and open.duty_id <> asked_duty and open.state <> 'ended'
  ) as leaving on true;
end $$;

-- Open leases whose right is gone, each with the first reason. Whoever takes a right away ends the leases in the same transaction;
-- this finds what concerns many people at once: a unit that was sent away, a pool that was taken from it, a person who moved to
-- another one, and whatever slipped in meanwhile.
create function leases_without_right() returns table (lease_id uuid, because text) language sql stable set jit = off as $$
  select * from (
    select lease.id, case
      when person.status <> 'active' then 'account-disabled'
      when not exists (select from role_grant where role_grant.person_id = lease.person_id and role_grant.role = 'staff') then 'role-not-held'
      when stop.stands and entry_is_stopped(lease.organisation_id, person.unit_id) then 'entry-stopped'
      when desktop.status <> 'active' or pool.status <> 'active' then 'desktop-disabled'
      when not exists (select from duty_assignment where duty_assignment.person_id = lease.person_id and duty_assignment.duty_id = lease.duty_id) then 'duty-not-held'
      when not exists (select from desktop_assignment where desktop_assignment.person_id = lease.person_id and desktop_assignment.desktop_id = lease.desktop_id)
        and (desktop.pool_id is null or not pool_is_given(desktop.pool_id, lease.person_id)) then 'desktop-not-assigned'
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
