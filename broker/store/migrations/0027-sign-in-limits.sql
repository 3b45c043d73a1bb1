-- How long a sign-in may be idle, how long before an end its person is told, and an end of its own that no policy moves. The
-- first two and expires_at follow the policy, the level and the person's roles while the sign-in stands.
alter table sign_in
  add column idle_seconds integer not null default 3600 check (idle_seconds between 1 and 3600),
  add column warn_seconds integer not null default 300 check (warn_seconds between 0 and 3600),
  add column ends_by timestamptz,
  add check (extract(epoch from expires_at - at) <= 86400),
  add check (ends_by is null or expires_at <= ends_by),
  -- `too-many`: the person signed in once more than the policy lets stand at once, and this was the oldest.
  drop constraint sign_in_ended_because_check,
  add constraint sign_in_ended_because_check check (ended_because in ('by-owner', 'by-owner-elsewhere', 'idle', 'expired', 'account-disabled', 'replaced', 'by-provider', 'bypass-ended', 'device-revoked', 'too-many'));

create trigger tell_limits after update on sign_in for each row
when (old.ended_at is null and (old.expires_at, old.idle_seconds, old.warn_seconds) is distinct from (new.expires_at, new.idle_seconds, new.warn_seconds))
execute function tell_change('person');
