import { join } from 'node:path';
import { createCommandLine, type CommandLine } from '../../support/command-line.ts';
import { readRecorded } from '../../../broker/oversight/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { businessDigest } from '../../support/business-digest.ts';
import { fewSeats } from '../../support/seats.ts';

let test: TestDatabase;
let line: CommandLine;
let town: Awaited<ReturnType<typeof fewSeats>>;
beforeAll(async () => {
  test = await startTestDatabase();
  line = await createCommandLine(test.connectionString);
  town = await fewSeats(test.database, { total: 1 });
});
afterAll(async () => {
  await test.close();
  await line.remove();
});

const EXAMPLE = join(import.meta.dirname, '../../../policies/examples/two-towns');
const sekisho = (...args: string[]) => line.sekisho(['policy', ...args, '--organisation', town.organisation.name, '--policy', EXAMPLE]);
const read = async <Item>(...args: string[]) => {
  const { code, out, err } = await sekisho(...args, '--json');
  if (code !== 0) throw new Error(err);
  return (JSON.parse(out) as { items: Item[] }).items;
};

describe('sekisho policy explain --user', () => {
  it('says of a registered person what would be decided, at this level and at another, and leaves nothing behind', async () => {
    const worker = await town.worker('P2');
    const duty = await test.database.selectFrom('duty').where('id', '=', worker.dutyId).select('name').executeTakeFirstOrThrow();
    const desktop = await test.database.selectFrom('desktop').where('id', '=', worker.desktopId).select('name').executeTakeFirstOrThrow();
    const before = await businessDigest(test.database);
    const asked = ['explain', '--user', worker.person.username, '--duty', duty.name, '--desktop', desktop.name, '--address', '198.51.100.7'];
    const [now] = await read<{ outcome: string; reasons: string[]; checks: { name: string; reason: string | null }[]; site: string; level: string }>(...asked);
    expect(now).toMatchObject({ site: 'home', level: '0', class: 'P2' });
    const [raised] = await read<{ level: string; dueAt: string | null; reasons: string[] }>(...asked, '--level', '2');
    expect(raised).toMatchObject({ level: '2' });
    expect(raised!.dueAt).not.toBeNull();
    const [later] = await read<{ dueAt: string | null }>(...asked, '--at', new Date(Date.now() + 3_600_000).toISOString());
    expect(later!.dueAt).toBeNull();
    expect(await businessDigest(test.database)).toBe(before);
    expect((await test.database.selectFrom('admission_decision').select('id').execute()).length).toBe(0);
  });

  it('names what is wrong with what was typed', async () => {
    const worker = await town.worker('P2');
    for (const args of [['explain'], ['explain', '--user', worker.person.username], ['explain', '--user', worker.person.username, '--desktop', 'x', '--address', 'home'], ['explain', '--user', 'nobody-of-that-name', '--duty', 'x', '--desktop', 'y', '--address', '192.0.2.1']])
      expect((await sekisho(...args)).code).not.toBe(0);
  });
});

describe('sekisho policy simulate --from --to', () => {
  it('lives again through the demand that was recorded: everybody who asked, also those who were never let in, for as long as they worked', async () => {
    const from = town.clock.now();
    const [first, second, third] = [await town.worker('P5'), await town.worker('P5'), await town.worker('P1')];
    const { leaseId } = await first.work();
    town.clock.advance(600);
    await second.wait();
    town.clock.advance(1_800);
    await first.end(leaseId);
    await third.ask();
    const to = new Date(town.clock.now().getTime() + 3_600_000);
    const times = ['--from', from.toISOString(), '--to', to.toISOString()];
    const few = await read<{ class: string; people: number; admitted: number; medianWaitMinutes: number }>('simulate', ...times, '--seats', '90');
    expect(few.map(({ class: name, people }) => [name, people])).toEqual([['P1', 1], ['P5', 1], ['P5', 1]]);
    expect(few.every(({ admitted }) => admitted === 1)).toBe(true);
    expect(await read('simulate', ...times, '--seats', '90', '--seats-against', '120')).toHaveLength(6);
    const { requests, day } = await readRecorded(test.database, { organisationId: town.organisation.id, from, to });
    expect(day).toEqual({ hours: (to.getTime() - from.getTime()) / 3_600_000, levels: [{ level: '0', from: 0 }] });
    // The first worked for forty minutes, as it was; how long the others would have, nobody knows.
    expect(requests.map(({ asksAt, stays }) => [asksAt / 1000, stays / 1000])).toEqual([[0, 2_400], [600, 14_400], [2_400, 14_400]]);
  });

  it('refuses a time without records, and times that are none', async () => {
    expect((await sekisho('simulate', '--from', '2020-01-01', '--to', '2020-01-02')).code).not.toBe(0);
    expect((await sekisho('simulate', '--from', '2020-01-02', '--to', '2020-01-01')).code).not.toBe(0);
    expect((await sekisho('simulate', '--from', 'yesterday', '--to', '2020-01-01')).code).not.toBe(0);
    expect((await sekisho('simulate')).code).not.toBe(0);
  });
});
