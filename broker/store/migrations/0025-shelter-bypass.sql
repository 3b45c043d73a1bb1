-- The shelter bypass (避難所バイパス): for a person without phone and without codes. One issues it, a shelter manager vouches, another one approves, and the
-- person uses it once, with the password.
create table bypass (
  id uuid primary key,
  organisation_id uuid not null,
  person_id uuid not null,
  -- To which the person belonged then.
  unit_id uuid not null,
  shelter text not null check (char_length(shelter) between 1 and 200),
  voucher_id uuid not null,
  reached_by text not null check (char_length(reached_by) between 1 and 200),
  reason text not null check (char_length(reason) between 1 and 500),
  issued_by uuid not null,
  -- The sign-in whose second factor was fresh.
  issued_in uuid not null references sign_in,
  issued_at timestamptz not null,
  closes_at timestamptz not null check (closes_at > issued_at and closes_at <= issued_at + interval '24 hours'),
  unique (id, organisation_id, person_id, issued_by, voucher_id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  foreign key (organisation_id, unit_id) references unit (organisation_id, id),
  foreign key (organisation_id, voucher_id) references person (organisation_id, id),
  foreign key (organisation_id, issued_by) references person (organisation_id, id),
  constraint bypass_of_three check (issued_by <> person_id and voucher_id <> person_id and voucher_id <> issued_by)
);

create table bypass_approval (
  bypass_id uuid primary key,
  organisation_id uuid not null,
  person_id uuid not null,
  issued_by uuid not null,
  voucher_id uuid not null,
  approved_by uuid not null,
  approved_in uuid not null references sign_in,
  as_deputy uuid references deputyship,
  approved_at timestamptz not null,
  sealed_code bytea not null,
  redeem_until timestamptz not null check (redeem_until > approved_at and redeem_until <= approved_at + interval '15 minutes'),
  foreign key (bypass_id, organisation_id, person_id, issued_by, voucher_id) references bypass (id, organisation_id, person_id, issued_by, voucher_id),
  foreign key (organisation_id, approved_by) references person (organisation_id, id),
  constraint bypass_by_another check (approved_by <> issued_by and approved_by <> person_id and approved_by <> voucher_id)
);

create table bypass_use (
  bypass_id uuid primary key references bypass_approval,
  sign_in_id uuid not null unique references sign_in,
  used_at timestamptz not null
);

create table bypass_end (
  bypass_id uuid primary key references bypass,
  organisation_id uuid not null,
  reason text not null check (char_length(reason) between 1 and 500),
  ended_by uuid not null,
  ended_at timestamptz not null,
  foreign key (organisation_id, ended_by) references person (organisation_id, id)
);

create index bypass_by_organisation on bypass (organisation_id, issued_at desc);
create index bypass_by_person on bypass (person_id, issued_at desc);
create trigger append_only before update or delete or truncate on bypass for each statement execute function refuse_rewriting();
create trigger append_only before update or delete or truncate on bypass_approval for each statement execute function refuse_rewriting();
create trigger append_only before update or delete or truncate on bypass_use for each statement execute function refuse_rewriting();
create trigger append_only before update or delete or truncate on bypass_end for each statement execute function refuse_rewriting();

-- Whether this sign-in is the person's, stands, was proved with a factor of their own, and that within the hour before.
create function freshly_proved(asked_sign_in uuid, asked_person uuid, moment timestamptz) returns boolean language sql volatile as $$
  select exists (
    select from sign_in
    where id = asked_sign_in and person_id = asked_person and ended_at is null and method <> 'bypass' and (method not in ('password-recovery', 'oidc-recovery') or proved_at > at) and abs(extract(epoch from moment - proved_at)) <= 3600
  )
$$;

create function bypass_is_rightful() returns trigger language plpgsql as $$
begin
  if not holds_role(new.issued_by, '{bcp-admin}') or not freshly_proved(new.issued_in, new.issued_by, new.issued_at) then
    raise exception 'a bypass issued by somebody without the right to it' using errcode = 'restrict_violation', constraint = 'level_act_is_rightful';
  end if;
  if not exists (select from role_grant join person on person.id = role_grant.person_id and person.status = 'active'
    where person.id = new.voucher_id and role_grant.organisation_id = new.organisation_id and role_grant.role = 'shelter-manager') then
    raise exception 'vouched for by somebody who manages no shelter' using errcode = 'restrict_violation', constraint = 'bypass_of_suitable';
  end if;
  if behind_the_clock(new.issued_at) then
    raise exception 'a bypass of a time that is over' using errcode = 'restrict_violation', constraint = 'level_act_in_time';
  end if;
  return new;
end $$;

create trigger rightful before insert on bypass for each row execute function bypass_is_rightful();
alter table bypass enable always trigger rightful;
create trigger rightful before insert on bypass_approval for each row execute function level_act_is_rightful('approved_by', 'bcp-admin', 'activation-authority');
alter table bypass_approval enable always trigger rightful;

-- Approving, using and ending wait for one another at the row of the bypass.
create function bypass_is_open() returns trigger language plpgsql as $$
declare
  issued bypass;
begin
  select * into issued from bypass where id = new.bypass_id for update;
  if exists (select from bypass_end where bypass_id = new.bypass_id) or new.approved_at >= issued.closes_at or behind_the_clock(new.approved_at) then
    raise exception 'bypass % can no longer be approved', new.bypass_id using errcode = 'restrict_violation', constraint = 'bypass_is_open';
  end if;
  if not freshly_proved(new.approved_in, new.approved_by, new.approved_at) then
    raise exception 'a bypass approved without a fresh second factor' using errcode = 'restrict_violation', constraint = 'level_act_is_rightful';
  end if;
  return new;
end $$;

create trigger still_open before insert on bypass_approval for each row execute function bypass_is_open();
alter table bypass_approval enable always trigger still_open;

create function bypass_is_usable() returns trigger language plpgsql as $$
begin
  perform from bypass where id = new.bypass_id for update;
  if exists (select from bypass_end where bypass_id = new.bypass_id) or behind_the_clock(new.used_at)
    or not exists (
      select from bypass_approval as approved join sign_in on sign_in.id = new.sign_in_id and sign_in.person_id = approved.person_id and sign_in.method = 'bypass'
      where approved.bypass_id = new.bypass_id and new.used_at between approved.approved_at and approved.redeem_until
    ) then
    raise exception 'bypass % cannot be used', new.bypass_id using errcode = 'restrict_violation', constraint = 'bypass_is_open';
  end if;
  return new;
end $$;

create trigger usable before insert on bypass_use for each row execute function bypass_is_usable();
alter table bypass_use enable always trigger usable;

create function bypass_hold() returns trigger language plpgsql as $$
begin
  perform from bypass where id = new.bypass_id and organisation_id = new.organisation_id for update;
  return new;
end $$;
create trigger hold before insert on bypass_end for each row execute function bypass_hold();

-- No sign-in by bypass without one, and none that lasts longer than eight hours, however it was written.
alter table sign_in add constraint bypass_lasts_eight_hours check (method <> 'bypass' or expires_at <= at + interval '8 hours');
create function bypass_stands_behind() returns trigger language plpgsql as $$
begin
  if not exists (select from bypass_use where sign_in_id = new.id) then
    raise exception 'a sign-in by bypass without a bypass' using errcode = 'restrict_violation', constraint = 'bypass_is_open';
  end if;
  return null;
end $$;
create constraint trigger bypass_stands_behind after insert or update of method on sign_in deferrable initially deferred
  for each row when (new.method = 'bypass') execute function bypass_stands_behind();
alter table sign_in enable always trigger bypass_stands_behind;

alter table sign_in drop constraint sign_in_ended_because_check;
alter table sign_in add constraint sign_in_ended_because_check
  check (ended_because in ('by-owner', 'by-owner-elsewhere', 'idle', 'expired', 'account-disabled', 'replaced', 'by-provider', 'bypass-ended', 'device-revoked'));

create trigger tell after insert on bypass for each row execute function tell_change('level');
create trigger tell after insert on bypass_approval for each row execute function tell_change('level');
create trigger tell after insert on bypass_end for each row execute function tell_change('level');
create function tell_bypass_use() returns trigger language plpgsql as $$
begin
  perform pg_notify('changed', json_build_object('topic', 'level', 'organisationId', bypass.organisation_id)::text) from bypass where id = new.bypass_id;
  return null;
end $$;
create trigger tell after insert on bypass_use for each row execute function tell_bypass_use();
