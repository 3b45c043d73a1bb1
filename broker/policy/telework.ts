import { createHash } from 'node:crypto';
import type { Site } from '../port.ts';
import type { Said } from './documents/index.ts';
import type { DayLimit, DelegationRules, Hours, TeleworkRules } from './policy.ts';

/** Outside the office and its closed lines: what is done there is telework. */
export const TELEWORK_SITES: readonly Site[] = ['home', 'evacuation-site', 'satellite-office', 'other'];

export const isTelework = (site: Site | undefined): boolean => site !== undefined && TELEWORK_SITES.includes(site);

type SaidRules = NonNullable<Said['duties.yaml']['telework']>;

/** As a file or a case says them. */
export function teleworkRulesOf({ acknowledgement, holidays = [], hours, days }: SaidRules): TeleworkRules {
  return {
    holidays,
    ...(acknowledgement && { acknowledgement: acknowledgementOf(acknowledgement) }),
    ...(hours && { hours: hoursOf(hours) }),
    ...(days && { days: dayLimitOf(days) }),
  };
}

function acknowledgementOf({ version, rules, 'lifted-from-level': liftedFrom, 'lifted-for': liftedFor }: NonNullable<SaidRules['acknowledgement']>): NonNullable<TeleworkRules['acknowledgement']> {
  const digest = createHash('sha256').update(JSON.stringify([rules.ja, rules.en])).digest('hex');
  return { version, digest, rules, liftedFrom, liftedFor };
}

export function hoursOf({ open, 'lifted-from-level': liftedFrom }: NonNullable<SaidRules['hours']>): Hours {
  return { open, liftedFrom };
}

export function dayLimitOf({ week, month, 'lifted-from-level': liftedFrom }: NonNullable<SaidRules['days']>): DayLimit {
  return { week, month, liftedFrom };
}

export function delegationOf({ longest, 'my-number': myNumber = false }: NonNullable<Said['duties.yaml']['delegation']>): DelegationRules {
  return { longest, myNumber };
}
