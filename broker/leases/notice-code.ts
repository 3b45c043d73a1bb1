import { CODES, type Code } from '../codes.ts';
import type { EndedBecause } from './transitions.ts';

const TOLD_AS = {
  'ended-by-owner': 'lease-ended',
  'desktop-ended': 'lease-ended',
  'not-used': 'lease-expired',
  'parking-expired': 'lease-expired',
  'sign-in-ended': 'sign-in-required',
  'duty-changed': 'lease-ended',
} as const satisfies Record<Exclude<EndedBecause, Code>, Code>;

/** The code by which a relay is told that its lease has ended. A reason that this program does not know is told as `lease-ended`. */
export function noticeCode(because: string): Code {
  if (Object.hasOwn(CODES, because)) return because as Code;
  return Object.hasOwn(TOLD_AS, because) ? TOLD_AS[because as keyof typeof TOLD_AS] : 'lease-ended';
}
