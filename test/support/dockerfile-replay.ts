import { execFile } from 'node:child_process';
import { chown, constants, copyFile, cp, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { dockerIgnore } from './docker-ignore.ts';
import { execForm, parseDockerfile, type Instruction } from './dockerfile.ts';

const run = promisify(execFile);
const ROOT = 0;

/** What a stage leaves: a directory that stands for `/`, and how a container of it would be started. */
export type Image = {
  /** The image that the stage begins with, or that its base stage does. */
  readonly base: string;
  /** The directory of this machine that stands for the container's `/`. */
  readonly root: string;
  /** Inside the container. */
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: Ids;
  readonly command: readonly [string, ...string[]] | undefined;
  readonly healthCheck: readonly [string, ...string[]] | undefined;
  readonly ports: readonly number[];
};
type Draft = { -readonly [Key in keyof Image]: Image[Key] };
type Ids = { readonly uid: number; readonly gid: number };
type Surroundings = { checkout: string; ignored: (path: string) => boolean; done: ReadonlyMap<string, Image>; tools: string };

/**
 * Does what a container engine would do with a Dockerfile, without one: each stage gets a directory that stands for its
 * `/`; COPY respects .dockerignore; RUN is executed in the stage's working directory with this project's Node.js and the
 * machine's npm. Base images are not fetched, so a stage may use nothing of them but a shell, Node.js and npm.
 *
 * @param place.scratch an empty directory that the image's user can enter
 * @returns the last stage, and the directory to put into PATH in order to start it
 */
export async function replayDockerfile({ checkout, scratch }: { checkout: string; scratch: string }): Promise<{ image: Image; tools: string }> {
  const stages = parseDockerfile(await readFile(join(checkout, 'Dockerfile'), 'utf8'));
  const ignored = dockerIgnore(await readFile(join(checkout, '.dockerignore'), 'utf8'));
  const tools = await makeTools(join(scratch, 'tools'));
  const done = new Map<string, Image>();
  let image: Draft | undefined;
  for (const { name, base, instructions } of stages) {
    const parent = done.get(base);
    image = { ...(parent ?? emptyImage(base)), root: join(scratch, name) };
    if (parent) await cp(parent.root, image.root, { recursive: true, verbatimSymlinks: true });
    else await mkdir(image.root);
    for (const instruction of instructions) await apply(instruction, image, { checkout, ignored, done, tools });
    done.set(name, image);
  }
  if (!image) throw new Error('A Dockerfile without a stage');
  return { image, tools };
}

/** Where a path of the container lies on this machine. */
export function onThisMachine(image: Pick<Image, 'root' | 'workingDirectory'>, path: string): string {
  return join(image.root, resolve(image.workingDirectory, path));
}

/** The image's environment as a process on this machine needs it: what is an absolute path lies in the image's root. */
export function environmentOnThisMachine({ environment, root }: Image): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, isAbsolute(value) ? join(root, value) : value]));
}

function emptyImage(base: string): Omit<Image, 'root'> {
  return { base, workingDirectory: '/', environment: {}, user: { uid: ROOT, gid: ROOT }, command: undefined, healthCheck: undefined, ports: [] };
}

async function apply({ word, flags, rest }: Instruction, image: Draft, surroundings: Surroundings): Promise<void> {
  if (word === 'WORKDIR') {
    image.workingDirectory = resolve(image.workingDirectory, rest);
    await mkdir(onThisMachine(image, '.'), { recursive: true });
  } else if (word === 'ENV') image.environment = { ...image.environment, ...assignments(rest) };
  else if (word === 'USER') image.user = ids(rest);
  else if (word === 'EXPOSE') image.ports = [...image.ports, Number(rest)];
  else if (word === 'CMD') image.command = execForm(rest);
  else if (word === 'HEALTHCHECK') image.healthCheck = execForm(rest.replace(/^CMD\s+/, ''));
  else if (word === 'COPY') await copy(flags, rest.split(/\s+/), image, surroundings);
  else if (word === 'RUN') await execute(rest, image, surroundings.tools);
  else throw new Error(`The replay does not know ${word}`);
}

