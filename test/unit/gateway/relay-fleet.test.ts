import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { createGuacdHealth } from '../../../gateway/guacd-health.ts';
import { relayFleet } from '../../../gateway/relay-fleet.ts';
import type { Relay, RelayGrant, SessionEndCause } from '../../../gateway/relay/index.ts';
import { eventually } from '../../support/eventually.ts';

/** A relay that only keeps what it was given. */
function keeper() {
  const grants: RelayGrant[] = [];
  const probed: string[] = [];
  const relay: Relay = {
    open: (_request, _socket, _head, grant) => void grants.push(grant),
    refuse: () => undefined,
    end: (leaseId) => grants.some((grant) => grant.leaseId === leaseId),
    probe: async (leaseId) => void probed.push(leaseId),
    live: () => grants.map(({ leaseId }) => ({ leaseId, since: new Date(0), bytesToBrowser: 0, bytesFromBrowser: 0, refused: {} })),
    close: async () => undefined,
  };
  return { relay, grants, probed };
}

const grant = (leaseId: string): RelayGrant => ({
  leaseId,
  settings: { protocol: 'vnc', host: 'desktop', port: 5900, parameters: {} },
  size: { width: 800, height: 600, dpi: 96 },
  onConnected: () => undefined,
  onEnded: () => undefined,
  onAlarm: () => undefined,
});

/** Two guacd behind one clock, which the test moves. */
function twoGuacd({ answers = () => false, triedEveryMs = 3_600_000 }: { answers?: () => boolean; triedEveryMs?: number } = {}) {
  const keepers = [keeper(), keeper()] as const;
  let now = 1_000_000;
  let tried = 0;
  const health = createGuacdHealth({
    clock: { now: () => new Date(now) },
    triedEveryMs,
    answers: async () => {
      tried += 1;
      return answers();
    },
  });
  const fleet = relayFleet([{ address: 'a:1', relay: keepers[0].relay }, { address: 'b:2', relay: keepers[1].relay }], health);
  const open = (address: string, leaseId: string) => fleet.open(address, {} as IncomingMessage, new PassThrough(), Buffer.alloc(0), grant(leaseId));
  return {
    keepers,
    fleet,
    open,
    tried: () => tried,
    pass: (milliseconds: number) => void (now += milliseconds),
    /** Opens a session at the first one and ends it. */
    fail(cause: SessionEndCause = 'guacd-unreachable') {
      open('a:1', 'lease');
      return keepers[0].grants.at(-1)!.onEnded({ cause, status: 0, bytesToBrowser: 0, bytesFromBrowser: 0, refused: {} });
    },
    reachable: () => fleet.guacds().map(({ reachable }) => reachable),
  };
}

describe('several guacd', () => {
  it('carry what is opened at their address, and are one relay in everything else', async () => {
    const { fleet, keepers, open } = twoGuacd();
    open('a:1', '1');
    open('b:2', '2');
    open('b:2', '3');
    expect(keepers.map(({ grants }) => grants.map(({ leaseId }) => leaseId))).toEqual([['1'], ['2', '3']]);
    expect(fleet.live()).toHaveLength(3);
    expect([fleet.end('2', 523, ''), fleet.end('9', 523, '')]).toEqual([true, false]);
    await fleet.probe('2');
    expect(keepers.map(({ probed }) => probed)).toEqual([['2'], ['2']]);
    expect(() => open('c:3', '4')).toThrow('no guacd at c:3');
  });

  it('are told with their addresses; one that was not reached counts as not reachable for 30 s', async () => {
    const { fleet, fail, pass, reachable } = twoGuacd();
    expect(fleet.guacds()).toEqual([{ address: 'a:1', reachable: true }, { address: 'b:2', reachable: true }]);
    await fail();
    expect(reachable()).toEqual([false, true]);
    pass(29_999);
    expect(reachable()).toEqual([false, true]);
    pass(1);
    expect(reachable()).toEqual([true, true]);
  });

  it('are reachable sooner where something answers again, and not while nothing does', async () => {
    let up = false;
    const { fail, reachable, tried, fleet } = twoGuacd({ answers: () => up, triedEveryMs: 1 });
    await fail();
    await eventually(() => expect(tried()).toBeGreaterThan(2));
    expect(reachable()).toEqual([false, true]);
    up = true;
    await eventually(() => expect(reachable()).toEqual([true, true]));
    await fleet.close();
  });

  it('that answer and carry nothing are left out for all of 30 s', async () => {
    const { fail, pass, reachable, tried, fleet } = twoGuacd({ answers: () => true, triedEveryMs: 1 });
    await fail();
    await eventually(() => expect(reachable()).toEqual([true, true]));
    const before = tried();
    await fail();
    await new Promise((later) => setTimeout(later, 20));
    expect([reachable(), tried()]).toEqual([[false, true], before]);
    pass(30_000);
    expect(reachable()).toEqual([true, true]);
    await fleet.close();
  });

  it.each(['desktop-unreachable', 'handshake-refused', 'client-left'] as const)('are not left out for what is no fault of theirs: %s', async (cause) => {
    const { fail, reachable } = twoGuacd();
    await fail(cause);
    expect(reachable()).toEqual([true, true]);
  });
});
