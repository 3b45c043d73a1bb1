import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listVersions, readPolicy, readPolicyFiles, readVersion, recordVersion } from '../../../broker/policy/index.ts';
import { inTransaction, sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { shippedTexts, writePolicy } from '../../support/policy.ts';

let test: TestDatabase;
let directory: string;

beforeAll(async () => {
  test = await startTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'sekisho-versions-'));
});
afterAll(async () => {
  await test.close();
  await rm(directory, { recursive: true, force: true });
});

async function load(at: string): Promise<string> {
  const files = await readPolicyFiles(directory);
  const policy = readPolicy(files);
  await inTransaction(test.database, (transaction) => recordVersion(transaction, policy, files, new Date(at)));
  return policy.version;
}

describe('the versions of the policy', () => {
  it('are kept with their texts, once each, and counted', async () => {
    await writePolicy(directory);
    const first = await load('2026-04-01T00:00:00Z');
    await appendFile(join(directory, 'levels.yaml'), '# 改正\n');
    const second = await load('2026-04-02T00:00:00Z');
    await writePolicy(directory);
    expect(await load('2026-04-03T00:00:00Z')).toBe(first);

    expect(await listVersions(test.database)).toEqual([
      { number: 2, version: second, loadedAt: new Date('2026-04-02T00:00:00Z') },
      { number: 1, version: first, loadedAt: new Date('2026-04-01T00:00:00Z') },
    ]);
    const shipped = Object.entries(await shippedTexts()).map(([name, text]) => ({ name, text }));
    expect((await readVersion(test.database, first))?.files).toEqual(shipped.sort((one, other) => (one.name < other.name ? -1 : 1)));
    expect((await readVersion(test.database, second))?.files.find(({ name }) => name === 'levels.yaml')?.text).toMatch(/# 改正\n$/);
    expect(await readVersion(test.database, '0'.repeat(64))).toBeUndefined();
  });

  it('are the same policy again when they are read back', async () => {
    const version = (await listVersions(test.database))[0]!.version;
    const { files } = (await readVersion(test.database, version))!;
    expect(readPolicy(Object.fromEntries(files.map(({ name, text }) => [name, Buffer.from(text)]))).version).toBe(version);
  });

  it('are recorded once by processes that load the same at one instant', async () => {
    await appendFile(join(directory, 'duties.yaml'), '# at once\n');
    const before = (await listVersions(test.database)).length;
    await Promise.all(Array.from({ length: 5 }, () => load('2026-04-04T00:00:00Z')));
    expect(await listVersions(test.database)).toHaveLength(before + 1);
  });

  it.each(['update policy_version set loaded_at = now()', 'delete from policy_version', 'truncate policy_version cascade'])('are never rewritten: %s', async (statement) => {
    await expect(sql.raw(statement).execute(test.database)).rejects.toThrow('append-only');
  });
});
