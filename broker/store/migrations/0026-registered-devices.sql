-- Registered devices (登録端末): a key that a browser holds and cannot give away. The person asks, another one approves, and one word ends it.
create table device (
  id uuid primary key,
  organisation_id uuid not null,
  person_id uuid not null,
  name text not null check (char_length(name) between 1 and 200),
  -- ECDSA P-256, an uncompressed point (SEC 1, 2.3.3).
  public_key bytea not null unique check (octet_length(public_key) = 65 and get_byte(public_key, 0) = 4),
  user_agent text not null,
  asked_in uuid not null references sign_in,
  asked_at timestamptz not null,
  unique (id, organisation_id, person_id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

create table device_approval (
  device_id uuid primary key,
  organisation_id uuid not null,
  person_id uuid not null,
  approved_by uuid not null,
  approved_in uuid not null references sign_in,
  approved_at timestamptz not null,
  until timestamptz not null check (until > approved_at),
  foreign key (device_id, organisation_id, person_id) references device (id, organisation_id, person_id),
  foreign key (organisation_id, approved_by) references person (organisation_id, id),
  constraint device_by_another check (approved_by <> person_id)
);

create table device_end (
  device_id uuid primary key,
  organisation_id uuid not null,
  person_id uuid not null,
  reason text not null check (char_length(reason) between 1 and 500),
  ended_by uuid not null,
  ended_at timestamptz not null,
  foreign key (device_id, organisation_id, person_id) references device (id, organisation_id, person_id),
  foreign key (organisation_id, ended_by) references person (organisation_id, id)
);

create index device_by_person on device (person_id, asked_at desc);
create index device_by_organisation on device (organisation_id, asked_at desc);
create trigger append_only before update or delete or truncate on device for each statement execute function refuse_rewriting();
create trigger append_only before update or delete or truncate on device_approval for each statement execute function refuse_rewriting();
create trigger append_only before update or delete or truncate on device_end for each statement execute function refuse_rewriting();

create function device_is_rightful() returns trigger language plpgsql as $$
begin
  perform from device where id = new.device_id for update;
  if exists (select from device_end where device_id = new.device_id) then
    raise exception 'device % is ended', new.device_id using errcode = 'restrict_violation', constraint = 'device_is_open';
  end if;
  if not freshly_proved(new.approved_in, new.approved_by, new.approved_at) or not exists (
    select from role_grant join person as approver on approver.id = role_grant.person_id and approver.status = 'active'
    where approver.id = new.approved_by and role_grant.organisation_id = new.organisation_id and role_grant.role = 'system-admin'
      and (role_grant.unit_id is null or role_grant.unit_id in (select unit_and_above(person.unit_id) from person where person.id = new.person_id))
  ) then
    raise exception 'a device approved by somebody without the right to it' using errcode = 'restrict_violation', constraint = 'level_act_is_rightful';
  end if;
  return new;
end $$;

create trigger rightful before insert on device_approval for each row execute function device_is_rightful();
alter table device_approval enable always trigger rightful;

create function device_hold() returns trigger language plpgsql as $$
begin
  perform from device where id = new.device_id for update;
  return new;
end $$;
create trigger hold before insert on device_end for each row execute function device_hold();

-- What a device is asked to sign, once, within one sign-in and for one purpose.
create table device_challenge (
  id uuid primary key,
  sign_in_id uuid not null references sign_in,
  purpose text not null check (purpose in ('registration', 'sign-in', 'relay')),
  lease_id uuid,
  nonce bytea not null check (octet_length(nonce) = 32),
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((purpose = 'relay') = (lease_id is not null))
);
create index device_challenge_by_sign_in on device_challenge (sign_in_id, expires_at);

-- The device that this sign-in was proved on.
create table sign_in_device (
  sign_in_id uuid primary key references sign_in,
  device_id uuid not null references device,
  proved_at timestamptz not null
);
create index sign_in_by_device on sign_in_device (device_id);

-- The device that it was opened on.
alter table lease add column device_id uuid references device;
create index lease_by_device on lease (device_id) where device_id is not null and state <> 'ended';

create trigger tell after insert on device for each row execute function tell_change('person');
create trigger tell after insert on device_approval for each row execute function tell_change('person');
create trigger tell after insert on device_end for each row execute function tell_change('person');

-- Whether a device counts at that time.
create function device_counts(asked_device uuid, moment timestamptz) returns boolean language sql stable as $$
  select exists (select from device_approval where device_id = asked_device and until > moment) and not exists (select from device_end where device_id = asked_device)
$$;

-- The device of the person's own that this sign-in was proved on, if it counts; nobody ends it before the transaction is over. Each statement sees what was
-- committed while the lock was waited for.
create function device_of(asked_sign_in uuid, asked_person uuid, moment timestamptz) returns uuid language plpgsql volatile as $$
declare
  found_device uuid;
begin
  select device.id into found_device from sign_in_device join device on device.id = sign_in_device.device_id
  where sign_in_device.sign_in_id = asked_sign_in and device.person_id = asked_person
  for share of device;
  return case when device_counts(found_device, moment) then found_device end;
end $$;
