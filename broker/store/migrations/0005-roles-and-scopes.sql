-- Roles are granted for a whole organisation or for one unit of it with everything below. Some exclude each other.
alter table role_grant
  add column id uuid not null default gen_random_uuid(),
  -- Null: the whole organisation.
  add column unit_id uuid,
  -- Null: the command line on the server, or the product itself.
  add column granted_by uuid,
  drop constraint role_grant_pkey,
  add primary key (id),
  add constraint role_grant_once unique nulls not distinct (person_id, role, unit_id),
  add foreign key (organisation_id, unit_id) references unit (organisation_id, id),
  add foreign key (organisation_id, granted_by) references person (organisation_id, id),
  add constraint role_grant_by_another check (granted_by <> person_id);

alter table role_grant alter column id drop default;

create index role_grant_by_organisation on role_grant (organisation_id, role);

-- Both directions of each pair.
create table role_conflict (
  role text not null,
  other text not null,
  primary key (role, other)
);

insert into role_conflict (role, other)
select pair.a, pair.b from (values
  ('system-admin', 'security-officer'),
  ('system-admin', 'auditor'),
  ('bcp-admin', 'activation-authority')
) as pair (a, b)
union all
select pair.b, pair.a from (values
  ('system-admin', 'security-officer'),
  ('system-admin', 'auditor'),
  ('bcp-admin', 'activation-authority')
) as pair (a, b);

create function role_grant_refuse_conflict() returns trigger language plpgsql as $$
begin
  -- Two grants to one person wait for each other, so that neither misses the other. What waited has to see what it waited for.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'roles are granted in transactions that read what is committed' using errcode = 'feature_not_supported';
  end if;
  perform from person where person.id = new.person_id for no key update;
  if exists (
    select from role_grant join role_conflict on role_conflict.role = new.role and role_conflict.other = role_grant.role
    where role_grant.person_id = new.person_id and role_grant.id <> new.id
  ) then
    raise exception 'role % excludes another one of person %', new.role, new.person_id
      using errcode = 'integrity_constraint_violation', constraint = 'role_grant_is_compatible';
  end if;
  return new;
end $$;

create trigger refuse_conflict after insert or update on role_grant for each row execute function role_grant_refuse_conflict();
alter table role_grant enable always trigger refuse_conflict;

-- A unit and everything under it.
create function unit_and_below(top uuid) returns setof uuid language sql stable as $$
  with recursive below (id) as (
    select unit.id from unit where unit.id = top
    union
    select unit.id from unit join below on unit.parent_id = below.id
  )
  select id from below
$$;

-- A unit and everything above it.
create function unit_and_above(bottom uuid) returns setof uuid language sql stable as $$
  with recursive above (id, parent_id) as (
    select unit.id, unit.parent_id from unit where unit.id = bottom
    union
    select unit.id, unit.parent_id from unit join above on unit.id = above.parent_id
  )
  select id from above
$$;

alter table duty
  -- Null: the target time of its class.
  add column target_seconds bigint check (target_seconds between 0 and 31536000),
  add column status text not null default 'active' check (status in ('active', 'retired'));

-- Raised when what a session was admitted on has changed; 0 once it was judged by what holds now.
alter table lease add column judge_again integer not null default 0;

-- When the second factor was last proved in this sign-in.
alter table sign_in add column proved_at timestamptz;
update sign_in set proved_at = at;
alter table sign_in alter column proved_at set not null;

create index person_by_organisation on person (organisation_id, username);
create index person_by_unit on person (unit_id);
create index duty_assignment_by_duty on duty_assignment (duty_id);
create index desktop_by_organisation on desktop (organisation_id, name);
