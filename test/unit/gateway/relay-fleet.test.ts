import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { relayFleet } from '../../../gateway/relay-fleet.ts';
import type { Relay, RelayGrant, SessionEndCause } from '../../../gateway/relay/index.ts';

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

/** Three guacd behind one clock, which the test moves. */
function threeGuacd() {
  const keepers = [keeper(), keeper(), keeper()] as const;
  let now = 1_000_000;
  const fleet = relayFleet([keepers[0].relay, keepers[1].relay, keepers[2].relay], { clock: { now: () => new Date(now) } });
  let opened = 0;
  return {
    keepers,
    fleet,
    pass: (milliseconds: number) => void (now += milliseconds),
    /** Opens a session. @returns the position of the guacd that got it */
    open: () => {
      const before = keepers.map(({ grants }) => grants.length);
      fleet.open({} as IncomingMessage, new PassThrough(), Buffer.alloc(0), grant(String((opened += 1))));
      return keepers.findIndex(({ grants }, index) => grants.length > before[index]!);
    },
    /** Ends the newest session of a guacd. */
    end: (position: number, cause: SessionEndCause) => keepers[position]!.grants.at(-1)!.onEnded({ cause, status: 0, bytesToBrowser: 0, bytesFromBrowser: 0, refused: {} }),
  };
}

describe('several guacd', () => {
  it('share the sessions, and one that gets free is taken first', async () => {
    const { fleet, keepers, open, end } = threeGuacd();
    expect([open(), open(), open(), open(), open(), open()].toSorted((one, other) => one - other)).toEqual([0, 0, 1, 1, 2, 2]);
    await end(1, 'client-left');
    expect(open()).toBe(1);
    expect(fleet.live()).toHaveLength(7);
    expect([fleet.end('4', 523, ''), fleet.end('9', 523, '')]).toEqual([true, false]);
    await fleet.probe('4');
    expect(keepers.map(({ probed }) => probed)).toEqual([['4'], ['4'], ['4']]);
  });

  it.each([0, 1, 2])('go on where the one at position %i is dead: it gets one session in 30 s', async (dead) => {
    const { pass, open, end } = threeGuacd();
    const tried: number[] = [];
    const come = async () => {
      const position = open();
      tried.push(position);
      if (position === dead) await end(dead, 'guacd-unreachable');
    };
    for (let count = 0; count < 20; count += 1) await come();
    expect(tried.filter((position) => position === dead)).toHaveLength(1);
    pass(29_999);
    for (let count = 0; count < 5; count += 1) await come();
    expect(tried.filter((position) => position === dead)).toHaveLength(1);
    pass(1);
    for (let count = 0; count < 5; count += 1) await come();
    expect(tried.filter((position) => position === dead)).toHaveLength(2);
    const alive = [0, 1, 2].filter((position) => position !== dead).map((position) => tried.filter((other) => other === position).length);
    expect(Math.abs(alive[0]! - alive[1]!)).toBeLessThanOrEqual(1);
  });

  it('that are all dead are tried in turn', async () => {
    const { pass, open, end } = threeGuacd();
    const tried: number[] = [];
    for (let count = 0; count < 9; count += 1) {
      const position = open();
      tried.push(position);
      pass(10);
      await end(position, 'guacd-unreachable');
    }
    expect(tried).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
  });

  it.each(['desktop-unreachable', 'handshake-refused', 'client-left'] as const)('are not left out for what is no fault of theirs: %s', async (cause) => {
    const { open, end } = threeGuacd();
    expect(open()).toBe(0);
    await end(0, cause);
    expect(open()).toBe(0);
  });
});
