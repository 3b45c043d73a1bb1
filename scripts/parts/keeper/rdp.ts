import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Desktop, DesktopPlace } from './desktop.ts';
import { execute } from './execute.ts';
import { freePort, untilListening } from './free.ts';
import { furnishHome } from './home.ts';
import { commandLinesOf } from './processes.ts';
import { furnishXrdp } from './rdp-files.ts';
import { serve } from './serve.ts';

/** How long the first session may take to come up, in milliseconds. */
const SESSION_LIMIT = 30_000;

/**
 * Starts xrdp and its session manager (as root, in a mount namespace of its own), and logs the account in once, so that
 * the desktop is there, warmed up, before the first client: clients find this session.
 */
export async function startRdp({ order, base, account, password, marker, log, onEnd }: DesktopPlace): Promise<Desktop> {
  const home = await furnishHome(base, account, { title: order.title, layout: 'jp' });
  const port = order.identity?.port ?? (await freePort());
  const xrdp = await furnishXrdp(base, { sessionScript: home.sessionScript, marker, port });
  for (const program of ['xrdp-sesman', 'xrdp']) {
    const server = serve(program, ['--nodaemon'], { cwd: base, log });
    onEnd(server.end);
    await Promise.race([untilListening(program === 'xrdp' ? port : xrdp.sessionPort), server.failed]);
  }
  // Drives that the account left mounted would stand in the way of removing its home.
  onEnd(() => execute('umount', ['--lazy', '--quiet', join(home.path, xrdp.drives)]).catch(() => undefined));
  // By address: the session manager listens on ::1 or 127.0.0.1, and not every machine has both under "localhost".
  const size = `${order.width}x${order.height}`;
  await execute('xrdp-sesrun', ['-s', '127.0.0.1', '-t', 'Xorg', '-g', size, '-b', '24', '-F', '0', account.name], { input: password });

  return {
    facts: {
      protocol: 'rdp',
      host: '127.0.0.1',
      port,
      username: account.name,
      password,
      display: await displayOf(account.uid),
      user: account.name,
      home: home.path,
      documentFile: home.documentFile,
      drives: join(home.path, xrdp.drives),
    },
    // Asked anew each time: whoever logs off and on again has another display.
    environment: async () => ({ ...home.env, ...marker, DISPLAY: await displayOf(account.uid), XAUTHORITY: join(home.path, '.Xauthority') }),
  };
}

/** The display of the newest X server that the session manager started for the account. */
async function displayOf(uid: number): Promise<string> {
  const deadline = performance.now() + SESSION_LIMIT;
  while (performance.now() < deadline) {
    const servers = (await commandLinesOf(uid)).filter(([program]) => program?.endsWith('/Xorg'));
    const display = servers.map((words) => words.find((word) => /^:\d+$/.test(word))).findLast(Boolean);
    if (display !== undefined) return display;
    await pause(100);
  }
  throw new Error('The RDP desktop has no session: nobody is logged in on it');
}
