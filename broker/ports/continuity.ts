import type { ContinuityEvent, Level, LevelInForce, Page, PriorityClass, RequestOrigin, SignedIn, Site, Zone } from '../vocabulary.ts';

/**
 * The continuity level (継続レベル) of the person's organisation. Loosening takes two people, tightening one. Whatever
 * changes it needs a second factor proved lately (`step-up-required`), and throws `forbidden` where no role allows it.
 */
export type Continuity = {
  /** What holds now and what is proposed. Throws `forbidden`. */
  situation(person: SignedIn): Promise<Situation>;
  /** Changes of level, newest first. */
  history(input: { person: SignedIn; cursor?: string; limit?: number }): Promise<Page<LevelChange>>;
  /** What a level would do, before anybody presses anything. Changes nothing. */
  preview(input: { person: SignedIn; level: Level; provisional: boolean }): Promise<LevelEffect>;
  /**
   * Throws `level-unchanged` where it would neither raise nor extend, `request-invalid` for an onset in the future or an end that policy
   * does not allow. `supersedes`: a proposal, by its proposer or whoever may approve it, that can no longer be approved from here on;
   * throws `proposal-closed`, `not-found`, `forbidden`.
   */
  propose(input: { person: SignedIn; proposal: NewLevelProposal; supersedes?: string; origin: RequestOrigin }): Promise<LevelProposal>;
  /** By another person than the proposer: then it is in force. Throws `own-proposal`, `proposal-closed`, `not-found`. */
  approve(input: { person: SignedIn; proposalId: string; origin: RequestOrigin }): Promise<Situation>;
  /** The proposer alone, for two hours at most and for the classes P0 to P2: then it reverts unless another person approves. Once a proposal. */
  actProvisionally(input: { person: SignedIn; proposalId: string; origin: RequestOrigin }): Promise<Situation>;
  /** By the proposer, or by whoever may approve. */
  withdraw(input: { person: SignedIn; proposalId: string; origin: RequestOrigin }): Promise<Situation>;
  /** At once, by one person. Throws `level-not-tighter`. */
  tighten(input: { person: SignedIn; level: Level; reason: string; origin: RequestOrigin }): Promise<Situation>;
};

export type Situation = {
  readonly inForce: LevelInForce;
  readonly proposals: readonly LevelProposal[];
  /** What the asking person may do. */
  readonly may: { readonly propose: boolean; readonly approve: boolean; readonly tighten: boolean; readonly provisional: boolean };
  /** Seconds until each level falls by itself, as policy has it; null for level 0. */
  readonly expiresAfter: Readonly<Record<Level, number | null>>;
  readonly seats: readonly { readonly scope: 'total' | 'organisation' | 'pool'; readonly name?: string; readonly seats: number; readonly taken: number }[];
  /** By duty: sessions now, and the decisions of the last hour that let somebody wait or refused for want of a seat or a level. */
  readonly duties: readonly { readonly dutyId: string; readonly name: string; readonly class: PriorityClass; readonly zone: Zone; readonly people: number; readonly sessions: number; readonly turnedAway: number; /** Onset plus target time. */ readonly dueAt?: Date }[];
};

export type NewLevelProposal = { readonly level: Level; readonly event: ContinuityEvent; readonly onset: Date; readonly reason: string; /** When it falls by itself; as late as policy allows unless said otherwise. */ readonly until?: Date };

export type LevelProposal = {
  readonly id: string;
  readonly level: Level;
  readonly event: ContinuityEvent;
  readonly onset: Date;
  readonly reason: string;
  readonly until: Date;
  readonly proposedBy: { readonly id: string; readonly displayName: string };
  readonly proposedAt: Date;
  readonly closesAt: Date;
  readonly own: boolean;
  /** The one whose place it took: it was changed, and has to be approved anew. */
  readonly supersedes?: SupersededProposal;
  /** In force on the proposer's word alone. */
  readonly provisionalUntil?: Date;
};

export type SupersededProposal = { readonly level: Level; readonly until: Date; readonly reason: string; /** Display name. */ readonly proposedBy: string; readonly proposedAt: Date };

export type LevelChange = {
  readonly id: string;
  readonly number: number;
  readonly level: Level;
  readonly baseLevel: Level;
  readonly how: 'approved' | 'provisional' | 'tightened' | 'expired' | 'reverted';
  readonly since: Date;
  readonly until?: Date;
  readonly event?: ContinuityEvent;
  readonly onset?: Date;
  readonly reason: string;
  readonly proposedBy?: string;
  /** Display names. */
  readonly approvedBy: readonly string[];
  readonly actedBy?: string;
};

export type LevelEffect = {
  readonly level: Level;
  /** When it would fall by itself. */
  readonly until?: Date;
  /** Open sessions that would get notice and end after the grace. */
  readonly sessionsEnding: number;
  readonly graceSeconds: number;
  /** People who hold a duty that they could then do from a site where they cannot now, and the reverse. */
  readonly peopleGaining: number;
  readonly peopleLosing: number;
  readonly duties: readonly { readonly dutyId: string; readonly name: string; readonly class: PriorityClass; readonly people: number; readonly sitesNow: readonly Site[]; readonly sitesThen: readonly Site[] }[];
};
