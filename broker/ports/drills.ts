import type { Code } from '../codes.ts';
import type { ContinuityEvent, Level, Page, PriorityClass, RequestOrigin, SignedIn } from '../vocabulary.ts';
import type { Board } from './board.ts';

/**
 * Drills (訓練): the rules of admission, queue and preemption at work on a shadow of the office. Nothing of a drill touches a lease, a seat or the level
 * in force. Throws `not-found` for another organisation's, `forbidden` where no role allows it.
 */
export type Drills = {
  /** Newest first. */
  list(input: { person: SignedIn; cursor?: string; limit?: number }): Promise<Page<Drill>>;
  /** @throws Refusal `drill-running` where the organisation has one already, `policy-missing`, `request-invalid` */
  start(input: { person: SignedIn; drill: NewDrill; origin: RequestOrigin }): Promise<Drill>;
  get(input: { person: SignedIn; drillId: string }): Promise<Drill>;
  /** As the situation board would show it, on the drill's clock. After its end: as it was then. */
  board(input: { person: SignedIn; drillId: string }): Promise<Board>;
  /** @throws Refusal `drill-over` */
  changeLevel(input: { person: SignedIn; drillId: string; level: Level; origin: RequestOrigin }): Promise<Drill>;
  /** Ending one that is over changes nothing. */
  end(input: { person: SignedIn; drillId: string; origin: RequestOrigin }): Promise<Drill>;
  /** The running drill of the person's organisation, with what the person does in it; anybody may. Undefined: there is none. */
  own(person: SignedIn): Promise<OwnDrill | undefined>;
  /**
   * Takes part: asks as one would for a seat, by the same checks at the drill's level. Whoever asks again, for another duty, leaves what was before.
   * @throws Refusal `drill-over`, or the reasons for which the request would be refused
   */
  ask(input: { person: SignedIn; drillId: string; asked: DrillRequest; origin: RequestOrigin }): Promise<OwnDrill>;
  /** Leaves the seat or the queue of the drill. @throws Refusal `drill-over` */
  leave(input: { person: SignedIn; drillId: string; origin: RequestOrigin }): Promise<OwnDrill>;
};

export type NewDrill = {
  readonly name: string;
  readonly event: ContinuityEvent;
  /** At which it begins. */
  readonly level: Level;
  readonly seats: number;
  /** Seconds of the drill that pass in one second; 1 to 240. */
  readonly pace: number;
  /** Minutes, of the real clock, after which it ends by itself; 480 at most. */
  readonly minutes: number;
  /** Of a hundred who hold duties so many ask, played by the product; 0: only who takes part. */
  readonly turnout: number;
  /** Within so many of the drill's hours; 1 to 72. */
  readonly asksWithin: number;
};

export type Drill = Omit<NewDrill, 'minutes'> & {
  readonly id: string;
  /** As it is now; as it was at the end. */
  readonly levelNow: Level;
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly endsAt: Date;
  readonly endedAt?: Date;
  /** `over`: its time was. */
  readonly endedBecause?: 'ended' | 'over';
  /** How many people are or were in it themselves. */
  readonly tookPart: number;
  /** After the end. */
  readonly result?: DrillResult;
};

/** Times of the drill's clock, in seconds. Shares from 0 to 1. */
export type DrillResult = {
  readonly elapsed: number;
  readonly people: number;
  readonly mostTaken: number;
  readonly mostWaiting: number;
  readonly preemptions: number;
  readonly metTarget: number;
  readonly duties: readonly DrillDuty[];
};

export type DrillDuty = {
  readonly dutyId: string;
  readonly name: string;
  readonly class: PriorityClass;
  /** Who asked for it. */
  readonly people: number;
  readonly tookPart: number;
  readonly admitted: number;
  /** Since the onset. */
  readonly target: number;
  /** When the first of them could work. */
  readonly achieved?: number;
  readonly medianWait: number;
  readonly longestWait: number;
  readonly displaced: number;
  /** Of those who asked, who could work by the target time. */
  readonly metTarget: number;
  readonly standing: 'met' | 'missed' | 'running';
};

export type DrillRequest = { readonly desktopId?: string; readonly poolId?: string; readonly dutyId: string };

export type OwnDrill = {
  readonly id: string;
  readonly name: string;
  readonly event: ContinuityEvent;
  readonly level: Level;
  readonly pace: number;
  readonly startedAt: Date;
  readonly endsAt: Date;
  /** Seconds since the onset, on the drill's clock. */
  readonly elapsed: number;
  /** Absent: the person does not take part. */
  readonly part?: DrillPart;
};

/** What somebody who takes part sees. Seconds are the drill's. */
export type DrillPart = {
  readonly state: 'waiting' | 'seated' | 'yielding' | 'left';
  readonly dutyId: string;
  readonly dutyName: string;
  readonly class: PriorityClass;
  /** When the person was first let in, since asking. */
  readonly admittedAfter?: number;
  readonly displaced: number;
  readonly place?: number;
  readonly waiting?: number;
  readonly reasons: readonly Code[];
  /** When the seat goes to another, on the real clock, and which duty needs it. */
  readonly yieldsAt?: Date;
  readonly yieldsTo?: string;
};
