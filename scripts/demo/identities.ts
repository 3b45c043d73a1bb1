import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { DesktopIdentity } from '../parts/keeper/messages.ts';

export interface OfficeIdentities {
  readonly vnc: DesktopIdentity;
  readonly rdp: DesktopIdentity & { readonly username: string };
}

/** Below the ports that systems give to outgoing connections, so that they are free at the next start, too. */
const FIRST_VNC_PORT = 15_900;
const FIRST_RDP_PORT = 13_389;

/**
 * By what the demo's desktops are reached and entered: chosen at the first start and kept, since the database holds it.
 * @throws Error where another program has taken one of the ports meanwhile
 */
export async function officeIdentities(directory: string): Promise<OfficeIdentities> {
  const file = join(directory, 'office.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) {
    const identities: OfficeIdentities = JSON.parse(kept);
    for (const { port } of [identities.vnc, identities.rdp]) {
      if (!(await isFree(port))) throw new Error(`Port ${port} of a demo desktop is in use: does another demo run? End it, or remove ${directory} to start over`);
    }
    return identities;
  }
  const identities: OfficeIdentities = {
    vnc: { port: await firstFreePort(FIRST_VNC_PORT), password: randomBytes(4).toString('hex') },
    rdp: { port: await firstFreePort(FIRST_RDP_PORT), username: `sekisho-d${randomBytes(4).toString('hex')}`, password: randomBytes(18).toString('base64url') },
  };
  await writeFile(file, `${JSON.stringify(identities, null, 2)}\n`, { mode: 0o600 });
  return identities;
}

async function firstFreePort(from: number): Promise<number> {
  for (let port = from; port < from + 100; port += 1) if (await isFree(port)) return port;
  throw new Error(`No free port from ${from} on`);
}

/** Whether one can listen on the port of the loopback address. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer().once('error', () => answer(false));
    server.listen(port, '127.0.0.1', () => server.close(() => answer(true)));
  });
}
