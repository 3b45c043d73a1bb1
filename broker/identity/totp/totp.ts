import { generateSecret, generateURI, verifySync } from 'otplib';

/** RFC 6238 with the figures that every authenticator supports: SHA-1, 30 s, 6 digits. */
const PERIOD_SECONDS = 30;
const ISSUER = 'Sekisho';

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

export type CodeReading = { readonly step: number; readonly used: boolean } | undefined;
