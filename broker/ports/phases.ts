import type { PriorityClass, SignedIn } from '../vocabulary.ts';

/** The phase clock (経過時間) as it concerns one person. */
export type Phases = {
  /** The person's duties that are not due yet, and those that became due in the last day; none where no level sets phases. */
  own(person: SignedIn): Promise<readonly DutyPhase[]>;
};

export type DutyPhase = {
  readonly dutyId: string;
  readonly name: string;
  readonly class: PriorityClass;
  /** Until then it has surplus seats only. */
  readonly dueAt: Date;
  readonly due: boolean;
};
