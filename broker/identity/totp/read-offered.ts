import type { SecretBox } from '../../secret-box.ts';
import type { Clock } from '../../environment.ts';
import { sealContext } from './seal-context.ts';
import { readFarStep, readStep, stepOf } from './totp.ts';

/** What the first code is to an authenticator that nobody has used yet. */
export type OfferedReading = { readonly authenticatorId: string; readonly step: number } & ({ readonly is: 'fresh' } | { readonly is: 'far'; readonly off: number });

export function readOffered({ secretBox, clock }: { readonly secretBox: Pick<SecretBox, 'open'>; readonly clock: Clock }, offered: { readonly id: string; readonly sealedSecret: Buffer }, code: string): OfferedReading | 'wrong' {
  const secret = secretBox.open(offered.sealedSecret, sealContext(offered.id)).toString();
  const now = clock.now();
  const reading = readStep({ secret, code, now, lastUsedStep: -1 });
  if (reading) return { authenticatorId: offered.id, step: reading.step, is: 'fresh' };
  const off = readFarStep({ secret, code, now });
  return off === undefined ? 'wrong' : { authenticatorId: offered.id, step: stepOf(now) + off, is: 'far', off };
}
