-- A newcomer sits down at once only where there is room for everybody who comes before as well. What those before want is counted limit by limit, and
-- only as far as it matters, so that it takes no longer in a long queue.
drop index waiting_by_order;
drop index waiting_by_unit;
drop index waiting_open;
alter table waiting drop column lacks_seat;
create index waiting_by_order on waiting (due, counts_as) include (weight, seen_at, person_id) where ended_at is null;
create index waiting_by_organisation on waiting (organisation_id, due, counts_as) include (weight, seen_at, person_id) where ended_at is null;
create index waiting_by_unit on waiting (unit_id, due, counts_as) include (weight, seen_at, person_id) where ended_at is null;

-- Whether anybody else waits at all. Who of them comes before is asked only of a request that has room.
create or replace function waiting_before(asked_person uuid, asked_unit uuid, asked_desktop uuid, asked_pool uuid, seen_since timestamptz) returns jsonb
language sql stable as $$
  select to_jsonb(exists (select from waiting where ended_at is null and person_id <> asked_person and seen_at > seen_since))
$$;

-- Seats that are wanted by those who wait before, counted as far as `most` places each of what is due and what is not: of all, of each share
-- of the person's own by the number of names in its path (1: the organisation), of the pool; and whether anybody before waits for the same desktop or pool.
-- due_to, not_due_to: the least urgent class that comes before, among what is due and what is not; -1: none does.
create function seats_wanted_before(
  asked_person uuid, asked_unit uuid, depths integer[], asked_desktop uuid, asked_pool uuid, due_to integer, not_due_to integer, seen_since timestamptz, most integer
)
returns table (total bigint, shares jsonb, pool bigint, machine boolean)
language plpgsql stable set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  own unit%rowtype;
  depth integer;
  units uuid[];
  wanted bigint;
begin
  select * into own from unit where unit.id = asked_unit;
  select coalesce(sum(weight), 0) into total from (
    (select weight from waiting where ended_at is null and due and counts_as <= due_to and seen_at > seen_since and person_id <> asked_person limit most)
    union all
    (select weight from waiting where ended_at is null and not due and counts_as <= not_due_to and seen_at > seen_since and person_id <> asked_person limit most)) as one;
  shares := '{}';
  foreach depth in array depths loop
    if depth = 1 then
      select coalesce(sum(weight), 0) into wanted from (
        (select weight from waiting where ended_at is null and organisation_id = own.organisation_id and due and counts_as <= due_to and seen_at > seen_since and person_id <> asked_person limit most)
        union all
        (select weight from waiting where ended_at is null and organisation_id = own.organisation_id and not due and counts_as <= not_due_to and seen_at > seen_since and person_id <> asked_person limit most)) as one;
    else
      units := array(select unit.id from unit where unit.organisation_id = own.organisation_id and unit.path[1:depth - 1] = own.path[1:depth - 1]);
      select coalesce(sum(weight), 0) into wanted from (
        (select weight from waiting where ended_at is null and unit_id = any (units) and due and counts_as <= due_to and seen_at > seen_since and person_id <> asked_person limit most)
        union all
        (select weight from waiting where ended_at is null and unit_id = any (units) and not due and counts_as <= not_due_to and seen_at > seen_since and person_id <> asked_person limit most)) as one;
    end if;
    shares := shares || jsonb_build_object(depth, wanted);
  end loop;
  -- Also who asked for one desktop of the pool takes a seat of it.
  select coalesce(sum(weight), 0) into pool from (
    (select weight from waiting where ended_at is null and asked_pool is not null and (pool_id = asked_pool or desktop_id in (select desktop.id from desktop where desktop.pool_id = asked_pool))
      and ((due and counts_as <= due_to) or (not due and counts_as <= not_due_to)) and seen_at > seen_since and person_id <> asked_person limit most)) as one;
  machine := exists (select from waiting where ended_at is null and pool_id = asked_pool and ((due and counts_as <= due_to) or (not due and counts_as <= not_due_to)) and seen_at > seen_since and person_id <> asked_person)
    or exists (select from waiting where ended_at is null and desktop_id = asked_desktop and ((due and counts_as <= due_to) or (not due and counts_as <= not_due_to)) and seen_at > seen_since and person_id <> asked_person);
  return next;
end $$;
