import type { Code } from '../codes.ts';
import type { LevelInForce, PriorityClass, SignedIn } from '../vocabulary.ts';

/** The situation board (状況盤). Throws `forbidden` where no role allows it. */
export type Boards = { board(person: SignedIn): Promise<Board> };

export type Board = {
  readonly at: Date;
  /** A drill's shadow state, not the office. */
  readonly drill?: { readonly id: string; readonly name: string };
  readonly inForce: LevelInForce;
  /** Absent: no onset is in force, and every class is due. */
  readonly phase?: { readonly onset: Date; readonly classes: readonly { readonly class: PriorityClass; readonly targetAt: Date; readonly dueAt: Date; readonly due: boolean }[] };
  readonly seats: {
    /** Absent: not limited. */
    readonly total?: number;
    readonly taken: number;
    /** Of the taken, given to people who have not sat down yet. */
    readonly offered: number;
    /** Of the taken, with notice to yield. */
    readonly yielding: number;
    readonly reserve: { readonly seats: number; readonly free: number };
    /** What is guaranteed to nobody. */
    readonly shared?: { readonly seats: number; readonly taken: number };
    readonly shares: readonly { readonly name: string; readonly own: boolean; readonly floor: number; readonly most?: number; readonly taken: number; readonly waiting: number }[];
    readonly pools: readonly { readonly id: string; readonly name: string; readonly seats?: number; readonly taken: number; readonly desktops: number; readonly free: number; readonly waiting: number }[];
  };
  readonly classes: readonly { readonly class: PriorityClass; readonly sessions: number; readonly surplus: number; readonly waiting: number; /** Seconds. */ readonly longestWait?: number }[];
  readonly duties: readonly BoardDuty[];
  /** The first hundred. */
  readonly waiting: readonly BoardPlace[];
  /** Running ones and those of the last hour, newest first. */
  readonly preemptions: readonly BoardPreemption[];
};

export type BoardDuty = {
  readonly dutyId: string;
  readonly name: string;
  readonly class: PriorityClass;
  readonly people: number;
  readonly sessions: number;
  readonly waiting: number;
  /** Seconds. */
  readonly longestWait?: number;
  readonly targetAt?: Date;
  /** Since the onset. */
  readonly firstAdmittedAt?: Date;
  readonly standing: 'running' | 'met' | 'missed' | 'not-asked-for';
};

export type BoardPlace = {
  readonly id: string;
  readonly place: number;
  /** Display names. */
  readonly person: string;
  readonly unit: string;
  readonly dutyName: string;
  readonly class: PriorityClass;
  readonly arrivedAt: Date;
  readonly returning: boolean;
  readonly lifted: boolean;
  /** Their page was there lately. */
  readonly present: boolean;
  readonly reasons: readonly Code[];
};

export type BoardPreemption = {
  readonly id: string;
  readonly dutyName: string;
  readonly class: PriorityClass;
  readonly forDutyName: string;
  readonly forClass: PriorityClass;
  readonly noticedAt: Date;
  readonly endsAt: Date;
  readonly extended: boolean;
  readonly outcome: 'running' | 'yielded' | 'withdrawn' | 'ended-otherwise';
};
