import { decide, holdFacts, type Asked, type Held } from '../admission/index.ts';
import { events, type AuditEvent, type Trail } from '../audit/index.ts';
import type { Clock, Ids } from '../environment.ts';
import { applyDecision } from '../leases/apply-decision.ts';
import { levelReader } from '../leases/level-reader.ts';
import type { Policy, PolicySource } from '../policy/index.ts';
import type { Code, WaitEndedBecause } from '../port.ts';
import { giveNotice } from '../preemption/give-notice.ts';
import { passNotice } from '../preemption/pass-notice.ts';
import { takeBackNotice } from '../preemption/take-back-notice.ts';
import { inTransaction, sql, type Database, type Transaction } from '../store/index.ts';
import { allocate, placesIn, type Allocation } from './allocate.ts';
import type { Holder } from './entry.ts';
import { forgetTheUnseen } from './forget-the-unseen.ts';
import { keepOrder } from './keep-order.ts';
import { readSeatState, type WaitingRow } from './seat-state.ts';

export type DistributeDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock; readonly ids: Pick<Ids, 'uuid'>; readonly policy: PolicySource };

/** Admissions of one transaction: it holds the seats still for all who ask meanwhile. */
const BATCH = 20;

/**
 * Gives out what has become free, in the order of the queue, and says whose sessions yield. Every process does; while one is at it, the others
 * leave it to that one.
 */
export type Distribution = {
  /** To be called every second, and whenever something may have become free. */
  run(): Promise<void>;
};

export function createDistribution(deps: DistributeDeps): Distribution {
  const { database, policy } = deps;
  return {
    async run() {
      const inForce = await policy.current();
      // Nobody is let in without a policy. The places are kept.
      if (inForce === undefined || !(await isNeeded(database))) return;
      while (await inTransaction(database, (transaction) => once(transaction, deps, inForce)));
    },
  };
}

async function isNeeded(database: Database): Promise<boolean> {
  const { rows } = await sql<{ needed: boolean }>`
    select exists (select from waiting where ended_at is null) or exists (select from preemption where outcome is null) as needed`.execute(database);
  return rows[0]?.needed === true;
}

/** @returns true where there may be more to give out */
async function once(transaction: Transaction, deps: DistributeDeps, policy: Policy): Promise<boolean> {
  const { trail, clock } = deps;
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(hashtextextended('distribution of seats', 0)) as mine`.execute(transaction);
  if (rows[0]?.mine !== true) return false;
  const now = clock.now();
  const written: AuditEvent[] = [...(await forgetTheUnseen(transaction, policy, now))];
  const levelOf = levelReader(transaction, now);
  const read = () => readSeatState(transaction, policy, now, levelOf);
  // First without holding up anybody who asks: mostly there is nothing to give out. What is missed so is found the next time.
  let state = await read();
  const plan = allocate(state, policy, now);
  if (isNothing(plan)) {
    await keepOrder(transaction, state.waiting, placesIn(state, policy, now), yieldedTo(state.holders, plan));
    await trail.append(transaction, ...written);
    return false;
  }
  await sql`select from seat_limit where scope = 'total' for update`.execute(transaction);
  state = await read();
  let given = 0;
  const passedOver = new Set<string>();
  // Who cannot be let in after all keeps the place and is passed over this time. Whatever came of it, the rest is given out anew: somebody who was let
  // in may have held back a seat or a desktop until then.
  for (let again = true; again && given < BATCH; ) {
    again = false;
    const waiting = state.waiting.map((row) => (passedOver.has(row.id) ? { ...row, present: false } : row));
    for (const { entry } of allocate({ ...state, waiting }, policy, now).grants.slice(0, BATCH - given)) {
      const row = state.waiting.find(({ id }) => id === entry.id);
      const served = row && (await serve(transaction, deps, { row, policy, now }));
      written.push(...(served?.written ?? []));
      again = true;
      if (served?.outcome === 'admitted') {
        given += 1;
        continue;
      }
      passedOver.add(entry.id);
      break;
    }
    if (again) state = await read();
  }
  const settled = allocate(state, policy, now);
  const { notices, passed, kept } = settled;
  written.push(...(await takeBackNotice(transaction, kept, now)));
  written.push(...(await passNotice(transaction, { passed, state, policy, now, newId: () => deps.ids.uuid() })));
  written.push(...(await giveNotice(transaction, { notices, state, policy, now, newId: () => deps.ids.uuid() })));
  await keepOrder(transaction, state.waiting, placesIn(state, policy, now), yieldedTo(state.holders, settled));
  await trail.append(transaction, ...written);
  return given >= BATCH;
}

const isNothing = ({ grants, notices, passed, kept }: Allocation): boolean => grants.length + notices.length + passed.length + kept.length === 0;

/** Places to which sessions yield once the plan is carried out. */
function yieldedTo(holders: readonly Holder[], { notices, passed, kept }: Allocation): ReadonlySet<string> {
  const staying = new Set(kept);
  return new Set([...holders.flatMap((holder) => (staying.has(holder) ? [] : (holder.yieldsTo ?? []))), ...[...notices, ...passed].map(({ entry }) => entry.id)]);
}

type Served = { readonly outcome: 'admitted' | 'busy' | 'over'; readonly written: readonly AuditEvent[] };

/** Decides on the one whose turn it is, by the very checks of a request. */
async function serve(transaction: Transaction, deps: DistributeDeps, { row, policy, now }: { row: WaitingRow; policy: Policy; now: Date }): Promise<Served> {
  const busy: Served = { outcome: 'busy', written: [] };
  const free = await transaction.selectFrom('person').where('id', '=', row.personId).select(['id', 'unit_id as unitId']).modifyEnd(sql`for no key update skip locked`).executeTakeFirst();
  if (free === undefined) return busy;
  const { personId, organisationId, organisationName, signInId, dutyId, desktopId, askedPoolId, address } = row;
  const request: Asked = { personId, organisationId, organisationName, signInId, unitId: free.unitId, dutyId, desktopId, poolId: askedPoolId, address };
  const held = await holdFacts(transaction, request, policy, { now, counting: true, credentialsGiven: true });
  // Whoever is not signed in any more cannot sit down.
  if (!held.signInLives || held.overdue) return busy;
  const { before: _, ...facts } = held.facts;
  const turn: Held = { ...held, facts };
  const decision = decide(facts);
  if (decision.outcome === 'wait') return busy;
  const dutyChanges = held.forOtherDuties.length > 0 && !row.changeDuty;
  const decided = dutyChanges ? { ...decision, outcome: 'refuse' as const, reasons: ['duty-change-ends-session' as const], help: [] } : decision;
  const actor = { kind: 'system' } as const;
  const { leaseId, written } = await applyDecision(transaction, { request, held: turn, decision: decided, policy, now, actor, newId: () => deps.ids.uuid(), unused: policy.durations.sitDown, waitingId: row.id });
  const why: WaitEndedBecause = leaseId === undefined ? (decided.reasons[0] ?? ('internal-error' satisfies Code)) : 'admitted';
  await transaction.updateTable('waiting').set({ ended_at: now, ended_because: why, lease_id: leaseId ?? null }).where('id', '=', row.id).execute();
  const ended = events.placeEnded({ actor, organisationId, waitingId: row.id, personId, why, leaseId });
  return { outcome: leaseId === undefined ? 'over' : 'admitted', written: [...written, ended] };
}
