import type { TimelineEvent } from '../../../gateway/http/schemas/index.ts';

/** Events that a session's timeline may hold: a sign-in, and whatever names the session; by their names in the audit catalogue. Keys of the texts `oversight.events`. */
export const knownEvents = [
  'signInCompleted',
  'admissionDecided',
  'leaseGranted',
  'leaseActivated',
  'leaseConnected',
  'leaseParked',
  'leaseClosing',
  'leaseKept',
  'leaseEnded',
  'residualBegan',
  'placeEnded',
  'yieldNoticed',
  'yieldExtended',
  'yieldWithdrawn',
  'relayRefused',
  'channelsRefused',
  'unknownOpcode',
  'sessionEndedByOfficer',
] as const;
export type KnownEvent = (typeof knownEvents)[number];

export function knownEvent(name: string): KnownEvent | undefined {
  return knownEvents.find((known) => known === name);
}

/** How a line stands out: something was refused, something ended, or nothing of the kind. */
export function toneOf({ event, fields }: Pick<TimelineEvent, 'event' | 'fields'>): 'refused' | 'ended' | 'plain' {
  if (event === 'channelsRefused' || event === 'relayRefused' || event === 'unknownOpcode') return 'refused';
  if (event === 'admissionDecided') return fields['decision'] === 'admit' ? 'plain' : 'refused';
  return event === 'leaseEnded' || event === 'sessionEndedByOfficer' || event === 'leaseClosing' ? 'ended' : 'plain';
}
