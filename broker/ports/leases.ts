import type { DeviceProof } from './devices.ts';
import type { Code } from '../codes.ts';
import type { LeaseState, PriorityClass, Protocol, RequestOrigin, SignedIn, Site } from '../vocabulary.ts';

export type Leases = {
  /**
   * Admission: decides, and applies the decision in the same transaction. A person who already holds an open lease on
   * the desktop gets that one. Throws a Refusal whose `details.reasons` are the decision's reasons; where nothing but a seat or a
   * desktop is missing, `details.waitingId` is the place in the queue that was given.
   */
  request(input: LeaseRequest): Promise<LeaseView>;
  /** Throws `lease-unknown` for what is not there and for what is another person's. */
  get(input: { person: SignedIn; leaseId: string }): Promise<LeaseView>;
  /** Ends it; ending an ended one changes nothing. */
  end(input: { person: SignedIn; leaseId: string; origin: RequestOrigin }): Promise<void>;
  /**
   * A relay is about to carry this lease: checks owner, sign-in, state and expiry again, moves it to `active` and hands out what
   * the connection needs. At most one caller succeeds until {@link released}. Throws `lease-unknown`, `lease-ended`, `lease-expired`, `lease-in-use`, and every admission reason that now holds.
   */
  claim(input: { person: SignedIn; leaseId: string; origin: RequestOrigin; /** That it is opened on a registered device, for the purpose `relay`. */ device?: DeviceProof; /** Every guacd of this gateway; `reachable` as it knows. */ guacds: readonly { readonly address: string; readonly reachable: boolean }[] }): Promise<ClaimedLease>;
  /** When their people last typed or pointed; to be told every few seconds for those that did. Never what. */
  active(inputs: readonly { readonly leaseId: string; readonly relayId: string; readonly at: Date }[]): Promise<void>;
  /** The relay has shown the first picture. */
  connected(claim: { leaseId: string; relayId: string }): Promise<void>;
  /** The relay is over. `left` and `gateway-stopping` park the lease for the policy's window, so that its owner can come back; everything else ends it. */
  released(claim: { leaseId: string; relayId: string }, end: RelayEnd): Promise<void>;
};

export type LeaseRequest = {
  readonly person: SignedIn;
  /** Exactly one of the two. */
  readonly desktopId?: string;
  readonly poolId?: string;
  readonly dutyId: string;
  /** True: a place in the queue for something else may be given up for it. Without it, it is refused with `waiting-elsewhere`. */
  readonly changeWait?: boolean;
  /** True: sessions for another duty may be ended for it. Without it they are refused with `duty-change-ends-session`. */
  readonly changeDuty?: boolean;
  readonly origin: RequestOrigin;
  /** For a desktop whose credentials are asked for. Held in memory until the handshake, never stored or logged. */
  readonly credentials?: DesktopCredentials;
};

export type DesktopCredentials = { readonly username: string; readonly password: string; readonly domain?: string };

export type LeaseView = {
  readonly id: string;
  readonly state: LeaseState;
  readonly desktopId: string;
  readonly desktopName: string;
  readonly protocol: Protocol;
  readonly dutyId: string;
  readonly dutyName: string;
  readonly poolId?: string;
  readonly site: Site;
  readonly grantedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt?: Date;
  readonly endedBecause?: Code | 'ended-by-owner' | 'not-used' | 'desktop-ended' | 'parking-expired' | 'sign-in-ended' | 'duty-changed';
  /** It may not go on and ends then. */
  readonly closingAt?: Date;
  readonly closingBecause?: Code;
  /** The work that needs its seat; never the person. */
  readonly yieldsTo?: { readonly dutyName: string; readonly class: PriorityClass };
  /** It may be asked once, with a reason, to go on so many seconds longer. */
  readonly extensionSeconds?: number;
  /** It yielded, and its person keeps this place in the queue. */
  readonly waitingId?: string;
};

export type ClaimedLease = {
  readonly leaseId: string;
  /** Names this one carrying of the lease; needed to release it. */
  readonly relayId: string;
  readonly expiresAt: Date;
  /** The guacd that shall carry it: of those reachable the one with the fewest seats taken. */
  readonly guacd: string;
  readonly connection: {
    readonly protocol: Protocol;
    readonly host: string;
    readonly port: number;
    readonly credentials: Partial<DesktopCredentials>;
    readonly parameters: Readonly<Record<string, string>>;
  };
};

export type RelayEnd = {
  readonly cause: 'left' | 'desktop-ended' | 'desktop-unreachable' | 'guacd-unreachable' | 'desktop-log-in-failed' | 'protocol-violation' | 'too-slow' | 'ended-by-gateway' | 'gateway-stopping';
  /** Guacamole status the browser was told. */
  readonly status: number;
  readonly connectedSeconds: number;
  readonly bytesToBrowser: number;
  readonly bytesFromBrowser: number;
  /** What the channel guard refused, by kind such as `client:clipboard` or `server:file`. Never contents. */
  readonly refused: Readonly<Record<string, { readonly count: number; readonly bytes: number }>>;
};
