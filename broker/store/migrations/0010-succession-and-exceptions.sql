-- Succession (代行順位): who stands in for the activation authority. Changed by two people.
create table succession_order (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  -- In order; nobody twice.
  people uuid[] not null check (cardinality(people) <= 20),
  reason text not null check (char_length(reason) between 1 and 500),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  closes_at timestamptz not null check (closes_at > proposed_at),
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  approved_by uuid,
  approved_at timestamptz,
  -- Counts the orders that came into force; the highest is in force.
  number bigint check (number >= 1),
  unique (organisation_id, number),
  foreign key (organisation_id, proposed_by) references person (organisation_id, id),
  foreign key (organisation_id, approved_by) references person (organisation_id, id),
  foreign key (organisation_id, withdrawn_by) references person (organisation_id, id),
  constraint succession_order_by_two check (approved_by <> proposed_by),
  constraint succession_order_moves_once check (num_nonnulls(withdrawn_at, approved_at) <= 1
    and (approved_at is null) = (approved_by is null) and (approved_at is null) = (number is null) and (withdrawn_at is null) = (withdrawn_by is null))
);

create trigger no_deletion before delete or truncate on succession_order for each statement execute function refuse_rewriting();
create trigger stays_as_it_is before update on succession_order for each row
  when (old.approved_at is not null or old.withdrawn_at is not null
    or to_jsonb(old) - '{withdrawn_at,withdrawn_by,approved_by,approved_at,number}'::text[] <> to_jsonb(new) - '{withdrawn_at,withdrawn_by,approved_by,approved_at,number}'::text[])
  execute function refuse_rewriting();

-- Whoever keeps the system or audits it never decides in it, and an authority needs nobody's place.
create function may_stand_in(asked_person uuid) returns boolean language sql stable as $$
  select exists (select from person where person.id = asked_person and person.status = 'active')
    and not exists (
      select from role_grant where role_grant.person_id = asked_person and role_grant.role in ('system-admin', 'auditor', 'activation-authority')
    )
$$;

create function succession_order_is_rightful() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if not holds_role(new.proposed_by, '{bcp-admin,activation-authority}') then
      raise exception 'a succession order by somebody without the right to it' using errcode = 'restrict_violation', constraint = 'level_act_is_rightful';
    end if;
    if (select count(distinct asked) from unnest(new.people) as asked join person on person.id = asked and person.organisation_id = new.organisation_id and may_stand_in(asked)) <> cardinality(new.people) then
      raise exception 'somebody in the order cannot stand in' using errcode = 'restrict_violation', constraint = 'succession_order_of_suitable';
    end if;
  elsif new.approved_by is not null and not holds_role(new.approved_by, '{activation-authority}') then
    raise exception 'a succession order approved by somebody without the right to it' using errcode = 'restrict_violation', constraint = 'level_act_is_rightful';
  end if;
  return new;
end $$;

create trigger rightful before insert or update on succession_order for each row execute function succession_order_is_rightful();
alter table succession_order enable always trigger rightful;

create function succession_in_force(asked_organisation uuid) returns uuid[] language sql stable as $$
  select coalesce((select people from succession_order where organisation_id = asked_organisation and number is not null order by number desc limit 1), '{}')
$$;

-- A deputy (代行) has the right to approve until its end, and nothing else of the authority's.
create table deputyship (
  id uuid primary key,
  organisation_id uuid not null,
  deputy_id uuid not null,
  -- handed-over: by the authority itself. declared: by the next in order, who says that those before are absent.
  how text not null check (how in ('handed-over', 'declared')),
  begun_by uuid not null,
  -- Those whose return ends it.
  absent uuid[] not null,
  reason text not null check (char_length(reason) between 1 and 500),
  begins_at timestamptz not null,
  until timestamptz not null check (until > begins_at and until <= begins_at + interval '31 days'),
  ended_at timestamptz,
  -- Null: time did.
  ended_by uuid,
  ended_because text check (ended_because in ('by-head', 'by-deputy', 'returned', 'expired', 'replaced')),
  foreign key (organisation_id, deputy_id) references person (organisation_id, id),
  foreign key (organisation_id, begun_by) references person (organisation_id, id),
  foreign key (organisation_id, ended_by) references person (organisation_id, id),
  check ((ended_at is null) = (ended_because is null)),
  constraint deputyship_is_begun_rightly check ((how = 'declared') = (begun_by = deputy_id) and not deputy_id = any (absent))
);

-- One at a time.
create unique index deputyship_one_runs on deputyship (organisation_id) where ended_at is null;
create index deputyship_by_deputy on deputyship (deputy_id) where ended_at is null;

