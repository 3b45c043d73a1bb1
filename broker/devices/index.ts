import { authorise } from '../authorization/index.ts';
import { Refusal, type Devices } from '../port.ts';
import { createApprove } from './approve.ts';
import { createAsk } from './ask.ts';
import { newChallenge } from './challenges.ts';
import type { DevicesDeps } from './deps.ts';
import { createEnd } from './end.ts';
import { createProve } from './proving.ts';
import { readDevices, readOwn } from './rows.ts';

/** Registered devices: asked for, approved, proved, ended. */
export function createDevices(deps: DevicesDeps): Devices {
  const { database, clock, policy } = deps;
  return {
    own: (person) => readOwn(database, person, clock.now()),
    async list({ person, waiting, cursor, limit }) {
      return readDevices(database, person, { reach: authorise(person, 'devices.view'), waiting, now: clock.now(), cursor, limit });
    },
    async challenge({ person, purpose, leaseId }) {
      if ((await policy.current())?.devices === undefined) throw new Refusal('devices-not-allowed');
      return newChallenge(deps, person, purpose, leaseId);
    },
    ask: createAsk(deps),
    prove: createProve(deps),
    approve: createApprove(deps),
    end: createEnd(deps),
  };
}

export { standsProof } from './proving.ts';
