-- Every policy that a decision was ever made under, by the digest that decisions cite.
create table policy_version (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  number bigint generated always as identity unique,
  -- Text by name of file.
  files jsonb not null check (jsonb_typeof(files) = 'object'),
  loaded_at timestamptz not null
);

create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger append_only before update or delete or truncate on policy_version for each statement execute function refuse_rewriting();

-- Continuity levels (継続レベル) from low to high rights. Recovery ranks with alert.
create table continuity_level (level text primary key, rank smallint not null);
insert into continuity_level (level, rank) values ('0', 0), ('1', 1), ('R', 1), ('2', 2), ('3', 3);

-- What is looked up to tell who may do what is no data.
create trigger append_only before insert or update or delete or truncate on continuity_level for each statement execute function refuse_rewriting();
create trigger append_only before insert or update or delete or truncate on role_conflict for each statement execute function refuse_rewriting();

create table level_proposal (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  level text not null references continuity_level,
  event text not null check (event in ('earthquake', 'storm', 'snow', 'epidemic', 'building-failure', 'system-failure', 'cyber', 'other')),
  onset timestamptz not null,
  reason text not null check (char_length(reason) between 1 and 500),
  -- When the level falls by itself, once it is in force.
  until timestamptz not null check (until <= proposed_at + interval '31 days'),
  proposed_by uuid not null,
  proposed_at timestamptz not null check (until > proposed_at),
  -- When it can no longer be approved.
  closes_at timestamptz not null check (closes_at > proposed_at),
  withdrawn_at timestamptz,
  unique (id, organisation_id, proposed_by),
  foreign key (organisation_id, proposed_by) references person (organisation_id, id)
);

create index level_proposal_by_organisation on level_proposal (organisation_id, proposed_at desc);

-- What was proposed is what is approved: it can only be withdrawn, once.
create trigger stays_as_it_is before update on level_proposal for each row
  when (old.withdrawn_at is not null or to_jsonb(old) - 'withdrawn_at' <> to_jsonb(new) - 'withdrawn_at') execute function refuse_rewriting();
create trigger no_deletion before delete or truncate on level_proposal for each statement execute function refuse_rewriting();

create table level_approval (
  proposal_id uuid not null,
  organisation_id uuid not null,
  proposed_by uuid not null,
  approved_by uuid not null,
  approved_at timestamptz not null,
  primary key (proposal_id, approved_by),
  foreign key (proposal_id, organisation_id, proposed_by) references level_proposal (id, organisation_id, proposed_by),
  foreign key (organisation_id, approved_by) references person (organisation_id, id),
  constraint level_approval_by_another check (approved_by <> proposed_by)
);

create trigger append_only before update or delete or truncate on level_approval for each statement execute function refuse_rewriting();

-- Somebody with one of these roles for the whole organisation, who is not suspended.
create function holds_role(asked_person uuid, asked_roles text[]) returns boolean language sql stable as $$
  select exists (
    select from role_grant join person on person.id = role_grant.person_id
    where person.id = asked_person and person.status = 'active' and role_grant.organisation_id = person.organisation_id
      and role_grant.unit_id is null and role_grant.role = any (asked_roles)
  )
$$;

-- The column that names the person, and the roles of which they need one.
create function level_act_is_rightful() returns trigger language plpgsql as $$
begin
  if not holds_role((to_jsonb(new) ->> tg_argv[0])::uuid, tg_argv[1:]) then
    raise exception '% by somebody without the right to it', tg_table_name using errcode = 'restrict_violation', constraint = 'level_act_is_rightful';
  end if;
  return new;
end $$;

create trigger rightful before insert on level_proposal for each row execute function level_act_is_rightful('proposed_by', 'bcp-admin', 'activation-authority');
alter table level_proposal enable always trigger rightful;
create trigger rightful before insert on level_approval for each row execute function level_act_is_rightful('approved_by', 'activation-authority');
alter table level_approval enable always trigger rightful;

-- What the level was and is: the change with the highest number of an organisation is in force.
--   approved     loosened or extended by two people
--   provisional  loosened by one, two hours at most, for P0 to P2 only; everybody else has `base_level`
--   tightened    by one person
--   expired      by the clock: one level down
--   reverted     a provisional one that nobody approved in time
create table level_change (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  number bigint not null check (number >= 1),
  level text not null references continuity_level,
  base_level text not null references continuity_level,
  how text not null check (how in ('approved', 'provisional', 'tightened', 'expired', 'reverted')),
  proposal_id uuid references level_proposal,
  -- Who acted; null where the clock did.
  acted_by uuid,
  event text check (event in ('earthquake', 'storm', 'snow', 'epidemic', 'building-failure', 'system-failure', 'cyber', 'other')),
  onset timestamptz,
  reason text not null check (char_length(reason) between 1 and 500),
  since timestamptz not null,
  -- No policy lets a level last longer.
  until timestamptz check (until > since and until <= since + interval '31 days'),
  -- When `base_level` would fall by itself under a provisional level.
  base_until timestamptz check (base_until <= since + interval '31 days'),
  unique (organisation_id, number),
  foreign key (organisation_id, acted_by) references person (organisation_id, id),
  constraint level_change_has_what_it_needs check (
    ((how in ('approved', 'provisional')) = (proposal_id is not null))
    and ((how in ('expired', 'reverted')) = (acted_by is null))
    and (how = 'provisional' or base_level = level)
    and (how <> 'provisional' or until <= since + interval '2 hours')
    and (level = '0' or until is not null)
  )
);

-- Two people agree to a level once: after it was lowered nobody brings it back by what they had agreed to.
create unique index level_change_once_a_proposal on level_change (proposal_id, how);

