import { createServer, type AddressInfo } from 'node:net';
import { createReachability } from '../../../broker/desktops/reachability.ts';
import { standingClock } from '../../support/office.ts';

describe('the reachability of a desktop', () => {
  it('is measured by a TCP connection', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const { port } = server.address() as AddressInfo;
    const reachability = createReachability({ clock: standingClock(), holds: 0 });
    expect((await reachability.measure({ host: '127.0.0.1', port })).reachable).toBe(true);
    await new Promise((closed) => server.close(closed));
    expect((await reachability.measure({ host: '127.0.0.1', port })).reachable).toBe(false);
  });

  it('is no for a name that does not resolve', async () => {
    expect((await createReachability({ clock: standingClock() }).measure({ host: 'nobody.invalid', port: 1 })).reachable).toBe(false);
  });

  it('is told again for a while without asking, and asked for once by many at a time', async () => {
    let asked = 0;
    const probe = () => Promise.resolve((asked += 1) > 0);
    const reachability = createReachability({ clock: standingClock(), probe, holds: 60_000 });
    await Promise.all(Array.from({ length: 10 }, () => reachability.measure({ host: 'a', port: 1 })));
    await reachability.measure({ host: 'a', port: 1 });
    expect(asked).toBe(1);
    await reachability.measure({ host: 'a', port: 2 });
    expect(asked).toBe(2);
  });

  it('is asked for at a bounded number of desktops at once', async () => {
    let running = 0;
    let most = 0;
    const probe = async () => {
      most = Math.max(most, (running += 1));
      await new Promise((later) => setTimeout(later, 5));
      running -= 1;
      return true;
    };
    const reachability = createReachability({ clock: standingClock(), probe, atOnce: 3 });
    await Promise.all(Array.from({ length: 20 }, (_, port) => reachability.measure({ host: 'a', port })));
    expect(most).toBe(3);
  });
});
