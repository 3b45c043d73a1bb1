import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { writeSigningKey } from '../../../broker/audit/index.ts';
import { createCommandLine, type CommandLine } from '../../support/command-line.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { originAt } from '../../support/office.ts';
import { watchedOffice } from '../../support/oversight.ts';

let test: TestDatabase;
let line: CommandLine;
beforeAll(async () => {
  test = await startTestDatabase();
  line = await createCommandLine(test.connectionString);
  await writeSigningKey(join(line.directory, 'audit.pem'));
});
afterAll(async () => {
  await test.close();
  await line.remove();
});

const sekisho = (...args: string[]) => line.sekisho(args);

type Row = Record<string, unknown>;
const rows = async (...args: string[]) => ((await line.json(...args)) as { items: Row[] }).items;

async function setUp() {
  const office = await watchedOffice(test);
  const organisation = ['--organisation', office.organisation.name];
  const [one, two] = [await office.staff(), await office.staff(office.below)];
  const { lease } = await office.carry(one);
  office.clock.advance(86_400);
  await refusalOf(office.requestFromNowhere(two));
  return { ...office, names: organisation, one, two, lease };
}

describe('sekisho session', () => {
  it('lists sessions and refused requests, narrowed by options, on the trail as the operator’s look', async () => {
    const { names, one, two, lease, events } = await setUp();
    const list = (...args: string[]) => rows('session', 'list', ...args, ...names);
    const all = await list();
    expect(all.map(({ state }) => state)).toEqual(['refuse', 'active']);
    expect(all[1]).toMatchObject({ id: lease.id, at: '2026-11-24T00:00:00.000Z', username: one.person.username, unit: '総務課', address: '10.0.4.9', level: '0', because: null, refusedChannels: 0 });
    expect(all[0]).toMatchObject({ username: two.person.username, because: 'site-unknown', site: null });
    expect((await events('sessionsViewed')).at(-1)).toMatchObject({ actor: { kind: 'operator' }, fields: { filters: {}, rows: 2 } });
    expect(await list('--state', 'live')).toHaveLength(1);
    expect(await list('--unit', '防災課')).toHaveLength(1);
    expect(await list('--user', one.person.username)).toHaveLength(1);
    expect(await list('--from', '2026-11-25')).toHaveLength(1);
    expect(await list('--to', '2026-11-24')).toHaveLength(1);
    expect(await list('--from', '2026-11-24T09:00:01+09:00', '--outcome', 'refuse', '--reason', 'site-unknown')).toHaveLength(1);
    expect(await list('--limit', '1')).toHaveLength(1);
    expect((await sekisho('session', 'list', '--state', 'open', ...names)).code).toBe(2);
    expect((await sekisho('session', 'list', '--from', 'yesterday', ...names)).err).toContain('--from');
    expect((await sekisho('session', 'list', '--unit', 'none', ...names)).code).toBe(1);
  });

  it('shows what the trail tells, and ends a session with a reason', async () => {
    const { names, lease, events } = await setUp();
    expect((await sekisho('session', 'end', lease.id, ...names)).code).toBe(2);
    expect((await sekisho('session', 'end', randomUUID(), '--reason', '確認', ...names)).code).toBe(1);
    expect(await sekisho('session', 'end', lease.id, '--reason', '端末の紛失', ...names)).toMatchObject({ code: 0, out: 'Done.\n' });
    const told = await rows('session', 'show', lease.id, ...names);
    expect(told.map(({ event }) => event)).toEqual(expect.arrayContaining(['admissionDecided', 'leaseConnected', 'leaseEnded', 'sessionEndedByOfficer']));
    expect(told.find(({ event }) => event === 'sessionEndedByOfficer')).toMatchObject({ code: 'SKA-6004', actor: 'operator', fields: { leaseId: lease.id, reason: '端末の紛失' } });
    expect((await events('timelineViewed')).at(-1)).toMatchObject({ actor: { kind: 'operator' }, fields: { sessionId: lease.id } });
  });

  it('reaches nothing of another organisation than the one that is named', async () => {
    const [here, there] = [await setUp(), await setUp()];
    expect((await rows('session', 'list', ...here.names)).map(({ id }) => id)).not.toContain(there.lease.id);
    expect((await sekisho('session', 'end', there.lease.id, '--reason', '確認', ...here.names)).code).toBe(1);
    expect((await sekisho('session', 'show', there.lease.id, ...here.names)).code).toBe(1);
  });
});

describe('sekisho telework list', () => {
  it('lists the days of an organisation or a unit', async () => {
    const { names, telework, two, clock, events } = await setUp();
    await telework.mark({ person: two.person, kind: 'start', origin: originAt('home') });
    clock.advance(3_600);
    await telework.mark({ person: two.person, kind: 'end', origin: originAt('home') });
    const days = ['--from', '2026-11-25', '--to', '2026-11-25'];
    const [day] = await rows('telework', 'list', ...days, '--unit', '防災課', ...names);
    expect(day).toEqual({
      day: '2026-11-25', username: two.person.username, displayName: '関 守', unit: '防災課', workedSeconds: 3_600, pausedSeconds: 0, connectedSeconds: 0,
      marks: ['2026-11-25T00:00:00.000Z start', '2026-11-25T01:00:00.000Z end'],
    });
    expect((await events('unitTeleworkViewed')).at(-1)).toMatchObject({ actor: { kind: 'operator' }, fields: { from: '2026-11-25', to: '2026-11-25', rows: 1 } });
    expect((await sekisho('telework', 'list', '--from', 'x', ...names)).code).toBe(1);
  });
});
