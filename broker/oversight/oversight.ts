import { events } from '../audit/index.ts';
import { authorise, may, type Action } from '../authorization/index.ts';
import { requireFreshFactor } from '../identity/index.ts';
import type { PolicySource } from '../policy/index.ts';
import { Refusal, type EntryStop, type Oversight, type RequestOrigin, type SignedIn } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import { endAll, type EndingAllDeps } from './ending-all.ts';
import { endSession } from './ending.ts';
import { readStop } from './entry-stops.ts';
import { everySession } from './export.ts';
import { holderNow } from './holder-now.ts';
import { listSessions } from './list.ts';
import { isUuid } from './asked.ts';
import { readReason } from './reason.ts';
import { agreeRelease, askRelease } from './release.ts';
import { createLooks, tracesOf } from './seen.ts';
import { readSummary } from './summary.ts';
import { readTimeline } from './timeline.ts';

export type OversightDeps = EndingAllDeps & { readonly policy: PolicySource };

/** What security officers and auditors see of sessions, and what officers can do about them. */
export function createOversight(deps: OversightDeps): Oversight {
  const { database, trail, clock, policy } = deps;
  const looks = createLooks();
  const withFreshFactor = async (person: SignedIn) => requireFreshFactor(person, await policy.current(), clock);

  /** The stop, where the person may do this to it. */
  const stopOf = async (person: SignedIn, action: Action, stopId: string) => {
    authorise(person, action);
    const found = isUuid(stopId) ? await database.selectFrom('entry_stop').where('id', '=', stopId).select(['id', 'organisation_id as organisationId', 'unit_id as unitId']).executeTakeFirst() : undefined;
    if (found === undefined) throw new Refusal('not-found');
    authorise(person, action, found);
    return found;
  };
  const shown = async (stopId: string, { personId }: SignedIn): Promise<EntryStop> => {
    const stop = await readStop(database, stopId, personId);
    if (stop === undefined) throw new Error('a stop never goes away');
    return stop;
  };

  return {
    async sessions({ person, origin, filter, refresh = false, cursor, limit }) {
      const scope = authorise(person, 'sessions.view');
      const page = await listSessions(database, scope, { filter, ...(cursor !== undefined && { cursor }), ...(limit !== undefined && { limit }) });
      const now = clock.now();
      const look = { signInId: person.signInId, at: { ...filter, cursor } };
      if (refresh && !looks.isNew(look, now)) return page;
      await inTransaction(database, (transaction) => trail.append(transaction, events.sessionsViewed({ ...circumstances({ person, origin }), ...tracesOf(filter), rows: page.items.length })));
      looks.remember(look, now);
      return page;
    },

    async summary(person) {
      // Not only those who see sessions: who lets people in again must see who was sent away.
      return readSummary(database, authorise(person, 'entry.view'), { personId: person.personId, now: clock.now() });
    },

    async timeline({ person, origin, sessionId }) {
      const timeline = await readTimeline(database, authorise(person, 'sessions.view'), sessionId);
      const { session } = timeline;
      // An open page asks again at every change: one look an hour.
      const look = { signInId: person.signInId, at: { sessionId } };
      if (looks.isNew(look, clock.now())) {
        await inTransaction(database, (transaction) => trail.append(transaction, events.timelineViewed({ ...circumstances({ person, origin }), sessionId })));
        looks.remember(look, clock.now());
      }
      const mayEnd = session.kind === 'session' && session.state !== 'ended' && may(person, 'sessions.end', { organisationId: person.organisationId, unitId: session.unit.id });
      return { ...timeline, mayEnd };
    },

    async exportSessions({ person, origin, filter }) {
      const scope = authorise(person, 'sessions.export');
      // Whatever is wrong with the filter is told before the file begins.
      await listSessions(database, scope, { filter, limit: 1 });
      const scopeNow = async () => authorise(await holderNow(database, person.personId), 'sessions.export');
      return everySession(database, scopeNow, filter, (given) =>
        inTransaction(database, (transaction) => trail.append(transaction, events.sessionsExported({ ...circumstances({ person, origin }), ...tracesOf(filter), ...given }))),
      );
    },

    async endSession({ person, origin, sessionId, reason }) {
      await endSession(deps, authorise(person, 'sessions.end'), { sessionId, reason }, byOf({ person, origin }));
    },

    async endAll({ person, origin, unitId, reason: typed }) {
      const { organisationId, personId } = person;
      authorise(person, 'sessions.end', { organisationId, unitId });
      await withFreshFactor(person);
      const reason = readReason(typed);
      if (unitId !== null && (!isUuid(unitId) || !(await unitExists(unitId, organisationId)))) throw new Refusal('not-found');
      const { stopId, ended } = await endAll(deps, { organisationId, unitId, reason, personId }, byOf({ person, origin }));
      return { stop: await shown(stopId, person), ended };
    },

    async askRelease({ person, origin, stopId, reason }) {
      const stop = await stopOf(person, 'entry.release', stopId);
      await withFreshFactor(person);
      await askRelease(deps, stop, reason, { personId: person.personId, ...circumstances({ person, origin }) });
      return shown(stopId, person);
    },

    async agreeRelease({ person, origin, stopId }) {
      const stop = await stopOf(person, 'entry.release', stopId);
      await withFreshFactor(person);
      await agreeRelease(deps, stop, { personId: person.personId, ...circumstances({ person, origin }) });
      return shown(stopId, person);
    },
  };

  async function unitExists(unitId: string, organisationId: string): Promise<boolean> {
    return (await database.selectFrom('unit').where('id', '=', unitId).where('organisation_id', '=', organisationId).select('id').executeTakeFirst()) !== undefined;
  }
}

type By = { readonly person: SignedIn; readonly origin: RequestOrigin };

const circumstances = ({ person: { personId, signInId, organisationId }, origin: { address } }: By) => ({ actor: { kind: 'person', personId, signInId }, organisationId, address }) as const;
const byOf = ({ person: { personId, signInId }, origin: { address } }: By) => ({ kind: 'person', personId, signInId, address }) as const;