create trigger append_only before update or delete or truncate on level_change for each statement execute function refuse_rewriting();

-- Loosening takes two people, tightening takes one; looked at when the transaction ends, since the approval may come after.
create function level_change_justify() returns trigger language plpgsql as $$
declare
  before level_change;
  -- When what everybody had before would have fallen by itself.
  before_until timestamptz;
  lower boolean;
  back boolean;
  at_its_end boolean;
  justified boolean;
begin
  perform from organisation where organisation.id = new.organisation_id for no key update;
  select * into before from level_change where organisation_id = new.organisation_id and number = new.number - 1;
  if new.number > 1 and before.id is null then
    raise exception 'level change % follows none', new.number using errcode = 'restrict_violation', constraint = 'level_change_follows';
  end if;
  before_until := case when before.how = 'provisional' then before.base_until else before.until end;
  lower := (select rank from continuity_level where level = new.base_level) < (select rank from continuity_level where level = coalesce(before.base_level, '0'));
  -- What everybody had all along is never prolonged by one person or by nobody.
  back := before.how = 'provisional' and new.base_level = before.base_level and (new.base_level = '0' or new.until <= before_until);
  -- Programs count in milliseconds.
  at_its_end := new.since between before.until - interval '1 millisecond' and before.until + interval '1 millisecond';
  justified := case new.how
    when 'approved' then exists (
      select from level_proposal as proposal
      join level_approval as approval on approval.proposal_id = proposal.id
      where proposal.id = new.proposal_id and proposal.organisation_id = new.organisation_id and proposal.level = new.level
        and approval.approved_by <> proposal.proposed_by and proposal.withdrawn_at is null and new.until <= proposal.until)
    when 'provisional' then exists (
      select from level_proposal as proposal
      where proposal.id = new.proposal_id and proposal.organisation_id = new.organisation_id and proposal.level = new.level
        and proposal.proposed_by = new.acted_by and proposal.withdrawn_at is null)
      and (lower or (new.base_level = coalesce(before.base_level, '0') and (new.base_level = '0' or new.base_until <= before_until)))
      -- The two hours of one person are counted from the first time, so that they cannot be strung together.
      and not exists (
        select from level_change as earlier
        where earlier.organisation_id = new.organisation_id and earlier.number < new.number and earlier.how = 'provisional' and earlier.acted_by = new.acted_by
          and earlier.since > new.since - interval '24 hours' and new.until > earlier.since + interval '2 hours'
          and not exists (select from level_approval as approval where approval.proposal_id = earlier.proposal_id))
    -- Counted from a time at which there was something to lower, so that nobody is given more time by an end that lies ahead.
    when 'tightened' then new.level = '0' or ((lower or back) and new.since <= greatest(before_until, before.until))
    when 'expired' then lower and before.how <> 'provisional' and at_its_end
    when 'reverted' then (lower or back) and before.how = 'provisional' and at_its_end
  end;
  if not coalesce(justified, false) then
    raise exception 'level change % of organisation % is not justified', new.number, new.organisation_id
      using errcode = 'restrict_violation', constraint = 'level_change_is_justified';
  end if;
  return null;
end $$;

create constraint trigger is_justified after insert on level_change deferrable initially deferred for each row execute function level_change_justify();
alter table level_change enable always trigger is_justified;

-- Those who watch the level were told, this long before, that it will fall by itself.
create table level_warning (
  change_id uuid not null references level_change,
  seconds_before integer not null check (seconds_before > 0),
  told_at timestamptz not null,
  primary key (change_id, seconds_before)
);

-- Everybody of an organisation or a unit was sent away; nobody of it enters until two people let them in again.
create table entry_stop (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  -- Null: the whole organisation.
  unit_id uuid,
  reason text not null check (char_length(reason) between 1 and 500),
  stopped_by uuid not null,
  stopped_at timestamptz not null,
  unique (id, organisation_id),
  foreign key (organisation_id, unit_id) references unit (organisation_id, id),
  foreign key (organisation_id, stopped_by) references person (organisation_id, id)
);

-- The first of the two asks, the second agrees.
create table entry_release (
  stop_id uuid primary key,
  organisation_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  reason text not null check (char_length(reason) between 1 and 500),
  agreed_by uuid,
  agreed_at timestamptz,
  foreign key (stop_id, organisation_id) references entry_stop (id, organisation_id),
  foreign key (organisation_id, asked_by) references person (organisation_id, id),
  foreign key (organisation_id, agreed_by) references person (organisation_id, id),
  constraint entry_release_by_two check (agreed_by <> asked_by),
  check ((agreed_by is null) = (agreed_at is null))
);

create trigger append_only before update or delete or truncate on entry_stop for each statement execute function refuse_rewriting();
create trigger no_deletion before delete or truncate on entry_release for each statement execute function refuse_rewriting();
-- Who asked, for what and why stays; the second can only agree to it.
create trigger stays_as_it_is before update on entry_release for each row
  when (to_jsonb(old) - '{agreed_by,agreed_at}'::text[] <> to_jsonb(new) - '{agreed_by,agreed_at}'::text[]) execute function refuse_rewriting();
create trigger stays_agreed before update on entry_release for each row when (old.agreed_by is not null) execute function refuse_rewriting();

-- True while a stop of the organisation or of a unit at or above this one has not been released by two.
create function entry_is_stopped(asked_organisation uuid, asked_unit uuid) returns boolean language sql stable as $$
  select exists (
    select from entry_stop as stop
    left join entry_release as release on release.stop_id = stop.id
    where stop.organisation_id = asked_organisation
      and (stop.unit_id is null or stop.unit_id in (select unit_and_above(asked_unit)))
      and release.agreed_by is null
  )
$$;
