import type { Broker, SignedIn } from '../../broker/port.ts';
import { RequestInvalid } from './request-invalid.ts';
import { route, type Route } from './route.ts';
import { EntryStop, EntryStopped, IdParameter, NewEntryStop, Nothing, Reason } from './schemas/index.ts';
import { shown } from './shown.ts';

type EntryDeps = { readonly oversight: Pick<Broker['oversight'], 'endAll' | 'askRelease' | 'agreeRelease'>; readonly people: Pick<Broker['people'], 'units'> };

/** Sending everybody away takes one person, letting them in again takes two. */
export function entryStopRoutes({ oversight, people }: EntryDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/entry-stops',
      who: 'signed-in',
      action: 'sessions.end',
      summary: 'Ends every session of a unit and below, or of the organisation, and lets nobody of it in until two people say so.',
      accepts: { body: NewEntryStop },
      answers: { status: 200, schema: EntryStopped },
      refusals: ['not-found', 'conflict', 'step-up-required'],
      handle: async ({ person, body: { confirm, ...asked }, origin }) => {
        await requireName(confirm, asked.unitId, person, people);
        return shown(EntryStopped, await oversight.endAll({ person, origin, ...asked }));
      },
    }),
    route({
      method: 'post',
      path: '/api/entry-stops/:id/release',
      who: 'signed-in',
      action: 'entry.release',
      summary: 'Asks that people be let in again; another person has to agree.',
      accepts: { params: IdParameter, body: Reason },
      answers: { status: 200, schema: EntryStop },
      refusals: ['not-found', 'proposal-closed', 'step-up-required'],
      handle: async ({ person, params, body, origin }) => shown(EntryStop, await oversight.askRelease({ person, origin, stopId: params.id, reason: body.reason })),
    }),
    route({
      method: 'post',
      path: '/api/entry-stops/:id/release/agreement',
      who: 'signed-in',
      action: 'entry.release',
      summary: 'Agrees with another person that people be let in again.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: EntryStop },
      refusals: ['not-found', 'own-proposal', 'proposal-closed', 'step-up-required'],
      handle: async ({ person, params, origin }) => shown(EntryStop, await oversight.agreeRelease({ person, origin, stopId: params.id })),
    }),
  ];
}

/** Nobody sends a whole unit away by a slip: its name is typed anew. A unit that is not shown to the person is left to the broker to refuse. */
async function requireName(typed: string, unitId: string | null, person: SignedIn, people: EntryDeps['people']): Promise<void> {
  const name = unitId === null ? person.organisationName : (await people.units(person)).find(({ id }) => id === unitId)?.name;
  if (name === undefined || same(typed, name)) return;
  throw new RequestInvalid([{ code: 'invalid_value', path: ['confirm'], values: [name], input: typed, message: '' }]);
}

const same = (typed: string, name: string) => typed.normalize('NFKC').trim() === name.normalize('NFKC').trim();
