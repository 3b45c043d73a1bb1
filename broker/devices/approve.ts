import { events } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { createAct } from '../continuity/act.ts';
import { actorOf } from '../continuity/deps.ts';
import { later } from '../continuity/falls.ts';
import { requireFreshFactor } from '../identity/fresh-factor.ts';
import { assertReaches, holdReach } from '../people/right.ts';
import { Refusal, type Devices } from '../port.ts';
import type { DevicesDeps } from './deps.ts';
import { holdDevice } from './hold.ts';
import { readDevice } from './rows.ts';

/** The second of the two: it counts from here on. */
export function createApprove(deps: DevicesDeps): Devices['approve'] {
  const { database, trail, clock, policy } = deps;
  const act = createAct(deps);
  return async ({ person, deviceId, origin }) => {
    const { organisationId, personId } = person;
    authorise(person, 'devices.approve');
    const rules = await policy.current();
    if (rules?.devices === undefined) throw new Refusal('devices-not-allowed');
    requireFreshFactor(person, rules, clock);
    const { validFor } = rules.devices;
    const circumstances = { actor: actorOf(person), organisationId, address: origin.address };
    await act(
      organisationId,
      async (transaction) => {
        const reach = await holdReach(transaction, person, 'devices.approve');
        const device = await holdDevice(transaction, organisationId, deviceId);
        assertReaches(reach, device.unitId);
        if (device.personId === personId) throw new Refusal('own-device');
        if (device.ended || device.until !== undefined) throw new Refusal('device-closed');
        const now = clock.now();
        const until = later(now, validFor);
        await transaction
          .insertInto('device_approval')
          .values({ device_id: device.id, organisation_id: organisationId, person_id: device.personId, approved_by: personId, approved_in: person.signInId, approved_at: now, until })
          .execute();
        await trail.append(transaction, events.deviceApproved({ ...circumstances, deviceId: device.id, personId: device.personId, until: until.toISOString() }));
      },
      (refusal) => events.deviceRefused({ ...circumstances, act: 'approve', deviceId, refusal }),
    );
    return readDevice(database, person, deviceId, clock.now());
  };
}
