import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createTrail, events, runAudit } from '../../../broker/audit/index.ts';
import { randomIds, systemClock } from '../../../broker/environment.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createHeadsKeeper, type HeadsKeeper } from '../../support/heads-keeper.ts';

const trail = createTrail({ clock: systemClock, ids: randomIds });
let test: TestDatabase;
let keeper: HeadsKeeper;
beforeAll(async () => {
  test = await startTestDatabase();
  keeper = await createHeadsKeeper();
  const gateway = keeper.gateway(test.database, 'a');
  await gateway.start();
  await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      test.database.transaction().execute((transaction) => trail.append(transaction, events.unitAdded({ actor: { kind: 'operator' }, unitId: `u${n}`, name: `総務課 "${n}" \n🎌` }))),
    ),
  );
  await gateway.stop();
});
afterAll(async () => {
  await test.close();
  await keeper.remove();
});

async function sekisho(...argv: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const streams = { stdout: { write: (text: string) => out.push(text) }, stderr: { write: (text: string) => errors.push(text) } };
  const code = await runAudit(argv, { ...streams, connectionString: test.connectionString, trail });
  return { code, out: out.join(''), errors: errors.join('') };
}
const witnesses = () => ['--heads', keeper.headsFile('a'), '--key', keeper.publicKeyFile];
const lastOf = async (code: string) => {
  const rows = await test.database.selectFrom('audit_record').select('body').execute();
  return rows.map(({ body }) => JSON.parse(body.toString()) as { code: string; at: string; fields: Record<string, unknown> }).filter((event) => event.code === code).toSorted((one, other) => one.at.localeCompare(other.at)).at(-1);
};

it('verifies an export with the same result as the database, record by record', async () => {
  const output = join(keeper.directory, 'export.jsonl');
  const written = await sekisho('export', '--output', output);
  expect(written).toMatchObject({ code: 0, out: `31 records written to ${output}\n` });
  expect((await stat(output)).mode & 0o777).toBe(0o600);
  expect(await lastOf('SKA-9003')).toMatchObject({ fields: { records: 31 } });

  const lines = (await readFile(output, 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  const rows = await test.database.selectFrom('audit_record').selectAll().where('code', '<>', 'SKA-9003').orderBy('lane').orderBy('sequence').execute();
  expect(lines.filter(({ type }) => type === 'record')).toMatchObject(
    rows.map(({ lane, sequence, id, previous_hash, hash, body }) => ({ lane, sequence, id, previous: previous_hash.toString('hex'), hash: hash.toString('hex'), body: body.toString() })),
  );

  const exported = JSON.parse((await sekisho('verify', '--export', output, ...witnesses(), '--json')).out) as object;
  const direct = JSON.parse((await sekisho('verify', ...witnesses(), '--json')).out) as object;
  expect(exported).toMatchObject({ intact: true, records: 31, uncovered: 0, findings: [], warnings: [] });
  expect(direct).toMatchObject({ ...exported, source: 'database', records: 32, uncovered: 1, lanes: expect.any(Number) as number });
});

it('puts a verification on the trail with its result', async () => {
  const { code, out } = await sekisho('verify', ...witnesses());
  expect(out).toMatch(/^INTACT: database\n/);
  expect(code).toBe(0);
  expect(await lastOf('SKA-9002')).toMatchObject({ fields: { intact: true, findings: [], throughCheckpoint: 2 } });
});

it('never writes over a file', async () => {
  const output = join(keeper.directory, 'there.jsonl');
  expect((await sekisho('export', '--output', output)).code).toBe(0);
  const again = await sekisho('export', '--output', output);
  expect(again.code).toBe(2);
  expect(again.errors).toMatch(/EEXIST/);
});

it('makes a signing key that only its owner can read, and gives its public half', async () => {
  const [file, publicFile] = [join(keeper.directory, 'new.pem'), join(keeper.directory, 'new.pub.pem')];
  expect((await sekisho('key', '--private', file, '--generate', '--public', publicFile)).code).toBe(0);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const shown = await sekisho('key', '--private', file);
  expect(shown.out).toBe(await readFile(publicFile, 'utf8'));
  expect(shown.out).toMatch(/^-----BEGIN PUBLIC KEY-----/);
  expect((await sekisho('key', '--private', file, '--generate')).errors).toMatch(/EEXIST/);
});

it.each([[[]], [['destroy']], [['export']], [['key']], [['export', '--output']], [['verify', '--nonsense']]])('says how it is used, or what is wrong, for %p', async (argv) => {
  const { code, errors } = await sekisho(...argv);
  expect(code).toBe(2);
  expect(errors).not.toBe('');
  expect(errors).not.toMatch(/\n {4}at /);
});
