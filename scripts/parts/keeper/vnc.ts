import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { identityOf } from './account.ts';
import type { Desktop, DesktopPlace } from './desktop.ts';
import { execute } from './execute.ts';
import { freePort, untilListening } from './free.ts';
import { furnishHome } from './home.ts';
import { serve } from './serve.ts';

/** Starts TigerVNC on the loopback address, with a password, and the session on it. */
export async function startVnc({ order, base, account, marker, log, onEnd }: DesktopPlace): Promise<Desktop> {
  const home = await furnishHome(base, account, { title: order.title, layout: 'us' });
  const as = identityOf(account);
  const env: Record<string, string> = { ...home.env, ...marker, XAUTHORITY: join(home.path, '.Xauthority') };
  const cookie = randomBytes(16).toString('hex');
  const serverCookies = join(home.path, '.Xauthority-server');
  // The server takes any cookie in its file; the display's number is known only once it runs.
  await execute('xauth', ['-q', '-f', serverCookies, 'add', ':0', '.', cookie], { ...as, env });

  const { password, port } = order.identity ?? { password: randomBytes(4).toString('hex'), port: await freePort() };
  const passwordFile = join(home.path, '.vnc-password');
  await execute('sh', ['-c', 'umask 077; vncpasswd -f > "$0"', passwordFile], { ...as, env, input: `${password}\n` });

  const security = ['-auth', serverCookies, '-SecurityTypes', 'VncAuth', '-PasswordFile', passwordFile, '-nolisten', 'tcp'];
  const address = ['-rfbport', `${port}`, '-localhost', '-interface', '127.0.0.1'];
  const screen = ['-displayfd', '3', '-geometry', `${order.width}x${order.height}`, '-depth', '24', '-desktop', order.title];
  const server = serve('Xvnc', [...screen, ...address, ...security, '-noreset', '-AlwaysShared'], { ...as, env, cwd: home.path, log, channel: true });
  onEnd(server.end);
  const display = `:${await displayNumber(server.channel)}`;
  await execute('xauth', ['-q', 'add', display, '.', cookie], { ...as, env });
  await Promise.race([untilListening(port), server.failed]);

  const sessionEnv = { ...env, DISPLAY: display };
  onEnd(serve(home.sessionScript, [], { ...as, env: sessionEnv, cwd: home.path, log }).end);

  return {
    facts: { protocol: 'vnc', host: '127.0.0.1', port, password, display, user: account.name, home: home.path, documentFile: home.documentFile },
    environment: () => Promise.resolve(sessionEnv),
  };
}

/** The server writes the number it found free, and a newline, as soon as it can be connected to. */
async function displayNumber(channel: Readable | undefined): Promise<string> {
  let text = '';
  for await (const chunk of channel ?? []) {
    text += String(chunk);
    if (text.endsWith('\n')) return text.trim();
  }
  throw new Error('Xvnc ended before it had a display');
}
