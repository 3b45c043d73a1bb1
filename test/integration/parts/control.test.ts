// The control half of "nothing can be taken away": without the product in between, and with permissive parameters, it can.
import { copyOn, openDesktop, untilClipboardCarries } from '../../support/direct-desktop.ts';
import type { DirectSession, Instruction } from '../../support/direct-guacd-client.ts';
import { eventually } from '../../support/eventually.ts';
import { startOffice, startRdpDesktop, type Office, type RealDesktop } from '../../support/parts.ts';

let office: Office;
let open: DirectSession[] = [];

beforeAll(async () => {
  office = await startOffice();
}, 90_000);
afterEach(async () => {
  await Promise.all(open.map((session) => session.close()));
  open = [];
});
afterAll(() => office?.stop());

const opcode = (name: string) => (instruction: Instruction) => instruction[0] === name;

async function connect(desktop: RealDesktop, extra: Record<string, string> = {}): Promise<DirectSession> {
  const session = await openDesktop(office.guacd, desktop, extra);
  open.push(session);
  return session;
}

describe.each(['vnc', 'rdp'] as const)('a direct connection to the %s desktop', (protocol) => {
  it('shows the desktop', async () => {
    const session = await connect(office[protocol]);
    expect(session.received.filter(opcode('img')).length).toBeGreaterThan(0);
  });

  it('carries what is copied on the desktop out, once, unless copying is switched off', async () => {
    // TigerVNC's clipboard is Latin-1: Japanese arrives as question marks.
    const secret = `${protocol === 'rdp' ? '秘密' : 'secret'} ${crypto.randomUUID()}`;
    const session = await connect(office[protocol]);
    await untilClipboardCarries(session, office[protocol]);
    const before = session.received.length;
    await copyOn(office[protocol], secret);
    const arrived = () => session.received.slice(before).filter(opcode('clipboard'));
    await eventually(() => expect(arrived()).toHaveLength(1));
    const [opener] = arrived();
    expect(opener![2]).toBe('text/plain');
    expect((await session.contentsOf(opener!)).toString()).toBe(secret);
    await session.untilQuiet();
    expect(arrived()).toHaveLength(1);
    await session.close();

    const closed = await connect(office[protocol], { 'disable-copy': 'true' });
    await expect(untilClipboardCarries(closed, office[protocol], 3)).rejects.toThrow('None of 3 copies');
  });

  it('carries a pasted text in', async () => {
    const text = `paste ${crypto.randomUUID()}`;
    const session = await connect(office[protocol]);
    await untilClipboardCarries(session, office[protocol]);
    session.send('clipboard', '5', 'text/plain');
    session.send('blob', '5', Buffer.from(text).toString('base64'));
    session.send('end', '5');
    await eventually(async () => {
      expect(await office[protocol].run('timeout', ['2', 'xclip', '-o', '-selection', 'clipboard'])).toBe(text);
    });
  });
});

describe('a direct connection with a redirected drive', () => {
  // A desktop of its own: xrdp's channel server does not always outlive many connections.
  let desktop: RealDesktop;
  beforeAll(async () => {
    desktop = await startRdpDesktop();
  });
  afterAll(() => desktop?.stop());

  it('lists the drive, and carries a file out that is put there', async () => {
    const secret = `氏名,住所 ${crypto.randomUUID()}`;
    const drivePath = `${office.guacd.scratch ?? '/tmp'}/drive`;
    const session = await connect(desktop, { 'enable-drive': 'true', 'drive-path': drivePath, 'create-drive-path': 'true' });
    const [, object = ''] = await session.waitFor(opcode('filesystem'));
    // guacd makes the folder that downloads when the desktop first lists the drive.
    const copy = 'cat > ~/顧客.txt; until ls "$0" 2>/dev/null | grep -q Download; do sleep 0.1; done; cp ~/顧客.txt "$0/Download/"';
    await desktop.run('timeout', ['20', 'sh', '-c', copy, `${desktop.drives}/GUACFS`], { input: secret });

    const opener = await session.waitFor(opcode('file'));
    expect(opener.slice(2)).toEqual(['application/octet-stream', '顧客.txt']);
    expect((await session.contentsOf(opener)).toString()).toBe(secret);

    session.send('get', object, '/');
    const body = await session.waitFor(opcode('body'));
    expect((await session.contentsOf(body)).toString()).toContain('Download');
  });
});
