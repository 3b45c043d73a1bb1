import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { relayFleet } from '../../../gateway/relay-fleet.ts';
import type { Relay, RelayGrant } from '../../../gateway/relay/index.ts';

/** A relay that only keeps what it was given. */
function keeper() {
  const grants: RelayGrant[] = [];
  const relay: Relay = {
    open: (_request, _socket, _head, grant) => void grants.push(grant),
    refuse: () => undefined,
    end: (leaseId) => grants.some((grant) => grant.leaseId === leaseId),
    live: () => grants.map(({ leaseId }) => ({ leaseId, since: new Date(0), bytesToBrowser: 0, bytesFromBrowser: 0, refused: {} })),
    close: async () => undefined,
  };
  return { relay, grants };
}

const grant = (leaseId: string): RelayGrant => ({
  leaseId,
  settings: { protocol: 'vnc', host: 'desktop', port: 5900, parameters: {} },
  size: { width: 800, height: 600, dpi: 96 },
  onConnected: () => undefined,
  onEnded: () => undefined,
  onAlarm: () => undefined,
});

describe('several guacd', () => {
  it('share the sessions, and one that gets free is taken first', async () => {
    const [a, b] = [keeper(), keeper()];
    const fleet = relayFleet([a.relay, b.relay]);
    const open = (id: string) => fleet.open({} as IncomingMessage, new PassThrough(), Buffer.alloc(0), grant(id));
    for (const id of ['1', '2', '3', '4']) open(id);
    expect([a.grants.length, b.grants.length]).toEqual([2, 2]);
    await b.grants[0]!.onEnded({ cause: 'client-left', status: 0, bytesToBrowser: 0, bytesFromBrowser: 0, refused: {} });
    open('5');
    expect(b.grants.map(({ leaseId }) => leaseId)).toEqual(['2', '4', '5']);
    expect(fleet.live()).toHaveLength(5);
    expect([fleet.end('4', 523, ''), fleet.end('9', 523, '')]).toEqual([true, false]);
  });
});
