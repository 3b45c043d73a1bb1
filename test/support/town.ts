import { createTrail } from '../../broker/audit/index.ts';
import { createContinuity, createLevelClock, createLevelOperator, readLevel } from '../../broker/continuity/index.ts';
import { createEndLeasesOf } from '../../broker/leases/index.ts';
import { randomIds, type Log } from '../../broker/environment.ts';
import type { Policy } from '../../broker/policy/index.ts';
import type { Level, NewLevelProposal, Role, SignedIn } from '../../broker/port.ts';
import type { Connection, Database } from '../../broker/store/index.ts';
import { createExceptions } from '../../broker/exceptions/index.ts';
import { createSuccession } from '../../broker/succession/index.ts';
import { addOrganisation, addPerson, originAt, standingClock } from './office.ts';
import { testPolicy } from './policy.ts';

/** Levels that last as product.md has them, warned of 6 h and 1 h before. */
export function townPolicy(overrides: Partial<Policy> = {}): Policy {
  const { levels, durations, ...rest } = testPolicy();
  const lasting = (level: Level, hours: number) => ({ ...levels[level], expiresAfter: hours * 3_600, warnBefore: [21_600, 3_600] });
  return {
    ...rest,
    levels: { '0': levels['0'], '1': lasting('1', 14 * 24), '2': lasting('2', 72), '3': lasting('3', 24), R: lasting('R', 14 * 24) },
    durations: { ...durations, freshFactor: 300, provisional: 7_200, proposal: 6 * 3_600 },
    ...overrides,
  };
}

export const origin = originAt('home');

type TownOptions = { database: Database; clock?: ReturnType<typeof standingClock>; policy?: () => Policy | undefined; /** The clock's own unless said otherwise, so that days go by in a test. */ databaseTime?: (connection: Connection) => Promise<Date> };

/** An organisation with somebody to propose, somebody to approve and a clock of its own. Their second factor is always fresh. */
export async function createTown({ database, clock = standingClock(), policy = () => townPolicy(), databaseTime = () => Promise.resolve(clock.now()) }: TownOptions) {
  const organisation = await addOrganisation(database, clock.now());
  const logged: { message: string; fields: Record<string, unknown> | undefined }[] = [];
  const log: Log = { info: () => undefined, warn: () => undefined, error: (message, fields) => logged.push({ message, fields }) };
  const overDatabase = (connection: Database) => {
    const deps = { database: connection, clock, ids: randomIds, trail: createTrail({ clock, ids: randomIds }), policy: { current: () => Promise.resolve(policy()) }, log, databaseTime };
    return { continuity: createContinuity(deps), levelClock: createLevelClock(deps), succession: createSuccession(deps), exceptions: createExceptions({ ...deps, endLeasesOf: createEndLeasesOf(deps) }), operator: createLevelOperator({ ...deps, actor: { kind: 'operator' } }) };
  };
  const person = (...roles: Role[]) => addPerson(database, organisation, clock.now(), roles);
  const [proposer, approver] = [await person('bcp-admin'), await person('activation-authority')];
  const fresh = (someone: SignedIn): SignedIn => ({ ...someone, provedAt: clock.now() });
  const broker = overDatabase(database);
  const { continuity } = broker;

  const proposal = (level: Level, change: Partial<NewLevelProposal> = {}): NewLevelProposal => ({ level, event: 'earthquake', onset: new Date(clock.now().getTime() - 600_000), reason: '震度6強の地震', ...change });
  const propose = (level: Level, change: Partial<NewLevelProposal> = {}, by = proposer) => continuity.propose({ person: fresh(by), proposal: proposal(level, change), origin });
  const approve = (proposalId: string, by = approver) => continuity.approve({ person: fresh(by), proposalId, origin });
  return {
    ...broker,
    organisation,
    clock,
    logged,
    person,
    proposer,
    approver,
    fresh,
    overDatabase,
    proposal,
    propose,
    approve,
    raise: async (level: Level, change: Partial<NewLevelProposal> = {}) => approve((await propose(level, change)).id),
    alone: (proposalId: string, by = proposer) => continuity.actProvisionally({ person: fresh(by), proposalId, origin }),
    withdraw: (proposalId: string, by = proposer) => continuity.withdraw({ person: fresh(by), proposalId, origin }),
    tighten: (level: Level, by = proposer, reason = '復旧した') => continuity.tighten({ person: fresh(by), level, reason, origin }),
    situation: (by = proposer) => continuity.situation(by),
    level: () => readLevel(database, organisation.id, clock.now()),
    after: (seconds: number) => new Date(clock.now().getTime() + seconds * 1000),
    changes: () => database.selectFrom('level_change').where('organisation_id', '=', organisation.id).selectAll().orderBy('number').execute(),
    events: async () => {
      const rows = await database.selectFrom('audit_record').where('organisation_id', '=', organisation.id).select('body').orderBy('at').orderBy('lane').orderBy('sequence').execute();
      return rows.map(({ body }) => JSON.parse(body.toString()) as { code: string; event: string; address?: string; actor: Record<string, string>; fields: Record<string, unknown> });
    },
  };
}

export type Town = Awaited<ReturnType<typeof createTown>>;
