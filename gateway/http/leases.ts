import { Refusal, type Broker, type Code } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { Extension, IdParameter, Lease, LeaseRequest, Waiting } from './schemas/index.ts';
import { view } from './view.ts';
import { leaseView } from './views/lease.ts';

const ADMISSION: readonly Code[] = [
  'account-disabled',
  'desktop-unknown',
  'desktop-disabled',
  'desktop-not-assigned',
  'duty-not-held',
  'delegation-not-allowed',
  'delegation-not-for-zone',
  'duty-not-teleworkable',
  'acknowledgement-required',
  'outside-hours',
  'telework-days-used',
  'site-unknown',
  'zone-forbidden-at-site',
  'registered-device-required',
  'exception-required',
  'desktop-in-use',
  'no-seat-free',
  'policy-missing',
  'desktop-credentials-required',
  'level-too-low',
  'class-suspended',
  'duty-not-at-site',
  'residual-session',
  'seats-reserved',
  'pool-unsuitable',
  'pool-exhausted',
  'entry-stopped',
  'role-not-held',
  'duty-change-ends-session',
  'floors-of-others',
  'class-not-due',
  'others-before',
  'waiting-elsewhere',
];

/** The time-limited right to one desktop for one duty. */
export function leaseRoutes({ leases, waiting }: { leases: Pick<Broker['leases'], 'request' | 'get' | 'end'>; waiting: Pick<Broker['waiting'], 'get' | 'extend'> }): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/leases',
      who: 'signed-in',
      summary: 'Asks for a desktop. A lease that one already holds on it is given again. Where nothing but a seat or a desktop is missing, a place in the queue is given (202).',
      accepts: { body: LeaseRequest },
      answers: { status: 201, schema: Lease, or: { status: 202, schema: Waiting } },
      refusals: ADMISSION,
      handle: async ({ person, body, origin }) => {
        try {
          const lease = await leases.request({ person, origin, ...body });
          return { status: 201, json: leaseView(lease), headers: { location: `/api/leases/${lease.id}` } };
        } catch (error) {
          const waitingId = placeIn(error);
          if (waitingId === undefined) throw error;
          return { status: 202, json: view(Waiting, await waiting.get({ person, waitingId, origin })), headers: { location: `/api/waiting/${waitingId}` } };
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/leases/:id',
      who: 'signed-in',
      summary: 'The state of an own lease.',
      accepts: { params: IdParameter },
      answers: { status: 200, schema: Lease },
      refusals: ['lease-unknown'],
      handle: async ({ person, params }) => ({ status: 200, json: leaseView(await leases.get({ person, leaseId: params.id })) }),
    }),
    route({
      method: 'post',
      path: '/api/leases/:id/extension',
      who: 'signed-in',
      summary: 'Lets a session that yields its seat go on a little longer, once, for a reason.',
      accepts: { params: IdParameter, body: Extension },
      answers: { status: 200, schema: Lease },
      refusals: ['lease-unknown', 'not-extendable'],
      handle: async ({ person, params, body, origin }) => ({ status: 200, json: leaseView(await waiting.extend({ person, leaseId: params.id, reason: body.reason, origin })) }),
    }),
    route({
      method: 'delete',
      path: '/api/leases/:id',
      who: 'signed-in',
      summary: 'Ends an own lease; ending an ended one changes nothing.',
      accepts: { params: IdParameter },
      answers: { status: 204 },
      refusals: ['lease-unknown'],
      handle: async ({ person, params, origin }) => {
        await leases.end({ person, leaseId: params.id, origin });
        return { status: 204 };
      },
    }),
  ];
}

/** The place in the queue that was given instead of a lease. */
function placeIn(error: unknown): string | undefined {
  return error instanceof Refusal && error.details.outcome === 'wait' ? error.details.waitingId : undefined;
}
