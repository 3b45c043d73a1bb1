import type { Check, StandingFacts } from '../check.ts';

/** Stopping everybody takes one person, letting in again takes two: until then nobody of the unit or organisation enters. */
export const entry: Check<StandingFacts> = { name: 'entry', reason: ({ entry }) => (entry === 'stopped' ? 'entry-stopped' : undefined) };