create trigger no_deletion before delete or truncate on deputyship for each statement execute function refuse_rewriting();
create trigger stays_as_it_is before update on deputyship for each row
  when (old.ended_at is not null or to_jsonb(old) - '{ended_at,ended_by,ended_because}'::text[] <> to_jsonb(new) - '{ended_at,ended_by,ended_because}'::text[])
  execute function refuse_rewriting();

-- By how much the clock of a program may lie behind that of the database.
create function behind_the_clock(asked timestamptz) returns boolean language sql volatile as $$
  select asked < clock_timestamp() - interval '5 minutes'
$$;

create function deputyship_is_rightful() returns trigger language plpgsql as $$
declare
  people uuid[] := succession_in_force(new.organisation_id);
  place integer := array_position(people, new.deputy_id);
begin
  if place is null or not may_stand_in(new.deputy_id) then
    raise exception 'a deputy who is not in the order' using errcode = 'restrict_violation', constraint = 'deputyship_in_order';
  end if;
  if behind_the_clock(new.begins_at) or new.until <= clock_timestamp() then
    raise exception 'a deputyship of a time that is over' using errcode = 'restrict_violation', constraint = 'deputyship_in_time';
  end if;
  if new.how = 'handed-over' and not holds_role(new.begun_by, '{activation-authority}') then
    raise exception 'handed over by somebody who has no such right' using errcode = 'restrict_violation', constraint = 'level_act_is_rightful';
  end if;
  if new.how = 'declared' and not people[1 : place - 1] <@ new.absent then
    raise exception 'somebody before is not said to be absent' using errcode = 'restrict_violation', constraint = 'deputyship_in_order';
  end if;
  return new;
end $$;

create trigger rightful before insert on deputyship for each row execute function deputyship_is_rightful();
alter table deputyship enable always trigger rightful;

-- Whether this deputyship gives the person the right at that time. It cannot be ended before the transaction is over.
create function stands_in(asked_deputyship uuid, asked_person uuid, asked_organisation uuid, asked_at timestamptz) returns boolean language plpgsql as $$
begin
  perform from deputyship
  where id = asked_deputyship and deputy_id = asked_person and organisation_id = asked_organisation and ended_at is null
    and begins_at <= asked_at and until > asked_at and until > clock_timestamp()
  for share;
  return found and may_stand_in(asked_person);
end $$;

alter table level_approval add column as_deputy uuid references deputyship;

-- The column that names the person, and the roles of which they need one; or a deputyship that runs at that very time.
create or replace function level_act_is_rightful() returns trigger language plpgsql as $$
declare
  act jsonb := to_jsonb(new);
  person_id uuid := (act ->> tg_argv[0])::uuid;
  deputyship_id uuid := (act ->> 'as_deputy')::uuid;
  rightful boolean;
begin
  if deputyship_id is null then
    rightful := holds_role(person_id, tg_argv[1:]);
  else
    rightful := stands_in(deputyship_id, person_id, (act ->> 'organisation_id')::uuid, (act ->> replace(tg_argv[0], '_by', '_at'))::timestamptz);
  end if;
  if not rightful then
    raise exception '% by somebody without the right to it', tg_table_name using errcode = 'restrict_violation', constraint = 'level_act_is_rightful';
  end if;
  return new;
end $$;

-- A proposal that was changed is another one: this one takes the place of that.
alter table level_proposal add column supersedes uuid unique references level_proposal;
alter table level_proposal add column withdrawn_by uuid;

drop trigger stays_as_it_is on level_proposal;
create trigger stays_as_it_is before update on level_proposal for each row
  when (old.withdrawn_at is not null or to_jsonb(old) - '{withdrawn_at,withdrawn_by}'::text[] <> to_jsonb(new) - '{withdrawn_at,withdrawn_by}'::text[]) execute function refuse_rewriting();

-- Approving and changing a proposal wait for one another at its row, and whichever comes second is refused.
create function level_proposal_supersedes() returns trigger language plpgsql as $$
begin
  perform from level_proposal where id = new.supersedes and organisation_id = new.organisation_id and withdrawn_at is null for update;
  if not found or exists (select from level_approval where proposal_id = new.supersedes) then
    raise exception 'proposal % can no longer be changed', new.supersedes using errcode = 'restrict_violation', constraint = 'level_proposal_is_open';
  end if;
  return new;
end $$;

create trigger supersedes before insert on level_proposal for each row when (new.supersedes is not null) execute function level_proposal_supersedes();
alter table level_proposal enable always trigger supersedes;

