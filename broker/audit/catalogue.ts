import type { Code, LeaseView, PriorityClass, Protocol, RelayEnd, Role, Site, Zone } from '../port.ts';
import { constructors } from './constructors.ts';
import { bestEffort, enforced, lengthOnly, maybe, open, personal } from './event.ts';

/**
 * Everything that the audit trail can tell, one constructor an event: `events.leaseGranted({ actor, organisationId, leaseId, … })`.
 * A number is never given twice, not even after its event is gone. Credentials, one-time codes, secrets of authenticators,
 * tokens and keys typed in a session have no field here, and a field that is not here is not kept.
 */
export const CATALOGUE = {
  // 10xx: organisations and people
  organisationAdded: enforced('SKA-1001', { name: open() }),
  unitAdded: enforced('SKA-1002', { unitId: open(), parentId: maybe(open()), name: open() }),
  personAdded: enforced('SKA-1003', { personId: open(), unitId: open(), username: personal(), displayName: personal() }),
  personDisabled: enforced('SKA-1004', { personId: open() }),
  personEnabled: enforced('SKA-1005', { personId: open() }),
  roleGranted: enforced('SKA-1006', { personId: open(), role: open<Role>() }),
  dutyAdded: enforced('SKA-1007', { dutyId: open(), name: open(), class: open<PriorityClass>(), zone: open<Zone>() }),
  dutyAssigned: enforced('SKA-1008', { dutyId: open(), personId: open() }),
  dutyUnassigned: enforced('SKA-1009', { dutyId: open(), personId: open() }),
  invitationIssued: enforced('SKA-1010', { invitationId: open(), personId: open(), expiresAt: open() }),
  invitationRedeemed: enforced('SKA-1011', { invitationId: open(), personId: open() }),
  /** An administrator let an account that had too many failures be tried again. */
  failuresForgotten: enforced('SKA-1012', { personId: open() }),

  // 20xx: sign-in
  passwordAccepted: enforced('SKA-2001', { next: open<'totp' | 'enrol'>() }),
  /** `count` is above 1 where noise of one address was counted for a minute. A name nobody bears may be a password in the wrong field. */
  signInRefused: enforced('SKA-2002', {
    why: open<'wrong-password' | 'unknown-user' | 'wrong-code' | 'used-code' | 'throttled' | 'account-disabled'>(),
    count: open<number>(),
    /** Where `count` sums up several: how many of each; `why` is the most frequent. */
    byWhy: maybe(open<Readonly<Record<string, number>>>()),
    /** The person whose account was tried, where there is one. Who tried is not known. */
    account: maybe(open()),
    username: maybe(lengthOnly()),
    userAgent: maybe(personal()),
  }),
  signInCompleted: enforced('SKA-2003', { factors: open<readonly string[]>(), userAgent: maybe(personal()), knownBrowser: open<boolean>() }),
  authenticatorEnrolled: enforced('SKA-2004', { authenticatorId: open(), kind: open<'totp'>() }),
  signedOut: enforced('SKA-2005', { signInId: open(), why: open<'by-owner' | 'by-owner-elsewhere' | 'idle' | 'expired' | 'account-disabled' | 'replaced'>() }),
  usedCodeReplayed: enforced('SKA-2006', { authenticatorId: open(), step: maybe(open<number>()) }),

  // 30xx: desktops
  desktopAdded: enforced('SKA-3001', { desktopId: open(), name: open(), protocol: open<Protocol>(), host: open(), port: open<number>() }),
  desktopDisabled: enforced('SKA-3002', { desktopId: open() }),
  desktopEnabled: enforced('SKA-3003', { desktopId: open() }),
  desktopAssigned: enforced('SKA-3004', { desktopId: open(), personId: open() }),
  desktopUnassigned: enforced('SKA-3005', { desktopId: open(), personId: open() }),
  desktopCredentialsStored: enforced('SKA-3006', { desktopId: open(), keyId: maybe(open()) }),
  desktopCertificateAccepted: enforced('SKA-3007', { desktopId: open(), accepted: open<'any' | 'pinned'>(), fingerprint: maybe(open()) }),

  // 40xx: admission and leases
  /** `inputs` are the facts that the rules saw: identifiers, states, counts. */
  admissionDecided: enforced('SKA-4001', {
    decision: open<'admit' | 'wait' | 'refuse'>(),
    reasons: open<readonly Code[]>(),
    inputs: open<AdmissionInputs>(),
    policyVersion: open(),
  }),
  leaseGranted: enforced('SKA-4002', { leaseId: open(), personId: open(), desktopId: open(), dutyId: open(), site: open<Site>(), expiresAt: open() }),
  leaseActivated: enforced('SKA-4003', { leaseId: open(), relayId: open() }),
  leaseConnected: enforced('SKA-4004', { leaseId: open(), relayId: open() }),
  leaseParked: enforced('SKA-4005', { leaseId: open(), relayId: maybe(open()), until: maybe(open()) }),
  leaseEnded: enforced('SKA-4006', { leaseId: open(), why: open<NonNullable<LeaseView['endedBecause']>>(), relayId: maybe(open()), relay: maybe(open<RelayFigures>()) }),

  // 41xx: the relay and its channel guard
  relayRefused: bestEffort('SKA-4101', { refusal: open<Code>(), leaseId: maybe(open()), userAgent: maybe(personal()) }),
  channelsRefused: enforced('SKA-4102', { leaseId: open(), relayId: open(), refused: open<RelayEnd['refused']>() }),
  unknownOpcode: bestEffort('SKA-4103', { leaseId: open(), opcode: open() }),

  // 80xx: the gateway
  gatewayStarted: bestEffort('SKA-8001', { gateway: open(), version: open() }),
  gatewayStopped: bestEffort('SKA-8002', { gateway: open(), why: open() }),
  policyLoaded: enforced('SKA-8003', { version: open() }),

  // 90xx: the trail itself
  /** The first checkpoint that a gateway signs in its life; the others stand in the heads files and in audit_checkpoint. */
  checkpointSigned: enforced('SKA-9001', { number: open<number>(), hash: open(), keyId: open(), gateway: open() }),
  trailVerified: bestEffort('SKA-9002', { intact: open<boolean>(), records: open<number>(), findings: open<readonly string[]>(), throughCheckpoint: maybe(open<number>()) }),
  trailExported: enforced('SKA-9003', { records: open<number>() }),
} as const;

export const events = constructors(CATALOGUE);

/** Flat on purpose: a fact that needs a structure needs a name of its own. */
export type AdmissionInputs = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type RelayFigures = Pick<RelayEnd, 'cause' | 'status' | 'connectedSeconds' | 'bytesToBrowser' | 'bytesFromBrowser'>;
