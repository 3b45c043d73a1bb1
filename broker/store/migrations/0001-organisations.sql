-- Organisations (団体), their tree of units (部署) and people. Everything one may see belongs to one organisation.
create table organisation (
  id uuid primary key,
  name text not null unique check (char_length(name) between 1 and 200),
  created_at timestamptz not null
);

create table unit (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  parent_id uuid,
  name text not null check (char_length(name) between 1 and 200),
  created_at timestamptz not null,
  unique (organisation_id, id),
  unique nulls not distinct (organisation_id, parent_id, name),
  foreign key (organisation_id, parent_id) references unit (organisation_id, id),
  check (parent_id <> id)
);

create table person (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  unit_id uuid not null,
  username text not null unique check (username = lower(username) and char_length(username) between 1 and 100),
  display_name text not null check (char_length(display_name) between 1 and 200),
  language text not null check (language in ('ja', 'en')),
  status text not null check (status in ('active', 'disabled')),
  password_hash text,
  created_at timestamptz not null,
  unique (organisation_id, id),
  foreign key (organisation_id, unit_id) references unit (organisation_id, id)
);

create table role_grant (
  person_id uuid not null,
  organisation_id uuid not null,
  role text not null check (role in ('staff', 'unit-head', 'shelter-manager', 'bcp-admin', 'activation-authority', 'security-officer', 'auditor', 'system-admin')),
  granted_at timestamptz not null,
  primary key (person_id, role),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

-- What a person does in a session (業務): class and zone decide, the person picks one per session.
create table duty (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  name text not null check (char_length(name) between 1 and 200),
  priority_class text not null check (priority_class in ('P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX')),
  zone text not null check (zone in ('internet', 'lgwan', 'my-number')),
  created_at timestamptz not null,
  unique (organisation_id, id),
  unique (organisation_id, name)
);

create table duty_assignment (
  organisation_id uuid not null,
  person_id uuid not null,
  duty_id uuid not null,
  assigned_at timestamptz not null,
  primary key (person_id, duty_id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  foreign key (organisation_id, duty_id) references duty (organisation_id, id)
);