async function copy(flags: Instruction['flags'], words: readonly string[], image: Image, { checkout, ignored, done }: Surroundings): Promise<void> {
  const { from, chown: owner, ...unknown } = flags;
  if (Object.keys(unknown).length > 0) throw new Error(`The replay does not know COPY with ${Object.keys(unknown).join()}`);
  const stage = from === undefined ? undefined : done.get(from);
  if (from !== undefined && !stage) throw new Error(`COPY from a stage that is not there: ${from}`);
  const leftOut = (path: string) => stage === undefined && ignored(relative(checkout, path));
  const target = words.at(-1)!;
  for (const word of words.slice(0, -1)) {
    const source = stage ? onThisMachine(stage, word) : join(checkout, word);
    if (leftOut(source)) throw new Error(`.dockerignore leaves out what the Dockerfile copies: ${word}`);
    const intoTarget = target.endsWith('/') && !(await stat(source)).isDirectory();
    const destination = onThisMachine(image, intoTarget ? join(target, basename(word)) : target);
    await mkdir(dirname(destination), { recursive: true });
    await cp(source, destination, { recursive: true, verbatimSymlinks: true, filter: (path) => !leftOut(path) });
    if (owner !== undefined && process.getuid?.() === ROOT) await giveTo(ids(owner), destination);
  }
}

async function giveTo({ uid, gid }: Ids, path: string): Promise<void> {
  await chown(path, uid, gid);
  if (!(await stat(path)).isDirectory()) return;
  for (const entry of await readdir(path, { recursive: true })) await chown(join(path, entry), uid, gid);
}

async function execute(command: string, image: Image, tools: string): Promise<void> {
  if (image.user.uid !== ROOT) throw new Error(`The replay does not know RUN after USER: ${command}`);
  if (/(^|[\s=])\//.test(command)) throw new Error(`An absolute path in RUN would leave the scratch root: ${command}`);
  const env = { ...commandEnvironment(), ...environmentOnThisMachine(image), PATH: [tools, process.env['PATH']].join(delimiter) };
  await run('/bin/sh', ['-c', command], { cwd: onThisMachine(image, '.'), env, maxBuffer: 1 << 26 }).catch((cause: Error & { stdout?: string; stderr?: string }) => {
    throw new Error(`RUN ${command}: ${cause.stdout}\n${cause.stderr}`, { cause });
  });
}

/** The caller's, for the sake of npm's cache and registry; without what `npm test` and Jest say about themselves. */
function commandEnvironment(): Record<string, string | undefined> {
  const own = /^(npm_(lifecycle|package|command|execpath|node_execpath|config_local_prefix).*|INIT_CWD|NODE|NODE_ENV|NODE_OPTIONS|JEST_.*)$/;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name));
  // Debian's own npm finds its parts only by Debian's own Node.js, unless it is told.
  return { ...Object.fromEntries(kept), NODE_PATH: '/usr/share/nodejs', npm_config_prefer_offline: 'true', npm_config_update_notifier: 'false', NO_COLOR: '1' };
}

/** A directory with this project's Node.js as `node`: a copy, since the image's user may not be able to reach the checkout. */
async function makeTools(directory: string): Promise<string> {
  await mkdir(directory);
  await copyFile(process.execPath, join(directory, 'node'), constants.COPYFILE_FICLONE);
  return directory;
}

function assignments(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(/\s+/).map((assignment) => {
      const [, name, value] = /^([A-Z][A-Z0-9_]*)=([^\s"'$\\]*)$/.exec(assignment) ?? [];
      if (name === undefined || value === undefined) throw new Error(`The replay does not know ENV ${assignment}`);
      return [name, value];
    }),
  );
}

/** By number only: names would have to be looked up in the base image. */
function ids(text: string): Ids {
  const [, uid, gid] = /^(\d+):(\d+)$/.exec(text) ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`A user by number is needed: ${text}`);
  return { uid: Number(uid), gid: Number(gid) };
}
