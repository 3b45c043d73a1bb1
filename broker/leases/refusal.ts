import type { Decision } from '../admission/index.ts';
import { Refusal } from '../port.ts';

/** A decision against a request, as it is thrown to whoever asked. */
export function refusalOf({ outcome, reasons, help }: Pick<Decision, 'outcome' | 'reasons' | 'help'>): Refusal {
  const [decisive = 'internal-error'] = reasons;
  return new Refusal(decisive, { reasons, help, ...(outcome !== 'admit' && { outcome }) });
}
