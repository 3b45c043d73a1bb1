import type { Code } from '../codes.ts';
import { dutyRulesFor } from '../policy/duties.ts';
import type { Facts } from './facts.ts';
import type { Said } from '../refusal.ts';

/** What the policy itself says about these reasons to whoever asks. */
export function saidOf({ policy, duty, organisationName }: Pick<Facts, 'policy' | 'organisationName'> & { readonly duty: { readonly name: string } | undefined }, reasons: readonly Code[]): Said {
  if (policy === undefined || duty === undefined || !reasons.includes('duty-not-teleworkable')) return {};
  const text = dutyRulesFor(policy, { name: duty.name, organisationName })?.notTeleworkable;
  return text === undefined ? {} : { 'duty-not-teleworkable': text };
}