create function level_approval_is_open() returns trigger language plpgsql as $$
begin
  perform from level_proposal where id = new.proposal_id and withdrawn_at is null for update;
  if not found or exists (select from level_proposal where supersedes = new.proposal_id) then
    raise exception 'proposal % can no longer be approved', new.proposal_id using errcode = 'restrict_violation', constraint = 'level_proposal_is_open';
  end if;
  if new.approved_at < (select proposed_at from level_proposal where id = new.proposal_id) - interval '1 minute' then
    raise exception 'an approval before its proposal' using errcode = 'restrict_violation', constraint = 'level_act_in_time';
  end if;
  return new;
end $$;

create trigger still_open before insert on level_approval for each row execute function level_approval_is_open();
alter table level_approval enable always trigger still_open;

-- Time goes on: a clock that was set back writes nothing. A provisional level that begins after what was proposed would have been over was written by no clock that
-- was ever right, and stops nobody.
create function level_change_goes_on() returns trigger language plpgsql as $$
begin
  if new.since < (
    select last.since from level_change as last left join level_proposal as proposal on proposal.id = last.proposal_id
    where last.organisation_id = new.organisation_id and last.number = new.number - 1 and (last.how <> 'provisional' or last.since < proposal.until)
  ) then
    raise exception 'level change % lies before the one that it follows', new.number using errcode = 'restrict_violation', constraint = 'level_act_in_time';
  end if;
  return new;
end $$;

create trigger goes_on before insert on level_change for each row execute function level_change_goes_on();
alter table level_change enable always trigger goes_on;

-- A My Number exception: one person, one duty, an alternative office on a closed line, eight hours at most, by two people.
create table zone_exception (
  id uuid primary key,
  organisation_id uuid not null,
  person_id uuid not null,
  -- To which the person belonged then.
  unit_id uuid not null,
  duty_id uuid not null,
  seconds integer not null check (seconds between 1 and 28800),
  reason text not null check (char_length(reason) between 1 and 500),
  asked_by uuid not null,
  asked_at timestamptz not null,
  closes_at timestamptz not null check (closes_at > asked_at),
  unique (id, organisation_id, person_id, asked_by),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  foreign key (organisation_id, unit_id) references unit (organisation_id, id),
  foreign key (organisation_id, duty_id) references duty (organisation_id, id),
  foreign key (organisation_id, asked_by) references person (organisation_id, id)
);

create table zone_exception_agreement (
  exception_id uuid primary key,
  organisation_id uuid not null,
  person_id uuid not null,
  asked_by uuid not null,
  agreed_by uuid not null,
  as_deputy uuid references deputyship,
  agreed_at timestamptz not null,
  until timestamptz not null check (until > agreed_at and until <= agreed_at + interval '8 hours'),
  foreign key (exception_id, organisation_id, person_id, asked_by) references zone_exception (id, organisation_id, person_id, asked_by),
  foreign key (organisation_id, agreed_by) references person (organisation_id, id),
  constraint zone_exception_by_another check (agreed_by <> asked_by and agreed_by <> person_id)
);

-- Ended before its time, or before anybody agreed, by one person.
create table zone_exception_end (
  exception_id uuid primary key references zone_exception,
  organisation_id uuid not null,
  reason text not null check (char_length(reason) between 1 and 500),
  ended_by uuid not null,
  ended_at timestamptz not null,
  foreign key (organisation_id, ended_by) references person (organisation_id, id)
);

create index zone_exception_by_organisation on zone_exception (organisation_id, asked_at desc);
create index zone_exception_by_person on zone_exception (person_id, duty_id);
create trigger append_only before update or delete or truncate on zone_exception for each statement execute function refuse_rewriting();
create trigger append_only before update or delete or truncate on zone_exception_agreement for each statement execute function refuse_rewriting();
create trigger append_only before update or delete or truncate on zone_exception_end for each statement execute function refuse_rewriting();

create function zone_exception_is_rightful() returns trigger language plpgsql as $$
begin
  if not exists (
    select from role_grant join person as asker on asker.id = role_grant.person_id and asker.status = 'active'
    where asker.id = new.asked_by and role_grant.organisation_id = new.organisation_id
      and role_grant.role in ('bcp-admin', 'unit-head')
      and (role_grant.unit_id is null or role_grant.unit_id in (select unit_and_above(person.unit_id) from person where person.id = new.person_id))
  ) then
    raise exception 'an exception asked for by somebody without the right to it' using errcode = 'restrict_violation', constraint = 'level_act_is_rightful';
  end if;
  if not exists (select from duty where duty.id = new.duty_id and duty.zone = 'my-number') then
    raise exception 'an exception for a duty of another zone' using errcode = 'restrict_violation', constraint = 'zone_exception_of_my_number';
  end if;
  return new;
