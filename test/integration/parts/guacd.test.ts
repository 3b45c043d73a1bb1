import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { eventually } from '../../support/eventually.ts';
import { startGuacd } from '../../support/parts.ts';

describe('the guacd of a demo or a test', () => {
  it('is started on a free port, as an ordinary account, and ended with what it started', async () => {
    const guacd = await startGuacd({ given: '' });
    expect(guacd.pid).toBeGreaterThan(0);
    await expect(reachable(guacd.port)).resolves.toBe(true);
    await guacd.stop();
    await guacd.stop();
    await expect(reachable(guacd.port)).resolves.toBe(false);
    expect(() => process.kill(-guacd.pid!, 0)).toThrow('ESRCH');
  });

  it('is the one that is given, and is then left running', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    const { port } = await eventually(() => expectPort(server.address()));
    const guacd = await startGuacd({ given: `127.0.0.1:${port},other:4822` });
    expect(guacd).toMatchObject({ host: '127.0.0.1', port });
    expect(guacd.pid).toBeUndefined();
    await guacd.stop();
    await expect(reachable(port)).resolves.toBe(true);
    server.close();
  });

  it('is not started when what is given cannot be read', async () => {
    await expect(startGuacd({ given: 'nonsense' })).rejects.toThrow('SEKISHO_GUACD is not host:port: nonsense');
  });
});

function expectPort(address: ReturnType<Server['address']>): AddressInfo {
  if (typeof address !== 'object' || address === null) throw new Error('not listening yet');
  return address;
}

function reachable(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1', () => answer(true));
    socket.on('connect', () => socket.destroy()).on('error', () => answer(false));
  });
}
