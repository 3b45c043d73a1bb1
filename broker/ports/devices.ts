import type { Page, RequestOrigin, SignedIn } from '../vocabulary.ts';
import type { Candidate, Named } from './succession.ts';

/** What a device signs for. `relay`: for one lease. */
export const DEVICE_PURPOSES = ['registration', 'sign-in', 'relay'] as const;
export type DevicePurpose = (typeof DEVICE_PURPOSES)[number];

/**
 * Registered devices (登録端末): a key that a browser holds and cannot give away. The person asks, another one approves; it is proved at each
 * sign-in and at each opening of a relay, and one word ends it with everything that rests on it.
 */
export type Devices = {
  /** The person's own, newest first. */
  own(person: SignedIn): Promise<readonly OwnDevice[]>;
  /** Those of people whom the asking one may see; `waiting`: only those to be decided about. */
  list(input: { person: SignedIn; waiting: boolean; cursor?: string; limit?: number }): Promise<Page<Device>>;
  /** Something to sign, good once and for a minute. Throws `devices-not-allowed`, `lease-unknown`. */
  challenge(input: { person: SignedIn; purpose: DevicePurpose; leaseId?: string }): Promise<DeviceChallenge>;
  /** Asks for a device to be registered, with a proof that it holds the key. Throws `device-proof-wrong`, `device-limit-reached`, `bypass-may-not`. */
  ask(input: { person: SignedIn; device: NewDevice; origin: RequestOrigin }): Promise<OwnDevice>;
  /** Says that this sign-in is on that device. Throws `device-proof-wrong`. */
  prove(input: { person: SignedIn; proof: DeviceProof; origin: RequestOrigin }): Promise<void>;
  /** By another person. Throws `own-device`, `device-closed`, `not-found`. */
  approve(input: { person: SignedIn; deviceId: string; origin: RequestOrigin }): Promise<Device>;
  /** By the person, or by somebody who may: sessions and sign-ins that rest on it end. Throws `device-closed`, `not-found`. */
  end(input: { person: SignedIn; deviceId: string; reason: string; origin: RequestOrigin; /** Of the asking person's own. */ own: boolean }): Promise<void>;
};

/** `text`: what is to be signed, in UTF-8. */
export type DeviceChallenge = { readonly id: string; readonly text: string; readonly expiresAt: Date };
/** `signature`: ECDSA P-256 with SHA-256, r and s, in base64url. */
export type DeviceProof = { readonly deviceId: string; readonly challengeId: string; readonly signature: string };
/** `publicKey`: an uncompressed point in base64url. */
export type NewDevice = { readonly name: string; readonly publicKey: string; readonly challengeId: string; readonly signature: string };

export type DeviceState = 'waiting' | 'registered' | 'over' | 'ended';

export type OwnDevice = {
  readonly id: string;
  readonly name: string;
  readonly state: DeviceState;
  readonly userAgent: string;
  readonly askedAt: Date;
  readonly approvedAt?: Date;
  /** Until when it counts. */
  readonly until?: Date;
  readonly endedAt?: Date;
  readonly endReason?: string;
  /** Of its sign-ins, the newest. */
  readonly lastProvedAt?: Date;
  /** This sign-in was proved on it. */
  readonly current: boolean;
};

export type Device = Omit<OwnDevice, 'current'> & {
  readonly person: Candidate;
  readonly approvedBy?: Named;
  readonly endedBy?: Named;
  /** Sessions on it now. */
  readonly sessions: number;
  /** Of the asking person. */
  readonly may: { readonly approve: boolean; readonly end: boolean };
};
