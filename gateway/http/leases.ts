import type { Broker, Code } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { IdParameter, Lease, LeaseRequest } from './schemas/index.ts';
import { leaseView } from './views/lease.ts';

const ADMISSION: readonly Code[] = [
  'account-disabled',
  'desktop-unknown',
  'desktop-disabled',
  'desktop-not-assigned',
  'duty-not-held',
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
];

/** The time-limited right to one desktop for one duty. */
export function leaseRoutes({ leases }: { leases: Pick<Broker['leases'], 'request' | 'get' | 'end'> }): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/leases',
      who: 'signed-in',
      summary: 'Asks for a desktop. A lease that one already holds on it is given again.',
      accepts: { body: LeaseRequest },
      answers: { status: 201, schema: Lease },
      refusals: ADMISSION,
      handle: async ({ person, body, origin }) => {
        const lease = await leases.request({ person, origin, ...body });
        return { status: 201, json: leaseView(lease), headers: { location: `/api/leases/${lease.id}` } };
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
