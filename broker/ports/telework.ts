import type { LiftedRule, RequestOrigin, SignedIn } from '../vocabulary.ts';

/** The telework record (テレワーク実績): start, pause, end; marked by the person, or derived from sessions. */
export type Telework = {
  /** The person's own days from `from` to `to` (JST dates, 62 days at most), newest first. */
  own(input: { person: SignedIn; from: string; to: string }): Promise<OwnTelework>;
  /** Throws `conflict` where the kind cannot follow the state now. */
  mark(input: { person: SignedIn; kind: MarkKind; origin: RequestOrigin }): Promise<OwnTelework>;
  /** Of everybody of the units that the person heads. Logged, `forFile` as an export. Throws `forbidden`. */
  ofUnit(input: { person: SignedIn; from: string; to: string; unitId?: string; forFile?: boolean; origin: RequestOrigin }): Promise<readonly UnitDay[]>;
};

export type MarkKind = 'start' | 'pause' | 'resume' | 'end';
export type TeleworkState = 'off' | 'working' | 'paused';
export type OwnTelework = { readonly state: TeleworkState; readonly since?: Date; readonly days: readonly TeleworkDay[] };

export type TeleworkDay = {
  /** JST, `2026-11-24`. Work over midnight belongs to the day it began on. */
  readonly day: string;
  readonly marks: readonly { readonly kind: MarkKind; readonly at: Date; readonly source: 'person' | 'derived' }[];
  readonly workedSeconds: number;
  readonly pausedSeconds: number;
  /** Of sessions. */
  readonly connectedSeconds: number;
  /** Rules of telework that only the level took away for its sessions; absent: none. */
  readonly lifted?: readonly LiftedRule[];
};

export type UnitDay = TeleworkDay & { readonly person: { readonly id: string; readonly username: string; readonly displayName: string; readonly unitName: string } };
