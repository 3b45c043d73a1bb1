-- Desktops (デスクトップ): RDP or VNC endpoints, each one person's at a time. Two records of one address would show one
-- person another's screen, so an address is there once in the whole installation.
create table desktop (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  name text not null check (char_length(name) between 1 and 200),
  protocol text not null check (protocol in ('rdp', 'vnc')),
  host text not null check (host = lower(host) and char_length(host) between 1 and 253),
  port integer not null check (port between 1 and 65535),
  status text not null check (status in ('active', 'disabled')),
  -- Seats that a session on it takes.
  weight smallint not null check (weight between 1 and 100),
  credentials text not null check (credentials in ('stored', 'ask')),
  -- Encrypted with the key of the installation; the plain text is nowhere in the database.
  sealed_credentials bytea,
  -- guacd's parameters by name; which names and values may stand here is the program's closed list.
  parameters jsonb not null check (jsonb_typeof(parameters) = 'object'),
  created_at timestamptz not null,
  unique (organisation_id, id),
  unique (organisation_id, name),
  unique (host, port),
  check ((credentials = 'stored') = (sealed_credentials is not null))
);

create table desktop_assignment (
  organisation_id uuid not null,
  desktop_id uuid not null,
  person_id uuid not null,
  assigned_at timestamptz not null,
  primary key (person_id, desktop_id),
  foreign key (organisation_id, desktop_id) references desktop (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

create index desktop_assignment_by_desktop on desktop_assignment (desktop_id);

-- Locked while seats are counted, so that the last one goes once: `total`, or an organisation's id.
create table seat_limit (scope text primary key);

insert into seat_limit (scope) values ('total');

-- A gateway process that carries sessions. One that stops saying that it is alive has died, and its sessions with it.
create table gateway_process (
  id uuid primary key,
  started_at timestamptz not null,
  seen_at timestamptz not null
);

-- Which states a lease (利用権) has and which may follow which; the foreign key of lease refuses everything else.
create table lease_state (state text primary key);

insert into lease_state (state) values ('granted'), ('active'), ('parked'), ('ended');

create table lease_transition (
  from_state text not null check (from_state in ('none', 'granted', 'active', 'parked')),
  to_state text not null references lease_state,
  primary key (from_state, to_state)
);

insert into lease_transition (from_state, to_state) values
  ('none', 'granted'),
  ('granted', 'active'),
  ('granted', 'ended'),
  ('active', 'parked'),
  ('active', 'ended'),
  ('parked', 'active'),
  ('parked', 'ended');

create table lease (
  id uuid primary key,
  organisation_id uuid not null,
  person_id uuid not null,
  desktop_id uuid not null,
  duty_id uuid not null,
  -- The sign-in it is used from now; coming back from another browser changes it.
  sign_in_id uuid not null,
  site text not null check (site in ('home', 'evacuation-site', 'satellite-office', 'alternative-office', 'office', 'other')),
  address inet not null,
  weight smallint not null check (weight between 1 and 100),
  policy_version text not null,
  state text not null,
  -- Set by the trigger below, never by a statement.
  came_from text not null,
  granted_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > granted_at),
  unused_until timestamptz not null,
  parked_until timestamptz,
  -- The relay that carries it or did last, and the process that relay lives in.
  relay_id uuid,
  gateway_id uuid,
  relay_settled boolean not null default true,
  connected_at timestamptz,
  ended_at timestamptz,
  ended_because text check (char_length(ended_because) between 1 and 60),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  foreign key (organisation_id, desktop_id) references desktop (organisation_id, id),
  foreign key (organisation_id, duty_id) references duty (organisation_id, id),
  constraint lease_transition_is_legal foreign key (came_from, state) references lease_transition (from_state, to_state),
  constraint lease_has_what_its_state_needs check (
    (state <> 'active' or (relay_id is not null and gateway_id is not null))
    and ((state = 'parked') = (parked_until is not null))
    and ((state = 'ended') = (ended_at is not null))
    and ((state = 'ended') = (ended_because is not null))
  )
);

-- Nobody is ever shown another person's screen.
create unique index lease_open_once_a_desktop on lease (desktop_id) where state <> 'ended';
create index lease_open_by_organisation on lease (organisation_id) include (weight) where state <> 'ended';
create index lease_open_by_person on lease (person_id) where state <> 'ended';
create index lease_open_by_sign_in on lease (sign_in_id) where state <> 'ended';
create index lease_active_by_gateway on lease (gateway_id) where state = 'active';

-- Runs ahead of every statement's own idea of where a lease came from.
create function lease_move() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.came_from := 'none';
    return new;
  end if;
  if old.state = 'ended' and (new.state, new.ended_at, new.ended_because, new.expires_at, new.sign_in_id) is distinct from (old.state, old.ended_at, old.ended_because, old.expires_at, old.sign_in_id) then
    raise exception 'lease % has ended', old.id using errcode = 'restrict_violation', constraint = 'lease_has_ended';
  end if;
  if (new.id, new.organisation_id, new.person_id, new.desktop_id, new.duty_id, new.weight, new.granted_at)
    is distinct from (old.id, old.organisation_id, old.person_id, old.desktop_id, old.duty_id, old.weight, old.granted_at) then
    raise exception 'whose lease % is, and of what, never changes', old.id using errcode = 'restrict_violation', constraint = 'lease_is_of_one';
  end if;
  new.came_from := case when new.state = old.state then old.came_from else old.state end;
  if new.state = 'ended' and old.state <> 'ended' then
    perform pg_notify('lease_ended', json_build_object('leaseId', new.id, 'because', new.ended_because)::text);
  end if;
  return new;
end $$;

create trigger lease_move before insert or update on lease for each row execute function lease_move();

-- Holds still everything that a decision rests on until the transaction ends, always in this order, so that no two
-- decisions wait for one another, and then tells what it is. `scopes` names the limits of seats that are counted: they are
-- locked for those who may take one. Of another organisation's desktop nothing is told, and nothing of it is locked for long.
create function admission_facts(asked_person uuid, asked_sign_in uuid, asked_organisation uuid, asked_desktop uuid, asked_duty uuid, scopes text[])
returns table (
  alive boolean, account text,
  desktop_status text, weight smallint, credentials text, assigned boolean,
  duty_class text, duty_zone text,
  lease_id uuid, lease_person_id uuid, lease_state text, expires_at timestamptz, unused_until timestamptz, parked_until timestamptz,
  taken_in_total integer, taken_in_organisation integer
)
language plpgsql as $$
begin
  perform from person where person.id = asked_person for share;
  perform from sign_in where sign_in.id = asked_sign_in for share;
  if cardinality(scopes) > 0 then
    insert into seat_limit (scope) select unnest(scopes) on conflict do nothing;
    perform from seat_limit where scope = any (scopes) order by scope for update;
  end if;
  perform from desktop where desktop.id = asked_desktop and desktop.organisation_id = asked_organisation for no key update;
  perform from desktop_assignment where desktop_assignment.desktop_id = asked_desktop and desktop_assignment.person_id = asked_person for share;
  perform from duty_assignment where duty_assignment.duty_id = asked_duty and duty_assignment.person_id = asked_person for share;

  -- A statement of its own, so that it sees what was committed while the locks were waited for.
  return query
  select
    exists (select from sign_in where sign_in.id = asked_sign_in and sign_in.person_id = asked_person and sign_in.ended_at is null),
    (select person.status from person where person.id = asked_person and person.organisation_id = asked_organisation),
    desktop.status, desktop.weight, desktop.credentials, desktop_assignment.person_id is not null,
    duty.priority_class, duty.zone,
    lease.id, lease.person_id, lease.state, lease.expires_at, lease.unused_until, lease.parked_until,
    (select coalesce(sum(open.weight), 0)::integer from lease as open where open.state <> 'ended'),
    (select coalesce(sum(open.weight), 0)::integer from lease as open where open.state <> 'ended' and open.organisation_id = asked_organisation)
  from (select) as one
  left join desktop on desktop.id = asked_desktop and desktop.organisation_id = asked_organisation
  left join desktop_assignment on desktop_assignment.desktop_id = desktop.id and desktop_assignment.person_id = asked_person
  left join (duty_assignment join duty on duty.id = duty_assignment.duty_id)
    on duty_assignment.person_id = asked_person and duty_assignment.duty_id = asked_duty
  left join lease on lease.desktop_id = desktop.id and lease.state <> 'ended';
end $$;
