import type { Code } from '../codes.ts';
import type { DutyFacts, Facts } from './facts.ts';

/** One condition of admission (受付判定): gives the reason against it, or nothing when it holds or its facts are not there to judge. */
export type Check<Seen = Facts> = { readonly name: string; readonly reason: (facts: Seen) => Code | undefined };

/** What an admitted session goes on resting on, so that it can be judged again without a request. */
export type StandingFacts = Pick<Facts, 'policy' | 'entry' | 'level' | 'organisationName' | 'site' | 'exception' | 'device'> & {
  readonly duty: (Omit<DutyFacts, 'id' | 'delegation'> & { /** It is held only because it was handed over. */ readonly delegation?: Partial<NonNullable<DutyFacts['delegation']>> }) | undefined;
  /** Absent: hours are not judged. */
  readonly at?: Date;
};

/** What says whether a duty could be done, from here and now, apart from desktops and seats. */
export type DutyNow = Pick<Facts, 'policy' | 'entry' | 'level' | 'organisationName' | 'duty' | 'site' | 'at' | 'acknowledged' | 'teleworkDays' | 'occupancy' | 'exception' | 'device'>;