end $$;

create trigger rightful before insert on zone_exception for each row execute function zone_exception_is_rightful();
alter table zone_exception enable always trigger rightful;
create trigger rightful before insert on zone_exception_agreement for each row execute function level_act_is_rightful('agreed_by', 'activation-authority');
alter table zone_exception_agreement enable always trigger rightful;

-- Agreeing and ending wait for one another.
create function zone_exception_is_open() returns trigger language plpgsql as $$
declare
  asked zone_exception;
begin
  select * into asked from zone_exception where id = new.exception_id for update;
  if exists (select from zone_exception_end where exception_id = new.exception_id)
    or new.agreed_at >= asked.closes_at or new.until > new.agreed_at + make_interval(secs => asked.seconds) or behind_the_clock(new.agreed_at) then
    raise exception 'exception % can no longer be agreed to', new.exception_id using errcode = 'restrict_violation', constraint = 'zone_exception_is_open';
  end if;
  return new;
end $$;

create trigger still_open before insert on zone_exception_agreement for each row execute function zone_exception_is_open();
alter table zone_exception_agreement enable always trigger still_open;

create function zone_exception_hold() returns trigger language plpgsql as $$
begin
  perform from zone_exception where id = new.exception_id and organisation_id = new.organisation_id for update;
  return new;
end $$;
create trigger hold before insert on zone_exception_end for each row execute function zone_exception_hold();

-- The exception that holds for this person and duty at that time, which nobody ends before the transaction is over.
create function exception_in_force(asked_person uuid, asked_duty uuid, moment timestamptz) returns table (id uuid, until timestamptz) language sql volatile as $$
  select asked.id, agreed.until from zone_exception as asked
  join zone_exception_agreement as agreed on agreed.exception_id = asked.id
  where asked.person_id = asked_person and asked.duty_id = asked_duty and agreed.agreed_at <= moment and agreed.until > moment
    and not exists (select from zone_exception_end where exception_id = asked.id)
  order by agreed.until desc limit 1
  for share of asked
$$;

-- The exception that it was admitted by.
alter table lease add column exception_id uuid references zone_exception;
create index lease_by_exception on lease (exception_id) where exception_id is not null and state <> 'ended';

create trigger tell after insert or update on succession_order for each row execute function tell_change('level');
create trigger tell after insert or update on deputyship for each row execute function tell_change('level');
create trigger tell after insert on zone_exception for each row execute function tell_change('level');
create trigger tell after insert on zone_exception_agreement for each row execute function tell_change('level');
create trigger tell after insert on zone_exception_end for each row execute function tell_change('level');

-- What people did about the level, the order, deputies and exceptions, for whoever looks back.
create view continuity_act as
  select proposal.organisation_id, proposal.proposed_at as at, proposal.id, case when supersedes is null then 'level-proposed' else 'level-changed' end as kind,
    proposed_by as by_id, null::uuid as about_id, level, until, reason, false as as_deputy from level_proposal as proposal
  union all select organisation_id, withdrawn_at, id, 'level-withdrawn', withdrawn_by, proposed_by, level, null, reason, false from level_proposal where withdrawn_at is not null
  union all select organisation_id, proposed_at, id, 'order-proposed', proposed_by, null, null, null, reason, false from succession_order
  union all select organisation_id, approved_at, id, 'order-approved', approved_by, proposed_by, null, null, reason, false from succession_order where approved_at is not null
  union all select organisation_id, withdrawn_at, id, 'order-withdrawn', withdrawn_by, proposed_by, null, null, reason, false from succession_order where withdrawn_at is not null
  union all select organisation_id, begins_at, id, case how when 'declared' then 'deputy-declared' else 'deputy-handed-over' end, begun_by, deputy_id, null, until, reason, false from deputyship
  union all select organisation_id, ended_at, id, 'deputy-' || ended_because, ended_by, deputy_id, null, null, reason, false from deputyship where ended_at is not null
  union all select organisation_id, asked_at, id, 'exception-asked', asked_by, person_id, null, null, reason, false from zone_exception
  union all select agreed.organisation_id, agreed_at, exception_id, 'exception-agreed', agreed_by, agreed.person_id, null, until, asked.reason, as_deputy is not null
    from zone_exception_agreement as agreed join zone_exception as asked on asked.id = agreed.exception_id
  union all select ended.organisation_id, ended_at, exception_id, 'exception-ended', ended_by, asked.person_id, null, null, ended.reason, false
    from zone_exception_end as ended join zone_exception as asked on asked.id = ended.exception_id;
