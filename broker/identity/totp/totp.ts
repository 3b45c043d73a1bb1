import { generateSecret, generateSync, generateURI, verifySync } from 'otplib';
import type { ClockDrift } from '../../port.ts';

/** RFC 6238 with the figures that every authenticator supports: SHA-1, 30 s, 6 digits. */
const PERIOD_SECONDS = 30;
const ISSUER = 'Sekisho';
/** How far off a phone's clock is looked for, in steps: ten minutes. */
const FAR = 20;

/** 160 random bits in base32 (RFC 4226, section 4, R6). */
export function newSecret(): string {
  return generateSecret({ length: 20 });
}

/** For the QR code that an authenticator reads. */
export function otpauthUri(secret: string, username: string): string {
  return generateURI({ issuer: ISSUER, label: username, secret, period: PERIOD_SECONDS });
}

/**
 * Which time step a code belongs to: the one of `now`, the one before or the one after.
 * @param code six ASCII digits
 * @param lastUsedStep the newest step already used up, -1 for none
 * @returns the step, whether it is used up, or undefined for a wrong code
 */
export function readStep({ secret, code, now, lastUsedStep }: { secret: string; code: string; now: Date; lastUsedStep: number }): CodeReading {
  const epoch = Math.floor(now.getTime() / 1000);
  const options = { secret, token: code, epoch, epochTolerance: PERIOD_SECONDS, period: PERIOD_SECONDS };
  // The library throws for a step that is still to come, as one is after a clock was put back.
  const afterTimeStep = Math.min(lastUsedStep, Math.floor(epoch / PERIOD_SECONDS) + 1);
  const fresh = verifySync(lastUsedStep < 0 ? options : { ...options, afterTimeStep });
  if (fresh.valid && 'timeStep' in fresh) return { step: fresh.timeStep, used: false };
  const any = verifySync(options);
  return any.valid && 'timeStep' in any ? { step: any.timeStep, used: true } : undefined;
}

/**
 * By how many steps a wrong code would have been right: what a phone shows whose clock is off. Such a code is never accepted.
 * @returns below 0 where the phone is slow; undefined for a code that is right nowhere near, or that {@link readStep} reads
 */
export function readFarStep({ secret, code, now }: { secret: string; code: string; now: Date }): number | undefined {
  const current = stepOf(now);
  for (let off = 2; off <= FAR; off += 1) {
    const hit = [-off, off].find((by) => current + by >= 0 && generateSync({ secret, epoch: (current + by) * PERIOD_SECONDS, period: PERIOD_SECONDS }) === code);
    if (hit !== undefined) return hit;
  }
  return undefined;
}

/** The step of a moment. */
export const stepOf = (now: Date): number => Math.floor(now.getTime() / 1000 / PERIOD_SECONDS);

/** Of a phone whose code belongs to a step so many from now; at least one minute. */
export function driftOf(stepsOff: number): ClockDrift {
  return { phone: stepsOff > 0 ? 'fast' : 'slow', minutes: Math.max(1, Math.round((Math.abs(stepsOff) * PERIOD_SECONDS) / 60)) };
}

export type CodeReading = { readonly step: number; readonly used: boolean } | undefined;
