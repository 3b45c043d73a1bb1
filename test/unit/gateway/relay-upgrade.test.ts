import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type { RelayEnd } from '../../../broker/port.ts';
import { createRelayUpgrade, type RelayUpgradeDeps } from '../../../gateway/http/relay-upgrade.ts';
import type { RelayGrant } from '../../../gateway/relay/index.ts';
import { eventually } from '../../support/eventually.ts';

const LEASE = '018f4a5e-0000-7000-8000-000000000001';
const ORIGIN = 'https://telework.example';
const later = new Date(Date.now() + 3_600_000);

/** An upgrade between a broker and a relay that only note what they are asked, in order. */
function upgrade({ open = () => undefined }: { open?: (grant: RelayGrant) => void } = {}) {
  const asked: string[] = [];
  const released: RelayEnd[] = [];
  let personId = 'hanako';
  const nothing = () => undefined;
  const deps = {
    broker: {
      leases: {
        claim: async () => {
          asked.push('claim');
          return { leaseId: LEASE, relayId: 'relay', expiresAt: later, guacd: 'guacd:4822', connection: { protocol: 'vnc', host: '127.0.0.1', port: 9, credentials: {}, parameters: {} } };
        },
        connected: async () => undefined,
        released: async (_which: unknown, end: RelayEnd) => void released.push(end),
      },
      signIns: {},
      trail: { relayRefused: async () => undefined },
      onLeaseEnded: () => nothing,
    },
    relay: {
      guacds: () => [{ address: 'guacd:4822', reachable: true }],
      open: (_address: string, _request: unknown, _socket: unknown, _head: unknown, grant: RelayGrant) => open(grant),
      refuse: (_request: unknown, _socket: unknown, _head: unknown, status: number) => void asked.push(`refuse ${status}`),
      probe: async () => void asked.push('probe'),
      end: () => false,
      live: () => [],
    },
    clock: { now: () => new Date() },
    log: { info: nothing, warn: nothing, error: nothing },
    authenticator: { authenticate: async () => ({ person: { personId, expiresAt: later }, token: 'token' }) },
    trustedProxies: [],
    publicOrigin: () => ORIGIN,
  } as unknown as RelayUpgradeDeps;
  const relayUpgrade = createRelayUpgrade(deps);
  return {
    asked,
    released,
    come(person = 'hanako', change: Record<string, string | undefined> = {}, method = 'GET') {
      personId = person;
      const headers = { origin: ORIGIN, host: 'telework.example', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-protocol': 'guacamole', ...change };
      const request = Object.assign(new EventEmitter(), { method, url: `/relay/${LEASE}?width=800&height=600&dpi=96`, headers, socket: { remoteAddress: '127.0.0.1' } });
      relayUpgrade.upgrade(request as unknown as IncomingMessage, new PassThrough(), Buffer.alloc(0));
    },
  };
}

describe('an upgrade', () => {
  it.each([
    ['no subprotocol', { 'sec-websocket-protocol': undefined }],
    ['another subprotocol', { 'sec-websocket-protocol': 'chat' }],
    ['a subprotocol twice', { 'sec-websocket-protocol': 'guacamole, guacamole' }],
    ['a broken subprotocol', { 'sec-websocket-protocol': 'guacamole,,' }],
    ['no key', { 'sec-websocket-key': undefined }],
    ['a short key', { 'sec-websocket-key': 'x' }],
    ['another version', { 'sec-websocket-version': '8' }],
    ['another protocol than WebSocket', { upgrade: 'h2c' }],
  ])('with %s claims no lease', async (_what, change) => {
    const { asked, come } = upgrade();
    come('hanako', change);
    await eventually(() => expect(asked).toEqual(['refuse 768']));
  });

  it('that is no GET claims no lease', async () => {
    const { asked, come } = upgrade();
    come('hanako', {}, 'POST');
    await eventually(() => expect(asked).toEqual(['refuse 768']));
  });

  it('that claimed its lease and then fails releases it', async () => {
    const { asked, released, come } = upgrade({
      open: () => {
        throw new Error('broken');
      },
    });
    come();
    await eventually(() => expect(asked).toEqual(['claim', 'refuse 512']));
    expect(released).toMatchObject([{ cause: 'ended-by-gateway', status: 512, connectedSeconds: 0 }]);
  });

  it('by who has the lease open already asks first whether that browser is still there, and by nobody else', async () => {
    const grants: RelayGrant[] = [];
    const { asked, come } = upgrade({ open: (grant) => void grants.push(grant) });
    come();
    await eventually(() => expect(asked).toEqual(['claim']));
    come('taro');
    await eventually(() => expect(asked).toEqual(['claim', 'claim']));
    come('taro');
    await eventually(() => expect(asked).toEqual(['claim', 'claim', 'probe', 'claim']));
    await grants.at(-1)!.onEnded({ cause: 'client-left', status: 0, bytesToBrowser: 0, bytesFromBrowser: 0, refused: {} });
    come('taro');
    await eventually(() => expect(asked).toEqual(['claim', 'claim', 'probe', 'claim', 'claim']));
  });
});
