import type { TrailPort } from '../port.ts';
import { events } from './catalogue.ts';
import { createNotes, type NotesDeps } from './notes.ts';

/** The longest opcode written, in UTF-16 units: it comes from the remote side, which may be hostile. */
const LONGEST_OPCODE = 64;

/** What the edge itself has to put on the audit trail. They are refusals that stand anyway, so no call throws. */
export function createTrailPort(deps: NotesDeps): TrailPort {
  const { note } = createNotes(deps);
  return {
    relayRefused: ({ code, leaseId, person, origin }) =>
      note(
        events.relayRefused({
          actor: { kind: 'person', personId: person?.personId, signInId: person?.signInId },
          organisationId: person?.organisationId,
          address: origin.address,
          refusal: code,
          leaseId,
          userAgent: origin.userAgent,
        }),
      ),
    callForbidden: ({ method, route, person: { personId, signInId, organisationId }, origin }) =>
      note(events.callForbidden({ actor: { kind: 'person', personId, signInId }, organisationId, address: origin.address, method, route, userAgent: origin.userAgent })),
    unknownOpcode: ({ leaseId, opcode }) => note(events.unknownOpcode({ actor: { kind: 'system' }, leaseId, opcode: opcode.slice(0, LONGEST_OPCODE) })),
  };
}
