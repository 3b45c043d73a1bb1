import { chmod, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execute } from './execute.ts';
import { freeDisplays, freePort } from './free.ts';

/** How many sessions one xrdp may hold, and so how many display numbers it needs in a row. */
const SESSIONS = 5;
const DRIVES = 'drives';

export interface Xrdp {
  readonly sessionPort: number;
  /** Where redirected drives appear, in the person's home. */
  readonly drives: string;
}

/**
 * Gives xrdp a configuration of its own. Its paths are fixed, so private directories are mounted over `/etc/xrdp` and
 * `/run/xrdp`; this process is in a mount namespace of its own, and nobody else sees them.
 */
export async function furnishXrdp(base: string, session: { sessionScript: string; marker: Readonly<Record<string, string>>; port: number }): Promise<Xrdp> {
  const [etc, run, log] = [join(base, 'etc'), join(base, 'run'), join(base, 'log')] as const;
  const sessionPort = await freePort();
  await cp('/etc/xrdp', etc, { recursive: true });
  await mkdir(run, { mode: 0o755 });
  await mkdir(log, { mode: 0o700 });
  await makeCertificate(etc);
  await writeFile(join(etc, 'startwm.sh'), `#!/bin/sh\nexec '${session.sessionScript}'\n`, { mode: 0o755 });
  await edit(join(etc, 'xrdp.ini'), { port: `tcp://127.0.0.1:${session.port}`, LogFile: join(log, 'xrdp.log'), EnableSyslog: 'false' });
  await edit(join(etc, 'sesman.ini'), {
    ListenPort: `${sessionPort}`,
    AllowRootLogin: 'false',
    MaxSessions: `${SESSIONS}`,
    X11DisplayOffset: `${freeDisplays(SESSIONS)}`,
    FuseMountName: DRIVES,
    LogFile: join(log, 'sesman.log'),
    EnableSyslog: 'false',
  });
  const variables = Object.entries(session.marker).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(etc, 'sesman.ini'), `${await readFile(join(etc, 'sesman.ini'), 'utf8')}\n${variables.join('')}`);

  await mkdir('/run/xrdp', { recursive: true });
  await mkdir('/tmp/.X11-unix', { recursive: true });
  await chmod('/tmp/.X11-unix', 0o1777);
  await mountOver('/etc/xrdp', etc);
  await mountOver('/run/xrdp', run);
  return { sessionPort, drives: DRIVES };
}

/** Throws, with nothing mounted, where others would see it. */
async function mountOver(place: string, directory: string): Promise<void> {
  await execute('mount', ['--bind', directory, place]);
  const [mine, parents] = await Promise.all([stat(place), stat(`/proc/${process.ppid}/root${place}`)]);
  if (mine.ino !== parents.ino) return;
  await execute('umount', [place]);
  throw new Error('Mounts made here are seen outside. In a chroot, make its directory a mount first: mount --bind ROOT ROOT');
}

/** Without a certificate xrdp falls back to RDP's own encryption, on which guacd's connection breaks. */
async function makeCertificate(etc: string): Promise<void> {
  const [key, certificate] = [join(etc, 'key.pem'), join(etc, 'cert.pem')];
  // Shipped as links to the machine's own key, which must not be written through.
  await Promise.all([key, certificate].map((file) => rm(file, { force: true })));
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650', '-subj', '/CN=desktop.example'];
  await execute('openssl', [...request, '-keyout', key, '-out', certificate]);
}

/** Sets `key=value` on the first line that has the key: the general section stands before the others, which reuse names. */
async function edit(file: string, settings: Readonly<Record<string, string>>): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const [key, value] of Object.entries(settings)) text = text.replace(new RegExp(`^${key}=.*$`, 'm'), `${key}=${value}`);
  await writeFile(file, text);
}
