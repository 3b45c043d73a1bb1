import type { Code } from '../codes.ts';
import type { DutyFacts, Facts } from './facts.ts';

/** One condition of admission (受付判定): gives the reason against it, or nothing when it holds or its facts are not there to judge. */
export type Check<Seen = Facts> = { readonly name: string; readonly reason: (facts: Seen) => Code | undefined };

/** What an admitted session goes on resting on, so that it can be judged again without a request. */
export type StandingFacts = Pick<Facts, 'policy' | 'entry' | 'level' | 'organisationName' | 'site' | 'exception'> & { readonly duty: Omit<DutyFacts, 'id'> | undefined };
