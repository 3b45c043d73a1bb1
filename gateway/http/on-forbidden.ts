import type { Broker, TrailPort } from '../../broker/port.ts';
import { createNoiseFilter } from './noise.ts';

export type OnForbidden = TrailPort['callForbidden'];

/** Puts on the trail that somebody tried what no role of theirs allows; of the same person and route once a minute. */
export function createOnForbidden({ trail, clock }: { readonly trail: Pick<Broker['trail'], 'callForbidden'>; readonly clock: { now(): Date } }): OnForbidden {
  const noise = createNoiseFilter({ clock });
  return async (call) => {
    if (noise.first(`${call.person.personId} ${call.method} ${call.route}`)) await trail.callForbidden(call);
  };
}
