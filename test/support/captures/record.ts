// Records vnc.guac.gz and rdp.guac.gz anew: what a real guacd sends after `ready` to somebody who is allowed everything.
// Run from the repository's root: node test/support/captures/record.ts
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openDirectSession, type DirectSession } from '../direct-guacd-client.ts';
import { startOffice, type Office, type RealDesktop } from '../parts.ts';

const office = await startOffice();
try {
  for (const desktop of [office.vnc, office.rdp]) await record(office, desktop);
} finally {
  await office.stop();
}

async function record(office: Office, desktop: RealDesktop): Promise<void> {
  const { host, port } = office.guacd;
  const session = await openDirectSession({ host, port, select: desktop.protocol, parameters: permissive(desktop, office), width: 640, height: 480 });
  await session.waitFor(([opcode]) => opcode === 'sync');
  await session.untilQuiet();
  await work(session);
  if (desktop.drives !== undefined) {
    const folder = join(desktop.drives, 'GUACFS', 'Download');
    await desktop.run('sh', ['-c', 'until ls "$(dirname "$0")" && test -d "$0"; do sleep 0.1; done >&2; echo 顧客 > ~/顧客.txt; cp ~/顧客.txt "$0"/', folder]);
    await session.waitFor(([opcode]) => opcode === 'file');
  }
  await desktop.run('xclip', ['-i', '-selection', 'clipboard'], { input: '関所の外へ出てはならない文字' });
  await session.waitFor(([opcode]) => opcode === 'clipboard');
  await session.untilQuiet();
  const capture = gzipSync(session.bytes(), { level: 9 });
  await session.close();
  await writeFile(join(import.meta.dirname, `${desktop.protocol}.guac.gz`), capture);
  console.log(`${desktop.protocol}: ${session.bytes().length} bytes, ${capture.length} compressed`);
}

function permissive(desktop: RealDesktop, office: Office): Record<string, string> {
  const common = { hostname: desktop.host, port: `${desktop.port}`, username: desktop.username ?? '', password: desktop.password };
  if (desktop.protocol === 'vnc') return common;
  const drive = { 'enable-drive': 'true', 'drive-path': join(office.guacd.scratch ?? '', 'drive'), 'create-drive-path': 'true' };
  return { ...common, ...drive, security: 'any', 'ignore-cert': 'true', 'server-layout': 'ja-jp-qwerty' };
}

/** Clicks into the editor, types, and moves the pointer about, so that text, cursor and copies are drawn. */
async function work(session: DirectSession): Promise<void> {
  session.send('mouse', '200', '200', '1');
  session.send('mouse', '200', '200', '0');
  for (const letter of 'sekisho\r') {
    const keysym = letter === '\r' ? 0xff0d : letter.charCodeAt(0);
    session.send('key', `${keysym}`, '1');
    session.send('key', `${keysym}`, '0');
    session.send('mouse', `${keysym % 300}`, '210', '0');
    await new Promise((done) => setTimeout(done, 60));
  }
  await session.untilQuiet();
}
