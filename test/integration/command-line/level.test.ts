import { join } from 'node:path';
import { createCommandLine, type CommandLine } from '../../support/command-line.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { standingClock } from '../../support/office.ts';
import { createTown } from '../../support/town.ts';

let test: TestDatabase;
let line: CommandLine;
beforeAll(async () => {
  test = await startTestDatabase();
  line = await createCommandLine(test.connectionString);
});
afterAll(async () => {
  await test.close();
  await line.remove();
});

const POLICY = { SEKISHO_POLICY_DIR: join(import.meta.dirname, '../../../policies') };
const sekisho = (args: readonly string[], environment: Record<string, string> = {}) => line.sekisho(args, { environment: { ...POLICY, ...environment } });

async function raised() {
  const town = await createTown({ database: test.database, clock: standingClock(new Date()) });
  await town.raise('3');
  const at = ['--organisation', town.organisation.name];
  return { town, at, json: async (...args: string[]) => read(await sekisho([...args, ...at, '--json'])) };
}

function read({ code, out, err }: { code: number; out: string; err: string }): unknown {
  if (code !== 0) throw new Error(err);
  return JSON.parse(out);
}

describe('sekisho level', () => {
  it('shows what holds and what was', async () => {
    const { town, json } = await raised();
    const until = (await town.level()).until!.toISOString();
    expect(await json('level', 'show')).toEqual({
      organisation: town.organisation.name,
      level: '3',
      number: 1,
      since: town.clock.now().toISOString(),
      until,
      provisionalLevel: null,
      provisionalUntil: null,
      event: 'earthquake',
      onset: expect.any(String) as unknown,
      reason: '震度6強の地震',
    });
    expect(await json('level', 'history')).toMatchObject({ items: [{ number: 1, how: 'approved', level: '3', approvedBy: ['関 守'] }], next: null });
  });

  it('tightens in the name of a person who may, and the trail names the operator and the person', async () => {
    const { town, at, json } = await raised();
    expect(await json('level', 'tighten', '1', '--reason', '復旧した', '--as', town.proposer.username)).toMatchObject({ level: '1', number: 2 });
    expect((await town.events()).at(-1)).toMatchObject({ event: 'levelTightened', actor: { kind: 'operator' }, fields: { actedBy: town.proposer.personId, from: '3', level: '1', reason: '復旧した' } });
    expect((await town.changes()).at(-1)).toMatchObject({ acted_by: town.proposer.personId });
    const up = await sekisho(['level', 'tighten', '2', '--reason', 'x', '--as', town.proposer.username, ...at]);
    expect([up.code, up.err]).toEqual([1, expect.stringContaining('two people')]);
  });

  it('tightens in nobody else’s name, and not without a reason', async () => {
    const { town, at } = await raised();
    const other = await createTown({ database: test.database, clock: standingClock(new Date()) });
    const staff = await town.person('staff', 'security-officer');
    for (const { username } of [staff, other.approver]) expect(await sekisho(['level', 'tighten', '0', '--reason', 'x', '--as', username, ...at])).toMatchObject({ code: 1 });
    await test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', town.approver.personId).execute();
    expect(await sekisho(['level', 'tighten', '0', '--reason', 'x', '--as', town.approver.username, ...at])).toMatchObject({ code: 1 });
    expect(await sekisho(['level', 'tighten', '0', '--as', town.proposer.username, ...at])).toMatchObject({ code: 2 });
    expect(await sekisho(['level', 'tighten', '0', '--reason', 'x', ...at])).toMatchObject({ code: 2 });
    expect(await sekisho(['level', 'tighten', '7', '--reason', 'x', '--as', town.proposer.username, ...at])).toMatchObject({ code: 2 });
    expect(await town.changes()).toHaveLength(1);
  });

  it.each(['propose', 'approve'])('does not %s, and says why', async (verb) => {
    expect(await sekisho(['level', verb, '2'])).toMatchObject({ code: 1, err: expect.stringContaining('takes two people, each signed in') as string });
    expect((await sekisho(['level', verb], { LANG: 'ja_JP.UTF-8' })).err).toContain('別々の二人が必要');
  });
});
