/**
 * The contract between the policy enforcement point (gateway) and the policy decision point (broker), in the sense of
 * NIST SP 800-207. The gateway knows the broker through this file alone. Every method may throw a {@link Refusal} with
 * a code of {@link CODES}; anything else thrown is a fault.
 */
import type { Code } from './codes.ts';
import type { Boards } from './ports/board.ts';
import type { Bypasses } from './ports/bypasses.ts';
import type { Continuity } from './ports/continuity.ts';
import type { DesktopAdministration } from './ports/desktop-administration.ts';
import type { Desktops } from './ports/desktops.ts';
import type { Devices } from './ports/devices.ts';
import type { Drills } from './ports/drills.ts';
import type { Duties } from './ports/duties.ts';
import type { Exceptions } from './ports/exceptions.ts';
import type { Factors } from './ports/factors.ts';
import type { Leases } from './ports/leases.ts';
import type { Oversight } from './ports/oversight.ts';
import type { Passkeys } from './ports/passkeys.ts';
import type { People } from './ports/people.ts';
import type { Phases } from './ports/phases.ts';
import type { PolicyView } from './ports/policy.ts';
import type { Providers } from './ports/providers.ts';
import type { SignIns } from './ports/sign-ins.ts';
import type { Succession } from './ports/succession.ts';
import type { Telework } from './ports/telework.ts';
import type { Waiting } from './ports/waiting.ts';
import type { RequestOrigin, SignedIn } from './vocabulary.ts';

export { ACTIONS, type Action } from './authorization/actions.ts';
export { asOf, may, reachOf } from './authorization/authorise.ts';
export { CODES, type Code } from './codes.ts';
export { csvCell } from './imports/csv/write.ts';
export type * from './ports/board.ts';
export type * from './ports/bypasses.ts';
export type * from './ports/continuity.ts';
export type * from './ports/desktop-administration.ts';
export type * from './ports/desktops.ts';
export type * from './ports/devices.ts';
export type * from './ports/drills.ts';
export type * from './ports/duties.ts';
export type * from './ports/exceptions.ts';
export type * from './ports/factors.ts';
export type * from './ports/leases.ts';
export type * from './ports/oversight.ts';
export type * from './ports/passkeys.ts';
export type * from './ports/people.ts';
export type * from './ports/phases.ts';
export type * from './ports/policy.ts';
export type * from './ports/providers.ts';
export type * from './ports/sign-ins.ts';
export type * from './ports/succession.ts';
export type * from './ports/telework.ts';
export type * from './ports/waiting.ts';
export { DEVICE_PURPOSES } from './ports/devices.ts';
export { NOTICE_KINDS } from './ports/factors.ts';
export { Refusal, type RefusalDetails } from './refusal.ts';
export type * from './vocabulary.ts';
export { ROLES, SIGN_IN_ENDS, SIGN_IN_METHODS } from './vocabulary.ts';

export type Broker = {
  readonly signIns: SignIns;
  readonly providers: Providers;
  readonly factors: Factors;
  readonly passkeys: Passkeys;
  /** Whether this process believes its clock; for those who run the office. Throws `forbidden`. */
  serverClock(person: SignedIn): ServerClockState;
  readonly desktops: Desktops;
  readonly leases: Leases;
  readonly waiting: Waiting;
  readonly boards: Boards;
  readonly drills: Drills;
  readonly continuity: Continuity;
  readonly succession: Succession;
  readonly exceptions: Exceptions;
  readonly bypasses: Bypasses;
  readonly devices: Devices;
  readonly people: People;
  readonly duties: Duties;
  readonly desktopAdministration: DesktopAdministration;
  readonly oversight: Oversight;
  readonly telework: Telework;
  readonly phases: Phases;
  readonly policy: PolicyView;
  readonly trail: TrailPort;
  /** True once the database answers and its migrations are at the version this program needs. */
  ready(): Promise<boolean>;
  /** Calls back when a lease that a relay may be carrying has ended or its sign-in has: within 5 s of the fact, whichever process did it. */
  onLeaseEnded(listener: (leaseId: string, code: Code) => void): () => void;
  /**
   * Calls back with what has changed, whichever process or command changed it, within 5 s of its commit. `topic` `everything` where
   * changes may have been missed. Whoever hears asks anew: the notice holds no data.
   */
  onChanged(listener: (change: Change) => void): () => void;
  close(): Promise<void>;
};

/** `why` it is not believed: it was set, it is not the database's, or its time source has been silent for too long. */
export type ServerClockState = { readonly trusted: boolean; readonly why?: 'jumped' | 'apart-from-database' | 'without-source'; readonly since: Date };

export type Change = {
  readonly topic: 'level' | 'policy' | 'entry' | 'person' | 'directory' | 'desktops' | 'lease' | 'waiting' | 'drill' | 'everything';
  readonly organisationId?: string;
  readonly unitId?: string;
  readonly personId?: string;
  readonly leaseId?: string;
};

/** What the edge itself has to put on the audit trail. */
export type TrailPort = {
  /** A relay's upgrade was refused. */
  relayRefused(input: { code: Code; leaseId?: string; person?: SignedIn; origin: RequestOrigin }): Promise<void>;
  /** A call was refused to a person whom no role allows it. `route` in the notation of the table. */
  callForbidden(input: { method: string; route: string; person: SignedIn; origin: RequestOrigin }): Promise<void>;
  /** The remote side sent an opcode that nobody knows. */
  unknownOpcode(input: { leaseId: string; opcode: string }): Promise<void>;
};
