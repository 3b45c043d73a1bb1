import { copyFile, mkdtemp, rm, writeFile, chmod, appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPolicySource } from '../../../broker/policy/source.ts';
import type { Policy } from '../../../broker/policy/policy.ts';

const SHIPPED = join(import.meta.dirname, '../../../policies/access.yaml');
let directory: string;
let logged: { message: string; fields?: Record<string, unknown> }[];
let loaded: Policy[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-policy-'));
  logged = [];
  loaded = [];
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const remember = async (policy: Policy): Promise<void> => void loaded.push(policy);

function source(onLoaded = remember) {
  const write = (message: string, fields?: Record<string, unknown>) => void logged.push({ message, ...(fields && { fields }) });
  return createPolicySource({ directory, onLoaded, log: { info: write, warn: write, error: write } });
}

describe('the policy in force', () => {
  it('is none while the file is missing or wrong, and the log names file, line and cause', async () => {
    const policy = source();
    expect(await policy.current()).toBeUndefined();
    await writeFile(join(directory, 'access.yaml'), 'networks: []\nzonez: 1\n');
    expect(await policy.current()).toBeUndefined();
    expect(logged.map(({ fields }) => String(fields?.['cause']))).toEqual([expect.stringContaining('ENOENT'), expect.stringContaining(`${directory}/access.yaml:2:1: zonez`)]);
  });

  it('is what the file says now, read again only when it changed', async () => {
    const policy = source();
    await copyFile(SHIPPED, join(directory, 'access.yaml'));
    const first = await policy.current();
    expect(await policy.current()).toBe(first);
    await appendFile(join(directory, 'access.yaml'), '# changed\n');
    const second = await policy.current();
    expect(second?.version).not.toBe(first?.version);
    expect(loaded.map(({ version }) => version)).toEqual([first?.version, second?.version]);
  });

  it('is none once the file is gone: the old rules do not go on', async () => {
    const policy = source();
    await copyFile(SHIPPED, join(directory, 'access.yaml'));
    expect(await policy.current()).toBeDefined();
    await rm(join(directory, 'access.yaml'));
    expect(await policy.current()).toBeUndefined();
  });

  it('is none when it is a directory or cannot be parsed at all', async () => {
    const policy = source();
    await writeFile(join(directory, 'access.yaml'), Buffer.from([0xff, 0x00, 0x80]));
    await chmod(join(directory, 'access.yaml'), 0o600);
    expect(await policy.current()).toBeUndefined();
  });

  it('does not come into force before it is on the trail', async () => {
    await copyFile(SHIPPED, join(directory, 'access.yaml'));
    let fails = true;
    const policy = source(() => (fails ? Promise.reject(new Error('no database')) : Promise.resolve()));
    await expect(policy.current()).rejects.toThrow('no database');
    fails = false;
    expect(await policy.current()).toBeDefined();
  });
});
