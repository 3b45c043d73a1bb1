-- Drills (訓練): what is decided here never touches a lease, a seat or a level. A drill's state follows from these rows and the clock alone.
create table drill (
  id uuid primary key,
  number bigint generated always as identity unique,
  organisation_id uuid not null references organisation,
  name text not null check (char_length(name) between 1 and 100),
  event text not null check (event in ('earthquake', 'storm', 'snow', 'epidemic', 'building-failure', 'system-failure', 'cyber', 'other')),
  level text not null references continuity_level,
  seats integer not null check (seats between 1 and 100000),
  -- So many of the drill's seconds pass in one second.
  pace smallint not null check (pace between 1 and 240),
  -- Who is played: of those who hold duties, so many in a hundred, asking within so many of the drill's hours.
  turnout smallint not null check (turnout between 0 and 100),
  asks_within smallint not null check (asks_within between 1 and 72),
  seed integer not null check (seed >= 0),
  -- As it was when the drill began: duties, units, numbers of people.
  roster jsonb not null check (jsonb_typeof(roster) = 'array'),
  policy_version text not null references policy_version (digest),
  started_by uuid not null,
  started_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > started_at and ends_at <= started_at + interval '8 hours'),
  ended_at timestamptz,
  ended_because text check (ended_because in ('ended', 'over')),
  result jsonb,
  unique (id, organisation_id),
  foreign key (organisation_id, started_by) references person (organisation_id, id),
  constraint drill_ends_with_its_result check (num_nonnulls(ended_at, ended_because, result) in (0, 3))
);

create unique index drill_once_an_organisation on drill (organisation_id) where ended_at is null;
create index drill_by_organisation on drill (organisation_id, number desc);

-- What was set at the beginning stays, and what is over stays over.
create trigger stays_as_it_is before update on drill for each row
  when (old.ended_at is not null or to_jsonb(old) - array['ended_at', 'ended_because', 'result'] <> to_jsonb(new) - array['ended_at', 'ended_because', 'result'])
  execute function refuse_rewriting();
create trigger no_deletion before delete or truncate on drill for each statement execute function refuse_rewriting();

-- What people did in a drill, in the order in which it counts.
create table drill_act (
  number bigint generated always as identity primary key,
  drill_id uuid not null,
  organisation_id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in ('ask', 'leave', 'level')),
  -- Of an ask and a leave.
  person_id uuid,
  -- Of an ask: duty, path, weight, and what was decided.
  asked jsonb,
  level text references continuity_level,
  foreign key (drill_id, organisation_id) references drill (id, organisation_id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  check ((kind = 'level') = (level is not null)),
  check ((kind = 'level') = (person_id is null)),
  check ((kind = 'ask') = (asked is not null))
);

create index drill_act_by_drill on drill_act (drill_id, number);
create trigger append_only before update or delete or truncate on drill_act for each statement execute function refuse_rewriting();

create function drill_act_in_time() returns trigger language plpgsql as $$
begin
  perform from drill where drill.id = new.drill_id and drill.ended_at is null for no key update;
  if not found then
    raise exception 'the drill is over' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger in_time before insert on drill_act for each row execute function drill_act_in_time();

create trigger tell after insert or update on drill for each row execute function tell_change('drill');
create trigger tell after insert on drill_act for each row execute function tell_change('drill');
