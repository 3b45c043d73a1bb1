import type { Code } from '../codes.ts';
import type { Level, LiftedRule, Page, PriorityClass, RequestOrigin, SignedIn, Site } from '../vocabulary.ts';
import type { Paging } from './people.ts';

type By = { readonly person: SignedIn; readonly origin: RequestOrigin };

/**
 * What security officers and auditors see of sessions, of their organisation or units. Each look is on the audit trail.
 * Throws `forbidden`; what lies outside is `not-found`.
 */
export type Oversight = {
  /** Sessions and refused requests, newest first. Logged with its filters; a page that refreshes itself (`refresh`) logs once an hour for a sign-in, a filter and a page of the list. */
  sessions(input: By & { filter: SessionFilter; refresh?: boolean } & Paging): Promise<Page<SessionListed>>;
  /** Open sessions now, by state; cheap enough to be asked every few seconds. */
  summary(person: SignedIn): Promise<{ readonly live: number; readonly parked: number; readonly people: number; readonly refusedLastHour: number; readonly stops: readonly EntryStop[] }>;
  /** Logged once an hour for a sign-in: an open page asks again at every change. */
  timeline(input: By & { sessionId: string }): Promise<Timeline>;
  /** Every row that the filter finds, for a file. Logged with the number of rows when it is through. */
  exportSessions(input: By & { filter: SessionFilter }): Promise<AsyncIterable<SessionListed>>;
  /** Gone from the screen within 5 s. Ending an ended one changes nothing. */
  endSession(input: By & { sessionId: string; reason: string }): Promise<void>;
  /** Ends all of a unit and below (null: of the organisation) and lets nobody of it in until two people say so. */
  endAll(input: By & { unitId: string | null; reason: string }): Promise<{ readonly stop: EntryStop; readonly ended: number }>;
  /** The first of two. Throws `proposal-closed`. */
  askRelease(input: By & { stopId: string; reason: string }): Promise<EntryStop>;
  /** The second. Throws `own-proposal`. */
  agreeRelease(input: By & { stopId: string }): Promise<EntryStop>;
};

export type SessionFilter = {
  readonly state?: 'live' | 'past' | 'refused';
  readonly personId?: string;
  /** Part of a username or a display name. */
  readonly person?: string;
  readonly desktopId?: string;
  /** Part of a desktop's name. */
  readonly desktop?: string;
  readonly dutyId?: string;
  /** This unit and below. */
  readonly unitId?: string;
  readonly from?: Date;
  readonly to?: Date;
  readonly outcome?: 'admit' | 'wait' | 'refuse';
  /** One of a decision's reasons, or why the session ended. */
  readonly reason?: string;
};

/** A lease with its granting decision, or a request that was refused or would have to wait. */
export type SessionListed = {
  /** Of the lease, or of the decision where there is no lease. */
  readonly id: string;
  readonly kind: 'session' | 'request';
  readonly state: 'granted' | 'active' | 'parked' | 'ended' | 'wait' | 'refuse';
  readonly person: { readonly id: string; readonly username: string; readonly displayName: string };
  readonly unit: { readonly id: string; readonly name: string };
  readonly desktop: { readonly id: string; readonly name: string } | null;
  readonly duty: { readonly id: string; readonly name: string; readonly class: PriorityClass } | null;
  readonly site: Site | null;
  readonly address: string;
  readonly level: Level;
  /** Of the request. */
  readonly at: Date;
  readonly connectedAt?: Date;
  readonly endedAt?: Date;
  readonly endedBecause?: string;
  readonly reasons: readonly Code[];
  /** Rules of telework that only the level took away. */
  readonly lifted: readonly LiftedRule[];
  readonly refusedChannels: number;
};

export type Timeline = {
  readonly session: SessionListed;
  readonly policyVersion: string;
  readonly expiresAt?: Date;
  readonly events: readonly TimelineEvent[];
  /** Whether the person may end it. */
  readonly mayEnd: boolean;
};

export type TimelineEvent = {
  readonly id: string;
  readonly at: Date;
  /** `SKA-4001`. */
  readonly code: string;
  /** Name in the catalogue, such as `admissionDecided`. */
  readonly event: string;
  readonly actor: { readonly kind: 'person' | 'system' | 'operator'; readonly displayName?: string };
  /** As the trail has them. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Where its proof stands in the chain. */
  readonly lane: number;
  readonly sequence: number;
};

export type EntryStop = {
  readonly id: string;
  readonly unit: { readonly id: string; readonly name: string } | null;
  readonly reason: string;
  readonly stoppedBy: string;
  readonly stoppedAt: Date;
  /** Asked for by one person and not yet agreed to. */
  readonly release?: { readonly askedBy: string; readonly askedAt: Date; readonly reason: string; readonly own: boolean };
  readonly releasedAt?: Date;
};
