import { randomBytes } from 'node:crypto';
import { writeInstruction } from '../../../gateway/relay/wire/instruction.ts';
import { eventually } from '../../support/eventually.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import { operator } from '../../support/office.ts';
import { startGuacd, startVncDesktop, type Guacd, type RealDesktop } from '../../support/parts.ts';
import type { Person } from '../../support/people.ts';
import { dialRelay, type RelayConnection } from '../../support/relay-client.ts';

const pause = (span: number) => new Promise((done) => setTimeout(done, span));

let guacd: Guacd;
let desktop: RealDesktop;
let gateway: TestGateway;

beforeAll(async () => {
  [guacd, desktop] = await Promise.all([startGuacd(), startVncDesktop()]);
  gateway = await startGateway({ guacd: `${guacd.host}:${guacd.port}` });
}, 120_000);
afterAll(async () => {
  await gateway?.stop();
  await Promise.all([desktop?.stop(), guacd?.stop()]);
});

/** Two colleagues to whom the same VNC desktop is assigned: one screen, whoever looks at it. */
async function shared() {
  const one = await gateway.addPerson();
  const other = await gateway.addPerson({ colleagueOf: one });
  const { organisationId } = one;
  const { host, port, password } = desktop;
  const { id: desktopId } = await gateway.broker.desktopsAdmin.add({ organisationId, name: '共用端末', protocol: 'vnc', host, port, credentials: { password } }, operator);
  for (const { id: personId } of [one, other]) await gateway.broker.desktopsAdmin.assign({ organisationId, desktopId, personId }, operator);
  return { one, other, desktopId, of: { organisationId, desktopId } };
}

const ask = (client: HttpClient, { dutyId }: Person, desktopId: string) => client.call('POST', '/api/leases', { json: { desktopId, dutyId } });

/** Up to the first picture; every frame is acknowledged, as a page does. */
async function enter(client: HttpClient, person: Person, desktopId: string): Promise<{ leaseId: string; relay: RelayConnection }> {
  const { id: leaseId } = (await ask(client, person, desktopId)).json<{ id: string }>();
  const relay = await dialRelay(gateway, client, leaseId);
  relay.socket.on('message', (data: Buffer) => {
    for (const [, timestamp = ''] of data.toString().matchAll(/4\.sync,\d+\.(\d+)[,;]/g)) relay.socket.send(writeInstruction('sync', timestamp));
  });
  await eventually(() => expect(gateway.relay.live().find((session) => session.leaseId === leaseId)?.connectedAt).toBeDefined(), 30_000);
  return { leaseId, relay };
}

/** By the keyboard, at the end of the document that is open on the screen. */
async function type({ socket }: RelayConnection, text: string): Promise<void> {
  for (const character of text) {
    for (const pressed of ['1', '0']) {
      socket.send(writeInstruction('key', String(character.charCodeAt(0)), pressed));
      await pause(30);
    }
  }
}

/** What the editor on the screen holds, saved or not, as somebody who sits at the desktop would copy it. */
function onScreen(): Promise<string> {
  return eventually(async () => {
    await desktop.run('timeout', ['10', 'xdotool', 'search', '--sync', '--onlyvisible', '--class', 'mousepad', 'windowactivate', '--sync']);
    await desktop.run('xdotool', ['key', '--clearmodifiers', 'ctrl+a', 'ctrl+c']);
    await pause(300);
    const text = await desktop.run('timeout', ['5', 'xclip', '-o', '-selection', 'clipboard', '-t', 'UTF8_STRING']);
    await desktop.run('xdotool', ['key', '--clearmodifiers', 'ctrl+End']);
    // An editor that has just come up answers with nothing for a moment.
    expect(text).not.toBe('');
    return text;
  });
}

it('a person who comes to a VNC desktop that another one left sees nothing of what was open there', async () => {
  const { one, other, desktopId, of } = await shared();
  const [clientOfOne, clientOfOther] = [await gateway.signedIn(one), await gateway.signedIn(other)];
  const secret = `unsaved-${randomBytes(4).toString('hex')}`;

  const visit = await enter(clientOfOne, one, desktopId);
  await onScreen();
  await type(visit.relay, secret);
  await eventually(async () => expect(await onScreen()).toContain(secret), 20_000);
  visit.relay.socket.close();
  await eventually(async () => expect((await clientOfOne.call('GET', `/api/leases/${visit.leaseId}`)).json()).toMatchObject({ state: 'parked' }));
  await clientOfOne.call('DELETE', `/api/leases/${visit.leaseId}`);
  // The lease has ended, the session has not: this is what the next person would see.
  expect(await onScreen()).toContain(secret);

  const refused = await ask(clientOfOther, other, desktopId);
  expect(refused.status).toBe(202);
  expect(refused.json()).toMatchObject({ state: 'waiting', reasons: [expect.stringMatching(/^(desktop-in-use|residual-session)$/)] });
  const list = (await clientOfOther.call('GET', '/api/desktops')).json<{ items: { id: string; state: string }[] }>();
  expect(list.items.find(({ id }) => id === desktopId)).toMatchObject({ state: 'in-use' });
  expect((await enter(clientOfOne, one, desktopId)).leaseId).not.toBe(visit.leaseId);
  expect(await onScreen()).toContain(secret);
  await clientOfOne.call('DELETE', `/api/leases/${(await clientOfOne.call('GET', '/api/desktops')).json<{ items: { leaseId: string }[] }>().items[0]!.leaseId}`);
  expect((await ask(clientOfOther, other, desktopId)).status).toBe(202);

  const { port, password } = desktop;
  await desktop.stop();
  desktop = await startVncDesktop({ identity: { port, password } });
  // Restarted, and nobody has said so yet.
  expect((await ask(clientOfOther, other, desktopId)).status).toBe(202);
  expect(await gateway.broker.desktopsAdmin.cleaned(of, operator)).toBe(1);
  const entered = await enter(clientOfOther, other, desktopId);
  expect(await onScreen()).not.toContain(secret);
  await type(entered.relay, 'of-the-next-person');
  await eventually(async () => expect(await onScreen()).toContain('of-the-next-person'), 20_000);
  expect(await onScreen()).not.toContain(secret);
  expect((await ask(clientOfOne, one, desktopId)).json()).toMatchObject({ state: 'waiting', reasons: ['desktop-in-use'] });
  entered.relay.socket.close();
}, 180_000);
