import { decide, holdFacts } from '../admission/index.ts';
import { events, type Trail } from '../audit/index.ts';
import type { Clock } from '../environment.ts';
import { actorOf } from '../leases/deps.ts';
import { siteOf, type Policy, type PolicySource } from '../policy/index.ts';
import { Refusal, type Help, type RequestOrigin, type SignedIn, type Waiting } from '../port.ts';
import { createExtend } from '../preemption/extend.ts';
import { inTransaction, sql, type Connection, type Database } from '../store/index.ts';
import type { Outlooks } from './outlook.ts';
import { viewOf, type StoredPlace } from './view.ts';

export type PlacesDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock; readonly policy: PolicySource; readonly outlooks: Outlooks };

/** Places that are over are shown for so long, in seconds. */
const SHOWN_AFTER = 600;
/** A look is written down at most so often, in seconds. */
const SEEN_EVERY = 5;

/** The queue as the one who waits sees it. */
export function createPlaces(deps: PlacesDeps): Waiting {
  const { database, trail, clock, policy, outlooks } = deps;
  const look = async (person: SignedIn, origin: RequestOrigin, which: { waitingId?: string }) => {
    const [now, inForce] = [clock.now(), await policy.current()];
    await seen(database, { person, origin, policy: inForce, now });
    const stored = await readPlaces(database, person.personId, { ...which, endedSince: new Date(now.getTime() - SHOWN_AFTER * 1000) });
    const open = stored.some(({ endedAt }) => endedAt === null);
    const queue = open && inForce ? await outlooks.queue(inForce, now) : undefined;
    return Promise.all(stored.map(async (place) => viewOf(place, { queue, help: place.endedAt === null ? await helpFor(database, { person, origin, place, policy: inForce, now }) : [], policy: inForce, now })));
  };
  return {
    list: ({ person, origin }) => look(person, origin, {}),
    async get({ person, waitingId, origin }) {
      const [place] = await look(person, origin, { waitingId });
      if (place === undefined) throw new Refusal('wait-unknown');
      return place;
    },
    async leave({ person, waitingId, origin }) {
      await inTransaction(database, async (transaction) => {
        const place = await transaction.selectFrom('waiting').where('id', '=', waitingId).where('person_id', '=', person.personId).select('ended_at').forUpdate().executeTakeFirst();
        if (place === undefined) throw new Refusal('wait-unknown');
        if (place.ended_at !== null) return;
        await transaction.updateTable('waiting').set({ ended_at: clock.now(), ended_because: 'left' }).where('id', '=', waitingId).execute();
        await trail.append(transaction, events.placeEnded({ actor: actorOf(person), organisationId: person.organisationId, address: origin.address, waitingId, personId: person.personId, why: 'left' }));
      });
    },
    extend: createExtend(deps),
  };
}

/** The person is there: the place is kept from now on, for the sign-in and from the address of this look. */
async function seen(database: Database, { person, origin, policy, now }: { person: SignedIn; origin: RequestOrigin; policy: Policy | undefined; now: Date }): Promise<void> {
  const site = policy && siteOf(policy, { address: origin.address, organisationName: person.organisationName });
  await database
    .updateTable('waiting')
    .set({ seen_at: now, sign_in_id: person.signInId, address: origin.address, ...(site && { site }) })
    .where('person_id', '=', person.personId)
    .where('ended_at', 'is', null)
    .where((is) => is.or([is('seen_at', '<', new Date(now.getTime() - SEEN_EVERY * 1000)), is('sign_in_id', '<>', person.signInId), is('address', '<>', origin.address)]))
    .execute();
}

/** What would work instead, found by the checks of a request. */
function helpFor(database: Database, { person, origin, place, policy, now }: { person: SignedIn; origin: RequestOrigin; place: StoredPlace; policy: Policy | undefined; now: Date }): Promise<readonly Help[]> {
  const { personId, signInId, organisationId, organisationName, unitId } = person;
  const asked = { personId, signInId, organisationId, organisationName, unitId, dutyId: place.dutyId, desktopId: place.desktopId ?? undefined, poolId: place.poolId ?? undefined, address: origin.address };
  return database.transaction().execute(async (transaction) => {
    const { facts } = await holdFacts(transaction, asked, policy, { now, counting: false, credentialsGiven: true });
    return decide(facts).help.filter(({ kind }) => kind !== 'seat');
  });
}

async function readPlaces(connection: Connection, personId: string, { waitingId, endedSince }: { waitingId?: string | undefined; endedSince: Date }): Promise<StoredPlace[]> {
  const { rows } = await sql<StoredPlace>`
    select waiting.id, waiting.desktop_id as "desktopId", waiting.pool_id as "poolId", coalesce(desktop.name, pool.name) as name, waiting.duty_id as "dutyId", duty.name as "dutyName",
      duty.priority_class as class, waiting.arrived_at as "arrivedAt", waiting.after_lease_id as "afterLeaseId", waiting.seen_at as "seenAt", waiting.reasons, waiting.weight,
      waiting.lease_id as "leaseId", case when lease.state = 'granted' then lease.unused_until end as "sitDownBy", waiting.ended_at as "endedAt", waiting.ended_because as "endedBecause"
    from waiting
    left join desktop on desktop.id = waiting.desktop_id
    left join pool on pool.id = waiting.pool_id
    join duty on duty.id = waiting.duty_id
    left join lease on lease.id = waiting.lease_id
    where waiting.person_id = ${personId} and (${waitingId ?? null}::uuid is null or waiting.id = ${waitingId ?? null}::uuid)
      and (waiting.ended_at is null or ${waitingId !== undefined} or waiting.ended_at > ${endedSince})
    order by waiting.ended_at desc nulls first limit 20`.execute(connection);
  return rows;
}
