import { createInterface } from 'node:readline';
import { generate } from 'otplib';
import type { DemoAccount } from './accounts.ts';

/** Says where the demo is and how to get in. Enter on the terminal shows the one-time codes of the moment. */
export function announce(origin: string, accounts: readonly DemoAccount[], directory: string): void {
  console.log(`\nReady: ${origin}\n`);
  for (const { name, username, password, roles } of accounts) console.log(`  ${username.padEnd(10)} ${password}   ${name} (${roles.join(', ')})`);
  console.log(`\nAccounts with their TOTP secrets: ${directory}/accounts.json. Settings for the command line: ${directory}/env.`);
  console.log(`The certificate is of a development CA: import certs/development-ca.pem, or accept it in the browser.`);
  console.log(`${process.stdin.isTTY ? 'Enter shows the one-time codes of the moment. ' : ''}Ctrl-C ends the demo; its data stay.`);
  if (process.stdin.isTTY) createInterface({ input: process.stdin }).on('line', () => void showCodes(accounts));
}

async function showCodes(accounts: readonly DemoAccount[]): Promise<void> {
  for (const { username, totpSecret } of accounts) console.log(`  ${username.padEnd(10)} ${await generate({ secret: totpSecret })}`);
}
