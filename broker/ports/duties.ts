import type { Code } from '../codes.ts';
import type { LiftedRule, Page, PriorityClass, RequestOrigin, SignedIn, Site, Zone } from '../vocabulary.ts';
import type { Paging } from './people.ts';

type By = { readonly person: SignedIn; readonly origin: RequestOrigin };
type Text = { readonly ja: string; readonly en: string };

/**
 * Duties as those see them who do them: what stands in the way of each now and here, the rules of telework to acknowledge, and duties that
 * are handed over for a time (業務の委任).
 */
export type Duties = {
  own(input: By): Promise<OwnDuties>;
  /** Throws `rules-changed` where this is not the text in force. Acknowledging twice changes nothing. */
  acknowledge(input: By & { version: string; digest: string }): Promise<OwnDuties>;
  /** Active staff, by username, with what they acknowledged of the version in force. */
  acknowledgements(input: { person: SignedIn; standing?: 'missing' | 'given' } & Paging): Promise<Acknowledgements>;
  /** Those that a person made or got, and of others whom a role reaches; the latest first. */
  ownDelegations(person: SignedIn): Promise<readonly Delegation[]>;
  delegations(input: { person: SignedIn; standing?: 'open' | 'ended' } & Paging): Promise<Page<Delegation>>;
  /** Whom a person may hand a duty to: staff of the own unit and below, or whom the role reaches; up to 50, by name. */
  delegates(input: { person: SignedIn; search?: string; forOthers: boolean }): Promise<readonly Delegate[]>;
  /**
   * Hands over one of the own duties, or with `fromPersonId` one of somebody whom the role reaches. Throws `not-found`, `conflict` where
   * the other one has the duty already, `delegation-not-allowed`, `span-too-long`, `delegation-not-for-zone`.
   */
  delegate(input: By & NewDelegation): Promise<Delegation>;
  /** Takes it back, gives it back, or ends it for others; ends the sessions that rest on it. Ending an ended one changes nothing. */
  endDelegation(input: By & { delegationId: string; forOthers: boolean }): Promise<Delegation>;
};

export type NewDelegation = { readonly dutyId: string; readonly fromPersonId?: string; readonly toPersonId: string; /** At once where it is not said. */ readonly beginsAt?: Date; readonly endsAt: Date; readonly reason: string };

export type OwnDuties = {
  readonly at: Date;
  readonly site: Site | null;
  readonly duties: readonly OwnDuty[];
  /** Absent where the policy has none. */
  readonly rules?: { readonly version: string; readonly digest: string; readonly text: Text; readonly acknowledgedAt?: Date; /** The level lets people in without, for now. */ readonly lifted: boolean };
  /** Whether the browser is a registered device of the person, or one could be registered; absent where the policy has no rules for devices. */
  readonly device?: 'registered' | 'to-register' | 'not-allowed';
  /** Whether the policy lets duties be handed over, and for how many seconds at most. */
  readonly delegation?: { readonly longest: number };
  /** Of an account that ends by itself; `soon`: within the policy's first warning. */
  readonly accountEnds?: { readonly at: Date; readonly soon: boolean };
};

export type OwnDuty = {
  readonly id: string;
  readonly name: string;
  readonly class: PriorityClass;
  readonly zone: Zone;
  /** Why it cannot be done from here now, apart from desktops and seats; the first is decisive. */
  readonly reasons: readonly Code[];
  /** Rules that only the level takes away. */
  readonly lifted: readonly LiftedRule[];
  /** It can be done from here because the browser is a registered device. */
  readonly onDevice?: boolean;
  /** It is never done by telework, wherever the person is now. */
  readonly notTeleworkable?: Text;
  /** When telework opens or closes next, where it has hours that count here. */
  readonly opensAt?: Date;
  readonly closesAt?: Date;
  /** Days of telework that are used of those allowed. */
  readonly days?: { readonly week?: Used; readonly month?: Used };
  /** It was handed to the person, or the person has handed it on. */
  readonly receivedFrom?: { readonly delegationId: string; readonly displayName: string; readonly until: Date };
  readonly handedTo: readonly { readonly delegationId: string; readonly displayName: string; readonly from: Date; readonly until: Date }[];
};

export type Used = { readonly used: number; readonly most: number };

export type Acknowledgements = Page<AcknowledgementListed> & {
  /** Null: the policy has no rules to acknowledge. */
  readonly version: string | null;
};
export type AcknowledgementListed = {
  readonly person: { readonly id: string; readonly username: string; readonly displayName: string; readonly unitName: string };
  /** Of the version in force. */
  readonly acknowledgedAt?: Date;
  /** The latest before it. */
  readonly before?: { readonly version: string; readonly at: Date };
};

type Named = { readonly id: string; readonly displayName: string; readonly unitName: string };
export type Delegate = Named & { /** Held by assignment. */ readonly duties: readonly { readonly id: string; readonly name: string; readonly zone: Zone }[] };
export type Delegation = {
  readonly id: string;
  readonly duty: { readonly id: string; readonly name: string; readonly class: PriorityClass; readonly zone: Zone };
  readonly from: Named;
  readonly to: Named;
  readonly madeBy: string;
  readonly reason: string;
  readonly madeAt: Date;
  readonly beginsAt: Date;
  readonly endsAt: Date;
  readonly state: 'to-come' | 'running' | 'ended';
  readonly endedAt?: Date;
  readonly endedBecause?: 'over' | 'revoked' | 'given-back' | 'no-longer-held';
};
