import { events } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { createAct } from '../continuity/act.ts';
import { actorOf } from '../continuity/deps.ts';
import { readReason } from '../continuity/given.ts';
import { endSignIns } from '../identity/ending.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { assertReaches, holdGrants } from '../people/right.ts';
import { Refusal, type Devices } from '../port.ts';
import type { DevicesDeps } from './deps.ts';
import { holdDevice } from './hold.ts';

/**
 * One word ends a device, and in the same transaction what rests on it: the sessions that were opened on it, and the sign-ins that were proved on it, since
 * their cookies are on a machine that may be lost. The one that asks goes on.
 */
export function createEnd(deps: DevicesDeps): Devices['end'] {
  const { trail, clock, policy, endLeasesOf } = deps;
  const act = createAct(deps);
  return async ({ person, deviceId, reason: typed, origin, own }) => {
    const { organisationId, personId, signInId } = person;
    if (!own) {
      authorise(person, 'devices.end');
      requireFreshFactor(person, await policy.current(), clock);
    }
    const reason = readReason(typed);
    const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
    await act(
      organisationId,
      async (transaction) => {
        const holder = await holdGrants(transaction, person);
        const device = await holdDevice(transaction, organisationId, deviceId);
        if (!own) assertReaches(authorise(holder, 'devices.end'), device.unitId);
        else if (device.personId !== personId) throw new Refusal('not-found');
        if (device.ended) throw new Refusal('device-closed');
        const { id } = device;
        await transaction.insertInto('device_end').values({ device_id: id, organisation_id: organisationId, person_id: device.personId, reason, ended_by: personId, ended_at: clock.now() }).execute();
        await trail.append(transaction, events.deviceEnded({ ...circumstances, deviceId: id, personId: device.personId, reason }));
        const by = { ...actorOf(person), address: origin.address };
        await endLeasesOf(transaction, { deviceId: id }, 'device-revoked', by);
        const proved = await transaction
          .selectFrom('sign_in_device')
          .innerJoin('sign_in', 'sign_in.id', 'sign_in_device.sign_in_id')
          .where('device_id', '=', id)
          .where('sign_in.id', '<>', signInId)
          .where('sign_in.ended_at', 'is', null)
          .select('sign_in.id')
          .execute();
        await endSignIns(transaction, deps, { which: { signInIds: proved.map(({ id: provedId }) => provedId) }, why: 'device-revoked', by });
      },
      (refusal) => events.deviceRefused({ ...circumstances, act: 'end', deviceId, refusal }),
    );
  };
}
