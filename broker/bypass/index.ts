import { asOf, authorise } from '../authorization/index.ts';
import type { Bypasses } from '../port.ts';
import { createApprove } from './approve.ts';
import { readPeople, readVouchers } from './candidates.ts';
import type { BypassDeps } from './deps.ts';
import { createEnd } from './end.ts';
import { createIssue } from './issue.ts';
import { readBypasses } from './rows.ts';
import { createUse } from './use.ts';

/** The shelter bypass: issued by one, approved by another, used once, ended by anybody of them. */
export function createBypasses(deps: BypassDeps): Bypasses {
  const { database, clock, policy } = deps;
  return {
    async list({ person, open, cursor, limit }) {
      const now = clock.now();
      authorise(asOf(person, now), 'bypass.view');
      return readBypasses(database, person, { open, now, cursor, limit });
    },
    async candidates({ person, search = '' }) {
      const { organisationId, personId } = person;
      authorise(person, 'bypass.issue');
      const rules = (await policy.current())?.bypass;
      return {
        people: await readPeople(database, { organisationId, personId, search }),
        vouchers: await readVouchers(database, { organisationId, personId }),
        ...(rules && { limits: { redeemWithin: rules.redeemWithin, lasts: rules.lasts, fromLevel: rules.fromLevel } }),
      };
    },
    issue: createIssue(deps),
    approve: createApprove(deps),
    end: createEnd(deps),
    use: createUse(deps),
  };
}
