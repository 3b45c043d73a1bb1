import type { Actor } from '../audit/index.ts';
import { ACTIONS } from '../authorization/index.ts';
import { Refusal, type Level, type LevelChange, type LevelInForce, type Page } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import type { ContinuityDeps } from './deps.ts';
import { readLevelName, readReason } from './given.ts';
import { readHistory } from './history.ts';
import { readLevel } from './in-force.ts';
import { tighten } from './tighten.ts';

/**
 * The level as seen from the command line on the server: it looks, and it tightens. It neither proposes nor approves: both take
 * a person who has signed in with a second factor, and the shell of the server is no second person.
 */
export type LevelOperator = {
  show(organisationId: string): Promise<LevelInForce>;
  history(input: { organisationId: string; cursor?: string; limit?: number }): Promise<Page<LevelChange>>;
  /** In the name of a person who may tighten. Throws `forbidden`, `level-not-tighter`, `request-invalid`, `policy-missing`. */
  tighten(input: { organisationId: string; level: Level; reason: string; personId: string }): Promise<LevelInForce>;
};

export function createLevelOperator(deps: Omit<ContinuityDeps, 'log'> & { readonly actor: Actor }): LevelOperator {
  const { database, clock, policy, actor } = deps;
  const show = (organisationId: string) => readLevel(database, organisationId, clock.now());
  return {
    show,
    history: ({ organisationId, ...paging }) => readHistory(database, organisationId, paging),
    async tighten({ organisationId, level, reason: typed, personId }) {
      readLevelName(level);
      const reason = readReason(typed);
      const rules = await policy.current();
      await inTransaction(database, async (transaction) => {
        const holder = await transaction
          .selectFrom('role_grant')
          .innerJoin('person', 'person.id', 'role_grant.person_id')
          .where('person.id', '=', personId)
          .where('person.organisation_id', '=', organisationId)
          .where('person.status', '=', 'active')
          .where('role', 'in', [...ACTIONS['level.tighten']])
          .where('role_grant.unit_id', 'is', null)
          .select('role_grant.id')
          .forShare()
          .executeTakeFirst();
        if (holder === undefined) throw new Refusal('forbidden');
        await tighten(transaction, deps, { organisationId, level, reason, personId, actor, policy: rules });
      });
      return show(organisationId);
    },
  };
}
