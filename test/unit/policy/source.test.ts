import { appendFile, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PolicyFiles } from '../../../broker/policy/files.ts';
import type { Policy } from '../../../broker/policy/policy.ts';
import { createPolicySource } from '../../../broker/policy/source.ts';
import { writePolicy } from '../../support/policy.ts';

let directory: string;
let logged: { message: string; fields?: Record<string, unknown> }[];
let loaded: { policy: Policy; files: PolicyFiles }[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-policy-'));
  logged = [];
  loaded = [];
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const remember = async (policy: Policy, files: PolicyFiles): Promise<void> => void loaded.push({ policy, files });

function source(onLoaded = remember, from = directory) {
  const write = (message: string, fields?: Record<string, unknown>) => void logged.push({ message, ...(fields && { fields }) });
  return createPolicySource({ directory: from, onLoaded, log: { info: write, warn: write, error: write } });
}

describe('the policy in force', () => {
  it('is none while files are missing or wrong, and the log names file, line and cause', async () => {
    const absent = source(remember, join(directory, 'nowhere'));
    expect(await absent.current()).toBeUndefined();
    const policy = source();
    expect(await policy.current()).toBeUndefined();
    await writePolicy(directory, { 'access.yaml': 'networks: []\nzonez: 1\n' });
    expect(await policy.current()).toBeUndefined();
    expect(logged.map(({ fields }) => String(fields?.['cause']))).toEqual([
      expect.stringContaining('ENOENT'),
      expect.stringContaining(`${directory}/levels.yaml:1:1: there is no such file`),
      expect.stringContaining(`${directory}/access.yaml:2:1: zonez`),
    ]);
  });

  it('is what the files say now, read again only when one of them changed', async () => {
    const policy = source();
    await writePolicy(directory);
    const first = await policy.current();
    expect(await policy.current()).toBe(first);
    await appendFile(join(directory, 'durations.yaml'), '# changed\n');
    const second = await policy.current();
    expect(second?.version).not.toBe(first?.version);
    expect(loaded.map(({ policy }) => policy.version)).toEqual([first?.version, second?.version]);
    expect(loaded[1]?.files['durations.yaml']?.toString()).toMatch(/# changed\n$/);
  });

  it.each(['access.yaml', 'levels.yaml', 'classes.yaml', 'duties.yaml', 'capacity.yaml', 'durations.yaml'])('is none once %s is gone: the old rules do not go on', async (name) => {
    const policy = source();
    await writePolicy(directory);
    expect(await policy.current()).toBeDefined();
    await rm(join(directory, name));
    expect(await policy.current()).toBeUndefined();
  });

  it('is none while a file lies beside it that nobody reads, and does not mind other forms', async () => {
    const policy = source();
    await writePolicy(directory);
    await writeFile(join(directory, 'README.md'), 'as you like');
    expect(await policy.current()).toBeDefined();
    await writeFile(join(directory, 'zones.yaml'), 'zones: {}\n');
    expect(await policy.current()).toBeUndefined();
  });

  it('is none when a file cannot be parsed at all', async () => {
    const policy = source();
    await writePolicy(directory);
    await writeFile(join(directory, 'levels.yaml'), Buffer.from([0xff, 0x00, 0x80]));
    expect(await policy.current()).toBeUndefined();
  });

  it.each<[string, (file: string) => Promise<unknown>]>([
    ['far larger than any policy', (file) => truncate(file, 10_000_000_000)],
    ['a device that never ends', async (file) => (await rm(file), symlink('/dev/zero', file))],
  ])('is none when a file is %s, and nobody waits for it', async (_, make) => {
    await writePolicy(directory);
    await make(join(directory, 'levels.yaml'));
    expect(await source().current()).toBeUndefined();
    expect(String(logged[0]?.fields?.['cause'])).toMatch(/levels\.yaml:1:1: (larger than|no file)/);
  });

  it('does not come into force before it is on the trail', async () => {
    await writePolicy(directory);
    let fails = true;
    const policy = source(() => (fails ? Promise.reject(new Error('no database')) : Promise.resolve()));
    await expect(policy.current()).rejects.toThrow('no database');
    fails = false;
    expect(await policy.current()).toBeDefined();
  });

  it('is never made of files of two times', async () => {
    await writePolicy(directory);
    const stamps: Promise<unknown>[] = [];
    const policy = source();
    for (let turn = 0; turn < 20; turn += 1) {
      stamps.push(policy.current());
      await writePolicy(directory, { 'capacity.yaml': { 'total: 500': `total: ${500 + turn}`, 'reserve: 10': `reserve: ${10 + turn}` } });
    }
    await Promise.all(stamps);
    expect((await policy.current())?.capacity).toMatchObject({ total: 519, reserve: 29 });
    for (const { policy: { capacity } } of loaded) expect(capacity.total! - capacity.reserve).toBe(490);
  });
});
