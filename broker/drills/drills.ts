import { events, type Actor, type AuditEvent } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { actorOf } from '../continuity/deps.ts';
import { readLevelName } from '../continuity/given.ts';
import { readCursor } from '../continuity/history.ts';
import { holdRight } from '../continuity/hold-right.ts';
import { rowsOf } from '../paging/rows.ts';
import { Refusal, type Drills, type SignedIn } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { createAsk } from './ask.ts';
import { boardOf } from './board.ts';
import type { DrillsDeps } from './deps.ts';
import { readNewDrill } from './given.ts';
import { holdDrill, isOver } from './hold.ts';
import { ownView } from './own.ts';
import { resultOf } from './result.ts';
import { readRoster } from './roster.ts';
import { readDrill, readDrills, viewOf, writeAct, type StoredDrill } from './store.ts';

export function createDrills(deps: DrillsDeps): Drills {
  const { database, trail, clock, ids, policy, shadows } = deps;
  const own: Drills['own'] = async (person) => {
    const [running] = await readDrills(database, { organisationId: person.organisationId, running: true });
    const now = clock.now();
    return running === undefined || running.endsAt <= now ? undefined : ownView(running, await shadows.at(database, running, now), person.personId);
  };
  return {
    own,
    async list({ person, cursor, limit }) {
      authorise(person, 'level.view');
      const count = rowsOf(limit);
      const found = await readDrills(database, { organisationId: person.organisationId, before: cursor === undefined ? undefined : readCursor(cursor), limit: count + 1 });
      const shown = found.slice(0, count);
      return { items: shown.map(viewOf), next: found.length > count ? String(shown.at(-1)?.number) : null };
    },
    async get({ person, drillId }) {
      authorise(person, 'level.view');
      return viewOf(await readDrill(database, person.organisationId, drillId));
    },
    async board({ person, drillId }) {
      authorise(person, 'level.view');
      const drill = await readDrill(database, person.organisationId, drillId);
      return boardOf(drill, await shadows.at(database, drill, clock.now()));
    },
    async start({ person, drill: asked, origin }) {
      authorise(person, 'drills.run');
      const rules = await policy.current();
      if (rules === undefined) throw new Refusal('policy-missing');
      const { organisationId, personId } = person;
      const given = readNewDrill(asked, rules.capacity);
      const id = ids.uuid();
      await inTransaction(database, async (transaction) => {
        await holdRight(transaction, person, 'drills.run');
        const now = clock.now();
        await endWhatIsOver(transaction, deps, organisationId, now);
        const { name, event, level, seats, pace, minutes, turnout, asksWithin } = given;
        const endsAt = new Date(now.getTime() + minutes * 60_000);
        const begun = await transaction
          .insertInto('drill')
          .values({ id, organisation_id: organisationId, name, event, level, seats, pace, turnout, asks_within: asksWithin, seed: seedOf(id), roster: JSON.stringify(await readRoster(transaction, organisationId)), policy_version: rules.version, started_by: personId, started_at: now, ends_at: endsAt, ended_at: null, ended_because: null, result: null })
          .onConflict((conflict) => conflict.column('organisation_id').where('ended_at', 'is', null).doNothing())
          .returning('id')
          .executeTakeFirst();
        if (begun === undefined) throw new Refusal('drill-running');
        await trail.append(transaction, events.drillStarted({ actor: actorOf(person), organisationId, address: origin.address, drillId: id, drill: name, event, level, seats, pace, turnout, asksWithin, until: endsAt.toISOString(), policyVersion: rules.version }));
      });
      return viewOf(await readDrill(database, organisationId, id));
    },
    async changeLevel({ person, drillId, level, origin }) {
      authorise(person, 'drills.run');
      readLevelName(level);
      await change(deps, person, drillId, async (transaction, drill, now) => {
        if (drill.levelNow === level) return [];
        await writeAct(transaction, drill, { at: now, kind: 'level', level });
        return [events.drillLevelChanged({ actor: actorOf(person), organisationId: drill.organisationId, address: origin.address, drillId, level })];
      });
      return viewOf(await readDrill(database, person.organisationId, drillId));
    },
    async end({ person, drillId, origin }) {
      authorise(person, 'drills.run');
      await inTransaction(database, async (transaction) => {
        await holdRight(transaction, person, 'drills.run');
        const drill = await holdDrill(transaction, person.organisationId, drillId);
        if (drill.endedAt !== null) return;
        await trail.append(transaction, await endDrill(transaction, deps, drill, { now: clock.now(), actor: actorOf(person), address: origin.address }));
      });
      return viewOf(await readDrill(database, person.organisationId, drillId));
    },
    ask: createAsk(deps, own),
    async leave({ person, drillId, origin }) {
      authorise(person, 'desktops.use');
      const { personId } = person;
      const drill = await readDrill(database, person.organisationId, drillId);
      if (drill.endedAt === null) {
        await inTransaction(database, async (transaction) => {
          const held = await holdDrill(transaction, person.organisationId, drillId);
          const now = clock.now();
          if (isOver(held, now)) throw new Refusal('drill-over');
          await writeAct(transaction, held, { at: now, kind: 'leave', personId });
          await trail.append(transaction, events.drillLeft({ actor: actorOf(person), organisationId: person.organisationId, address: origin.address, drillId }));
        });
      }
      const view = await own(person);
      if (view === undefined || view.id !== drillId) throw new Refusal('drill-over');
      return view;
    },
  };
}

