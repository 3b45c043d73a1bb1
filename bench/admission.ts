import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../broker/environment.ts';
import type { Policy } from '../broker/policy/index.ts';
import { Refusal } from '../broker/port.ts';
import { startEmbeddedPostgres } from '../broker/store/embedded-postgres.ts';
import { migrateToLatest, openDatabase, sql, type Database } from '../broker/store/index.ts';
import type { Member } from '../test/support/crowd.ts';
import { crowdPolicy, crowdTown, sitDown } from '../test/support/crowd-town.ts';
import { createOffice, originAt } from '../test/support/office.ts';

type Figure = { readonly connections: number; readonly waiting: number; readonly outcome: 'admit' | 'wait'; readonly decisions: number; readonly bare: number; readonly ratio: number };
export type AdmissionFigures = { readonly figures: readonly Figure[]; /** Decisions with 10,000 waiting against those with 100, at ten connections. */ readonly growth: number };

const ROUNDS = 5;
const REQUESTS = 150;
const SEATS = 300;
const origin = originAt('office');

/**
 * What a decision costs, whole: locks, facts, checks, the lease or the place, its record and the chained trail, against a durable transaction that inserts
 * one row into the same database; in turns, so that whatever else the machine does weighs on both.
 */
export async function benchAdmission(): Promise<AdmissionFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-bench-'));
  const server = await startEmbeddedPostgres({ directory, log: () => undefined });
  const database = openDatabase({ connectionString: server.connectionString, connections: 12, onIdleError: () => undefined });
  try {
    await migrateToLatest(database);
    await sql`create table bare (id bigint generated always as identity primary key, at timestamptz not null, text text not null)`.execute(database);
    const figures: Figure[] = [];
    for (const connections of [1, 10]) figures.push(await measure(database, { connections, waiting: 0, outcome: 'admit' }));
    for (const waiting of [100, 1_000, 10_000]) for (const connections of [1, 10]) figures.push(await measure(database, { connections, waiting, outcome: 'wait' }));
    const of = (waiting: number) => figures.find((figure) => figure.waiting === waiting && figure.connections === 10)!.decisions;
    return { figures, growth: round(of(10_000) / of(100)) };
  } finally {
    await database.destroy();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function measure(database: Database, { connections, waiting, outcome }: Pick<Figure, 'connections' | 'waiting' | 'outcome'>): Promise<Figure> {
  const full = outcome === 'wait';
  const { organisation, members } = await crowdTown(database, waiting + SEATS + REQUESTS * ROUNDS);
  const policy: Policy = { ...crowdPolicy(organisation.name, SEATS), capacity: { ...crowdPolicy(organisation.name, SEATS).capacity, total: full ? SEATS : undefined, reserve: 0, shares: [] } };
  if (full) await sitDown(database, members.slice(0, SEATS));
  if (waiting > 0) await lineUp(database, members.slice(SEATS, SEATS + waiting));
  await sql`analyze`.execute(database);
  const { leases } = createOffice({ database, clock: systemClock, policy: () => policy });
  const asking = members.slice(SEATS + waiting);
  const decided: number[] = [];
  const bare: number[] = [];
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const own = asking.slice(turn * REQUESTS, (turn + 1) * REQUESTS);
    decided.push(await perSecond(connections, own, (member) => ask(leases, member)));
    bare.push(await perSecond(connections, own, () => database.transaction().execute((transaction) => sql`insert into bare (at, text) values (${systemClock.now()}, 'bare')`.execute(transaction))));
  }
  await sql`update waiting set ended_at = now(), ended_because = 'left' where ended_at is null`.execute(database);
  await sql`update lease set state = 'ended', ended_at = now(), ended_because = 'lease-ended' where state <> 'ended'`.execute(database);
  const [decisions, transactions] = [median(decided), median(bare)];
  return { connections, waiting, outcome, decisions: Math.round(decisions), bare: Math.round(transactions), ratio: round(decisions / transactions) };
}

async function ask({ request }: ReturnType<typeof createOffice>['leases'], { person, dutyId, desktopId }: Member): Promise<void> {
  try {
    await request({ person, desktopId, dutyId, origin, credentials: { username: 'u', password: 'p' } });
  } catch (error) {
    if (!(error instanceof Refusal) || error.details.waitingId === undefined) throw error;
  }
}

async function lineUp(database: Database, members: readonly Member[]): Promise<void> {
  await sql`
    insert into waiting (id, organisation_id, person_id, unit_id, desktop_id, duty_id, sign_in_id, site, address, weight, change_duty, arrived_at, seen_at, due, counts_as, reasons, policy_version)
    select gen_random_uuid(), person.organisation_id, person.id, person.unit_id, made.desktop_id, made.duty_id, made.sign_in_id, 'office', '10.0.4.9', 1, false, now(), now() + interval '1 hour', true, urgency(duty.priority_class), array['no-seat-free'], ''
    from unnest(${members.map(({ person }) => person.personId)}::uuid[], ${members.map(({ desktopId }) => desktopId)}::uuid[], ${members.map(({ dutyId }) => dutyId)}::uuid[], ${members.map(({ person }) => person.signInId)}::uuid[]) as made (person_id, desktop_id, duty_id, sign_in_id)
    join person on person.id = made.person_id join duty on duty.id = made.duty_id`.execute(database);
}

async function perSecond(connections: number, members: readonly Member[], work: (member: Member) => Promise<unknown>): Promise<number> {
  const left = [...members];
  const from = performance.now();
  const worker = async () => {
    for (let member = left.pop(); member !== undefined; member = left.pop()) await work(member);
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return (members.length * 1000) / (performance.now() - from);
}

const median = (figures: readonly number[]) => figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)]!;
const round = (figure: number) => Number(figure.toFixed(2));

if (import.meta.main) {
  const found = await benchAdmission();
  if (!process.argv.includes('--json')) {
    for (const { outcome, waiting, connections, decisions, bare, ratio } of found.figures) {
      console.log(`${outcome.padEnd(5)} ${String(waiting).padStart(6)} waiting, ${String(connections).padStart(2)} connections: ${decisions} decisions/s, ${bare} bare transactions/s, ratio ${ratio}`);
    }
    console.log(`growth from 100 to 10,000 waiting: ${found.growth}`);
  }
  console.log(JSON.stringify(found));
}
