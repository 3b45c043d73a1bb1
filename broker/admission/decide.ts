import type { Code } from '../codes.ts';
import type { Facts } from './facts.ts';
import { ADMISSION } from './table.ts';

/** The decision on a request, with every reason that can be known (the first is decisive) and the facts it rests on. */
export type Decision = {
  readonly outcome: 'admit' | 'refuse';
  readonly reasons: readonly Code[];
  readonly inputs: Readonly<Record<string, string | number | boolean | null>>;
  /** SHA-256 of the policy that decided, or `none`. */
  readonly policyVersion: string;
};

/** Pure: the same facts always give the same decision. */
export function decide(facts: Facts): Decision {
  const reasons = ADMISSION.map((check) => check.reason(facts)).filter((reason) => reason !== undefined);
  return { outcome: reasons.length === 0 ? 'admit' : 'refuse', reasons, inputs: inputsOf(facts), policyVersion: facts.policyVersion ?? 'none' };
}

/** Flat, for the audit trail. */
function inputsOf(facts: Facts): Decision['inputs'] {
  const seats = facts.seats.flatMap(({ scope, seats, taken }) => [[`seats.${scope}`, seats], [`taken.${scope}`, taken]] as const);
  return {
    account: facts.account,
    desktop: facts.desktop?.status ?? 'unknown',
    weight: facts.desktop?.weight ?? null,
    assigned: facts.assigned,
    dutyClass: facts.duty?.class ?? null,
    zone: facts.duty?.zone ?? null,
    site: facts.site ?? null,
    access: facts.access ?? null,
    occupant: facts.occupant,
    credentials: facts.credentials,
    ...Object.fromEntries(seats),
  };
}
