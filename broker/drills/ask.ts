import { decide, holdFacts, type Facts } from '../admission/index.ts';
import { events } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { actorOf } from '../continuity/deps.ts';
import { Refusal, type Drills } from '../port.ts';
import { refusalOf } from '../leases/refusal.ts';
import { inTransaction, sql, type Transaction } from '../store/index.ts';
import type { DrillsDeps } from './deps.ts';
import { holdDrill, isOver } from './hold.ts';
import { policyOf, readDrill, writeAct, type StoredDrill } from './store.ts';

/** Takes part in a drill: the request is decided by the checks of a real one, at the drill's level and on its clock; seats are the shadow's to give. */
export function createAsk({ database, trail, clock }: DrillsDeps, own: Drills['own']): Drills['ask'] {
  return async ({ person, drillId, asked, origin }) => {
    authorise(person, 'desktops.use');
    await readDrill(database, person.organisationId, drillId);
    if ((asked.desktopId === undefined) === (asked.poolId === undefined)) throw new Refusal('request-invalid', { fields: [{ path: 'desktopId', expected: 'either a desktop or a pool' }] });
    const { personId, signInId, organisationId, organisationName, unitId, displayName } = person;
    const decision = await inTransaction(database, async (transaction) => {
      const drill = await holdDrill(transaction, organisationId, drillId);
      const now = clock.now();
      if (isOver(drill, now)) throw new Refusal('drill-over');
      const policy = await policyOf(transaction, drill.policyVersion);
      const request = { personId, signInId, organisationId, organisationName, unitId, ...asked, address: origin.address };
      const held = await holdFacts(transaction, request, policy, { now, counting: false, credentialsGiven: true });
      if (!held.signInLives) throw new Refusal('sign-in-required');
      const decided = decide(inDrill(held.facts, drill, now));
      const { duty, desktop } = held.facts;
      if (decided.outcome !== 'refuse' && duty !== undefined) {
        const path = await pathOf(transaction, held.unitId ?? unitId);
        await writeAct(transaction, drill, { at: now, kind: 'ask', personId, asked: { dutyId: duty.id, duty: duty.name, class: duty.class, targetSeconds: duty.targetSeconds ?? null, path: [organisationName, ...path], weight: desktop?.weight ?? 1, name: displayName } });
      }
      await trail.append(transaction, events.drillAsked({ actor: actorOf(person), organisationId, address: origin.address, drillId, dutyId: asked.dutyId, outcome: decided.outcome, reasons: decided.reasons, inputs: decided.inputs, policyVersion: decided.policyVersion }));
      return decided;
    });
    if (decision.outcome === 'refuse') throw refusalOf(decision);
    const view = await own(person);
    if (view === undefined || view.id !== drillId) throw new Refusal('drill-over');
    return view;
  };
}

/** The real facts of the person, at the level and the time of the drill, in an office where every desktop and every seat is free. */
function inDrill(facts: Facts, { levelNow, event, startedAt, pace }: StoredDrill, now: Date): Facts {
  const { before: _, ...known } = facts;
  return {
    ...known,
    entry: 'open',
    level: { number: 0, level: levelNow, event, onset: startedAt, since: startedAt },
    occupancy: { mine: false, others: 0, residualOfAnother: false },
    seats: [],
    credentials: 'given',
    at: new Date(startedAt.getTime() + (now.getTime() - startedAt.getTime()) * pace),
  };
}

async function pathOf(transaction: Transaction, unitId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ path: string[] }>`select path from unit where id = ${unitId}`.execute(transaction);
  return rows[0]?.path ?? [];
}
