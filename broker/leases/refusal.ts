import type { Decision } from '../admission/index.ts';
import { Refusal } from '../port.ts';

/** A decision against a request, as it is thrown to whoever asked; with the place in the queue that it gave. */
export function refusalOf({ outcome, reasons, said, help }: Pick<Decision, 'outcome' | 'reasons' | 'said' | 'help'>, waitingId?: string): Refusal {
  const [decisive = 'internal-error'] = reasons;
  return new Refusal(decisive, { reasons, said, help, ...(outcome !== 'admit' && { outcome }), ...(waitingId !== undefined && { waitingId }) });
}
