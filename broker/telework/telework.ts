import { events, type Trail } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import type { Clock } from '../environment.ts';
import { Refusal, type OwnTelework, type Telework } from '../port.ts';
import { inTransaction, type Connection, type Database } from '../store/index.ts';
import { daysOf, unitDays } from './days.ts';
import { dayOf, daysAfter } from './japan-time.ts';
import { blockNow } from './standing.ts';
import { stateAfter } from './state.ts';
import { holdMarks, insertMark } from './store.ts';
import { unitAndBelow } from '../authorization/unit-and-below.ts';

export type TeleworkDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock };

/** The telework record (テレワーク実績): what people mark with a button, and what follows from their sessions. */
export function createTelework({ database, trail, clock }: TeleworkDeps): Telework {
  return {
    own: ({ person, from, to }) => ownOf(database, person.personId, { from, to, now: clock.now() }),

    async mark({ person, kind, origin }) {
      authorise(person, 'telework.mark');
      const { personId, organisationId, signInId } = person;
      return inTransaction(database, async (transaction) => {
        await holdMarks(transaction, personId);
        const at = clock.now();
        const block = await blockNow(transaction, personId, at);
        if (stateAfter(block?.state ?? 'off', kind) === undefined) throw new Refusal('conflict');
        const markId = await insertMark(transaction, { organisationId, personId, kind, at });
        // A block that goes on may have begun yesterday.
        const own = await ownOf(transaction, personId, { from: dayOf(daysAfter(at, -1)), to: dayOf(at), now: at });
        await trail.append(transaction, events.teleworkMarked({ actor: { kind: 'person', personId, signInId }, organisationId, address: origin.address, markId, kind }));
        return own;
      });
    },

    async ofUnit({ person, from, to, unitId, origin, forFile = false }) {
      const { personId, organisationId, signInId } = person;
      const reach = authorise(person, 'telework.view-unit', unitId === undefined ? undefined : { organisationId, unitId });
      const units = unitId === undefined ? reach.units : await unitAndBelow(database, { organisationId, unitId });
      const days = await unitDays(database, { organisationId, units, from, to, now: clock.now() });
      const seen = { actor: { kind: 'person', personId, signInId }, organisationId, address: origin.address, from, to, unitId, rows: days.length } as const;
      await inTransaction(database, (transaction) => trail.append(transaction, forFile ? events.unitTeleworkExported(seen) : events.unitTeleworkViewed(seen)));
      return days;
    },
  };
}

async function ownOf(connection: Connection, personId: string, days: { from: string; to: string; now: Date }): Promise<OwnTelework> {
  const found = await daysOf(connection, personId, days);
  const block = await blockNow(connection, personId, days.now);
  const since = block?.marks.at(-1)?.at;
  return { state: block?.state ?? 'off', ...(since && { since }), days: found };
}
