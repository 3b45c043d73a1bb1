import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSecret } from 'otplib';
import type { Role } from '../../broker/port.ts';

/** As written to accounts.json. */
export interface DemoAccount {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly username: string;
  readonly password: string;
  /** Base32, for an authenticator (SHA-1, 30 s, 6 digits). */
  readonly totpSecret: string;
}

const PEOPLE: readonly Pick<DemoAccount, 'name' | 'roles' | 'username'>[] = [
  { name: '鈴木 花子', roles: ['staff'], username: 'suzuki' },
  { name: '佐藤 健', roles: ['staff'], username: 'sato' },
  { name: '山本 明', roles: ['staff', 'unit-head'], username: 'yamamoto' },
  { name: '伊藤 直子', roles: ['bcp-admin'], username: 'ito' },
  { name: '渡辺 誠', roles: ['activation-authority'], username: 'watanabe' },
  { name: '高橋 恵', roles: ['staff', 'security-officer'], username: 'takahashi' },
  { name: '中村 由美', roles: ['auditor'], username: 'nakamura' },
  { name: '田中 真一', roles: ['system-admin'], username: 'tanaka' },
];

/** The demo's accounts; their secrets are made at the first start and kept in accounts.json (0600). Whom a newer demo adds gets secrets then. */
export async function demoAccounts(directory: string): Promise<readonly DemoAccount[]> {
  const file = join(directory, 'accounts.json');
  const text = await readFile(file, 'utf8').catch(() => '[]');
  const kept: readonly DemoAccount[] = JSON.parse(text);
  const added = PEOPLE.filter(({ username }) => !kept.some((account) => account.username === username));
  const accounts = [...kept, ...added.map((person) => ({ ...person, password: password(), totpSecret: generateSecret() }))];
  if (added.length > 0) await writeFile(file, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  return accounts;
}

/** Four groups of four letters: 64 bits or more, and can be typed. */
function password(): string {
  // No letter that is easily taken for another.
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const word = () => Array.from(randomBytes(4), (byte) => letters[byte % letters.length]).join('');
  return Array.from({ length: 4 }, word).join('-');
}
