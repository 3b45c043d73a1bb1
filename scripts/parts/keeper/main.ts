// Keeps one desktop: a process of its own, root where the desktop needs root, that ends when whoever started it ends, in
// whatever way, and leaves nothing behind. Spoken to by lines of JSON (messages.ts).
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DIRECTORY_PREFIX, makeAccount, ownAccount, type Account } from './account.ts';
import type { Desktop } from './desktop.ts';
import type { DesktopOrder, KeeperMessage, RunOrder } from './messages.ts';
import { startRdp } from './rdp.ts';
import { runCommand } from './run-command.ts';
import { startVnc } from './vnc.ts';

interface Kept {
  readonly desktop: Desktop;
  readonly account: Account;
  readonly base: string;
}

const undos: (() => Promise<unknown>)[] = [];

// Ctrl-C reaches the whole foreground group; the desktop ends when its user lets go of it.
for (const name of ['SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);
process.on('SIGTERM', () => void leave());
// Nobody may be left to read.
process.stdout.on('error', () => undefined);

let kept: Kept | undefined;
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const order: DesktopOrder | RunOrder = JSON.parse(line);
  void obey(order);
});
lines.on('close', () => void leave());

async function obey(order: DesktopOrder | RunOrder): Promise<void> {
  if ('protocol' in order) {
    try {
      kept = await start(order);
      say({ ready: kept.desktop.facts });
    } catch (error) {
      say({ failed: messageOf(error) });
    }
    return;
  }
  try {
    if (!kept) throw new Error('The desktop is not up');
    say({ id: order.id, result: await runCommand(kept.desktop, kept.account, kept.base, order) });
  } catch (error) {
    say({ id: order.id, error: messageOf(error) });
  }
}

async function start(order: DesktopOrder): Promise<Kept> {
  const base = await mkdtemp(join(tmpdir(), DIRECTORY_PREFIX));
  undos.push(() => rm(base, { recursive: true, force: true }));
  await chmod(base, 0o755);
  const { password = randomBytes(18).toString('base64url'), username } = order.protocol === 'rdp' ? (order.identity ?? {}) : {};
  const [name, value] = ['SEKISHO_DESKTOP', base] as const;
  const account = process.getuid?.() === 0 ? await makeAccount(join(base, 'home'), password, username) : ownAccount(`${name}=${value}`);
  undos.push(account.remove);
  const place = {
    order,
    base,
    account,
    password,
    marker: { [name]: value },
    log: (line: string) => say({ log: line }),
    onEnd: (undo: () => Promise<unknown>) => void undos.push(undo),
  };
  const desktop = await (order.protocol === 'rdp' ? startRdp(place) : startVnc(place));
  const kept = { desktop, account, base };
  await untilEditor(kept);
  return kept;
}

/** A desktop is up when its editor shows. */
async function untilEditor({ desktop, account, base }: Kept): Promise<void> {
  // Not `search --sync`: xdotool fails when a window vanishes while it looks.
  const search = 'until xdotool search --onlyvisible --class mousepad >/dev/null 2>&1; do sleep 0.1; done';
  const args = ['60', 'sh', '-c', search];
  const { code, stderr } = await runCommand(desktop, account, base, { id: 0, command: 'timeout', args });
  if (code !== 0) throw new Error(`The desktop's editor does not show (${code}): ${stderr.trim()}`);
}

async function leave(): Promise<void> {
  for (let undo = undos.pop(); undo; undo = undos.pop()) await undo().catch((error: unknown) => console.error(messageOf(error)));
  process.exit();
}

function say(message: KeeperMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
