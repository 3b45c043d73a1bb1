-- The identity provider, by its id in policy, whose claims gave a role; null: a person did, or the product. It takes away what it gave, and nothing else.
alter table role_grant
  add column provider text check (provider ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  add constraint role_grant_by_provider check (provider is null or (granted_by is null and role in ('staff', 'unit-head', 'shelter-manager', 'auditor')));

create index role_grant_of_provider on role_grant (person_id) where provider is not null;
