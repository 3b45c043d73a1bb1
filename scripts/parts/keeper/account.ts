import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execute } from './execute.ts';
import { endProcesses, startTimeOf, type Selection } from './processes.ts';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** The processes that belong to the desktop. */
  readonly processes: Selection;
  /** Ends the account's processes, and removes it where it was made for this desktop. */
  readonly remove: () => Promise<void>;
}

const PREFIX = 'sekisho-d';
/** How every desktop's own directory under the temporary directory begins. */
export const DIRECTORY_PREFIX = 'sekisho-desktop-';

/** For starting a process as the account; nothing where that is this process's own. */
export function identityOf(account: Account): { uid?: number; gid?: number } {
  return process.getuid?.() === account.uid ? {} : { uid: account.uid, gid: account.gid };
}

/** The account of whoever runs this; `marker` is an environment entry that the desktop's processes carry. */
export function ownAccount(marker: string): Account {
  const { username: name, uid, gid } = userInfo();
  return { name, uid, gid, processes: { marker }, remove: () => endProcesses({ marker }) };
}

/** Makes an ordinary OS account for one desktop, with a password to log in by (root only). */
export async function makeAccount(home: string, password: string, name = randomName()): Promise<Account> {
  await removeLeftAccounts();
  // The keeper's identity in the comment field lets a later run see that this account was left behind.
  const comment = `Sekisho desktop ${process.pid} ${await startTimeOf(process.pid)}`;
  await withPasswordFile('useradd', ['--system', '--no-create-home', '--home-dir', home, '--shell', '/bin/sh', '--comment', comment, name]);
  await execute('chpasswd', [], { input: `${name}:${password}\n` });
  const uid = Number(await execute('id', ['-u', name]));
  const gid = Number(await execute('id', ['-g', name]));
  return { name, uid, gid, processes: { uid }, remove: () => removeAccount(name, uid) };
}

function randomName(): string {
  return `${PREFIX}${randomBytes(4).toString('hex')}`;
}

async function removeAccount(name: string, uid: number): Promise<void> {
  await endProcesses({ uid });
  await withPasswordFile('userdel', [name]);
}

/** Accounts whose keeper was killed before it could tidy up. */
async function removeLeftAccounts(): Promise<void> {
  for (const line of (await readFile('/etc/passwd', 'utf8')).split('\n')) {
    const [name = '', , uid = '', , comment = '', home = ''] = line.split(':');
    const [, pid, started] = /^Sekisho desktop (\d+) (\d+)$/.exec(comment) ?? [];
    if (!name.startsWith(PREFIX) || pid === undefined || (await startTimeOf(Number(pid))) === started) continue;
    // Another keeper may be removing the same one.
    await removeAccount(name, Number(uid)).catch(() => undefined);
    if (dirname(home).includes(`/${DIRECTORY_PREFIX}`)) await rm(dirname(home), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The tools give up at once when another one holds the password file; several desktops start side by side. */
async function withPasswordFile(command: string, args: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await execute(command, args);
      return;
    } catch (error) {
      if (attempt === 50 || !String(error).includes('try again later')) throw error;
      await pause(100);
    }
  }
}
