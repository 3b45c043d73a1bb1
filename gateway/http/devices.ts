import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { Device, DeviceChallenge, DeviceChallengeRequest, DeviceList, DeviceProof, DeviceQuery, IdParameter, NewDevice, Nothing, OwnDevice, OwnDeviceList, Reason } from './schemas/index.ts';
import { listed, made, paged, shown } from './shown.ts';

/** Registered devices: one's own, and those of the people whom one administers. */
export function deviceRoutes({ devices }: { devices: Broker['devices'] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/me/devices',
      who: 'signed-in',
      summary: 'The own devices, newest first.',
      answers: { status: 200, schema: OwnDeviceList },
      handle: async ({ person }) => listed(OwnDevice, await devices.own(person)),
    }),
    route({
      method: 'post',
      path: '/api/me/device-challenges',
      who: 'signed-in',
      summary: 'Something for a device to sign: good once, for a minute, within this sign-in and for this purpose.',
      accepts: { body: DeviceChallengeRequest },
      answers: { status: 201, schema: DeviceChallenge },
      refusals: ['devices-not-allowed', 'lease-unknown'],
      handle: async ({ person, body }) => made(DeviceChallenge, await devices.challenge({ person, ...body })),
    }),
    route({
      method: 'post',
      path: '/api/me/devices',
      who: 'signed-in',
      summary: 'Asks for this device to be registered, which another person has to approve.',
      accepts: { body: NewDevice },
      answers: { status: 201, schema: OwnDevice },
      refusals: ['devices-not-allowed', 'device-proof-wrong', 'device-limit-reached', 'conflict', 'not-found', 'step-up-required', 'bypass-may-not'],
      handle: async ({ person, body, origin }) => made(OwnDevice, await devices.ask({ person, device: body, origin })),
    }),
    route({
      method: 'post',
      path: '/api/me/device-proofs',
      who: 'signed-in',
      summary: 'Says, by a signature, that this sign-in is on that device.',
      accepts: { body: DeviceProof },
      answers: { status: 204 },
      refusals: ['device-proof-wrong', 'not-found'],
      handle: async ({ person, body, origin }) => {
        await devices.prove({ person, proof: body, origin });
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/api/me/devices/:id/end',
      who: 'signed-in',
      summary: 'Ends an own device, with the sessions and other sign-ins on it.',
      accepts: { params: IdParameter, body: Reason },
      answers: { status: 204 },
      refusals: ['device-closed', 'not-found'],
      handle: async ({ person, params, body, origin }) => {
        await devices.end({ person, deviceId: params.id, reason: body.reason, origin, own: true });
        return { status: 204 };
      },
    }),
    route({
      method: 'get',
      path: '/api/devices',
      who: 'signed-in',
      action: 'devices.view',
      summary: 'Devices of people, those that wait for approval first; `waiting`: only these.',
      accepts: { query: DeviceQuery },
      answers: { status: 200, schema: DeviceList },
      handle: async ({ person, query: { waiting, ...paging } }) => paged(Device, await devices.list({ person, waiting: waiting === 'yes', ...paging })),
    }),
    route({
      method: 'post',
      path: '/api/devices/:id/approval',
      who: 'signed-in',
      action: 'devices.approve',
      summary: 'Registers a device that another person asked for.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 200, schema: Device },
      refusals: ['own-device', 'device-closed', 'devices-not-allowed', 'not-found', 'step-up-required'],
      handle: async ({ person, params, origin }) => shown(Device, await devices.approve({ person, deviceId: params.id, origin })),
    }),
    route({
      method: 'post',
      path: '/api/devices/:id/end',
      who: 'signed-in',
      action: 'devices.end',
      summary: 'Declines or revokes a device at once, with the sessions and sign-ins on it.',
      accepts: { params: IdParameter, body: Reason },
      answers: { status: 204 },
      refusals: ['device-closed', 'not-found', 'step-up-required'],
      handle: async ({ person, params, body, origin }) => {
        await devices.end({ person, deviceId: params.id, reason: body.reason, origin, own: false });
        return { status: 204 };
      },
    }),
  ];
}