/** Ends drills whose time is over; to be called every few seconds. */
export function createDrillClock(deps: DrillsDeps): { run(): Promise<void> } {
  return {
    async run() {
      const due = await deps.database.selectFrom('drill').where('ended_at', 'is', null).where('ends_at', '<=', deps.clock.now()).select('organisation_id').execute();
      for (const { organisation_id: organisationId } of due) await inTransaction(deps.database, (transaction) => endWhatIsOver(transaction, deps, organisationId, deps.clock.now()));
    },
  };
}

async function change(deps: DrillsDeps, person: SignedIn, drillId: string, act: (transaction: Transaction, drill: StoredDrill, now: Date) => Promise<readonly AuditEvent[]>): Promise<void> {
  const { database, trail, clock } = deps;
  await inTransaction(database, async (transaction) => {
    await holdRight(transaction, person, 'drills.run');
    const drill = await holdDrill(transaction, person.organisationId, drillId);
    const now = clock.now();
    if (isOver(drill, now)) throw new Refusal('drill-over');
    await trail.append(transaction, ...(await act(transaction, drill, now)));
  });
}

async function endWhatIsOver(transaction: Transaction, deps: DrillsDeps, organisationId: string, now: Date): Promise<void> {
  const [running] = await readDrills(transaction, { organisationId, running: true });
  if (running === undefined || running.endsAt > now) return;
  const drill = await holdDrill(transaction, organisationId, running.id);
  if (drill.endedAt === null) await deps.trail.append(transaction, await endDrill(transaction, deps, drill, { now, actor: { kind: 'system' } }));
}

async function endDrill(transaction: Transaction, { shadows, clock }: DrillsDeps, drill: StoredDrill, { now, actor, address }: { now: Date; actor: Actor; address?: string }): Promise<AuditEvent> {
  const over = drill.endsAt <= now;
  const at = over ? drill.endsAt : now;
  const { play, policy, names } = await shadows.at(transaction, drill, clock.now());
  const result = resultOf(play, names, policy);
  const because = over ? 'over' : 'ended';
  await transaction.updateTable('drill').set({ ended_at: at, ended_because: because, result: JSON.stringify(result) }).where('id', '=', drill.id).execute();
  return events.drillEnded({ actor, organisationId: drill.organisationId, address, drillId: drill.id, why: because, people: result.people, metTarget: result.metTarget });
}

/** The same drill is played alike by every process. */
const seedOf = (id: string): number => Number.parseInt(id.slice(0, 7), 16);

